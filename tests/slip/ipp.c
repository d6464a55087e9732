/* ipp: what is written is read again, and what is cut is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "slip/ipp.h"

static struct buf b;

static int
setup(void **state)
{
	(void)state;
	buf_init(&b);
	assert_int_equal(ipp_begin(&b, IPP_PRINT_JOB, "bureau", "guichet"),
	    ERR_OK);
	assert_int_equal(ipp_group(&b, IPP_JOB), ERR_OK);
	assert_int_equal(ipp_number(&b, "job-id", 70000), ERR_OK);
	assert_int_equal(ipp_flag(&b, "purge-job", true), ERR_OK);
	assert_int_equal(ipp_text(&b, IPP_KEYWORD, "media", "a4"), ERR_OK);
	assert_int_equal(ipp_text(&b, IPP_KEYWORD, "", "a5"), ERR_OK);
	assert_int_equal(ipp_group(&b, IPP_END), ERR_OK);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&b);
	return 0;
}

static void
a_request_is_these_bytes(void **state)
{
	(void)state;
	assert_memory_equal(b.p, "\x01\x01\x00\x02\x00\x00\x00\x01\x01"
	    "\x47\x00\x12" "attributes-charset\x00\x05" "utf-8", 37);
	assert_int_equal(b.p[b.len - 1], IPP_END);
}

static void
values_come_back(void **state)
{
	struct cursor c = cursor_of(b.p, b.len);
	struct ipp_value v = { .tag = 0 };
	uint16_t status;

	(void)state;
	assert_int_equal(ipp_status(&c, &status), ERR_OK);
	assert_int_equal(status, IPP_PRINT_JOB);
	do
		assert_int_equal(ipp_next(&c, &v), ERR_OK);
	while (strcmp(v.name, "requesting-user-name") != 0);
	assert_string_equal(v.text, "guichet");
	assert_int_equal(ipp_next(&c, &v), ERR_OK);
	assert_true(v.begins);
	assert_string_equal(v.name, "job-id");
	assert_int_equal(v.number, 70000);
	assert_int_equal(ipp_next(&c, &v), ERR_OK);
	assert_false(v.begins);
	assert_int_equal(v.number, 1);
	assert_int_equal(ipp_next(&c, &v), ERR_OK);
	assert_string_equal(v.text, "a4");
	assert_int_equal(ipp_next(&c, &v), ERR_OK);
	assert_string_equal(v.name, "media"); /* one more of the same */
	assert_string_equal(v.text, "a5");
	assert_int_equal(ipp_next(&c, &v), ERR_NOT_FOUND);
}

static void
what_is_cut_is_an_error(void **state)
{
	(void)state;
	for (size_t n = 0; n < b.len; n++) {
		struct cursor c = cursor_of(b.p, n);
		struct ipp_value v = { .tag = 0 };
		uint16_t status;
		enum err r = ipp_status(&c, &status);

		while (r == ERR_OK)
			r = ipp_next(&c, &v);
		assert_int_equal(r, ERR_TRUNCATED);
	}
}

/* A number of another length than a number's is no number. */
static void
a_short_number_is_an_error(void **state)
{
	static const uint8_t bytes[] = { 0x02, IPP_INTEGER, 0, 1, 'a', 0, 2, 1,
		1, IPP_END };
	struct cursor c = cursor_of(bytes, sizeof(bytes));
	struct ipp_value v = { .tag = 0 };

	(void)state;
	assert_int_equal(ipp_next(&c, &v), ERR_TRUNCATED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_request_is_these_bytes),
		TEST(values_come_back),
		TEST(what_is_cut_is_an_error),
		TEST(a_short_number_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
