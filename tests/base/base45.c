/* base45: the examples of RFC 9285, every length, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/base45.h"

static void
assert_pair(const void *p, size_t n, const char *text)
{
	struct buf b;

	buf_init(&b);
	assert_int_equal(base45_of(p, n, &b), ERR_OK);
	assert_int_equal(b.len, strlen(text));
	assert_memory_equal(b.p, text, b.len);
	buf_reset(&b);
	assert_int_equal(base45_read(text, strlen(text), &b), ERR_OK);
	assert_int_equal(b.len, n);
	assert_memory_equal(b.p, p, n);
	buf_clear(&b);
}

static void
the_published_examples(void **state)
{
	(void)state;
	assert_pair("AB", 2, "BB8");
	assert_pair("Hello!!", 7, "%69 VD92EX0");
	assert_pair("base-45", 7, "UJCLQE7W581");
	assert_pair("ietf!", 5, "QED8WEX0");
	assert_pair("\xff\xff", 2, "FGW");
}

static void
nothing_else_is_read(void **state)
{
	static const char *const wrong[] = { "A", "GGW", ":::", "U6",
		"BB8A", "bb8", "BB8U6", "B\xc3\xa9", "FGX" };
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(base45_read(wrong[i], strlen(wrong[i]), &b),
		    ERR_TEXT);
	assert_int_equal(base45_read("B\0B", 3, &b), ERR_TEXT);
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_examples),
		cmocka_unit_test(nothing_else_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
