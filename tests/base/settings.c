/* settings: the two tables hold together, and say so in French. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/settings.h"
#include "base/text.h"
#include "tests/temp.h"

static size_t
room_of(const struct conf_item *it)
{
	return it->kind == CONF_TEXT ? it->size : it->kind == CONF_NUMBER
	    ? sizeof(long) : sizeof(int);
}

/* Each name once, each place its own and inside, each help a sentence. */
static void
assert_sound(const struct conf_item *table, size_t size)
{
	for (const struct conf_item *a = table; a->name != NULL; a++) {
		assert_true(a->offset + room_of(a) <= size);
		assert_int_equal(a->name[strspn(a->name,
		    "abcdefghijklmnopqrstuvwxyz-")], '\0');
		assert_true(text_is_clean(a->help) && strlen(a->help) > 8);
		assert_int_equal(a->help[strlen(a->help) - 1], '.');
		for (const struct conf_item *b = table; b != a; b++) {
			assert_string_not_equal(a->name, b->name);
			assert_true(a->offset >= b->offset + room_of(b) ||
			    b->offset >= a->offset + room_of(a));
		}
	}
}

static void
the_tables_are_sound(void **state)
{
	(void)state;
	assert_sound(desk_table, sizeof(struct desk_settings));
	assert_sound(centre_table, sizeof(struct centre_settings));
}

static void
a_desk_is_loaded(void **state)
{
	static const char text[] = "mode = training\nterminal = 4294967295\n"
	    "site-id = 1\nsite-name = Pharmacie d'essai\ndepartment = 2A\n"
	    "operator-id = 1\noperator-name = Essai\n"
	    "operator-profession = pharmacien\n"
	    "centre-url = https://127.0.0.1:8443\n";
	struct desk_settings s;
	char path[PATH_ROOM];

	(void)state;
	temp_file("desk.conf", 0600, text, sizeof(text) - 1, path);
	assert_int_equal(desk_load(path, &s), ERR_OK);
	assert_int_equal(s.mode, MODE_TRAINING);
	assert_int_equal(s.profile, PROFILE_PHARMACIE);
	assert_true(s.terminal == 4294967295L);
	assert_string_equal(s.department, "2A");
	assert_string_equal(s.state, "/var/lib/guichet");
	assert_int_equal(desk_load(NULL, &s), ERR_SET_MISSING);
	assert_int_equal(centre_load(path, (struct centre_settings[1]){ 0 }),
	    ERR_SET_UNKNOWN);
}

static void
a_centre_is_loaded(void **state)
{
	static const char text[] = "tls-cert = a\ntls-key = b\ntls-ca = c\n";
	struct centre_settings s;
	char path[PATH_ROOM];

	(void)state;
	temp_file("centre.conf", 0600, text, sizeof(text) - 1, path);
	assert_int_equal(centre_load(path, &s), ERR_OK);
	assert_int_equal(s.mode, MODE_PRODUCTION);
	assert_string_equal(s.tls_ca, "c");
	assert_int_equal(s.lease_size, 200);
	/* Behind nginx a centre has no certificate of its own; who listens
	 * by TLS and has none is told so by http_check(). */
	assert_int_equal(centre_load(NULL, &s), ERR_OK);
	assert_string_equal(s.tls_cert, "");
}

/* The same in every zone: the day is the desk's. */
static void
a_regime_has_its_day(void **state)
{
	const uint64_t noon = 1640995200000 + 12 * 3600000ull;
	const uint64_t day = 24 * 3600000ull;

	(void)state; /* noon is that of 1 January 2022 */
	assert_int_equal(settings_regime(REGIME_MES, 0, 0), REGIME_MES);
	assert_int_equal(settings_regime(REGIME_DMP, 0, noon), REGIME_DMP);
	assert_int_equal(settings_regime(REGIME_MES, 20220101, noon),
	    REGIME_MES);
	assert_int_equal(settings_regime(REGIME_MES, 20220101, noon - day),
	    REGIME_DMP);
	assert_int_equal(settings_regime(REGIME_DMP, 20220102, noon),
	    REGIME_MES);
	assert_int_equal(settings_regime(REGIME_DMP, 20220102, noon + day),
	    REGIME_DMP);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_are_sound),
		cmocka_unit_test(a_regime_has_its_day),
		cmocka_unit_test(a_desk_is_loaded),
		cmocka_unit_test(a_centre_is_loaded),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
