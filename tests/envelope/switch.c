/* switch: the word on a place comes back, whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/refusal.h"
#include "envelope/stamp.h"
#include "envelope/switch.h"

static uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];

static struct switched
good(void)
{
	return (struct switched){ .terminal = 7, .centre_key = 3,
		.at_ms = 1234567 };
}

static void
it_comes_back(void **state)
{
	struct switched w = good(), back;
	uint8_t out[SWITCH_LEN];

	(void)state;
	for (int open = 0; open < 2; open++) {
		w.open = open == 1;
		assert_int_equal(switch_write(&w, secret, out), ERR_OK);
		assert_int_equal(switch_read(out, sizeof(out), public,
		    &back), ERR_OK);
		assert_true(back.terminal == 7 && back.centre_key == 3 &&
		    back.at_ms == 1234567 && back.open == w.open);
	}
}

static void
any_changed_bit_is_refused(void **state)
{
	struct switched w = good(), back;
	uint8_t out[SWITCH_LEN + 1] = { 0 };

	(void)state;
	assert_int_equal(switch_write(&w, secret, out), ERR_OK);
	for (size_t i = 0; i < 8 * (size_t)SWITCH_LEN; i++) {
		out[i / 8] ^= (uint8_t)(1 << i % 8);
		assert_int_equal(switch_read(out, SWITCH_LEN, public, &back),
		    ERR_RECEIPT);
		out[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (size_t n = 0; n <= sizeof(out); n++)
		assert_int_equal(switch_read(out, n, public, &back),
		    n == SWITCH_LEN ? ERR_OK : ERR_RECEIPT);
}

/* Signed, and neither of the two words. */
static void
another_word_is_refused(void **state)
{
	static const struct stamp stamp = { { 'G', 'U', 'D', '1' },
		SWITCH_VERSION, SWITCH_DOMAIN };
	struct switched back;
	struct buf b;

	(void)state;
	buf_init(&b);
	for (uint8_t word = 0; word < 4; word++) {
		buf_reset(&b);
		assert_int_equal(stamp_begin(&stamp, &b), ERR_OK);
		assert_int_equal(buf_put_u32(&b, 7), ERR_OK);
		assert_int_equal(buf_put_u32(&b, 3), ERR_OK);
		assert_int_equal(buf_put_u64(&b, 1), ERR_OK);
		assert_int_equal(buf_put_u8(&b, word), ERR_OK);
		assert_int_equal(stamp_end(&stamp, secret, &b), ERR_OK);
		assert_int_equal(switch_read(b.p, b.len, public, &back),
		    word == 1 || word == 2 ? ERR_OK : ERR_RECEIPT);
	}
	buf_clear(&b);
}

static void
another_signer_and_another_statement_are_refused(void **state)
{
	struct refusal f = { .terminal = 7, .centre_key = 3, .code = 504 };
	uint8_t other[SIGN_PUBLIC_LEN], theirs[SIGN_SECRET_LEN];
	uint8_t refusal[REFUSAL_LEN], out[SWITCH_LEN];
	struct switched w = good(), back;

	(void)state;
	sign_keypair(theirs, other);
	assert_int_equal(switch_write(&w, theirs, out), ERR_OK);
	assert_int_equal(switch_read(out, sizeof(out), public, &back),
	    ERR_RECEIPT);
	assert_int_equal(refusal_write(&f, secret, refusal), ERR_OK);
	assert_int_equal(switch_read(refusal, sizeof(refusal), public,
	    &back), ERR_RECEIPT);
}

static void
what_is_not_canonical_is_not_written(void **state)
{
	struct switched nobody = good(), none = good(), late = good();
	uint8_t out[SWITCH_LEN];

	(void)state;
	nobody.terminal = 0;
	none.centre_key = 0;
	late.at_ms = (uint64_t)INT64_MAX + 1;
	assert_int_equal(switch_write(&nobody, secret, out), ERR_RECEIPT);
	assert_int_equal(switch_write(&none, secret, out), ERR_RECEIPT);
	assert_int_equal(switch_write(&late, secret, out), ERR_RECEIPT);
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
		cmocka_unit_test(another_word_is_refused),
		cmocka_unit_test(
		    another_signer_and_another_statement_are_refused),
		cmocka_unit_test(what_is_not_canonical_is_not_written),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
