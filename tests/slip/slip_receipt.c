/* slip_receipt: what is said of each choice, and nothing secret. */
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
the_paper_is_the_committed_one(void **state)
{
	struct receipt_facts f = *sample_receipt();
	struct buf line, text;

	(void)state;
	slip_receipt(s, &f);
	buf_init(&line);
	assert_int_equal(slip_write(s, &line), ERR_OK);
	golden_equal("slip/receipt.json", line.p, line.len);
	buf_clear(&line);
	assert_int_equal(buf_init_secret(&text, SLIP_PLAIN_ROOM), ERR_OK);
	assert_int_equal(slip_plain(s, 66, &text), ERR_OK);
	golden_equal("slip/receipt-66.txt", text.p, text.len);
	buf_clear(&text);
}

static void
each_choice_has_its_words(void **state)
{
	struct receipt_facts f = *sample_receipt();

	(void)state;
	slip_receipt(s, &f);
	assert_true(says("VOUS VOUS OPPOSEZ") && says("- à ce que le médecin"));
	assert_true(says("Vous acceptez qu'un soignant"));
	f.samu_opposed = false;
	f.break_glass_opposed = true;
	slip_receipt(s, &f);
	assert_true(says("bris de glace") && says("Vous acceptez que le"));
	f.break_glass_opposed = false;
	slip_receipt(s, &f);
	assert_true(says("Vous ne vous opposez à rien"));
	f.account = false;
	slip_receipt(s, &f);
	assert_true(says("pas demandé de compte"));
	f.account_later = true;
	f.grantor = GRANTOR_REPRESENTATIVE;
	f.method = CONSENT_ORAL;
	slip_receipt(s, &f);
	assert_true(says("revenez avec votre carte") && says("représentant") &&
	    says("à voix haute"));
	assert_false(says("Feuille"));
	f.method = CONSENT_PAPER;
	memcpy(f.form, "01JD-7Q4M", sizeof(f.form));
	slip_receipt(s, &f);
	assert_true(says("papier signé") && says("Feuille numéro"));
}

static void
without_a_badge_there_is_no_code(void **state)
{
	struct receipt_facts f = *sample_receipt();

	(void)state;
	f.proof[0] = f.support[0] = f.notice[0] = '\0';
	f.kind = RECORD_CLOSE;
	slip_receipt(s, &f);
	for (size_t i = 0; i < s->n; i++)
		assert_int_not_equal(s->line[i].kind, SLIP_QR);
	assert_true(says("Accusé de votre demande de fermeture"));
	assert_false(says("Empreinte") || says("oppos"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_paper_is_the_committed_one),
		TEST(each_choice_has_its_words),
		TEST(without_a_badge_there_is_no_code),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
