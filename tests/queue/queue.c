/* queue: an envelope's way from ready to sent, and all that can befall it. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tests/queue/one.h"

static void
reopen(void)
{
	queue_close(q);
	q = NULL;
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
}

/* Put n envelopes; their ids in rids. */
static void
put_n(size_t n, struct rid *rids)
{
	uint64_t sequence;

	for (size_t i = 0; i < n; i++)
		assert_int_equal(made_put(&m, q, &rids[i], &sequence),
		    ERR_OK);
}

static struct queue_row
row_of(const struct rid *rid)
{
	struct queue_row row;

	assert_int_equal(queue_find(q, rid, &row), ERR_OK);
	return row;
}

/* A receipt for that row, as the centre would give it. */
static struct kept_receipt
receipt_for(const struct rid *rid, enum receipt_level level)
{
	struct queue_row row = row_of(rid);
	struct kept_receipt k = { .receipt = { .level = level,
		.terminal = MADE_TERMINAL, .centre_key = 1,
		.sequence = row.sequence, .at_ms = 5000, .rid = *rid } };

	memcpy(k.receipt.hash, row.hash, DIGEST_LEN);
	assert_int_equal(receipt_write(&k.receipt, m.sign_secret, k.bytes),
	    ERR_OK);
	return k;
}

static enum err
give_receipt(const struct rid *rid, enum receipt_level level,
    enum receipt_level until)
{
	struct kept_receipt k = receipt_for(rid, level);

	return queue_receipt(q, &k.receipt, k.bytes, until);
}

static void
files_are_for_one_account(void **state)
{
	char path[PATH_ROOM], folder[80];
	struct queue *other = NULL;
	struct stat st;

	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/new", m.state);
	assert_int_equal(queue_open(folder, false, &other), ERR_OK);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(path_join(folder, "queue.db", path), ERR_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	queue_close(other);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void
envelopes_are_chained(void **state)
{
	uint8_t before[DIGEST_LEN] = { 0 };
	uint64_t sequence, damaged;

	(void)state;
	for (uint64_t i = 1; i <= 5; i++) {
		struct buf bytes;
		struct envelope e;
		struct rid rid;

		assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
		assert_true(sequence == i);
		buf_init(&bytes);
		assert_int_equal(queue_bytes(q, &rid, &bytes), ERR_OK);
		assert_int_equal(envelope_read(bytes.p, bytes.len, &e),
		    ERR_OK);
		assert_int_equal(envelope_check(bytes.p, bytes.len,
		    m.sign_public), ERR_OK);
		assert_true(e.sequence == i && e.terminal == MADE_TERMINAL);
		assert_memory_equal(e.previous, before, DIGEST_LEN);
		assert_memory_equal(e.rid.b, rid.b, RID_LEN);
		envelope_hash(bytes.p, bytes.len, before);
		assert_memory_equal(row_of(&rid).hash, before, DIGEST_LEN);
		buf_clear(&bytes);
		reopen();
	}
	assert_int_equal(queue_verify(q, 1, m.sign_public, &damaged), ERR_OK);
	assert_true(damaged == 0);
}

static void
a_row_says_what_it_is(void **state)
{
	struct rid rid, none;
	struct queue_row row;

	(void)state;
	put_n(1, &rid);
	row = row_of(&rid);
	assert_true(row.sequence == 1 && row.state == QUEUE_READY &&
	    row.level == 0 && row.attempts == 0 && row.next_ms == 0 &&
	    row.reason == 0 && row.outcome == 0);
	assert_true(row.made_ms == rid_ms(&rid));
	assert_int_equal(row.bytes, ENVELOPE_HEADER + BOX_OVERHEAD + 1024 +
	    SIGNATURE_LEN);
	rid_make(1, &none);
	assert_int_equal(queue_find(q, &none, &row), ERR_NOT_FOUND);
}

/* The same id a second time is nothing new, and no number is lost by it. */
static void
an_id_is_taken_once(void **state)
{
	uint64_t sequence = 99;
	struct rid rid, next;

	(void)state;
	put_n(1, &rid);
	assert_int_equal(queue_put(q, MADE_TERMINAL, &rid, &m.sealed, &m.keys,
	    &sequence), ERR_QUEUE_WRITE);
	assert_true(sequence == 99);
	put_n(1, &next);
	assert_true(row_of(&next).sequence == 2);
}

static void
what_cannot_be_an_envelope_is_not_put(void **state)
{
	uint64_t sequence = 99;
	struct buf none;
	struct rid rid;

	(void)state;
	buf_init(&none);
	rid_make(1, &rid);
	assert_int_equal(queue_put(q, MADE_TERMINAL, &rid, &none, &m.keys,
	    &sequence), ERR_ENV_FORM);
	put_n(1, &rid);
	rid_make(2, &rid);
	assert_int_equal(queue_put(q, MADE_TERMINAL + 1, &rid, &m.sealed,
	    &m.keys, &sequence), ERR_SET_VALUE);
	assert_true(sequence == 99);
}

/* Take the batch apart: its envelopes' numbers in order. */
static size_t
batch_of(size_t most, uint64_t now_ms, uint64_t sequences[BATCH_MAX])
{
	struct rid rids[BATCH_MAX];
	struct cursor c, one;
	struct envelope e;
	struct buf out;
	size_t n = 77;

	buf_init(&out);
	assert_int_equal(queue_batch(q, now_ms, most, &out, &n, rids),
	    ERR_OK);
	assert_in_range(out.len, 0, BATCH_BYTES);
	c = cursor_of(out.p, out.len);
	for (size_t i = 0; i < n; i++) {
		uint32_t len;

		assert_int_equal(cursor_u32(&c, &len), ERR_OK);
		assert_int_equal(cursor_sub(&c, len, &one), ERR_OK);
		assert_int_equal(envelope_read(one.p, one.n, &e), ERR_OK);
		assert_memory_equal(e.rid.b, rids[i].b, RID_LEN);
		sequences[i] = e.sequence;
	}
	assert_int_equal(cursor_end(&c), ERR_OK);
	buf_clear(&out);
	return n;
}

static size_t
batch(uint64_t now_ms, uint64_t sequences[BATCH_MAX])
{
	return batch_of(BATCH_MAX, now_ms, sequences);
}

static void
a_batch_is_in_order_and_bounded(void **state)
{
	uint64_t got[BATCH_MAX];
	struct rid rids[105];

	(void)state;
	assert_int_equal(batch(0, got), 0);
	put_n(105, rids);
	assert_int_equal(batch(0, got), BATCH_MAX);
	for (size_t i = 0; i < BATCH_MAX; i++)
		assert_true(got[i] == i + 1);
	assert_int_equal(batch_of(BATCH_MAX + 1, 0, got), BATCH_MAX);
	assert_int_equal(batch_of(7, 0, got), 7);
	assert_true(got[6] == 7);
}

static void
a_batch_has_no_more_bytes_than_may_go(void **state)
{
	struct buf document;
	uint64_t got[BATCH_MAX];
	struct rid rids[6];

	(void)state;
	buf_init(&document);
	while (document.len < 60000)
		assert_int_equal(buf_put_u8(&document, 'x'), ERR_OK);
	m.sealed.len = 0;
	assert_int_equal(envelope_seal(&document, &m.keys, &m.sealed),
	    ERR_OK);
	put_n(6, rids);
	assert_int_equal(batch(0, got), 4);
	buf_clear(&document);
}

static void
none_overtakes_one_that_will_go(void **state)
{
	uint64_t got[BATCH_MAX];
	struct rid rids[5];

	(void)state;
	put_n(5, rids);
	assert_int_equal(queue_defer(q, &rids[2], 601, 1000), ERR_OK);
	assert_int_equal(batch(999, got), 2);
	assert_int_equal(batch(1000, got), 5);
	assert_int_equal(queue_hold(q, &rids[0]), ERR_OK);
	assert_int_equal(queue_refuse(q, &rids[2], 503), ERR_OK);
	assert_int_equal(batch(999, got), 3);
	assert_true(got[0] == 2 && got[1] == 4 && got[2] == 5);
	assert_int_equal(row_of(&rids[2]).attempts, 2);
	assert_int_equal(row_of(&rids[2]).reason, 503);
}

static void
only_a_receipt_makes_it_sent(void **state)
{
	struct queue_row row;
	struct queue_counts c;
	struct rid rids[2];
	struct buf bytes;

	(void)state;
	put_n(2, rids);
	assert_int_equal(give_receipt(&rids[0], LEVEL_STORED,
	    LEVEL_REPLICATED), ERR_OK);
	row = row_of(&rids[0]);
	assert_true(row.state == QUEUE_SENT && row.level == LEVEL_STORED &&
	    row.bytes != 0);
	assert_int_equal(give_receipt(&rids[0], LEVEL_REPLICATED,
	    LEVEL_REPLICATED), ERR_OK);
	row = row_of(&rids[0]);
	assert_true(row.state == QUEUE_SENT &&
	    row.level == LEVEL_REPLICATED && row.bytes == 0);
	/* A late copy of the lower one changes nothing. */
	assert_int_equal(give_receipt(&rids[0], LEVEL_STORED,
	    LEVEL_REPLICATED), ERR_OK);
	assert_int_equal(row_of(&rids[0]).level, LEVEL_REPLICATED);
	buf_init(&bytes);
	assert_int_equal(queue_bytes(q, &rids[0], &bytes), ERR_NOT_FOUND);
	assert_int_equal(give_receipt(&rids[1], LEVEL_STORED, LEVEL_STORED),
	    ERR_OK);
	assert_int_equal(row_of(&rids[1]).bytes, 0);
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_true(c.by_state[QUEUE_SENT] == 2 &&
	    c.by_state[QUEUE_READY] == 0 && c.last_sent_ms == 5000 &&
	    c.oldest_ready_ms == 0);
}

static void
a_receipt_of_something_else_is_refused(void **state)
{
	uint8_t bytes[RECEIPT_LEN] = { 0 };
	struct receipt good, rc;
	struct queue_row row;
	struct rid rid;

	(void)state;
	put_n(1, &rid);
	row = row_of(&rid);
	good = (struct receipt){ .level = LEVEL_STORED,
		.terminal = MADE_TERMINAL, .centre_key = 1, .sequence = 1,
		.at_ms = 5, .rid = rid };
	memcpy(good.hash, row.hash, DIGEST_LEN);
#define WRONG(change, why)                                                   \
	do {                                                                 \
		rc = good;                                                   \
		change;                                                      \
		assert_int_equal(queue_receipt(q, &rc, bytes,                \
		    LEVEL_STORED), why);                                     \
	} while (0)
	WRONG(rc.sequence = 2, ERR_RECEIPT);
	WRONG(rc.hash[0] ^= 1, ERR_RECEIPT);
	WRONG(rc.terminal++, ERR_RECEIPT);
	WRONG(rc.rid.b[0] ^= 1, ERR_NOT_FOUND);
#undef WRONG
	assert_int_equal(row_of(&rid).state, QUEUE_READY);
}

/* Those of a batch before a bad one are kept, and nothing behind it. */
static void
a_batch_is_kept_as_far_as_it_is_right(void **state)
{
	struct kept_receipt all[3];
	struct rid rids[3];
	size_t kept = 9;

	(void)state;
	put_n(3, rids);
	for (size_t i = 0; i < 3; i++)
		all[i] = receipt_for(&rids[i], LEVEL_STORED);
	all[1].receipt.hash[0] ^= 1;
	assert_int_equal(queue_receipts(q, all, 3, LEVEL_STORED, &kept),
	    ERR_RECEIPT);
	assert_int_equal(kept, 1);
	reopen();
	assert_int_equal(row_of(&rids[0]).state, QUEUE_SENT);
	assert_int_equal(row_of(&rids[1]).state, QUEUE_READY);
	assert_int_equal(row_of(&rids[2]).state, QUEUE_READY);
}

/* Which verb is allowed from which state, and what it leads to. */
static void
verbs_follow_the_states(void **state)
{
	static const struct {
		enum queue_state from;
		enum err retry, hold, release, defer, refuse;
	} rule[] = {
		{ QUEUE_READY, ERR_OK, ERR_OK, ERR_USAGE, ERR_OK, ERR_OK },
		{ QUEUE_HELD, ERR_USAGE, ERR_USAGE, ERR_OK, ERR_USAGE,
		  ERR_OK },
		{ QUEUE_REFUSED, ERR_OK, ERR_OK, ERR_USAGE, ERR_USAGE,
		  ERR_OK },
		{ QUEUE_SENT, ERR_USAGE, ERR_USAGE, ERR_USAGE, ERR_USAGE,
		  ERR_USAGE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rule) / sizeof(rule[0]); i++) {
		struct rid r[5];

		put_n(5, r);
		for (int k = 0; k < 5; k++) {
			if (rule[i].from == QUEUE_HELD)
				assert_int_equal(queue_hold(q, &r[k]), ERR_OK);
			if (rule[i].from == QUEUE_REFUSED)
				assert_int_equal(queue_refuse(q, &r[k], 503),
				    ERR_OK);
			if (rule[i].from == QUEUE_SENT)
				assert_int_equal(give_receipt(&r[k],
				    LEVEL_STORED, LEVEL_REPLICATED), ERR_OK);
		}
		assert_int_equal(queue_retry(q, &r[0]), rule[i].retry);
		assert_int_equal(queue_hold(q, &r[1]), rule[i].hold);
		assert_int_equal(queue_release(q, &r[2]), rule[i].release);
		assert_int_equal(queue_defer(q, &r[3], 1, 2), rule[i].defer);
		assert_int_equal(queue_refuse(q, &r[4], 1), rule[i].refuse);
		assert_int_equal(row_of(&r[0]).state, rule[i].retry == ERR_OK
		    ? QUEUE_READY : rule[i].from);
		assert_int_equal(row_of(&r[1]).state, rule[i].hold == ERR_OK
		    ? QUEUE_HELD : rule[i].from);
		assert_int_equal(row_of(&r[2]).state, rule[i].release ==
		    ERR_OK ? QUEUE_READY : rule[i].from);
		assert_int_equal(row_of(&r[4]).state, rule[i].refuse == ERR_OK
		    ? QUEUE_REFUSED : rule[i].from);
	}
}

static void
unknown_ids_are_not_found(void **state)
{
	struct outcome_note o = { .terminal = MADE_TERMINAL, .opener_key = 1,
		.kind = OUTCOME_OPENED };
	struct rid rid;

	(void)state;
	rid_make(1, &rid);
	o.rid = rid;
	assert_int_equal(queue_retry(q, &rid), ERR_NOT_FOUND);
	assert_int_equal(queue_hold(q, &rid), ERR_NOT_FOUND);
	assert_int_equal(queue_release(q, &rid), ERR_NOT_FOUND);
	assert_int_equal(queue_defer(q, &rid, 1, 1), ERR_NOT_FOUND);
	assert_int_equal(queue_refuse(q, &rid, 1), ERR_NOT_FOUND);
	assert_int_equal(queue_outcome(q, &o), ERR_NOT_FOUND);
}

static void
the_centre_may_ask_again(void **state)
{
	uint64_t got[BATCH_MAX], n;
	struct rid rids[4];

	(void)state;
	put_n(4, rids);
	for (int i = 0; i < 4; i++)
		assert_int_equal(give_receipt(&rids[i], LEVEL_STORED, i == 3
		    ? LEVEL_STORED : LEVEL_REPLICATED), ERR_OK);
	assert_int_equal(queue_resend(q, 2, &n), ERR_OK);
	assert_true(n == 2);
	assert_int_equal(batch(0, got), 2);
	assert_true(got[0] == 2 && got[1] == 3);
	assert_int_equal(give_receipt(&rids[1], LEVEL_STORED,
	    LEVEL_REPLICATED), ERR_OK);
	assert_int_equal(row_of(&rids[1]).state, QUEUE_SENT);
}

static void
outcomes_are_kept(void **state)
{
	struct outcome_note o = { .terminal = MADE_TERMINAL, .opener_key = 1,
		.kind = OUTCOME_REFUSED, .reason = 707 };
	uint64_t cursor = 9;

	(void)state;
	put_n(1, &o.rid);
	assert_int_equal(queue_outcome(q, &o), ERR_OK);
	assert_int_equal(row_of(&o.rid).outcome, OUTCOME_REFUSED);
	assert_int_equal(row_of(&o.rid).outcome_reason, 707);
	o.terminal++;
	assert_int_equal(queue_outcome(q, &o), ERR_NOT_FOUND);
	assert_int_equal(queue_outcome_cursor(q, &cursor), ERR_OK);
	assert_true(cursor == 0);
	assert_int_equal(queue_set_outcome_cursor(q, 17), ERR_OK);
	reopen();
	assert_int_equal(queue_outcome_cursor(q, &cursor), ERR_OK);
	assert_true(cursor == 17);
}

static void
an_identifier_is_given_once(void **state)
{
	struct lease l = { .terminal = MADE_TERMINAL, .block = 2,
		.centre_key = 1, .count = 3,
		.number = { 1500000000, 5, 0 } };
	struct queue_counts c;
	uint32_t number = 77;

	(void)state;
	assert_int_equal(queue_take_identifier(q, &number),
	    ERR_NO_IDENTIFIER);
	assert_int_equal(queue_add_lease(q, &l), ERR_OK);
	assert_int_equal(queue_take_identifier(q, &number), ERR_OK);
	assert_int_equal(number, 1500000000);
	/* The block again gives nothing again; an older one is used up first. */
	assert_int_equal(queue_add_lease(q, &l), ERR_OK);
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_int_equal(c.identifiers, 2);
	l.block = 1;
	l.count = 1;
	l.number[0] = 42;
	assert_int_equal(queue_add_lease(q, &l), ERR_OK);
	reopen();
	assert_int_equal(queue_take_identifier(q, &number), ERR_OK);
	assert_int_equal(number, 42);
	assert_int_equal(queue_take_identifier(q, &number), ERR_OK);
	assert_int_equal(number, 5);
	assert_int_equal(queue_take_identifier(q, &number), ERR_OK);
	assert_int_equal(number, 0);
	assert_int_equal(queue_take_identifier(q, &number),
	    ERR_NO_IDENTIFIER);
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_int_equal(c.identifiers, 0);
}

static void
counts_tell_each_state(void **state)
{
	struct queue_counts c;
	struct rid r[6];

	(void)state;
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_true(c.by_state[QUEUE_SENT] == 0 && c.oldest_ready_ms == 0);
	put_n(6, r);
	assert_int_equal(give_receipt(&r[0], LEVEL_STORED, LEVEL_STORED),
	    ERR_OK);
	assert_int_equal(queue_hold(q, &r[1]), ERR_OK);
	assert_int_equal(queue_refuse(q, &r[2], 503), ERR_OK);
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_true(c.by_state[QUEUE_SENT] == 1 &&
	    c.by_state[QUEUE_HELD] == 1 && c.by_state[QUEUE_REFUSED] == 1 &&
	    c.by_state[QUEUE_READY] == 3 && c.by_state[QUEUE_DAMAGED] == 0);
	assert_true(c.oldest_ready_ms == rid_ms(&r[3]));
}

static enum err
see_tally(const struct queue_tally_row *t, void *user)
{
	struct buf *b = user;

	return buf_putf(b, "%s %s %d\n", t->day, t->what, (int)t->n);
}

static void
tallies_add_up(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(queue_tally(q, "20261121", "refused"), ERR_OK);
	assert_int_equal(queue_tally(q, "20261121", "refused"), ERR_OK);
	assert_int_equal(queue_tally(q, "20261122", "abandoned"), ERR_OK);
	assert_int_equal(queue_tally(q, "22/11/26", "x"), ERR_QUEUE_WRITE);
	assert_int_equal(queue_each_tally(q, see_tally, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_string_equal((const char *)b.p,
	    "20261121 refused 2\n20261122 abandoned 1\n");
	buf_clear(&b);
}

static void
states_survive(void **state)
{
	uint64_t v = 1;

	(void)state;
	assert_int_equal(queue_get_state(q, "backoff", &v), ERR_OK);
	assert_true(v == 0);
	assert_int_equal(queue_set_state(q, "backoff", INT64_MAX), ERR_OK);
	reopen();
	assert_int_equal(queue_get_state(q, "backoff", &v), ERR_OK);
	assert_true(v == INT64_MAX);
	assert_int_equal(queue_set_state(q, "backoff", UINT64_MAX),
	    ERR_TOO_LONG);
}

static enum err
hold_each(const struct queue_row *row, void *user)
{
	unsigned *n = user;

	++*n;
	if (row->sequence == 3)
		return ERR_NOT_FOUND;
	return queue_hold(q, &row->rid);
}

static void
a_walk_may_write_and_stop(void **state)
{
	struct rid r[4];
	unsigned n = 0;

	(void)state;
	put_n(4, r);
	assert_int_equal(queue_each(q, hold_each, &n), ERR_NOT_FOUND);
	assert_int_equal(n, 3);
	assert_int_equal(row_of(&r[1]).state, QUEUE_HELD);
	assert_int_equal(row_of(&r[3]).state, QUEUE_READY);
}

static void
words_come_back(void **state)
{
	enum queue_state s;

	(void)state;
	for (int i = QUEUE_READY; i <= QUEUE_DAMAGED; i++) {
		assert_int_equal(queue_state_of(queue_state_word(
		    (enum queue_state)i), &s), ERR_OK);
		assert_int_equal(s, i);
	}
	assert_int_equal(queue_state_of("", &s), ERR_NOT_FOUND);
	assert_string_equal(queue_state_word((enum queue_state)5), "");
}

static void
there_is_room_here(void **state)
{
	(void)state;
	assert_int_equal(queue_room(q), ERR_OK);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(files_are_for_one_account),
		TEST(envelopes_are_chained),
		TEST(a_row_says_what_it_is),
		TEST(an_id_is_taken_once),
		TEST(what_cannot_be_an_envelope_is_not_put),
		TEST(a_batch_is_in_order_and_bounded),
		TEST(a_batch_has_no_more_bytes_than_may_go),
		TEST(none_overtakes_one_that_will_go),
		TEST(only_a_receipt_makes_it_sent),
		TEST(a_receipt_of_something_else_is_refused),
		TEST(a_batch_is_kept_as_far_as_it_is_right),
		TEST(verbs_follow_the_states),
		TEST(unknown_ids_are_not_found),
		TEST(the_centre_may_ask_again),
		TEST(outcomes_are_kept),
		TEST(an_identifier_is_given_once),
		TEST(counts_tell_each_state),
		TEST(tallies_add_up),
		TEST(states_survive),
		TEST(a_walk_may_write_and_stop),
		TEST(words_come_back),
		TEST(there_is_room_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
