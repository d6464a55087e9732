/* rpps: Luhn catches one wrong digit and a swap of neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "envelope/rpps.h"

/* Published test cards of the ANS (facts/domain.md 3.2). */
static const char *const right[] = { "99700024450", "99900063480",
	"99900038839" };
enum { RIGHT = sizeof(right) / sizeof(right[0]) };

static void
published_numbers_are_right(void **state)
{
	(void)state;
	for (int i = 0; i < RIGHT; i++)
		assert_true(rpps_check(right[i]));
}

static void
a_wrong_digit_is_seen(void **state)
{
	char text[RPPS_TEXT];

	(void)state;
	for (int i = 0; i < RIGHT; i++)
		for (size_t at = 0; at < RPPS_TEXT - 1; at++)
			for (char d = '0'; d <= '9'; d++) {
				memcpy(text, right[i], sizeof(text));
				text[at] = d;
				assert_int_equal(rpps_check(text),
				    d == right[i][at]);
			}
}

/* All but 09 and 90, which Luhn takes for each other. */
static void
swapped_neighbours_are_seen(void **state)
{
	char text[RPPS_TEXT], c;

	(void)state;
	for (int i = 0; i < RIGHT; i++)
		for (size_t at = 0; at < RPPS_TEXT - 2; at++) {
			memcpy(text, right[i], sizeof(text));
			c = text[at];
			text[at] = text[at + 1];
			text[at + 1] = c;
			assert_int_equal(rpps_check(text),
			    text[at] == c ||
			    abs(text[at] - c) == 9);
		}
}

static void
other_forms_are_none(void **state)
{
	static const char *const wrong[] = { "", "9970002445", "997000244500",
		"9970002445 ", " 9700024450", "9970002445x", "+9700024450",
		"\303\251900024450", "99 70 00 24 450" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(rpps_check(wrong[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_numbers_are_right),
		cmocka_unit_test(a_wrong_digit_is_seen),
		cmocka_unit_test(swapped_neighbours_are_seen),
		cmocka_unit_test(other_forms_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
