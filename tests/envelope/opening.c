/* opening: an announced key comes back, whole or not at all, and none takes a
 * terminal back to an earlier one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/opening.h"
#include "envelope/outcome.h"
#include "envelope/response.h"

static uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];

static struct opening
good(void)
{
	struct opening o = { .number = 3, .outcome_key = 2,
		.from_ms = 1234567 };

	memset(o.public, 0x5A, sizeof(o.public));
	return o;
}

static void
it_comes_back(void **state)
{
	struct opening o = good(), back;
	uint8_t out[OPENING_LEN];

	(void)state;
	assert_int_equal(opening_write(&o, secret, out), ERR_OK);
	assert_int_equal(opening_read(out, sizeof(out), public, &back),
	    ERR_OK);
	assert_true(back.number == 3 && back.outcome_key == 2 &&
	    back.from_ms == 1234567);
	assert_memory_equal(back.public, o.public, sizeof(o.public));
}

static void
any_changed_bit_is_refused(void **state)
{
	struct opening o = good(), back;
	uint8_t out[OPENING_LEN];

	(void)state;
	assert_int_equal(opening_write(&o, secret, out), ERR_OK);
	for (size_t i = 0; i < 8 * sizeof(out); i++) {
		out[i / 8] ^= (uint8_t)(1 << i % 8);
		assert_int_equal(opening_read(out, sizeof(out), public,
		    &back), ERR_OPENING_SAID);
		out[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (size_t n = 0; n < sizeof(out); n++)
		assert_int_equal(opening_read(out, n, public, &back),
		    ERR_OPENING_SAID);
}

static void
another_signer_and_another_statement_are_refused(void **state)
{
	struct outcome_note n = { .terminal = 7, .opener_key = 2,
		.kind = OUTCOME_OPENED, .at_ms = 1 };
	uint8_t other[SIGN_PUBLIC_LEN], theirs[SIGN_SECRET_LEN];
	uint8_t note[OUTCOME_LEN], out[OPENING_LEN];
	struct opening o = good(), back;

	(void)state;
	sign_keypair(theirs, other);
	assert_int_equal(opening_write(&o, theirs, out), ERR_OK);
	assert_int_equal(opening_read(out, sizeof(out), public, &back),
	    ERR_OPENING_SAID);
	rid_make(99, &n.rid);
	assert_int_equal(outcome_write(&n, secret, note), ERR_OK);
	assert_int_equal(opening_read(note, sizeof(note), public, &back),
	    ERR_OPENING_SAID);
}

/* The answers have the same letters: alone the domain tells them apart. */
static void
what_is_signed_as_an_answer_is_refused(void **state)
{
	uint8_t out[OPENING_LEN], *signature = out + OPENING_LEN -
	    SIGNATURE_LEN;
	struct opening o = good(), back;

	(void)state;
	assert_int_equal(opening_write(&o, secret, out), ERR_OK);
	assert_int_equal(sign(RESPONSE_DOMAIN, out, OPENING_LEN -
	    SIGNATURE_LEN, secret, signature), ERR_OK);
	assert_int_equal(opening_read(out, sizeof(out), public, &back),
	    ERR_OPENING_SAID);
	assert_int_equal(sign(OPENING_DOMAIN, out, OPENING_LEN -
	    SIGNATURE_LEN, secret, signature), ERR_OK);
	assert_int_equal(opening_read(out, sizeof(out), public, &back),
	    ERR_OK);
}

static void
what_is_not_canonical_is_not_written(void **state)
{
	struct opening none = good(), nobody = good(), late = good();
	uint8_t out[OPENING_LEN];

	(void)state;
	none.number = 0;
	nobody.outcome_key = 0;
	late.from_ms = (uint64_t)INT64_MAX + 1;
	assert_int_equal(opening_write(&none, secret, out), ERR_OPENING_SAID);
	assert_int_equal(opening_write(&nobody, secret, out),
	    ERR_OPENING_SAID);
	assert_int_equal(opening_write(&late, secret, out), ERR_OPENING_SAID);
}

static void
numbers_only_grow(void **state)
{
	struct opening o = good();
	uint8_t mine[BOX_PUBLIC_LEN];

	(void)state;
	memcpy(mine, o.public, sizeof(mine));
	assert_int_equal(opening_follows(&o, 2, mine), ERR_OK);
	assert_int_equal(opening_follows(&o, 1, mine), ERR_OK);
	assert_int_equal(opening_follows(&o, 3, mine), ERR_NOT_FOUND);
	assert_int_equal(opening_follows(&o, 4, mine), ERR_OPENING_OLD);
	mine[0] ^= 1;
	assert_int_equal(opening_follows(&o, 3, mine), ERR_OPENING_SAID);
}

static int
start(void **state)
{
	(void)state;
	if (secret_start() != ERR_OK)
		return -1;
	sign_keypair(secret, public);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_comes_back),
		cmocka_unit_test(any_changed_bit_is_refused),
		cmocka_unit_test(
		    another_signer_and_another_statement_are_refused),
		cmocka_unit_test(what_is_signed_as_an_answer_is_refused),
		cmocka_unit_test(what_is_not_canonical_is_not_written),
		cmocka_unit_test(numbers_only_grow),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
