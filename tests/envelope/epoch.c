/* epoch: a hand-over in its only form, signed by both keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/epoch.h"

static uint8_t old_secret[SIGN_SECRET_LEN], old_public[SIGN_PUBLIC_LEN],
    new_secret[SIGN_SECRET_LEN], new_public[SIGN_PUBLIC_LEN];

static void
make(uint32_t sign_key, struct buf *out)
{
	const struct envelope_keys keys = { .sign_number = sign_key,
		.sign_secret = old_secret };
	struct envelope e = { .terminal = 7, .sign_key = sign_key,
		.sequence = 9, .previous = { 1 } };

	rid_make(1795271525000, &e.rid);
	assert_int_equal(epoch_write(&e, &keys, new_secret, out), ERR_OK);
}

static void
it_names_the_next_key(void **state)
{
	uint8_t next[SIGN_PUBLIC_LEN];
	struct envelope e;
	struct buf out;

	(void)state;
	buf_init(&out);
	make(4, &out);
	assert_int_equal(out.len, ENVELOPE_HEADER + EPOCH_LEN + SIGNATURE_LEN);
	assert_int_equal(envelope_read(out.p, out.len, &e), ERR_OK);
	assert_int_equal(e.suite, ENVELOPE_EPOCH);
	assert_int_equal(e.opening_key, 0);
	assert_int_equal(e.sign_key, 4);
	assert_int_equal(envelope_check(out.p, out.len, old_public), ERR_OK);
	assert_int_equal(epoch_next(&e, next), ERR_OK);
	assert_memory_equal(next, new_public, sizeof(next));
	buf_clear(&out);
}

/* Of all that the next key signed, not one bit may be another. */
static void
the_next_key_agrees(void **state)
{
	uint8_t next[SIGN_PUBLIC_LEN] = { 0 };
	struct envelope e;
	struct buf out;
	unsigned refused = 0;

	(void)state;
	buf_init(&out);
	make(4, &out);
	for (size_t i = 0; i < ENVELOPE_HEADER + EPOCH_LEN; i++) {
		out.p[i] ^= 1;
		if (envelope_read(out.p, out.len, &e) == ERR_OK) {
			assert_int_equal(epoch_next(&e, next),
			    ERR_ENV_SIGNATURE);
			refused++;
		}
		out.p[i] ^= 1;
	}
	assert_true(refused > EPOCH_LEN);
	assert_true(secret_is_zero(next, sizeof(next)));
	buf_clear(&out);
}

static void
only_this_form(void **state)
{
	uint8_t secret[BOX_SECRET_LEN] = { 0 }, next[SIGN_PUBLIC_LEN];
	const struct envelope_keys keys = { .sign_secret = old_secret };
	struct envelope e, last = { .terminal = 7, .sign_key = UINT32_MAX,
		.sequence = 1 };
	struct buf out, opened;

	(void)state;
	buf_init(&out);
	make(4, &out);
	out.p[73] = 1; /* an opening key */
	assert_int_equal(envelope_read(out.p, out.len, &e), ERR_ENV_FORM);
	out.p[73] = 0;
	out.p[5] = ENVELOPE_SUITE;
	assert_int_equal(envelope_read(out.p, out.len, &e), ERR_ENV_FORM);
	out.p[5] = ENVELOPE_EPOCH;
	assert_int_equal(envelope_read(out.p, out.len, &e), ERR_OK);
	assert_int_equal(buf_init_secret(&opened, 4096), ERR_OK);
	assert_int_equal(envelope_open(&e, secret, &opened), ERR_ENV_FORM);
	e.suite = ENVELOPE_SUITE;
	assert_int_equal(epoch_next(&e, next), ERR_ENV_FORM);
	buf_reset(&out);
	/* There is no key behind the last number. */
	assert_int_equal(epoch_write(&last, &keys, new_secret, &out),
	    ERR_ENV_FORM);
	assert_int_equal(out.len, 0);
	buf_clear(&opened);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_names_the_next_key),
		cmocka_unit_test(the_next_key_agrees),
		cmocka_unit_test(only_this_form),
	};

	if (secret_start() != ERR_OK)
		return 1;
	sign_keypair(old_secret, old_public);
	sign_keypair(new_secret, new_public);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
