/* attempt: what the centre may say, and what that does to the queue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sync/made.h"

#include "base/keyfile.h"
#include "base/log.h"

static struct sync_made m;
static struct attempt a;

static int
setup(void **state)
{
	(void)state;
	return sync_made_open(&m, 3);
}

static int
teardown(void **state)
{
	(void)state;
	sync_made_close(&m);
	return 0;
}

static enum err
attempt(void)
{
	return attempt_send(&m.courier, false, 1795271900000, &a);
}

static enum err
play_stored(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)path;
	return say_each(mm, body, out, say_stored);
}

static void
valid_receipts_deliver(void **state)
{
	struct queue_row row;

	(void)state;
	m.play = play_stored;
	assert_int_equal(attempt(), ERR_OK);
	assert_int_equal(a.sent, 3);
	assert_int_equal(made_count(&m, QUEUE_SENT), 3);
	assert_int_equal(queue_find(m.queue, &m.rid[0], &row), ERR_OK);
	assert_int_equal(row.bytes, 0);
	/* With nothing to send nobody is asked. */
	assert_int_equal(attempt(), ERR_OK);
	assert_int_equal(m.asked, 1);
	assert_int_equal(a.sent, 0);
}

static void
stored_is_not_replicated(void **state)
{
	struct queue_row row;

	(void)state;
	m.play = play_stored;
	m.courier.until = LEVEL_REPLICATED;
	assert_int_equal(attempt(), ERR_OK);
	assert_int_equal(queue_find(m.queue, &m.rid[0], &row), ERR_OK);
	assert_true(row.bytes > 0);
}

static enum err
say_second_refused(struct sync_made *mm, unsigned i,
    const struct envelope *e, const struct cursor *bytes, struct buf *out)
{
	return i != 1 ? say_stored(mm, i, e, bytes, out) :
	    buf_put_text(out, "{\"status\":\"refused\",\"code\":703}");
}

static enum err
play_second_refused(struct sync_made *mm, const char *path,
    struct cursor body, struct answer *out)
{
	(void)path;
	return say_each(mm, body, out, say_second_refused);
}

static void
one_refused_is_set_aside_alone(void **state)
{
	struct queue_row row;

	(void)state;
	m.play = play_second_refused;
	assert_int_equal(attempt(), ERR_OK);
	assert_int_equal(a.sent, 2);
	assert_int_equal(a.refused, 1);
	assert_int_equal(queue_find(m.queue, &m.rid[1], &row), ERR_OK);
	assert_int_equal(row.state, QUEUE_REFUSED);
	assert_int_equal(row.reason, 703);
	assert_true(row.bytes > 0);
}

static unsigned poison; /* the record that no gateway can read */

/* 400 for any batch that the poison is in. */
static enum err
play_poison(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	struct cursor left = body, bytes;
	struct envelope e;

	while (left.n > 0) {
		if (made_next(&left, &e, &bytes) != ERR_OK)
			return ERR_MEMORY;
		if (memcmp(e.rid.b, mm->rid[poison].b, RID_LEN) == 0) {
			out->status = 400;
			return ERR_OK;
		}
	}
	return play_stored(mm, path, body, out);
}

/* Wherever it stands, it goes aside and the others go. */
static void
a_poison_is_found_by_halves(void **state)
{
	struct queue_row row;

	(void)state;
	for (poison = 0; poison < 3; poison++) {
		assert_int_equal(teardown(NULL), 0);
		assert_int_equal(setup(NULL), 0);
		m.play = play_poison;
		for (int i = 0; i < 4; i++)
			(void)attempt();
		assert_int_equal(made_count(&m, QUEUE_SENT), 2);
		assert_int_equal(queue_find(m.queue, &m.rid[poison], &row),
		    ERR_OK);
		/* The last one has no neighbour left to prove it by. */
		assert_int_equal(row.state,
		    poison == 2 ? QUEUE_READY : QUEUE_REFUSED);
		assert_true(row.bytes > 0);
	}
}

static void
a_gap_names_the_lowest_number(void **state)
{
	(void)state;
	m.play = play_gap;
	assert_int_equal(attempt(), ERR_OK);
	assert_true(a.gap && a.next == 7);
	assert_int_equal(made_count(&m, QUEUE_READY), 3);
}

static enum err
say_stranger(struct sync_made *mm, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	char receipt[BASE64_ROOM(RECEIPT_LEN)];

	(void)i;
	if (made_receipt(e, bytes, mm->stranger, receipt) != ERR_OK)
		return ERR_MEMORY;
	return buf_putf(out, "{\"status\":\"stored\",\"receipt\":\"%s\"}",
	    receipt);
}

static enum err
say_first_for_all(struct sync_made *mm, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	static char first[BASE64_ROOM(RECEIPT_LEN)];

	if (i == 0 && made_receipt(e, bytes, mm->centre, first) != ERR_OK)
		return ERR_MEMORY;
	return buf_putf(out, "{\"status\":\"stored\",\"receipt\":\"%s\"}",
	    first);
}

static enum err
say_other_hash(struct sync_made *mm, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	const struct cursor other = { bytes->p, bytes->n - 1 };

	return say_stored(mm, i, e, &other, out);
}

static enum err
say_other_number(struct sync_made *mm, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	struct envelope other = *e;

	other.sequence++;
	return say_stored(mm, i, &other, bytes, out);
}

static enum err
say_other_terminal(struct sync_made *mm, unsigned i,
    const struct envelope *e, const struct cursor *bytes, struct buf *out)
{
	struct envelope other = *e;

	other.terminal++;
	return say_stored(mm, i, &other, bytes, out);
}

static saying *lie;

static enum err
play_lie(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)path;
	return say_each(mm, body, out, lie);
}

static void
assert_lie(saying *say, unsigned sent)
{
	lie = say;
	m.play = play_lie;
	assert_int_equal(attempt(), ERR_RECEIPT);
	assert_int_equal(a.sent, sent);
	assert_int_equal(made_count(&m, QUEUE_REFUSED), 0);
	assert_int_equal(made_count(&m, QUEUE_READY), 3 - sent);
}

static void
a_receipt_of_another_key_is_none(void **state)
{
	(void)state;
	assert_lie(say_stranger, 0);
}

static void
a_receipt_of_other_bytes_is_none(void **state)
{
	(void)state;
	assert_lie(say_other_hash, 0);
}

static void
a_receipt_of_another_number_is_none(void **state)
{
	(void)state;
	assert_lie(say_other_number, 0);
}

static void
a_receipt_of_another_terminal_is_none(void **state)
{
	(void)state;
	assert_lie(say_other_terminal, 0);
}

static void
one_receipt_is_not_three(void **state)
{
	(void)state;
	assert_lie(say_first_for_all, 1);
}

/* What is wrong with an answer whose receipts are signed together. */
static struct {
	saying *say;
	const uint8_t *key;
	bool spoilt; /* each receipt's own signature is none */
	bool less;   /* the last one is not signed with the others */
	bool cut;    /* a byte of the signature is missing */
} together;

/* A receipt of the answer, spoilt if it is to be, at the end of all. */
static enum err
gather(json_t *o, struct buf *all)
{
	char text[BASE64_ROOM(RECEIPT_LEN)];
	uint8_t bytes[RECEIPT_LEN];
	size_t n;
	enum err r;

	if ((r = json_get_text(o, "receipt", text, sizeof(text) - 1)) !=
	    ERR_OK || (r = base64_read(text, bytes, sizeof(bytes), &n)) !=
	    ERR_OK)
		return r;
	if (together.spoilt)
		bytes[RECEIPT_LEN - 1] ^= 1;
	base64_of(bytes, n, text);
	if (json_object_set_new(o, "receipt", json_string(text)) != 0)
		return ERR_MEMORY;
	return buf_put(all, bytes, n);
}

static enum err
sign_all(struct buf *answer)
{
	char text[BASE64_ROOM(SIGNATURE_LEN)];
	uint8_t signature[SIGNATURE_LEN];
	struct buf all;
	json_t *doc, *o;
	size_t i;
	enum err r;

	buf_init(&all);
	if ((r = json_read(answer->p, answer->len, &doc)) != ERR_OK)
		return r;
	json_array_foreach(json_object_get(doc, "envelopes"), i, o)
		if (r == ERR_OK)
			r = gather(o, &all);
	if (together.less)
		all.len -= RECEIPT_LEN;
	if (r == ERR_OK && (r = sign(RECEIPTS_DOMAIN, all.p, all.len,
	    together.key, signature)) == ERR_OK) {
		base64_of(signature, together.cut ? 63 : 64, text);
		(void)json_object_set_new(doc, "signature",
		    json_string(text));
		buf_reset(answer);
		r = json_write(doc, answer);
	}
	json_decref(doc);
	buf_clear(&all);
	return r;
}

static enum err
play_together(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	enum err r = say_each(mm, body, out, together.say);

	(void)path;
	return r == ERR_OK ? sign_all(&out->body) : r;
}

#define TOGETHER(...)						\
	do {							\
		memset(&together, 0, sizeof(together));		\
		together.say = say_stored;			\
		together.key = m.centre;			\
		__VA_ARGS__;					\
		m.play = play_together;				\
	} while (0)

static void
assert_not_together(void)
{
	assert_int_equal(attempt(), ERR_RECEIPT);
	assert_int_equal(a.sent, 0);
	assert_int_equal(made_count(&m, QUEUE_READY), 3);
}

static void
one_signature_speaks_for_all(void **state)
{
	(void)state;
	TOGETHER(together.spoilt = true);
	assert_int_equal(attempt(), ERR_OK);
	assert_int_equal(a.sent, 3);
	assert_int_equal(made_count(&m, QUEUE_SENT), 3);
}

/* Who does not speak for all leaves each to speak for itself. */
static void
a_signature_that_is_none_says_nothing(void **state)
{
	(void)state;
	TOGETHER(together.spoilt = true; together.key = m.stranger);
	assert_not_together();
	TOGETHER(together.spoilt = true; together.less = true);
	assert_not_together();
	TOGETHER(together.spoilt = true; together.cut = true);
	assert_not_together();
	TOGETHER(together.say = say_stranger; together.key = m.stranger);
	assert_not_together();
	TOGETHER(together.key = m.stranger);
	assert_int_equal(attempt(), ERR_OK);
	assert_int_equal(a.sent, 3);
}

static void
what_is_signed_together_is_compared_all_the_same(void **state)
{
	(void)state;
	TOGETHER(together.say = say_other_hash);
	assert_not_together();
	TOGETHER(together.say = say_other_number);
	assert_not_together();
	TOGETHER(together.say = say_other_terminal);
	assert_not_together();
	TOGETHER(together.say = say_first_for_all);
	assert_int_equal(attempt(), ERR_RECEIPT);
	assert_int_equal(a.sent, 1);
}

static long status;
static const char *said;

static enum err
play_said(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)mm;
	(void)path;
	(void)body;
	out->status = status;
	out->retry_after_ms = 7000;
	return buf_put_text(&out->body, said);
}

static void
assert_said(long with_status, const char *text, enum err want)
{
	status = with_status;
	said = text;
	m.play = play_said;
	assert_int_equal(attempt(), want);
	assert_int_equal(a.sent + a.refused, 0);
	assert_int_equal(made_count(&m, QUEUE_READY), 3);
	assert_true(a.retry_after_ms == 7000);
}

static void
the_centres_trouble_touches_no_record(void **state)
{
	static const struct {
		long status;
		enum err why;
	} rows[] = {
		{ 301, ERR_SYNC_ANSWER }, { 400, ERR_SYNC_ANSWER },
		{ 401, ERR_SYNC_REFUSED }, { 403, ERR_SYNC_REFUSED },
		{ 423, ERR_CLOSED },
		{ 404, ERR_SYNC_ANSWER }, { 413, ERR_SYNC_ANSWER },
		{ 429, ERR_SYNC_BUSY }, { 500, ERR_SYNC_BUSY },
		{ 503, ERR_SYNC_BUSY }, { 599, ERR_SYNC_BUSY },
		{ 600, ERR_SYNC_ANSWER }, { 0, ERR_SYNC_ANSWER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_said(rows[i].status, "{\"envelopes\":[]}",
		    rows[i].why);
}

static void
what_is_not_understood_touches_no_record(void **state)
{
	static const char *const rows[] = {
		"", "<html>", "[]", "{}", "{\"envelopes\":{}}",
		"{\"envelopes\":[]}", "{\"envelopes\":[{},{},{}]}",
		"{\"envelopes\":[1,2,3]}",
		"{\"envelopes\":[{\"status\":\"kept\"},{},{}]}",
		"{\"envelopes\":[{\"status\":\"stored\"},{},{}]}",
		"{\"envelopes\":[{\"status\":\"stored\",\"receipt\":\"AA\"},"
		    "{},{}]}",
		"{\"envelopes\":[{\"status\":\"refused\"},{},{}]}",
		"{\"envelopes\":[{\"status\":\"refused\",\"code\":0},{},{}]}",
		"{\"envelopes\":[{\"status\":\"gap\",\"next\":0},{},{}]}",
		"{\"envelopes\":[{\"rid\":\"00000000000000000000000000\","
		    "\"status\":\"refused\",\"code\":703},{},{}]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_said(200, rows[i], ERR_SYNC_ANSWER);
}

static void
no_answer_touches_no_record(void **state)
{
	(void)state;
	m.play = play_nobody;
	assert_int_equal(attempt(), ERR_SYNC_CONNECT);
	assert_int_equal(made_count(&m, QUEUE_READY), 3);
}

/* A line that is cut before a second envelope is through. */
static enum err
play_slow(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	struct cursor rest = body, bytes;
	struct envelope e;

	if (made_next(&rest, &e, &bytes) != ERR_OK || rest.n > 0)
		return ERR_SYNC_CONNECT;
	return play_stored(mm, path, body, out);
}

static void
a_slow_line_gets_through(void **state)
{
	unsigned cut = 0;

	(void)state;
	m.play = play_slow;
	for (unsigned left = 3; left > 0;) {
		enum err r = attempt();

		assert_true(r == ERR_OK || r == ERR_SYNC_CONNECT);
		assert_int_equal(a.sent, r == ERR_OK);
		cut += r != ERR_OK;
		left -= a.sent;
		assert_int_equal(made_count(&m, QUEUE_READY), left);
	}
	assert_int_equal(cut, 2); /* three, then two that were tried again */
}

static void
a_courier_needs_both_keys(void **state)
{
	struct desk_settings set = { .terminal = 7, .lease_low = 9,
		.keep_until = UNTIL_REPLICATED };
	struct courier c;
	char path[PATH_ROOM];

	(void)state;
	memcpy(set.state, m.q.state, sizeof(m.q.state));
	assert_int_equal(path_join(m.q.state, "keys", path), ERR_OK);
	assert_int_equal(folder_make(path), ERR_OK);
	assert_int_equal(courier_init(&c, &set, m.queue, &m.transport),
	    ERR_KEY_READ);
	assert_int_equal(path_join(m.q.state, "keys/centre.pub", path),
	    ERR_OK);
	assert_int_equal(keyfile_write(path, "receipt-public",
	    m.courier.centre, SIGN_PUBLIC_LEN, 1), ERR_OK);
	assert_int_equal(courier_init(&c, &set, m.queue, &m.transport),
	    ERR_KEY_READ);
	(void)unlink(path);
	assert_int_equal(path_join(m.q.state, "keys", path), ERR_OK);
	(void)rmdir(path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(valid_receipts_deliver),
		TEST(stored_is_not_replicated),
		TEST(one_refused_is_set_aside_alone),
		TEST(a_poison_is_found_by_halves),
		TEST(a_gap_names_the_lowest_number),
		TEST(a_receipt_of_another_key_is_none),
		TEST(a_receipt_of_other_bytes_is_none),
		TEST(a_receipt_of_another_number_is_none),
		TEST(a_receipt_of_another_terminal_is_none),
		TEST(one_receipt_is_not_three),
		TEST(one_signature_speaks_for_all),
		TEST(a_signature_that_is_none_says_nothing),
		TEST(what_is_signed_together_is_compared_all_the_same),
		TEST(the_centres_trouble_touches_no_record),
		TEST(what_is_not_understood_touches_no_record),
		TEST(no_answer_touches_no_record),
		TEST(a_slow_line_gets_through),
		TEST(a_courier_needs_both_keys),
	};

	log_open("attempt", true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
