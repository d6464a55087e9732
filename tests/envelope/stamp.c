/* stamp: receipts, outcomes and leases come back, whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "envelope/lease.h"
#include "envelope/outcome.h"
#include "envelope/receipt.h"
#include "envelope/refusal.h"

static uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];

static struct receipt
good_receipt(void)
{
	struct receipt rc = { .level = LEVEL_STORED, .terminal = 7,
		.centre_key = 2, .sequence = 41, .at_ms = 1234567 };

	rid_make(99, &rc.rid);
	memset(rc.hash, 0x5A, sizeof(rc.hash));
	return rc;
}

static struct refusal
good_refusal(void)
{
	struct refusal f = { .terminal = 7, .centre_key = 2, .code = 504 };

	rid_make(99, &f.rid);
	memset(f.hash, 0x5A, sizeof(f.hash));
	return f;
}

static struct outcome_note
good_outcome(void)
{
	struct outcome_note o = { .terminal = 7, .opener_key = 4,
		.kind = OUTCOME_REFUSED, .reason = 707, .at_ms = 1234567 };

	rid_make(99, &o.rid);
	return o;
}

static struct lease
good_lease(void)
{
	struct lease l = { .terminal = 7, .block = 5, .centre_key = 2,
		.at_ms = 1234567, .count = 3,
		.number = { 0, IDENTIFIER_COUNT - 1, 12 } };

	return l;
}

static void
a_receipt_comes_back(void **state)
{
	struct receipt rc = good_receipt(), back;
	uint8_t out[RECEIPT_LEN];

	(void)state;
	assert_int_equal(receipt_write(&rc, secret, out), ERR_OK);
	assert_int_equal(receipt_read(out, sizeof(out), public, &back),
	    ERR_OK);
	assert_true(back.level == rc.level && back.terminal == 7 &&
	    back.centre_key == 2 && back.sequence == 41 &&
	    back.at_ms == 1234567);
	assert_memory_equal(back.rid.b, rc.rid.b, RID_LEN);
	assert_memory_equal(back.hash, rc.hash, DIGEST_LEN);
}

static void
a_refusal_comes_back(void **state)
{
	struct refusal f = good_refusal(), back;
	uint8_t out[REFUSAL_LEN];

	(void)state;
	assert_int_equal(refusal_write(&f, secret, out), ERR_OK);
	assert_int_equal(refusal_read(out, sizeof(out), public, &back),
	    ERR_OK);
	assert_true(back.terminal == 7 && back.centre_key == 2 &&
	    back.code == 504);
	assert_memory_equal(back.rid.b, f.rid.b, RID_LEN);
	assert_memory_equal(back.hash, f.hash, DIGEST_LEN);
}

static void
an_outcome_comes_back(void **state)
{
	struct outcome_note o = good_outcome(), back;
	uint8_t out[OUTCOME_LEN];

	(void)state;
	assert_int_equal(outcome_write(&o, secret, out), ERR_OK);
	assert_int_equal(outcome_read(out, sizeof(out), public, &back),
	    ERR_OK);
	assert_true(back.kind == OUTCOME_REFUSED && back.reason == 707 &&
	    back.terminal == 7 && back.opener_key == 4 &&
	    back.at_ms == 1234567);
	assert_memory_equal(back.rid.b, o.rid.b, RID_LEN);
	assert_string_equal(outcome_word(OUTCOME_ALREADY_OPEN),
	    "already-open");
	assert_string_equal(outcome_word((enum outcome_kind)0), "");
	assert_string_equal(outcome_word((enum outcome_kind)99), "");
}

static void
a_lease_comes_back(void **state)
{
	struct lease l = good_lease(), back;
	struct buf out;

	(void)state;
	buf_init(&out);
	assert_int_equal(lease_write(&l, secret, &out), ERR_OK);
	assert_int_equal(lease_read(out.p, out.len, public, &back), ERR_OK);
	assert_true(back.terminal == 7 && back.block == 5 &&
	    back.centre_key == 2 && back.at_ms == 1234567 && back.count == 3);
	assert_memory_equal(back.number, l.number, 3 * sizeof(l.number[0]));
	out.len = 0;
	for (uint32_t i = 0; i < LEASE_MAX; i++)
		l.number[i] = i;
	l.count = LEASE_MAX;
	assert_int_equal(lease_write(&l, secret, &out), ERR_OK);
	assert_int_equal(lease_read(out.p, out.len, public, &back), ERR_OK);
	assert_int_equal(back.count, LEASE_MAX);
	assert_int_equal(back.number[LEASE_MAX - 1], LEASE_MAX - 1);
	buf_clear(&out);
}

/* Of one among many that are signed together, the own signature is not looked
 * at, and all else is. */
static void
one_of_many_is_read_without_its_signature(void **state)
{
	struct receipt rc = good_receipt(), back;
	uint8_t out[RECEIPT_LEN];

	(void)state;
	assert_int_equal(receipt_write(&rc, secret, out), ERR_OK);
	out[RECEIPT_LEN - 1] ^= 1;
	assert_int_equal(receipt_read(out, sizeof(out), public, &back),
	    ERR_RECEIPT);
	assert_int_equal(receipt_read_one_of(out, sizeof(out), &back),
	    ERR_OK);
	assert_true(back.level == rc.level && back.sequence == 41);
	assert_memory_equal(back.hash, rc.hash, sizeof(rc.hash));
	for (size_t n = 0; n < sizeof(out); n++)
		assert_int_equal(receipt_read_one_of(out, n, &back),
		    ERR_RECEIPT);
	for (size_t i = 0; i < 6; i++) { /* letters, version, level */
		out[i] ^= 0x40;
		assert_int_equal(receipt_read_one_of(out, sizeof(out), &back),
		    ERR_RECEIPT);
		out[i] ^= 0x40;
	}
}

static enum err
read_any(int which, const void *p, size_t n)
{
	struct receipt rc;
	struct outcome_note o;
	struct refusal f;
	struct lease l;

	switch (which) {
	case 0:
		return receipt_read(p, n, public, &rc) == ERR_RECEIPT;
	case 1:
		return outcome_read(p, n, public, &o) == ERR_RECEIPT;
	case 2:
		return refusal_read(p, n, public, &f) == ERR_RECEIPT;
	default:
		return lease_read(p, n, public, &l) == ERR_LEASE;
	}
}

/* Each kind, with each bit changed, cut, with a byte more, and as another
 * kind. */
static void
nothing_else_is_believed(void **state)
{
	struct receipt rc = good_receipt();
	struct outcome_note o = good_outcome();
	struct refusal f = good_refusal();
	struct lease l = good_lease();
	struct buf b[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		buf_init(&b[i]);
	assert_int_equal(buf_reserve(&b[0], RECEIPT_LEN + 1), ERR_OK);
	assert_int_equal(receipt_write(&rc, secret, b[0].p), ERR_OK);
	b[0].len = RECEIPT_LEN;
	assert_int_equal(buf_reserve(&b[1], OUTCOME_LEN + 1), ERR_OK);
	assert_int_equal(outcome_write(&o, secret, b[1].p), ERR_OK);
	b[1].len = OUTCOME_LEN;
	assert_int_equal(buf_reserve(&b[2], REFUSAL_LEN + 1), ERR_OK);
	assert_int_equal(refusal_write(&f, secret, b[2].p), ERR_OK);
	b[2].len = REFUSAL_LEN;
	assert_int_equal(lease_write(&l, secret, &b[3]), ERR_OK);
	for (int i = 0; i < 4; i++) {
		assert_false(read_any(i, b[i].p, b[i].len));
		assert_true(read_any((i + 1) % 4, b[i].p, b[i].len));
		for (size_t k = 0; k < b[i].len; k++) {
			assert_true(read_any(i, b[i].p, k));
			b[i].p[k] ^= (uint8_t)(1u << k % 8);
			assert_true(read_any(i, b[i].p, b[i].len));
			b[i].p[k] ^= (uint8_t)(1u << k % 8);
		}
		assert_int_equal(buf_put_u8(&b[i], 0), ERR_OK);
		assert_true(read_any(i, b[i].p, b[i].len));
		buf_clear(&b[i]);
	}
}

#define NOT_WRITTEN(type, good, write, change)                               \
	do {                                                                 \
		type v = good();                                             \
		change;                                                      \
		assert_int_not_equal(write, ERR_OK);                         \
	} while (0)

static void
only_canonical_receipts_are_written(void **state)
{
	uint8_t out[RECEIPT_LEN];

	(void)state;
#define NO(change)                                                           \
	NOT_WRITTEN(struct receipt, good_receipt,                            \
	    receipt_write(&v, secret, out), change)
	NO(v.level = (enum receipt_level)0);
	NO(v.level = (enum receipt_level)3);
	NO(v.terminal = 0);
	NO(v.centre_key = 0);
	NO(v.sequence = 0);
	NO(v.sequence = UINT64_MAX);
	NO(v.at_ms = UINT64_MAX);
#undef NO
}

static void
only_canonical_refusals_are_written(void **state)
{
	uint8_t out[REFUSAL_LEN];

	(void)state;
#define NO(change)                                                           \
	NOT_WRITTEN(struct refusal, good_refusal,                            \
	    refusal_write(&v, secret, out), change)
	NO(v.terminal = 0);
	NO(v.centre_key = 0);
	NO(v.code = 0);
	NO(v.code = 1000);
#undef NO
}

static void
only_canonical_outcomes_are_written(void **state)
{
	uint8_t out[OUTCOME_LEN];

	(void)state;
#define NO(change)                                                           \
	NOT_WRITTEN(struct outcome_note, good_outcome,                       \
	    outcome_write(&v, secret, out), change)
	NO(v.kind = (enum outcome_kind)4);
	NO(v.kind = OUTCOME_OPENED);
	NO(v.reason = 0);
	NO(v.terminal = 0);
	NO(v.opener_key = 0);
	NO(v.at_ms = UINT64_MAX);
#undef NO
}

static void
only_canonical_leases_are_written(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out);
#define NO(change)                                                           \
	NOT_WRITTEN(struct lease, good_lease,                                \
	    lease_write(&v, secret, &out), change)
	NO(v.terminal = 0);
	NO(v.block = 0);
	NO(v.centre_key = 0);
	NO(v.count = 0);
	NO(v.count = LEASE_MAX + 1);
	NO(v.at_ms = UINT64_MAX);
	NO(v.number[2] = IDENTIFIER_COUNT);
	NO(v.number[2] = 0);
#undef NO
	assert_int_equal(out.len, 0);
	buf_clear(&out);
}

/* A key of ours that signs nonsense: the reading says no by itself. */
static void
signed_nonsense_is_refused(void **state)
{
	static const char *const domain[] = { RECEIPT_DOMAIN, OUTCOME_DOMAIN,
		LEASE_DOMAIN };
	static const char *const magic[] = { "GUR1\1", "GUO1\1", "GUL1\1" };

	(void)state;
	for (int i = 0; i < 3; i++)
		for (size_t n = 0; n < 120; n++) {
			uint8_t b[256] = { 0 };

			memcpy(b, magic[i], 5);
			memset(b + 5, 0xFF, n);
			assert_int_equal(sign(domain[i], b, 5 + n, secret,
			    b + 5 + n), ERR_OK);
			assert_true(read_any(i, b, 5 + n + SIGNATURE_LEN));
			memset(b + 5, 0, n);
			b[4] = (uint8_t)(n % 2 + 1);
			assert_int_equal(sign(domain[i], b, 5 + n, secret,
			    b + 5 + n), ERR_OK);
			assert_true(read_any(i, b, 5 + n + SIGNATURE_LEN));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_receipt_comes_back),
		cmocka_unit_test(a_refusal_comes_back),
		cmocka_unit_test(an_outcome_comes_back),
		cmocka_unit_test(a_lease_comes_back),
		cmocka_unit_test(one_of_many_is_read_without_its_signature),
		cmocka_unit_test(nothing_else_is_believed),
		cmocka_unit_test(only_canonical_receipts_are_written),
		cmocka_unit_test(only_canonical_refusals_are_written),
		cmocka_unit_test(only_canonical_outcomes_are_written),
		cmocka_unit_test(only_canonical_leases_are_written),
		cmocka_unit_test(signed_nonsense_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	sign_keypair(secret, public);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
