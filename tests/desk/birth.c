/* birth: dates in words, and those that are none as the card has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/birth.h"

static void
dates_are_said_in_words(void **state)
{
	static const struct { const char *card, *words; } dates[] = {
		{ "19420119", "19 janvier 1942" },
		{ "20010301", "1er mars 2001" },
		{ "20240229", "29 février 2024" },
		{ "20230229", "20230229" },
		{ "19421901", "19421901" }, /* lunar */
		{ "19420100", "19420100" },
		{ "1942", "1942" },
		{ "", "" },
		{ "1942011x", "1942011x" },
	};
	char out[32];

	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		birth_words(dates[i].card, out, sizeof(out));
		assert_string_equal(out, dates[i].words);
	}
}

static void
words_are_cut_to_their_room(void **state)
{
	char out[6];

	(void)state;
	birth_words("19420119", out, sizeof(out));
	assert_string_equal(out, "19 ja");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_said_in_words),
		cmocka_unit_test(words_are_cut_to_their_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
