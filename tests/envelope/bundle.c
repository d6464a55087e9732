/* bundle: many envelopes in one file come out as they went in, or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/bundle.h"
#include "envelope/stamp.h"

static uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];

/* A bundle of that count that says `said`. */
static void
make(uint32_t count, uint32_t said, struct buf *out)
{
	const struct bundle b = { .terminal = 7, .sign_key = 2,
		.at_ms = 1234, .sealing = 9, .sent = 1u << 20,
		.told = { .open = true, .at_ms = 99 }, .count = said };

	assert_int_equal(bundle_begin(&b, out), ERR_OK);
	for (uint32_t i = 0; i < count; i++)
		assert_int_equal(bundle_add("enveloppe", i + 1, out), ERR_OK);
	assert_int_equal(bundle_end(secret, out), ERR_OK);
}

static void
a_bundle_comes_back(void **state)
{
	(void)state;
	for (uint32_t count = 0; count < 5; count++) {
		struct cursor items, one;
		struct bundle b;
		struct buf out;

		buf_init(&out);
		make(count, count, &out);
		assert_int_equal(bundle_look(out.p, out.len, &b, &items),
		    ERR_OK);
		assert_int_equal(b.terminal, 7);
		assert_int_equal(bundle_open(out.p, out.len, public, &b,
		    &items), ERR_OK);
		assert_true(b.terminal == 7 && b.sign_key == 2 &&
		    b.at_ms == 1234 && b.sealing == 9 &&
		    b.sent == 1u << 20 && b.count == count);
		for (uint32_t i = 0; i < count; i++) {
			assert_int_equal(bundle_next(&items, &one), ERR_OK);
			assert_int_equal(one.n, i + 1);
			assert_memory_equal(one.p, "enveloppe", i + 1);
		}
		assert_int_equal(items.n, 0);
		assert_int_equal(bundle_next(&items, &one), ERR_ENV_FORM);
		buf_clear(&out);
	}
}

static void
no_bit_and_no_byte_may_change(void **state)
{
	struct cursor items;
	struct bundle b;
	struct buf out;

	(void)state;
	buf_init(&out);
	make(3, 3, &out);
	for (size_t i = 0; i < out.len; i++) {
		out.p[i] ^= (uint8_t)(1u << i % 8);
		assert_int_equal(bundle_open(out.p, out.len, public, &b,
		    &items), ERR_ENV_SIGNATURE);
		out.p[i] ^= (uint8_t)(1u << i % 8);
		assert_int_equal(bundle_open(out.p, i, public, &b, &items),
		    ERR_ENV_SIGNATURE);
	}
	buf_clear(&out);
}

/* Signed, and yet it does not hold what it says. */
static void
a_count_that_lies_is_refused(void **state)
{
	struct cursor items;
	struct bundle b;

	(void)state;
	for (uint32_t said = 0; said < 6; said++) {
		struct buf out;

		buf_init(&out);
		make(3, said, &out);
		assert_int_equal(bundle_open(out.p, out.len, public, &b,
		    &items), said == 3 ? ERR_OK : ERR_ENV_FORM);
		buf_clear(&out);
	}
	assert_int_equal(bundle_look("GUB1", 4, &b, &items), ERR_ENV_FORM);
}

/* Of a terminal that is older than its centre. */
static void
old_bundle_says(uint8_t version, uint32_t sealing)
{
	const struct stamp old = { { 'G', 'U', 'B', '1' }, version,
		BUNDLE_DOMAIN };
	struct cursor items;
	struct bundle b;
	struct buf out;

	buf_init(&out);
	assert_int_equal(stamp_begin(&old, &out), ERR_OK);
	assert_int_equal(buf_put_u32(&out, 7), ERR_OK);
	assert_int_equal(buf_put_u32(&out, 2), ERR_OK);
	assert_int_equal(buf_put_u64(&out, 1234), ERR_OK);
	if (version > 1)
		assert_int_equal(buf_put_u32(&out, sealing), ERR_OK);
	if (version > 2)
		assert_int_equal(buf_put_u64(&out, SENT_UNSAID), ERR_OK);
	assert_int_equal(buf_put_u32(&out, 1), ERR_OK);
	assert_int_equal(bundle_add("un", 2, &out), ERR_OK);
	assert_int_equal(stamp_end(&old, secret, &out), ERR_OK);
	assert_int_equal(bundle_look(out.p, out.len, &b, &items), ERR_OK);
	assert_int_equal(bundle_open(out.p, out.len, public, &b, &items),
	    ERR_OK);
	assert_true(b.terminal == 7 && b.sign_key == 2 && b.at_ms == 1234 &&
	    b.sealing == sealing && b.sent == SENT_UNSAID && b.count == 1 &&
	    b.told.at_ms == SWITCH_UNSAID);
	out.p[4] = BUNDLE_VERSION + 1;
	assert_int_equal(bundle_look(out.p, out.len, &b, &items),
	    ERR_ENV_FORM);
	buf_clear(&out);
}

static void
the_versions_before_say_less(void **state)
{
	(void)state;
	old_bundle_says(1, 0);
	old_bundle_says(2, 9);
	old_bundle_says(3, 9);
}

static void
a_reply_comes_back(void **state)
{
	struct cursor items, one;
	struct buf out;
	uint32_t count;

	(void)state;
	buf_init(&out);
	assert_int_equal(reply_begin(2, &out), ERR_OK);
	assert_int_equal(bundle_add("un", 2, &out), ERR_OK);
	assert_int_equal(bundle_add("deux", 4, &out), ERR_OK);
	assert_int_equal(reply_open(out.p, out.len, &count, &items), ERR_OK);
	assert_int_equal(count, 2);
	assert_int_equal(bundle_next(&items, &one), ERR_OK);
	assert_int_equal(bundle_next(&items, &one), ERR_OK);
	assert_memory_equal(one.p, "deux", 4);
	for (size_t n = 0; n < out.len; n++)
		assert_int_equal(reply_open(out.p, n, &count, &items),
		    ERR_ENV_FORM);
	out.p[4] = 2;
	assert_int_equal(reply_open(out.p, out.len, &count, &items),
	    ERR_ENV_FORM);
	out.p[4] = 1;
	assert_int_equal(bundle_add("trois", 0, &out), ERR_OK);
	out.p[8] = 3;
	assert_int_equal(reply_open(out.p, out.len, &count, &items),
	    ERR_ENV_FORM);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bundle_comes_back),
		cmocka_unit_test(no_bit_and_no_byte_may_change),
		cmocka_unit_test(a_count_that_lies_is_refused),
		cmocka_unit_test(the_versions_before_say_less),
		cmocka_unit_test(a_reply_comes_back),
	};

	if (secret_start() != ERR_OK)
		return 1;
	sign_keypair(secret, public);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
