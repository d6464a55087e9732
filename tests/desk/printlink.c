/* printlink: what the print program answers, and what it fails to answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/sandbox.h"
#include "base/secret.h"
#include "child.h"
#include "desk/printlink.h"

#define REF "01JDZZZZZZZZZZZZZZZZZZZZZZ"

/* What printing one slip gives when the program is that script. */
static enum err
print_with(const char *script)
{
	struct printlink *l;
	struct slip *s = slip_new();
	enum err r;

	assert_non_null(s);
	strcpy(s->ref, REF);
	slip_add(s, SLIP_TITLE, "Un essai", "");
	child_write("guichet-print", script);
	assert_int_equal(printlink_open(NULL, &l), ERR_OK);
	r = printlink_print(l, s);
	printlink_close(l);
	child_remove("guichet-print");
	slip_free(s);
	return r;
}

static void
an_answer_is_what_it_says(void **state)
{
	(void)state;
	assert_int_equal(print_with("read l; echo '{\"event\":\"printed\","
	    "\"ref\":\"" REF "\"}'; read l"), ERR_OK);
	assert_int_equal(print_with("read l; echo '{\"event\":\"failed\","
	    "\"code\":801,\"ref\":\"" REF "\"}'; read l"), ERR_PRINT_OPEN);
	assert_int_equal(print_with("read l; echo '{\"event\":\"failed\","
	    "\"code\":999,\"ref\":\"" REF "\"}'; read l"), ERR_PRINT_WRITE);
}

static void
an_answer_about_another_slip_is_none(void **state)
{
	(void)state;
	assert_int_equal(print_with("read l; echo '{\"event\":\"printed\","
	    "\"ref\":\"01JD0000000000000000000000\"}'; read l"), ERR_CHILD);
	assert_int_equal(print_with("read l; echo nonsense; read l"),
	    ERR_PRINT_WRITE);
}

static void
a_program_that_ends_is_said(void **state)
{
	struct printlink *l;

	(void)state;
	assert_int_equal(print_with("read l; exit 3"), ERR_CHILD);
	assert_string_equal(err_subject(), "guichet-print");
	/* There is none at all. */
	child_remove("guichet-print");
	assert_int_equal(printlink_open(NULL, &l), ERR_CHILD);
	printlink_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_what_it_says),
		cmocka_unit_test(an_answer_about_another_slip_is_none),
		cmocka_unit_test(a_program_that_ends_is_said),
	};

	if (secret_start() != ERR_OK || sandbox_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
