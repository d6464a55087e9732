/* slip_form: what is signed, by whom, after what; and no number of theirs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "tests/golden.h"
#include "tests/slip/one.h"
#include "tests/slip/sample.h"

static void
the_sheet_is_the_committed_one(void **state)
{
	struct buf text;

	(void)state;
	slip_form(s, sample_form());
	assert_int_equal(buf_init_secret(&text, SLIP_PLAIN_ROOM), ERR_OK);
	assert_int_equal(slip_plain(s, 66, &text), ERR_OK);
	golden_equal("slip/form-66.txt", text.p, text.len);
	buf_reset(&text);
	assert_int_equal(slip_plain(s, 32, &text), ERR_OK);
	golden_equal("slip/form-32.txt", text.p, text.len);
	buf_clear(&text);
}

static void
who_represents_signs(void **state)
{
	struct form_facts f = *sample_form();

	(void)state;
	slip_form(s, &f);
	assert_false(says("eprésent"));
	memcpy(f.speaker, "MARTIN CLAUDE", 14);
	slip_form(s, &f);
	assert_true(says("Représentée par") && says("MARTIN CLAUDE") &&
	    says("signature de votre représentant"));
}

/* A request has no notice. */
static void
without_a_notice_none_is_named(void **state)
{
	struct form_facts f = *sample_form();

	(void)state;
	f.notice[0] = f.sha[0] = '\0';
	slip_form(s, &f);
	assert_false(says("Après avoir lu") || says("Empreinte"));
	assert_true(says(f.wording) && says("Date et signature"));
	assert_int_equal(s->paper, PAPER_FORM);
	assert_true(s->training);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_sheet_is_the_committed_one),
		TEST(who_represents_signs),
		TEST(without_a_notice_none_is_named),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
