/* queue_opening: the newest announcement is kept, and what waits says which
 * key is still needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/queue/one.h"

static void
keep(uint32_t number, uint8_t byte)
{
	uint8_t said[OPENING_LEN];

	memset(said, byte, sizeof(said));
	assert_int_equal(queue_keep_opening(q, number, said), ERR_OK);
}

static void
assert_kept(uint32_t want, uint8_t byte)
{
	uint8_t said[OPENING_LEN];
	uint32_t number;

	assert_int_equal(queue_opening(q, &number, said), ERR_OK);
	assert_int_equal(number, want);
	assert_int_equal(said[0], byte);
	assert_int_equal(said[OPENING_LEN - 1], byte);
}

static void
the_newest_is_kept(void **state)
{
	uint8_t said[OPENING_LEN];
	uint32_t number;

	(void)state;
	assert_int_equal(queue_opening(q, &number, said), ERR_NOT_FOUND);
	keep(3, 0x33);
	assert_kept(3, 0x33);
	keep(2, 0x22);
	assert_kept(3, 0x33);
	keep(3, 0x34);
	assert_kept(3, 0x34);
	keep(4, 0x44);
	queue_close(q);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_kept(4, 0x44);
}

/* The next row, sealed to that key. */
static struct rid
put(uint32_t key)
{
	uint64_t sequence;
	struct rid rid;

	m.keys.opening_number = key;
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	return rid;
}

static void
assert_sealed_to(uint32_t want)
{
	uint32_t number = 99;

	assert_int_equal(queue_sealed_to(q, &number), ERR_OK);
	assert_int_equal(number, want);
}

static void
what_may_still_come_needs_its_key(void **state)
{
	uint8_t next[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	struct rid first, second, third;
	uint64_t sequence;

	(void)state;
	assert_sealed_to(0);
	/* A hand-over is sealed to nothing. */
	rid_make(1795271525000, &first);
	sign_keypair(next, public);
	assert_int_equal(queue_put_epoch(q, MADE_TERMINAL, &first, &m.keys,
	    next, &sequence), ERR_OK);
	memcpy(m.sign_secret, next, sizeof(next));
	m.keys.sign_number++;
	assert_sealed_to(0);
	first = put(2);
	second = put(3);
	third = put(4);
	assert_sealed_to(2);
	assert_int_equal(queue_hold(q, &first), ERR_OK);
	assert_sealed_to(2);
	assert_int_equal(queue_refuse(q, &first, 523), ERR_OK);
	assert_sealed_to(3);
	assert_int_equal(queue_hold(q, &third), ERR_OK);
	assert_sealed_to(3);
	assert_int_equal(queue_refuse(q, &second, 523), ERR_OK);
	assert_sealed_to(4);
	assert_int_equal(queue_refuse(q, &third, 523), ERR_OK);
	assert_sealed_to(0);
	/* An operator sends it once more. */
	assert_int_equal(queue_retry(q, &second), ERR_OK);
	assert_sealed_to(3);
}

static void
assert_sent(uint64_t want)
{
	uint64_t sequence = 99;

	assert_int_equal(queue_sent(q, &sequence), ERR_OK);
	assert_int_equal(sequence, want);
}

static void
sent(const struct rid *rid, enum receipt_level until)
{
	assert_int_equal(made_sent(q, rid, until), ERR_OK);
}

/* What is sent, and what of that may be asked for once more. */
static void
what_was_sent_may_come_again(void **state)
{
	uint8_t next[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	struct rid first = put(2), second = put(3), third = put(3), epoch;
	uint64_t sequence, n;

	(void)state;
	assert_sent(0);
	sent(&first, LEVEL_REPLICATED);
	assert_sent(1);
	sent(&third, LEVEL_REPLICATED);
	assert_sent(3);
	rid_make(1795271525000, &epoch);
	sign_keypair(next, public);
	assert_int_equal(queue_put_epoch(q, MADE_TERMINAL, &epoch, &m.keys,
	    next, &sequence), ERR_OK);
	sent(&epoch, LEVEL_STORED);
	assert_sent(3);
	/* Dropped: nobody gets it any more. */
	sent(&second, LEVEL_STORED);
	sent(&third, LEVEL_STORED);
	assert_sent(1);
	assert_int_equal(queue_resend(q, 1, &n), ERR_OK);
	assert_sent(0);
	assert_sealed_to(2);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		EACH(the_newest_is_kept),
		EACH(what_may_still_come_needs_its_key),
		EACH(what_was_sent_may_come_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
