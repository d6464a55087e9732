/* seat: only what can stand in a terminal's settings is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "centre/seat.h"

static void
what_can_be_a_setting_is_kept(void **state)
{
	static const char *const departments[] = { "01", "35", "95", "2A",
		"2B", "971", "988" };
	struct seat s = { .site = "" };

	(void)state;
	assert_int_equal(seat_put(&s, SEAT_SITE, "750000001"), ERR_OK);
	assert_int_equal(seat_put(&s, SEAT_NAME, "Pharmacie du Marché"),
	    ERR_OK);
	assert_int_equal(seat_put(&s, SEAT_PROFILE, "accueil"), ERR_OK);
	for (size_t i = 0; i < sizeof(departments) / sizeof(*departments);
	    i++) {
		assert_int_equal(seat_put(&s, SEAT_DEPARTMENT,
		    departments[i]), ERR_OK);
		assert_string_equal(s.department, departments[i]);
	}
	assert_int_equal(seat_put(&s, SEAT_SITE, NULL), ERR_OK);
	assert_string_equal(s.site, "750000001");
	assert_string_equal(s.name, "Pharmacie du Marché");
	assert_string_equal(s.profile, "accueil");
}

static void
what_cannot_is_refused(void **state)
{
	static const struct {
		enum seat_word which;
		const char *text;
	} rows[] = {
		{ SEAT_SITE, "" }, { SEAT_NAME, "a\nmode = training" },
		{ SEAT_NAME, "a ;b" }, { SEAT_NAME, " a" },
		{ SEAT_NAME, "a " }, { SEAT_NAME, "a\xffz" },
		{ SEAT_SITE, "a site with a name beyond all measure" },
		{ SEAT_PROFILE, "guichet" }, { SEAT_DEPARTMENT, "1" },
		{ SEAT_DEPARTMENT, "2C" }, { SEAT_DEPARTMENT, "2a" },
		{ SEAT_DEPARTMENT, "123" }, { SEAT_DEPARTMENT, "9712" },
		{ SEAT_DEPARTMENT, "9A1" },
	};
	struct seat s = { "750000001", "ici", "borne", "35" }, before = s;
	char name[sizeof(s.name) + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(seat_put(&s, rows[i].which, rows[i].text),
		    ERR_USAGE);
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(seat_put(&s, SEAT_NAME, name), ERR_USAGE);
	assert_memory_equal(&s, &before, sizeof(s));
	name[sizeof(s.name) - 1] = '\0';
	assert_int_equal(seat_put(&s, SEAT_NAME, name), ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_be_a_setting_is_kept),
		cmocka_unit_test(what_cannot_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
