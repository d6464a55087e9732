/* sheet: pages of PDF, as many as it takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "slip/qr.h"
#include "slip/sheet.h"
#include "tests/slip/sample.h"

/* What fontconfig and pango keep to their end is not lost. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:libcairo\n"
	       "leak:libglib\nleak:libgobject\n";
}

static struct slip *s;
static struct buf out;

static int
setup(void **state)
{
	(void)state;
	if ((s = slip_new()) == NULL)
		return -1;
	buf_init(&out);
	slip_secrets(s, sample_facts());
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	slip_free(s);
	buf_clear(&out);
	return 0;
}

/* How many pages it says to have. */
static int
pages(void)
{
	int n = 0;

	for (size_t i = 0; i + 9 < out.len; i++)
		if (memcmp(out.p + i, "/Count ", 7) == 0)
			n = atoi((const char *)out.p + i + 7);
	return n;
}

static void
secrets_are_one_page(void **state)
{
	(void)state;
	assert_int_equal(sheet_pdf(s, &out), ERR_OK);
	assert_memory_equal(out.p, "%PDF-", 5);
	assert_memory_equal(out.p + out.len - 6, "%%EOF\n", 6);
	assert_int_equal(pages(), 1);
}

static void
large_print_takes_more(void **state)
{
	(void)state;
	s->large = true;
	assert_int_equal(sheet_pdf(s, &out), ERR_OK);
	assert_int_equal(pages(), 2);
}

static void
the_longest_slip_has_its_pages(void **state)
{
	char longest[SLIP_TEXT];

	(void)state;
	memset(longest, 'W', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	while (s->n < SLIP_LINES)
		slip_add(s, SLIP_PARA, longest, NULL);
	assert_int_equal(sheet_pdf(s, &out), ERR_OK);
	assert_true(pages() > 3);
}

static void
a_code_that_is_too_large_is_an_error(void **state)
{
	char longest[SLIP_TEXT];

	(void)state;
	memset(longest, 'A', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	slip_add(s, SLIP_QR, "Code", longest);
	assert_int_equal(sheet_pdf(s, &out), ERR_OK); /* the longest of all */
	buf_reset(&out);
	s->line[s->n - 1].value[0] = '\0'; /* nothing makes no code */
	assert_int_equal(sheet_pdf(s, &out), ERR_TOO_LONG);
}

static void
paper_that_is_full_is_an_error(void **state)
{
	struct buf small;

	(void)state;
	assert_int_equal(buf_init_secret(&small, 1000), ERR_OK);
	assert_int_equal(sheet_pdf(s, &small), ERR_MEMORY);
	buf_clear(&small);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(secrets_are_one_page),
		TEST(large_print_takes_more),
		TEST(the_longest_slip_has_its_pages),
		TEST(a_code_that_is_too_large_is_an_error),
		TEST(paper_that_is_full_is_an_error),
	};

	if (secret_start() != ERR_OK || sheet_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
