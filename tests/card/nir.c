/* nir: the published keys, Corsica, and what is no number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "card/nir.h"

/* facts/card.md 4.1 */
static void
published_keys(void **state)
{
	static const struct {
		const char *nir;
		unsigned key;
	} cases[] = {
		{ "1421962965167", 94 }, { "1550672000101", 59 },
		{ "1680172181372", 43 }, { "2550814168025", 38 },
		{ "2951099126111", 93 }, { "253072A073004", 43 },
		{ "253072B073004", 70 }, { "1501962965225", 32 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(nir_key(cases[i].nir), cases[i].key);
}

static void
what_is_no_number_has_no_key(void **state)
{
	static const char *const cases[] = { "", "142196296516",
		"14219629651677", "142196296516A", "1421A62965167",
		"25307AA073004", "253071A073004", "253072C073004",
		" 421962965167" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(nir_key(cases[i]), 0);
}

static void
a_key_is_right_or_wrong(void **state)
{
	(void)state;
	assert_true(nir_key_right("1421962965167", "94"));
	assert_false(nir_key_right("1421962965167", "49"));
	assert_false(nir_key_right("1501962965225", "12"));
	assert_false(nir_key_right("1421962965167", ""));
	assert_false(nir_key_right("1421962965167", "9"));
	assert_false(nir_key_right("1421962965167", "9:"));
	assert_false(nir_key_right("1421962965167", "/4"));
	assert_false(nir_key_right("", "97"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_keys),
		cmocka_unit_test(what_is_no_number_has_no_key),
		cmocka_unit_test(a_key_is_right_or_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
