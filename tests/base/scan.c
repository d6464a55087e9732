/* scan: the one form of each value, and what is another is not moved past. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/scan.h"

#define ROOM 8

static struct cursor
on(const char *text)
{
	return cursor_of(text, strlen(text));
}

static void
a_mark_is_one_character(void **state)
{
	struct cursor c = on("{}");

	(void)state;
	assert_false(scan_mark(&c, '}'));
	assert_true(scan_mark(&c, '{') && scan_mark(&c, '}'));
	assert_int_equal(c.n, 0);
	assert_false(scan_mark(&c, '}'));
}

static void
a_name_has_its_quotes_and_colon(void **state)
{
	static const char *const others[] = { "\"kin\":1", "\"kinds\":1",
		"kind:1", "\"kind\" :1", "\"kind\"", "\"kind", "\"", "" };
	struct cursor c = on("\"kind\":1");

	(void)state;
	assert_true(scan_name(&c, "kind"));
	assert_int_equal(c.n, 1);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		c = on(others[i]);
		assert_false(scan_name(&c, "kind"));
	}
}

static void
a_text_stands_as_it_is(void **state)
{
	static const char *const others[] = { "\"a", "\"", "", "a\"",
		"\"a\\n\"", "\"\\\"\"", "\"a\tb\"", "\"\x01\"" };
	struct cursor c = on("\"\xC3\x89t\xC3\xA9\x7F\",\"\""), text;

	(void)state;
	assert_true(scan_string(&c, &text));
	assert_int_equal(text.n, 6);
	assert_memory_equal(text.p, "\xC3\x89t\xC3\xA9\x7F", text.n);
	assert_true(scan_mark(&c, ',') && scan_string(&c, &text));
	assert_int_equal(text.n + c.n, 0);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		c = on(others[i]);
		assert_false(scan_string(&c, &text));
	}
	c = cursor_of("\"a\0b\"", 5);
	assert_false(scan_string(&c, &text));
}

static void
a_copy_ends_within_its_room(void **state)
{
	char out[ROOM + 1] = "--------";
	struct cursor c = on("\"1234567\"");

	(void)state;
	assert_true(scan_copy(&c, out, ROOM));
	assert_string_equal(out, "1234567");
	c = on("\"12345678\"");
	assert_false(scan_copy(&c, out, ROOM));
	assert_string_equal(out, "1234567");
	c = on("12345678");
	assert_false(scan_copy(&c, out, ROOM));
}

static void
is_number(const char *text, uint64_t max, uint64_t wanted, size_t left)
{
	struct cursor c = on(text);
	uint64_t v = 77;

	assert_true(scan_number(&c, max, &v));
	assert_int_equal(v, wanted);
	assert_int_equal(c.n, left);
}

static void
a_number_is_whole_and_plain(void **state)
{
	static const char *const others[] = { "", "-1", "01", "00", "a",
		"8", "9223372036854775808", "18446744073709551617",
		"99999999999999999999", " 1", "+1" };
	struct cursor c;
	uint64_t v = 77;

	(void)state;
	is_number("0", 0, 0, 0);
	is_number("7,8", 7, 7, 2);
	is_number("7.5", 7, 7, 2); /* nothing of ours goes on like that */
	is_number("9223372036854775807", INT64_MAX, INT64_MAX, 0);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		c = on(others[i]);
		assert_false(scan_number(&c, 7, &v));
	}
	c = on("9223372036854775808");
	assert_false(scan_number(&c, UINT64_MAX, &v));
	assert_int_equal(v, 77);
}

static void
the_truth_has_two_words(void **state)
{
	struct cursor c = on("truefalsetrue");
	bool v = false;

	(void)state;
	assert_true(scan_truth(&c, &v) && v);
	assert_true(scan_truth(&c, &v) && !v);
	assert_true(scan_truth(&c, &v) && v);
	assert_false(scan_truth(&c, &v));
	c = on("tru");
	assert_false(scan_truth(&c, &v));
	c = on("null");
	assert_false(scan_truth(&c, &v));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_is_one_character),
		cmocka_unit_test(a_name_has_its_quotes_and_colon),
		cmocka_unit_test(a_text_stands_as_it_is),
		cmocka_unit_test(a_copy_ends_within_its_room),
		cmocka_unit_test(a_number_is_whole_and_plain),
		cmocka_unit_test(the_truth_has_two_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
