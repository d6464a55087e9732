/* i18n: a whole catalogue speaks; a broken one is none, and French stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "tests/temp.h"

struct sentence {
	const char *from, *to;
};

static char path[PATH_ROOM];

/* Two sentences as msgfmt --endianness=big writes them. */
static void
compile(const struct sentence *s, struct buf *out)
{
	uint32_t at = 28 + 4 * 8;

	buf_init(out);
	(void)buf_put_u32(out, 0x950412DE);
	(void)buf_put_u32(out, 0);
	(void)buf_put_u32(out, 2);
	(void)buf_put_u32(out, 28);
	(void)buf_put_u32(out, 28 + 2 * 8);
	(void)buf_put_u64(out, 0);
	for (int i = 0; i < 4; i++) {
		const char *t = i < 2 ? s[i].from : s[i - 2].to;

		(void)buf_put_u32(out, (uint32_t)strlen(t));
		(void)buf_put_u32(out, at);
		at += (uint32_t)strlen(t) + 1;
	}
	for (int i = 0; i < 4; i++)
		(void)buf_put(out, i < 2 ? s[i].from : s[i - 2].to,
		    strlen(i < 2 ? s[i].from : s[i - 2].to) + 1);
}

static enum err
load(const void *p, size_t n, struct catalogue **out)
{
	assert_int_equal(path_join(temp_dir, "x.mo", path), ERR_OK);
	assert_int_equal(file_replace(path, p, n, 0600), ERR_OK);
	return catalogue_load(path, out);
}

static void
a_catalogue_speaks(void **state)
{
	const struct sentence two[] = { { "Bonjour", "Hello" },
		{ "Encore %u fois, %s", "Again %u times, %s" } };
	struct catalogue *c;
	struct buf b;

	(void)state;
	compile(two, &b);
	assert_int_equal(load(b.p, b.len, &c), ERR_OK);
	assert_string_equal(_("Bonjour"), "Bonjour");
	i18n_use(c);
	assert_string_equal(_("Bonjour"), "Hello");
	assert_string_equal(_("Au revoir"), "Au revoir");
	assert_string_equal(_(""), "");
	catalogue_free(c);
	assert_string_equal(_("Bonjour"), "Bonjour");
	buf_clear(&b);
}

static void
other_values_are_refused(void **state)
{
	static const char *const said[] = { "%u times, %u", "%s times, %u",
		"%u times", "%u times, %s and %s", "%zu times, %s", "",
		"%u times, %s\x1b[2J", "%u times, %s\xff" };
	struct sentence two[] = { { "Bonjour", "Hello" },
		{ "Encore %u fois, %s", NULL } };
	struct catalogue *c;
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		two[1].to = said[i];
		compile(two, &b);
		assert_int_equal(load(b.p, b.len, &c), ERR_CATALOGUE);
		assert_string_equal(err_subject(), path);
		buf_clear(&b);
	}
	two[0].from = "Z"; /* not in order: it would not be found */
	two[1].to = "%u times, %s";
	compile(two, &b);
	assert_int_equal(load(b.p, b.len, &c), ERR_CATALOGUE);
	buf_clear(&b);
}

/* Any byte wrong, any end too early: a catalogue that holds, or none. */
static void
broken_ones_are_none(void **state)
{
	const struct sentence two[] = { { "Bonjour", "Hello" },
		{ "Encore", "Again" } };
	struct catalogue *c;
	struct buf b;

	(void)state;
	compile(two, &b);
	for (size_t n = 0; n < b.len; n++)
		assert_int_equal(load(b.p, n, &c), ERR_CATALOGUE);
	for (size_t i = 0; i < b.len; i++) {
		b.p[i] ^= 0x5A;
		if (load(b.p, b.len, &c) == ERR_OK) {
			i18n_use(c);
			assert_non_null(_("Bonjour"));
			assert_string_not_equal(_("Encore"), "");
			catalogue_free(c);
		}
		b.p[i] ^= 0x5A;
	}
	buf_clear(&b);
	assert_int_equal(path_join(temp_dir, "none.mo", path), ERR_OK);
	assert_int_equal(catalogue_load(path, &c), ERR_CATALOGUE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_catalogue_speaks),
		cmocka_unit_test(other_values_are_refused),
		cmocka_unit_test(broken_ones_are_none),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
