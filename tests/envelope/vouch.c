/* vouch: of one contact, in one record, by one opener. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/vouch.h"

static uint8_t outcome[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
static const struct vouch said = { .terminal = 7, .about = { .b = { 1 } },
	.reach = REACH_EMAIL, .to = "essai@exemple.invalid", .opener_key = 4,
	.at_ms = 1795271600000 };

static void
it_holds_for_what_it_says(void **state)
{
	struct vouch v = said;
	uint8_t b[VOUCH_LEN];

	(void)state;
	assert_int_equal(vouch_write(&said, outcome, b), ERR_OK);
	v.opener_key = 0;
	v.at_ms = 0;
	assert_int_equal(vouch_check(b, sizeof(b), public, &v), ERR_OK);
	assert_int_equal(v.opener_key, 4);
	assert_true(v.at_ms == said.at_ms);
}

static void
and_for_nothing_else(void **state)
{
	uint8_t b[VOUCH_LEN + 1], other[SIGN_SECRET_LEN];
	uint8_t theirs[SIGN_PUBLIC_LEN];
	struct vouch v;

	(void)state;
	assert_int_equal(vouch_write(&said, outcome, b), ERR_OK);
#define OTHER(statement) do {						\
	v = said;							\
	statement;							\
	assert_int_equal(vouch_check(b, VOUCH_LEN, public, &v),		\
	    ERR_RECEIPT);						\
} while (0)
	OTHER(v.terminal = 8);
	OTHER(v.about.b[15] = 1);
	OTHER(v.reach = REACH_MOBILE);
	OTHER(v.to = "essai@exemple.invali");
	OTHER(v.to = "");
	sign_keypair(other, theirs);
	v = said;
	assert_int_equal(vouch_check(b, VOUCH_LEN, theirs, &v), ERR_RECEIPT);
	b[VOUCH_LEN] = 0;
	assert_int_equal(vouch_check(b, sizeof(b), public, &v), ERR_RECEIPT);
	for (size_t i = 0; i < VOUCH_LEN; i++) {
		assert_int_equal(vouch_check(b, i, public, &v), ERR_RECEIPT);
		b[i] ^= 1;
		assert_int_equal(vouch_check(b, VOUCH_LEN, public, &v),
		    ERR_RECEIPT);
		b[i] ^= 1;
	}
	v.opener_key = 0;
	assert_int_equal(vouch_write(&v, outcome, b), ERR_RECEIPT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_holds_for_what_it_says),
		cmocka_unit_test(and_for_nothing_else),
	};

	if (secret_start() != ERR_OK)
		return 1;
	sign_keypair(outcome, public);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
