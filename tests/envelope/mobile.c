/* mobile: each number has one way to be written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "envelope/mobile.h"

static void
what_is_typed_is_written_one_way(void **state)
{
	static const struct {
		const char *typed, *here, *abroad; /* NULL: refused */
	} said[] = {
		{ "06 39 98 12 41", "0639981241", "0639981241" },
		{ "06.39-98 (12) 41", "0639981241", "0639981241" },
		{ "0739981241", "0739981241", "0739981241" },
		{ "0239981241", NULL, NULL },
		{ "063998124", NULL, NULL },
		{ "06399812411", NULL, NULL },
		{ "06399812x1", NULL, NULL },
		{ "", NULL, NULL },
		{ "   ", NULL, NULL },
		{ "+33 6 39 98 12 41", NULL, "0639981241" },
		{ "+33 (0)6 39 98 12 41", NULL, "0639981241" },
		{ "0033 639981241", NULL, "0639981241" },
		{ "+33 2 39 98 12 41", NULL, NULL },
		{ "+49 151 1234 5678", NULL, "+4915112345678" },
		{ "0049 151 1234 5678", NULL, "+4915112345678" },
		{ "+352 12345", NULL, "+35212345" },
		{ "+352 1234", NULL, NULL },
		{ "+123456789012345", NULL, "+123456789012345" },
		{ "+1234567890123456", NULL, NULL },
		{ "+0151 12345678", NULL, NULL },
		{ "+", NULL, NULL },
		{ "00", NULL, NULL },
		{ "49+15112345678", NULL, NULL },
		{ "++4915112345678", NULL, NULL },
	};
	char out[MOBILE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		for (int abroad = 0; abroad < 2; abroad++) {
			const char *want = abroad ? said[i].abroad :
			    said[i].here;

			memset(out, 'x', sizeof(out));
			if (mobile_read(said[i].typed, abroad != 0, out) !=
			    (want != NULL))
				fail_msg("%s", said[i].typed);
			if (want != NULL) {
				assert_string_equal(out, want);
				assert_true(mobile_check(out, abroad != 0));
			} else {
				assert_int_equal(out[0], 'x');
			}
		}
}

static void
another_way_is_not_taken(void **state)
{
	static const char *const none[] = { "", "+33639981241",
		"06 39981241", "004915112345678", "+49 15112345678", "+",
		"+0123456789", "+1234567", "+1234567890123456", "0139981241" };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(mobile_check(none[i], true));
	assert_true(mobile_check("+4915112345678", true));
	assert_false(mobile_check("+4915112345678", false));
	assert_true(mobile_check("0639981241", false));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_written_one_way),
		cmocka_unit_test(another_way_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
