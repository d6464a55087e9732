/* gateway: every status of an envelope, leases, outcomes, who may speak. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#include "base/keyfile.h"
#include "tests/temp.h"

static struct made m;
static struct buf one, two, three;

static int
setup(void **state)
{
	(void)state;
	buf_init(&one);
	buf_init(&two);
	buf_init(&three);
	return made_open(&m, ":memory:") == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&one);
	buf_clear(&two);
	buf_clear(&three);
	made_close(&m);
	return 0;
}

static void
assert_status(const struct buf *envelope, uint64_t missing, const char *word,
    enum err why)
{
	int code;

	assert_string_equal(made_status(&m, envelope, missing, &code), word);
	assert_int_equal(code, why == ERR_OK ? 0 : err_number(why));
}

struct counts {
	unsigned entries, gaps, alarms;
	struct alarm last;
};

static enum err
count_entry(const struct entry *e, void *user)
{
	(void)e;
	((struct counts *)user)->entries++;
	return ERR_OK;
}

static enum err
count_gap(uint32_t terminal, uint64_t sequence, uint64_t since_ms, void *user)
{
	(void)terminal;
	(void)sequence;
	(void)since_ms;
	((struct counts *)user)->gaps++;
	return ERR_OK;
}

static enum err
count_alarm(const struct alarm *a, void *user)
{
	((struct counts *)user)->alarms++;
	((struct counts *)user)->last = *a;
	return ERR_OK;
}

static struct counts
counted(void)
{
	struct counts c = { .entries = 0 };

	assert_int_equal(m.store->ops->entry_each(m.store, count_entry, &c),
	    ERR_OK);
	assert_int_equal(m.store->ops->gap_each(m.store, count_gap, &c),
	    ERR_OK);
	assert_int_equal(m.store->ops->alarm_each(m.store, count_alarm, &c),
	    ERR_OK);
	return c;
}

static void
a_batch_is_stored_with_receipts(void **state)
{
	struct buf body;
	json_t *doc = NULL, *list = NULL;
	struct receipt rc;
	struct rid rid[3];
	uint8_t bytes[RECEIPT_LEN], hash[DIGEST_LEN];
	char text[BASE64_ROOM(RECEIPT_LEN)];
	size_t n;

	(void)state;
	buf_init(&body);
	for (size_t i = 0; i < 3; i++) {
		buf_reset(&one);
		assert_int_equal(made_any(&m, &rid[i], &one), ERR_OK);
		assert_int_equal(made_add(&body, &one), ERR_OK);
	}
	assert_int_equal(made_send(&m, &body, 0, &doc, &list), ERR_OK);
	assert_int_equal(json_array_size(list), 3);
	assert_int_equal(json_get_text(json_array_get(list, 2), "receipt",
	    text, sizeof(text) - 1), ERR_OK);
	assert_int_equal(base64_read(text, bytes, sizeof(bytes), &n), ERR_OK);
	assert_int_equal(receipt_read(bytes, n, m.receipt_public, &rc),
	    ERR_OK);
	envelope_hash(one.p, one.len, hash);
	assert_memory_equal(rc.hash, hash, sizeof(hash));
	assert_memory_equal(rc.rid.b, rid[2].b, sizeof(rid[2].b));
	assert_int_equal(rc.level, LEVEL_STORED);
	assert_int_equal(rc.terminal, MADE_TERMINAL);
	assert_int_equal(rc.centre_key, 3);
	assert_true(rc.sequence == 3 && rc.at_ms == MADE_NOW);
	assert_int_equal(counted().entries, 3);
	json_decref(doc);
	buf_clear(&body);
}

/* The receipt of one of an answer, at the end of all. */
static void
gather(const json_t *o, struct buf *all)
{
	char text[BASE64_ROOM(RECEIPT_LEN)];
	uint8_t bytes[RECEIPT_LEN];
	size_t n;

	assert_int_equal(json_get_text(o, "receipt", text, sizeof(text) - 1),
	    ERR_OK);
	assert_int_equal(base64_read(text, bytes, sizeof(bytes), &n), ERR_OK);
	assert_int_equal(buf_put(all, bytes, n), ERR_OK);
}

/* Two of three are stored, and those two are signed together. */
static void
receipts_of_an_answer_are_signed_together(void **state)
{
	char text[BASE64_ROOM(SIGNATURE_LEN)];
	uint8_t signature[SIGNATURE_LEN];
	json_t *doc, *list;
	struct buf body, all;
	struct rid rid;
	size_t n;

	(void)state;
	buf_init(&body);
	buf_init(&all);
	for (unsigned i = 0; i < 3; i++) {
		buf_reset(&one);
		assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
		one.p[one.len - 1] ^= i == 2;
		assert_int_equal(made_add(&body, &one), ERR_OK);
	}
	assert_int_equal(made_send(&m, &body, 0, &doc, &list), ERR_OK);
	gather(json_array_get(list, 0), &all);
	gather(json_array_get(list, 1), &all);
	assert_null(json_object_get(json_array_get(list, 2), "receipt"));
	assert_int_equal(json_get_text(doc, "signature", text,
	    sizeof(text) - 1), ERR_OK);
	assert_int_equal(base64_read(text, signature, sizeof(signature), &n),
	    ERR_OK);
	assert_int_equal(sign_check(RECEIPTS_DOMAIN, all.p, all.len,
	    signature, m.receipt_public), ERR_OK);
	json_decref(doc);
	/* One alone has its own. */
	buf_reset(&body);
	buf_reset(&one);
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_add(&body, &one), ERR_OK);
	assert_int_equal(made_send(&m, &body, 4, &doc, &list), ERR_OK);
	assert_null(json_object_get(doc, "signature"));
	json_decref(doc);
	buf_clear(&body);
	buf_clear(&all);
}

static void
the_same_bytes_get_the_first_answer_again(void **state)
{
	struct buf body, first, second;
	struct rid rid;

	(void)state;
	buf_init(&body);
	buf_init(&first);
	buf_init(&second);
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_add(&body, &one), ERR_OK);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &first), ERR_OK);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW + 99, &second), ERR_OK);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.p, second.p, first.len);
	assert_int_equal(counted().entries, 1);
	assert_int_equal(counted().alarms, 0);
	buf_clear(&body);
	buf_clear(&first);
	buf_clear(&second);
}

static void
a_known_id_with_other_bytes_is_refused_and_kept(void **state)
{
	struct record *rec = record_new();

	(void)state;
	make_record(rec);
	assert_int_equal(made_envelope(&m, rec, true, &one), ERR_OK);
	assert_int_equal(made_envelope(&m, rec, false, &two), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_status(&two, 0, "refused", ERR_CONFLICT);
	assert_status(&two, 0, "refused", ERR_CONFLICT);
	assert_int_equal(counted().entries, 1);
	assert_int_equal(counted().alarms, 1);
	assert_int_equal(counted().last.kind, ALARM_CONFLICT);
	assert_true(counted().last.times == 2);
	record_free(rec);
}

/* A disk that was copied or put back makes another number 1. */
static void
a_fork_is_refused_and_kept(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	m.sequence = 0;
	memset(m.previous, 0, sizeof(m.previous));
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_status(&two, 0, "refused", ERR_CHAIN);
	assert_int_equal(counted().last.kind, ALARM_FORK);
}

static void
what_does_not_follow_is_refused_and_kept(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	m.previous[0] ^= 1;
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_status(&two, 0, "refused", ERR_CHAIN);
	assert_int_equal(counted().last.kind, ALARM_CHAIN);
}

static void
a_forged_envelope_is_refused_and_kept(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	one.p[one.len - 1] ^= 1;
	assert_status(&one, 0, "refused", ERR_ENV_SIGNATURE);
	assert_int_equal(counted().last.kind, ALARM_FORGED);
	assert_int_equal(counted().entries, 0);
}

/* An envelope of another terminal, rightly signed, by this connection. */
static void
nobody_speaks_for_another(void **state)
{
	struct buf body, answer;
	struct rid rid;

	(void)state;
	assert_int_equal(made_terminal(&m, 8), ERR_OK);
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	buf_init(&body);
	buf_init(&answer);
	assert_int_equal(made_add(&body, &one), ERR_OK);
	assert_int_equal(gateway_envelopes(&m.g, 8,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer), ERR_OK);
	assert_int_equal(buf_terminate(&answer), ERR_OK);
	assert_non_null(strstr((char *)answer.p, "\"code\":503"));
	assert_int_equal(counted().entries, 0);
	buf_clear(&body);
	buf_clear(&answer);
}

static void
what_cannot_be_read_is_refused(void **state)
{
	struct rid rid;
	struct buf huge;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	buf_init(&huge);
	assert_int_equal(buf_reserve(&huge, ENVELOPE_MAX + 1), ERR_OK);
	memset(huge.p, 0, ENVELOPE_MAX + 1);
	huge.len = ENVELOPE_MAX + 1;
	assert_status(&huge, 0, "refused", ERR_TOO_LARGE);
	buf_clear(&huge);
	one.p[4] = 9;
	assert_status(&one, 0, "refused", ERR_ENV_VERSION);
	one.p[0] = 'X';
	assert_status(&one, 0, "refused", ERR_ENV_FORM);
	assert_int_equal(counted().alarms, 0);
}

static void
too_far_ahead_names_what_is_expected(void **state)
{
	struct buf body;
	json_t *doc = NULL, *list = NULL;
	json_int_t next;
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	buf_init(&body);
	assert_int_equal(made_add(&body, &two), ERR_OK);
	assert_int_equal(made_send(&m, &body, 0, &doc, &list), ERR_OK);
	assert_int_equal(json_get_int(json_array_get(list, 0), "next", 0, 99,
	    &next), ERR_OK);
	assert_int_equal(next, 1);
	json_decref(doc);
	assert_status(&two, 0, "gap", ERR_GAP);
	assert_int_equal(counted().entries, 0);
	buf_clear(&body);
}

static void
a_declared_gap_lets_the_others_go_on(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_int_equal(made_any(&m, &rid, &three), ERR_OK);
	assert_status(&three, 1, "gap", ERR_GAP);
	assert_status(&three, 3, "stored", ERR_OK);
	assert_int_equal(counted().gaps, 2);
	/* The missing ones come after all, and must fit. */
	assert_status(&two, 0, "stored", ERR_OK);
	assert_int_equal(counted().gaps, 1);
	assert_status(&two, 0, "stored", ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_int_equal(counted().gaps, 0);
	assert_int_equal(counted().alarms, 0);
}

static void
what_fills_a_gap_must_fit(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_status(&two, 2, "stored", ERR_OK);
	m.sequence = 0;
	memset(m.previous, 0, sizeof(m.previous));
	assert_int_equal(made_any(&m, &rid, &three), ERR_OK);
	assert_status(&three, 0, "refused", ERR_CHAIN);
	assert_int_equal(counted().last.kind, ALARM_FORK);
	assert_int_equal(counted().gaps, 1);
}

static void
a_gap_has_a_limit(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	m.sequence = INTAKE_GAP_MAX + 1;
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_status(&two, INT64_MAX, "gap", ERR_GAP);
	assert_int_equal(counted().gaps, 0);
}

static void
a_body_must_be_well_made(void **state)
{
	struct buf body, answer;
	struct rid rid;

	(void)state;
	buf_init(&body);
	buf_init(&answer);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(NULL, 0), 0, MADE_NOW, &answer), ERR_REQUEST);
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_add(&body, &one), ERR_OK);
	assert_int_equal(buf_put_u8(&body, 1), ERR_OK);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer), ERR_REQUEST);
	/* Nothing of such a body stays. */
	assert_int_equal(counted().entries, 0);
	buf_reset(&body);
	for (int i = 0; i <= GATEWAY_BATCH; i++)
		assert_int_equal(buf_put_u32(&body, 0), ERR_OK);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer),
	    ERR_TOO_LARGE);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, GATEWAY_BODY + 1), 0, MADE_NOW, &answer),
	    ERR_TOO_LARGE);
	assert_int_equal(answer.len, 0);
	buf_clear(&body);
	buf_clear(&answer);
}

static void
only_the_right_terminals_may_speak(void **state)
{
	uint8_t foreign[CERT_LEN] = { 1, 2, 3 };
	struct buf body, answer;
	struct terminal t;
	struct rid rid;

	(void)state;
	buf_init(&body);
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_add(&body, &one), ERR_OK);
	assert_int_equal(gateway_whom(&m.g, m.cert, &t), ERR_OK);
	assert_int_equal(t.number, MADE_TERMINAL);
	assert_int_equal(gateway_whom(&m.g, foreign, &t),
	    ERR_TERMINAL_UNKNOWN);
	m.g.training = false;
	assert_int_equal(gateway_whom(&m.g, m.cert, &t),
	    ERR_TERMINAL_UNKNOWN);
	m.g.training = true;
	assert_int_equal(m.store->ops->terminal_state(m.store, MADE_TERMINAL,
	    TERMINAL_REVOKED), ERR_OK);
	assert_int_equal(gateway_whom(&m.g, m.cert, &t),
	    ERR_TERMINAL_UNKNOWN);
	/* Revoked between the check and the work: still nothing. */
	buf_init(&answer);
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_TERMINAL_UNKNOWN);
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer),
	    ERR_TERMINAL_UNKNOWN);
	assert_int_equal(answer.len, 0);
	buf_clear(&body);
	buf_clear(&answer);
}

static enum err
fail_commit(struct store *s)
{
	(void)s;
	return ERR_LEDGER;
}

static void
no_receipt_leaves_before_the_commit(void **state)
{
	struct store_ops broken = *m.store->ops;
	const struct store_ops *whole = m.store->ops;
	struct buf body, answer;
	struct rid rid;

	(void)state;
	broken.commit = fail_commit;
	buf_init(&body);
	buf_init(&answer);
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_int_equal(made_add(&body, &one), ERR_OK);
	m.store->ops = &broken;
	assert_int_equal(gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer), ERR_LEDGER);
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_LEDGER);
	m.store->ops = whole;
	assert_int_equal(answer.len, 0);
	assert_int_equal(counted().entries, 0);
	assert_status(&one, 0, "stored", ERR_OK);
	buf_clear(&body);
	buf_clear(&answer);
}

static enum err
ask_lease(struct lease *l)
{
	char text[8192];
	uint8_t bytes[8192];
	struct buf answer;
	json_t *doc;
	size_t n;
	enum err r;

	buf_init(&answer);
	if ((r = gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW, &answer)) ==
	    ERR_OK) {
		assert_int_equal(json_read(answer.p, answer.len, &doc),
		    ERR_OK);
		assert_int_equal(json_get_text(doc, "lease", text,
		    sizeof(text) - 1), ERR_OK);
		assert_int_equal(base64_read(text, bytes, sizeof(bytes), &n),
		    ERR_OK);
		assert_int_equal(lease_read(bytes, n, m.receipt_public, l),
		    ERR_OK);
		json_decref(doc);
	}
	buf_clear(&answer);
	return r;
}

static void
each_block_is_another(void **state)
{
	struct lease a, b;
	enum loan loan;

	(void)state;
	assert_int_equal(ask_lease(&a), ERR_OK);
	assert_int_equal(ask_lease(&b), ERR_OK);
	assert_int_equal(a.block, 1);
	assert_int_equal(b.block, 2);
	assert_int_equal(a.count, 20);
	assert_int_equal(a.terminal, MADE_TERMINAL);
	for (int i = 0; i < 20; i++)
		for (int j = 0; j < 20; j++)
			assert_int_not_equal(a.number[i], b.number[j]);
	assert_int_equal(m.store->ops->loan_find(m.store, MADE_TERMINAL,
	    b.number[19], &loan), ERR_OK);
	assert_int_equal(loan, LOAN_OUT);
	assert_int_equal(m.store->ops->loan_find(m.store, 8, b.number[19],
	    &loan), ERR_OK);
	assert_int_equal(loan, LOAN_NONE);
}

static void
a_day_has_so_many_blocks(void **state)
{
	struct lease l;

	(void)state;
	for (int i = 0; i < GATEWAY_DAY_LEASES; i++)
		assert_int_equal(ask_lease(&l), ERR_OK);
	assert_int_equal(ask_lease(&l), ERR_NO_IDENTIFIER);
}

static void
outcomes_come_in_order_behind_the_cursor(void **state)
{
	struct settlement w = { .note = { .terminal = MADE_TERMINAL,
		.kind = OUTCOME_OPENED } };
	struct buf answer;
	struct rid rid;
	bool fresh;

	(void)state;
	buf_init(&answer);
	for (int i = 0; i < 2; i++) {
		buf_reset(&one);
		assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
		assert_status(&one, 0, "stored", ERR_OK);
		w.entry++;
		assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh),
		    ERR_OK);
		assert_true(fresh);
		assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh),
		    ERR_OK);
		assert_false(fresh);
	}
	assert_int_equal(gateway_outcomes(&m.g, MADE_TERMINAL, 0, &answer),
	    ERR_OK);
	assert_int_equal(buf_terminate(&answer), ERR_OK);
	assert_non_null(strstr((char *)answer.p, "\"more\":false"));
	assert_non_null(strstr((char *)answer.p, "\"number\":1}"));
	assert_non_null(strstr((char *)answer.p, "\"number\":2}"));
	buf_reset(&answer);
	assert_int_equal(gateway_outcomes(&m.g, MADE_TERMINAL, 2, &answer),
	    ERR_OK);
	assert_int_equal(buf_terminate(&answer), ERR_OK);
	assert_string_equal((char *)answer.p,
	    "{\"more\":false,\"outcomes\":[]}");
	buf_clear(&answer);
}

static void
its_keys_are_read_strictly(void **state)
{
	struct centre_settings set = { .mode = MODE_TRAINING,
		.lease_size = 20 };
	struct gateway g;
	char path[PATH_ROOM];

	(void)state;
	memcpy(set.state, temp_dir, sizeof(temp_dir));
	assert_int_equal(gateway_init(&g, m.store, &set), ERR_KEY_READ);
	assert_int_equal(folder_make(temp_path("keys", path)), ERR_OK);
	assert_int_equal(keyfile_write(temp_path("keys/receipt.key", path),
	    "receipt-secret", m.receipt, SIGN_SECRET_LEN, 3), ERR_OK);
	assert_int_equal(gateway_init(&g, m.store, &set), ERR_KEY_READ);
	assert_int_equal(keyfile_write(temp_path("keys/permutation.key",
	    path), "permutation-secret", m.permutation, SYM_KEY_LEN, 1),
	    ERR_OK);
	assert_int_equal(gateway_init(&g, m.store, &set), ERR_OK);
	assert_int_equal(g.receipt.number, 3);
	assert_memory_equal(g.receipt.secret, m.receipt, SIGN_SECRET_LEN);
	assert_memory_equal(g.permutation, m.permutation, SYM_KEY_LEN);
	gateway_clear(&g);
	assert_null(g.keys);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* What the centre answers to a hand-over, for who signs by the next key. */
static void
badge_of(const struct buf *envelope, struct badge *out)
{
	char text[BASE64_ROOM(BADGE_LEN)];
	uint8_t bytes[BADGE_LEN];
	struct buf body;
	json_t *doc, *list;
	size_t n;

	buf_init(&body);
	assert_int_equal(made_add(&body, envelope), ERR_OK);
	assert_int_equal(made_send(&m, &body, 0, &doc, &list), ERR_OK);
	assert_int_equal(json_get_text(json_array_get(list, 0), "badge", text,
	    sizeof(text) - 1), ERR_OK);
	assert_int_equal(base64_read(text, bytes, sizeof(bytes), &n), ERR_OK);
	assert_int_equal(badge_read(bytes, n, m.receipt_public, out), ERR_OK);
	json_decref(doc);
	buf_clear(&body);
}

static void
a_hand_over_changes_the_key(void **state)
{
	struct badge b;
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_int_equal(made_hand_over(&m, &two), ERR_OK);
	badge_of(&two, &b);
	assert_int_equal(b.terminal, MADE_TERMINAL);
	assert_int_equal(b.sign_key, 2);
	assert_memory_equal(b.public, m.sign_public, SIGN_PUBLIC_LEN);
	assert_true(b.from_ms <= MADE_NOW && b.until_ms > MADE_NOW);
	assert_int_equal(made_any(&m, &rid, &three), ERR_OK);
	assert_status(&three, 0, "stored", ERR_OK);
	/* All of it again: the badge too, for its answer may have been lost. */
	badge_of(&two, &b);
	assert_int_equal(b.sign_key, 2);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_status(&three, 0, "stored", ERR_OK);
	assert_int_equal(counted().entries, 3);
	assert_int_equal(counted().alarms, 0);
}

/* The thief has the next key, and the one who kept the old one has that. */
static void
a_former_key_signs_no_more(void **state)
{
	uint8_t old[SIGN_SECRET_LEN], new[SIGN_SECRET_LEN];
	struct rid rid;

	(void)state;
	memcpy(old, m.sign, sizeof(old));
	assert_int_equal(made_hand_over(&m, &one), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	memcpy(new, m.sign, sizeof(new));
	memcpy(m.sign, old, sizeof(old));
	m.sign_key = 1;
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_status(&two, 0, "refused", ERR_EPOCH);
	assert_int_equal(counted().alarms, 1);
	assert_int_equal(counted().last.kind, ALARM_EPOCH);
	/* It cannot give itself a new number either. */
	m.sign_key = 2;
	m.sequence = 1;
	assert_int_equal(made_any(&m, &rid, &three), ERR_OK);
	assert_status(&three, 0, "refused", ERR_ENV_SIGNATURE);
	assert_int_equal(counted().last.kind, ALARM_FORGED);
	assert_int_equal(counted().entries, 1);
}

/* The past of an epoch belongs to its key, also what is still to come. */
static void
the_next_key_signs_nothing_before(void **state)
{
	struct made then;
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	then = m;
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK); /* held back */
	assert_int_equal(made_hand_over(&m, &three), ERR_OK);
	assert_status(&three, 2, "stored", ERR_OK);
	assert_int_equal(counted().gaps, 1);
	then.sign_key = m.sign_key;
	memcpy(then.sign, m.sign, sizeof(m.sign));
	buf_reset(&one);
	assert_int_equal(made_any(&then, &rid, &one), ERR_OK);
	assert_status(&one, 0, "refused", ERR_EPOCH);
	assert_int_equal(counted().last.kind, ALARM_EPOCH);
	/* And the true one is still welcome. */
	assert_status(&two, 0, "stored", ERR_OK);
	assert_int_equal(counted().gaps, 0);
}

static void
no_epoch_is_skipped(void **state)
{
	struct rid rid;

	(void)state;
	assert_int_equal(made_hand_over(&m, &one), ERR_OK);
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	/* What its key is cannot be known: nothing declares it away. */
	assert_status(&two, 0, "gap", ERR_GAP);
	assert_status(&two, 9, "gap", ERR_GAP);
	assert_int_equal(counted().gaps, 0);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_status(&two, 0, "stored", ERR_OK);
	/* In its turn, by a number that no hand-over named. */
	m.sign_key++;
	assert_int_equal(made_any(&m, &rid, &three), ERR_OK);
	assert_status(&three, 0, "refused", ERR_ENV_SIGNATURE);
}

/* Two disks of one terminal, each with a next key of its own. */
static void
a_cloned_disk_forks_at_the_hand_over(void **state)
{
	struct made clone = m;
	struct rid rid;

	(void)state;
	assert_int_equal(made_hand_over(&m, &one), ERR_OK);
	assert_int_equal(made_hand_over(&clone, &two), ERR_OK);
	assert_int_equal(made_any(&clone, &rid, &three), ERR_OK);
	assert_status(&one, 0, "stored", ERR_OK);
	assert_status(&two, 0, "refused", ERR_CHAIN);
	assert_int_equal(counted().last.kind, ALARM_FORK);
	assert_status(&three, 0, "refused", ERR_ENV_SIGNATURE);
	buf_reset(&three);
	assert_int_equal(made_any(&m, &rid, &three), ERR_OK);
	assert_status(&three, 0, "stored", ERR_OK);
	assert_int_equal(counted().alarms, 2);
}

/* A key that is not really there cannot be handed over to. */
static void
the_next_key_must_agree(void **state)
{
	uint8_t mine[SIGN_SECRET_LEN];
	const struct envelope_keys keys = { .sign_secret = mine };
	struct envelope e;

	(void)state;
	memcpy(mine, m.sign, sizeof(mine));
	assert_int_equal(made_hand_over(&m, &one), ERR_OK);
	assert_int_equal(envelope_read(one.p, one.len, &e), ERR_OK);
	one.p[ENVELOPE_HEADER] ^= 1; /* another key's public half */
	assert_int_equal(envelope_write(&e, &keys, &two), ERR_OK);
	assert_status(&two, 0, "refused", ERR_ENV_SIGNATURE);
	assert_int_equal(counted().last.kind, ALARM_FORGED);
	assert_int_equal(counted().entries, 0);
}

/* A ledger of yesterday: the key of then, and the hand-over comes again. */
static void
a_late_hand_over_is_a_fork(void **state)
{
	struct made then = m;
	struct rid rid;

	(void)state;
	assert_int_equal(made_any(&m, &rid, &one), ERR_OK); /* declared gone */
	assert_int_equal(made_any(&m, &rid, &two), ERR_OK);
	assert_status(&two, 2, "stored", ERR_OK);
	assert_int_equal(made_hand_over(&then, &three), ERR_OK);
	assert_status(&three, 0, "refused", ERR_CHAIN);
	assert_int_equal(counted().last.kind, ALARM_FORK);
	assert_status(&one, 0, "stored", ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_hand_over_changes_the_key,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_former_key_signs_no_more,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(the_next_key_signs_nothing_before,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(no_epoch_is_skipped,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_cloned_disk_forks_at_the_hand_over,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(the_next_key_must_agree,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(a_late_hand_over_is_a_fork,
		    setup, teardown),
		TEST(a_batch_is_stored_with_receipts),
		TEST(receipts_of_an_answer_are_signed_together),
		TEST(the_same_bytes_get_the_first_answer_again),
		TEST(a_known_id_with_other_bytes_is_refused_and_kept),
		TEST(a_fork_is_refused_and_kept),
		TEST(what_does_not_follow_is_refused_and_kept),
		TEST(a_forged_envelope_is_refused_and_kept),
		TEST(nobody_speaks_for_another),
		TEST(what_cannot_be_read_is_refused),
		TEST(too_far_ahead_names_what_is_expected),
		TEST(a_declared_gap_lets_the_others_go_on),
		TEST(what_fills_a_gap_must_fit),
		TEST(a_gap_has_a_limit),
		TEST(a_body_must_be_well_made),
		TEST(only_the_right_terminals_may_speak),
		TEST(no_receipt_leaves_before_the_commit),
		TEST(each_block_is_another),
		TEST(a_day_has_so_many_blocks),
		TEST(outcomes_come_in_order_behind_the_cursor),
		TEST(its_keys_are_read_strictly),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
