/* report: two answers, and nothing that only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "slip/report.h"

#define REF "01JD7Q4M5N6P7Q8R9S0T1V2W3X"

static void
assert_line(enum err result, const char *ref, const char *want)
{
	struct print_report rp = { .result = result }, back;
	struct buf b;

	strcpy(rp.ref, ref);
	buf_init(&b);
	assert_int_equal(report_write(&rp, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_string_equal((char *)b.p, want);
	b.p[b.len - 1] = '\0';
	assert_int_equal(report_read((char *)b.p, &back), ERR_OK);
	assert_int_equal(back.result, result);
	assert_string_equal(back.ref, ref);
	buf_clear(&b);
}

static void
answers_come_back(void **state)
{
	(void)state;
	assert_line(ERR_OK, REF,
	    "{\"event\":\"printed\",\"ref\":\"" REF "\"}\n");
	assert_line(ERR_PRINT_WRITE, REF,
	    "{\"code\":802,\"event\":\"failed\",\"ref\":\"" REF "\"}\n");
	assert_line(ERR_SLIP_FORM, "",
	    "{\"code\":803,\"event\":\"failed\",\"ref\":\"\"}\n");
}

static void
nothing_else_is_an_answer(void **state)
{
	static const char *const wrong[] = {
		"", "printed", "[]", "{}",
		"{\"event\":\"printed\"}",
		"{\"event\":\"printed\",\"ref\":\"\"}",
		"{\"event\":\"printed\",\"ref\":\"" REF "0\"}",
		"{\"event\":\"printed\",\"ref\":\"abc\"}",
		"{\"event\":\"printing\",\"ref\":\"" REF "\"}",
		"{\"event\":\"printed-or-nearly-so\",\"ref\":\"" REF "\"}",
		"{\"event\":\"printed\",\"ref\":\"" REF "\",\"code\":802}",
		"{\"event\":\"failed\",\"ref\":\"" REF "\"}",
		"{\"event\":\"failed\",\"ref\":\"" REF "\",\"code\":0}",
		"{\"event\":\"failed\",\"ref\":\"" REF "\",\"code\":999}",
		"{\"event\":\"failed\",\"ref\":\"" REF "\",\"code\":\"802\"}",
		"{\"event\":\"failed\",\"ref\":\"x\",\"code\":802}",
		"{\"event\":\"failed\",\"ref\":\"\",\"code\":802,\"x\":1}",
	};
	struct print_report rp = { .result = ERR_MEMORY };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (report_read(wrong[i], &rp) != ERR_SLIP_FORM)
			fail_msg("read: %s", wrong[i]);
	assert_int_equal(rp.result, ERR_MEMORY); /* not touched */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_come_back),
		cmocka_unit_test(nothing_else_is_an_answer),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
