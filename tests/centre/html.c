/* html: words stay words, numbers are read, the first failure sticks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "centre/html.h"

static struct buf out;

static const char *
said(void)
{
	assert_int_equal(buf_terminate(&out), ERR_OK);
	return (const char *)out.p;
}

static int
setup(void **state)
{
	(void)state;
	buf_init(&out);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&out);
	return 0;
}

static void
words_are_escaped(void **state)
{
	struct html h = { .out = &out };

	(void)state;
	html_cell(&h, "td class=\"n\"", "<b> & \"c\" d'é");
	assert_string_equal(said(), "<td class=\"n\">&lt;b&gt; &amp; "
	    "&quot;c&quot; d&#39;é</td>");
	assert_int_equal(h.fault, ERR_OK);
}

static void
numbers_are_grouped(void **state)
{
	struct html h = { .out = &out };

	(void)state;
	html_count(&h, "dd", 0);
	html_count(&h, "dd", 999);
	html_count(&h, "dd", 1234567);
	assert_string_equal(said(), "<dd>0</dd><dd>999</dd>"
	    "<dd>1&#8239;234&#8239;567</dd>");
}

static void
the_first_failure_sticks(void **state)
{
	struct html h = { .out = &out };
	char long_one[2000];

	(void)state;
	memset(long_one, 'a', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	html_put(&h, "%s", long_one);
	html_text(&h, "après");
	assert_int_equal(h.fault, ERR_TOO_LONG);
	assert_int_equal(out.len, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_are_escaped),
		TEST(numbers_are_grouped),
		TEST(the_first_failure_sticks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
