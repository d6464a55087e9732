/*
 * ledger: what every kind of store keeps, and that every failure is said.
 *
 * Who includes this says where: ledger_empty() leaves no ledger, and
 * ledger_place is where one is made; ledger_open() opens the one that is
 * there; drop() changes it from outside, and ledger_back() undoes what
 * is its own of the last step.
 */
#ifndef GUICHET_TESTS_CENTRE_LEDGER_H
#define GUICHET_TESTS_CENTRE_LEDGER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#include "tests/temp.h"

static const char *ledger_place;
static void ledger_empty(void);
static enum err ledger_open(struct store **out);
static void drop(const char *sql);
static void ledger_back(void);

static struct made m;
static struct buf env, body, answer;
static struct rid rid;

static int
setup(void **state)
{
	(void)state;
	buf_init(&env);
	buf_init(&body);
	buf_init(&answer);
	ledger_empty();
	if (made_open(&m, ledger_place) != ERR_OK)
		return -1;
	return made_any(&m, &rid, &env) == ERR_OK &&
	    made_add(&body, &env) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&env);
	buf_clear(&body);
	buf_clear(&answer);
	made_close(&m);
	return 0;
}

static enum err
send_body(void)
{
	buf_reset(&answer);
	return gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer);
}

static void
it_is_all_there_after_a_restart(void **state)
{
	struct terminal t;
	struct entry e;
	struct buf bytes;

	(void)state;
	assert_int_equal(send_body(), ERR_OK);
	made_close(&m);
	assert_int_equal(ledger_open(&m.store), ERR_OK);
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_string_equal(t.seat.site, "2A0000017");
	assert_true(t.sequence == 1 && t.seen_ms == MADE_NOW && t.training);
	assert_memory_equal(t.hash, m.previous, sizeof(t.hash));
	buf_init(&bytes);
	assert_int_equal(made_waiting(&m, 0, &e, &bytes), ERR_OK);
	assert_int_equal(bytes.len, env.len);
	assert_memory_equal(bytes.p, env.p, env.len);
	assert_memory_equal(e.rid.b, rid.b, sizeof(rid.b));
	assert_int_equal(made_waiting(&m, e.id, &e, &bytes), ERR_NOT_FOUND);
	buf_clear(&bytes);
}

static void
a_number_or_certificate_is_one_terminals(void **state)
{
	struct terminal t;

	(void)state;
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_int_equal(m.store->ops->terminal_add(m.store, &t),
	    ERR_CONFLICT);
	t.number = 8;
	assert_int_equal(m.store->ops->terminal_add(m.store, &t),
	    ERR_CONFLICT);
	t.cert[0] ^= 1;
	assert_int_equal(m.store->ops->terminal_add(m.store, &t), ERR_OK);
	assert_int_equal(m.store->ops->terminal_state(m.store, 9,
	    TERMINAL_REVOKED), ERR_NOT_FOUND);
	assert_int_equal(m.store->ops->terminal_find(m.store, 9, &t),
	    ERR_NOT_FOUND);
	assert_string_equal(terminal_state_word(TERMINAL_REVOKED), "revoked");
	assert_string_equal(alarm_word(ALARM_FORK), "fork");
}

static void
an_identifier_is_lent_once(void **state)
{
	struct lease l = { .terminal = MADE_TERMINAL, .block = 1,
		.centre_key = 1, .count = 1, .number = { 42 } };

	(void)state;
	assert_int_equal(m.store->ops->lease_add(m.store, &l, 0), ERR_OK);
	l.block = 2;
	assert_int_equal(m.store->ops->begin(m.store), ERR_OK);
	assert_int_equal(m.store->ops->lease_add(m.store, &l, 1),
	    ERR_CONFLICT);
	m.store->ops->rollback(m.store);
}

static void
a_ledger_without_entries_answers_nothing(void **state)
{
	(void)state;
	drop("DROP TABLE entry");
	assert_int_equal(send_body(), ERR_LEDGER);
	assert_int_equal(answer.len, 0);
}

static void
a_ledger_without_alarms_accuses_nobody(void **state)
{
	(void)state;
	body.p[body.len - 1] ^= 1;
	drop("DROP TABLE alarm");
	assert_int_equal(send_body(), ERR_LEDGER);
}

static void
a_ledger_without_leases_lends_nothing(void **state)
{
	(void)state;
	drop("DROP TABLE identifier");
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_LEDGER);
	drop("DROP TABLE lease");
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_LEDGER);
	assert_int_equal(answer.len, 0);
}

static void
a_ledger_without_notes_hands_none_on(void **state)
{
	(void)state;
	drop("DROP TABLE note");
	assert_int_equal(gateway_outcomes(&m.g, MADE_TERMINAL, 0, &answer),
	    ERR_LEDGER);
}

static void
many_terminals_are_asked_for_at_once(void **state)
{
	const uint32_t number[] = { MADE_TERMINAL, 20, 21, 4000000000u };
	struct terminal t[4], again[4];

	(void)state;
	assert_int_equal(made_terminal(&m, 21), ERR_OK);
	assert_int_equal(m.store->ops->terminals_find(m.store, number, 4, t),
	    ERR_OK);
	assert_true(t[0].number == MADE_TERMINAL && t[2].number == 21);
	assert_true(t[1].number == 0 && t[3].number == 0);
	t[0].sequence = 5;
	t[2].sequence = 6;
	t[2].sign_key = 2;
	memset(t[2].hash, 0xab, DIGEST_LEN);
	memset(t[2].sign_public, 0xcd, SIGN_PUBLIC_LEN);
	t[0].seen_ms = t[2].seen_ms = MADE_NOW;
	t[1] = t[2];
	assert_int_equal(m.store->ops->terminals_advance(m.store, t, 2),
	    ERR_OK);
	assert_int_equal(m.store->ops->terminals_find(m.store, number, 4,
	    again), ERR_OK);
	assert_memory_equal(&again[0], &t[0], sizeof(t[0]));
	assert_memory_equal(&again[2], &t[2], sizeof(t[2]));
	assert_true(again[1].number == 0);
	assert_int_equal(m.store->ops->terminals_find(m.store, number, 0, t),
	    ERR_OK);
	assert_int_equal(m.store->ops->terminals_advance(m.store, t, 0),
	    ERR_OK);
}

static void
a_ledger_without_terminals_knows_nobody(void **state)
{
	struct terminal t;

	(void)state;
	drop("DROP TABLE terminal");
	assert_int_equal(gateway_whom(&m.g, m.cert, &t), ERR_LEDGER);
	assert_int_equal(send_body(), ERR_LEDGER);
}

static enum err
add_account(const struct lease_account *l, void *user)
{
	struct lease_account *sum = user;

	assert_true(l->used + l->voided + l->out == l->count);
	sum->used += l->used;
	sum->voided += l->voided;
	sum->out += l->out;
	sum->count += l->count;
	return ERR_OK;
}

static struct lease_account
accounts(void)
{
	struct lease_account sum = { .block = 0 };

	assert_int_equal(m.store->ops->lease_each(m.store, add_account, &sum),
	    ERR_OK);
	return sum;
}

static void
every_identifier_is_accounted_for(void **state)
{
	struct settlement w = { .entry = 1, .loan = LOAN_USED };
	struct lease l = { .terminal = MADE_TERMINAL, .block = 1,
		.centre_key = 1, .count = 3, .number = { 42, 43, 44 } };
	struct lease_account sum;
	struct store_counts c;
	bool fresh;

	(void)state;
	assert_int_equal(accounts().count, 0);
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(m.store->ops->lease_add(m.store, &l, 0), ERR_OK);
	w.note.kind = OUTCOME_OPENED;
	w.note.terminal = MADE_TERMINAL;
	w.identifier = 43;
	assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh),
	    ERR_OK);
	sum = accounts();
	assert_true(sum.count == 3 && sum.used == 1 && sum.out == 2);
	assert_int_equal(m.store->ops->count(m.store, &c), ERR_OK);
	assert_true(c.active == 1 && c.entries == 1 && c.waiting == 0 &&
	    c.lent == 3);
	/* Stolen: what it had left is void. */
	assert_int_equal(m.store->ops->terminal_state(m.store, MADE_TERMINAL,
	    TERMINAL_REVOKED), ERR_OK);
	sum = accounts();
	assert_true(sum.used == 1 && sum.voided == 2 && sum.out == 0);
	assert_int_equal(m.store->ops->count(m.store, &c), ERR_OK);
	assert_true(c.active == 0 && c.revoked == 1);
}

static enum err
see_entry(const struct entry *e, void *user)
{
	char *said = user;

	sprintf(said + strlen(said), "%u %d %d\n", (unsigned)e->id,
	    e->outcome, e->reason);
	return ERR_OK;
}

/* As ledgers were when an entry kept its bytes and what came of it. */
static void
make_it_old(void)
{
	static const char *const back[] = {
		"UPDATE entry SET envelope = (SELECT envelope FROM waiting"
		" WHERE entry = id) WHERE id = 1",
		"UPDATE entry SET envelope = (SELECT envelope FROM refused"
		" WHERE entry = id), outcome = 3, reason = 742 WHERE id = 2",
		"DROP TABLE waiting",
		"DROP TABLE refused",
		"ALTER TABLE note DROP COLUMN outcome",
		"ALTER TABLE note DROP COLUMN reason",
		"CREATE INDEX entry_waiting ON entry (id) WHERE outcome = 0",
		"CREATE INDEX entry_refused ON entry (id) WHERE outcome = 3",
		"DROP TABLE switch",
		"ALTER TABLE terminal DROP COLUMN site_name",
		"ALTER TABLE terminal DROP COLUMN profile",
		"ALTER TABLE terminal DROP COLUMN department",
		"ALTER TABLE joining DROP COLUMN site_name",
		"ALTER TABLE joining DROP COLUMN profile",
		"ALTER TABLE joining DROP COLUMN department",
	};

	for (size_t i = 0; i < sizeof(back) / sizeof(back[0]); i++)
		drop(back[i]);
	ledger_back();
}

static void
an_older_ledger_is_brought_forward(void **state)
{
	struct settlement w = { .entry = 2 };
	struct store_counts c;
	struct entry e;
	struct buf bytes;
	char said[64] = "";
	bool fresh;

	(void)state;
	buf_init(&bytes);
	assert_int_equal(made_any(&m, &rid, &bytes), ERR_OK);
	assert_int_equal(made_add(&body, &bytes), ERR_OK);
	assert_int_equal(send_body(), ERR_OK);
	w.note.kind = OUTCOME_REFUSED;
	w.note.terminal = MADE_TERMINAL;
	w.note.reason = 742;
	assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh), ERR_OK);
	assert_true(fresh);
	assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh), ERR_OK);
	assert_false(fresh);
	made_close(&m);
	make_it_old();
	assert_int_equal(ledger_open(&m.store), ERR_OK);
	assert_int_equal(m.store->ops->entry_each(m.store, see_entry, said),
	    ERR_OK);
	assert_string_equal(said, "1 0 0\n2 3 742\n");
	assert_int_equal(m.store->ops->count(m.store, &c), ERR_OK);
	assert_true(c.waiting == 1 && c.refused == 1 && c.entries == 2);
	buf_reset(&bytes);
	assert_int_equal(made_waiting(&m, 0, &e, &bytes), ERR_OK);
	assert_true(e.id == 1 && e.sequence == 1);
	assert_int_equal(bytes.len, env.len);
	assert_memory_equal(bytes.p, env.p, env.len);
	assert_int_equal(made_waiting(&m, 1, &e, &bytes), ERR_NOT_FOUND);
	/* And goes on. */
	w = (struct settlement){ .entry = 1, .drop = true,
		.note = { .terminal = MADE_TERMINAL, .kind = OUTCOME_OPENED } };
	assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh), ERR_OK);
	assert_true(fresh);
	said[0] = '\0';
	assert_int_equal(m.store->ops->entry_each(m.store, see_entry, said),
	    ERR_OK);
	assert_string_equal(said, "1 1 0\n2 3 742\n");
	buf_clear(&bytes);
}

static void
a_place_is_kept_and_changed(void **state)
{
	const struct seat there = { "750000001", "Pharmacie du Marché",
		"borne", "2A" };
	struct joining j = { .seat = there, .hash = { 1 } };
	const struct store_ops *ops = m.store->ops;
	struct terminal t;

	(void)state;
	assert_int_equal(ops->join_add(m.store, &j), ERR_OK);
	memset(&j.seat, 0, sizeof(j.seat));
	assert_int_equal(ops->join_use(m.store, j.hash, &j), ERR_OK);
	assert_memory_equal(&j.seat, &there, sizeof(there));
	assert_int_equal(ops->terminal_find(m.store, MADE_TERMINAL, &t),
	    ERR_OK);
	assert_string_equal(t.seat.department, "");
	assert_int_equal(ops->terminal_move(m.store, MADE_TERMINAL, &there),
	    ERR_OK);
	assert_int_equal(ops->terminal_find(m.store, MADE_TERMINAL, &t),
	    ERR_OK);
	assert_memory_equal(&t.seat, &there, sizeof(there));
	t.number = 8;
	t.cert[0] ^= 1;
	assert_int_equal(ops->terminal_add(m.store, &t), ERR_OK);
	assert_int_equal(ops->terminal_by_cert(m.store, t.cert, &t), ERR_OK);
	assert_memory_equal(&t.seat, &there, sizeof(there));
	assert_int_equal(ops->terminal_move(m.store, 99, &there),
	    ERR_NOT_FOUND);
	drop("DROP TABLE terminal");
	assert_int_equal(ops->terminal_move(m.store, 8, &there), ERR_LEDGER);
}

static enum err
see_switch(const struct switch_word *w, void *user)
{
	char *said = user;

	sprintf(said + strlen(said), "%s %s %d %u %s\n",
	    switch_scope_word(w->scope), w->what, w->open,
	    (unsigned)w->at_ms, w->who);
	return ERR_OK;
}

static enum err
see_closed(const struct terminal *t, void *user)
{
	*(unsigned *)user += t->closed;
	return ERR_OK;
}

/* It is open by all words said so far, in each way to ask. */
static void
assert_open(bool want)
{
	const struct store_ops *ops = m.store->ops;
	struct store_counts c;
	unsigned closed = 0;
	bool open = !want;

	assert_int_equal(ops->switch_of(m.store, MADE_TERMINAL, &open),
	    ERR_OK);
	assert_true(open == want);
	assert_int_equal(ops->terminal_each(m.store, see_closed, &closed),
	    ERR_OK);
	assert_int_equal(closed, want ? 0 : 1);
	assert_int_equal(ops->count(m.store, &c), ERR_OK);
	assert_true(c.closed == closed);
}

static void
say_switch(enum switch_scope scope, const char *what, bool open)
{
	struct switch_word w = { .scope = scope, .open = open, .at_ms = 5,
		.who = "us" };

	MADE_COPY(w.what, what);
	assert_int_equal(m.store->ops->switch_set(m.store, &w), ERR_OK);
}

static void
forget_switch(enum switch_scope scope, const char *what)
{
	assert_int_equal(m.store->ops->switch_forget(m.store, scope, what),
	    ERR_OK);
}

/* All four words against and for: each one more precise turns it over. */
static void
the_most_precise_word_counts(void **state)
{
	static const struct seat seat = { "2A0000017", "", "borne", "35" };
	char said[128] = "";

	(void)state;
	assert_int_equal(m.store->ops->terminal_move(m.store, MADE_TERMINAL,
	    &seat), ERR_OK);
	assert_open(true);
	say_switch(SWITCH_ALL, "", false);
	assert_open(false);
	say_switch(SWITCH_PROFILE, "borne", true);
	assert_open(true);
	say_switch(SWITCH_DEPARTMENT, "35", false);
	assert_open(false);
	say_switch(SWITCH_SITE, "2A0000017", true);
	assert_open(true);
	/* Others' words are not about it. */
	say_switch(SWITCH_SITE, "2A0000018", false);
	say_switch(SWITCH_DEPARTMENT, "29", true);
	assert_open(true);
	assert_int_equal(m.store->ops->switch_each(m.store, see_switch,
	    said), ERR_OK);
	assert_string_equal(said, "all  0 5 us\nprofile borne 1 5 us\n"
	    "department 29 1 5 us\ndepartment 35 0 5 us\n"
	    "site 2A0000017 1 5 us\nsite 2A0000018 0 5 us\n");
	forget_switch(SWITCH_SITE, "2A0000017");
	assert_open(false);
	forget_switch(SWITCH_DEPARTMENT, "35");
	assert_open(true);
	say_switch(SWITCH_PROFILE, "borne", false);
	assert_open(false);
	forget_switch(SWITCH_PROFILE, "borne");
	say_switch(SWITCH_ALL, "", true);
	assert_open(true);
	forget_switch(SWITCH_ALL, "");
	assert_open(true);
	assert_int_equal(m.store->ops->switch_forget(m.store, SWITCH_ALL,
	    ""), ERR_NOT_FOUND);
}

static void
a_place_of_no_department_is_judged_by_the_rest(void **state)
{
	bool open;

	(void)state;
	say_switch(SWITCH_DEPARTMENT, "35", false);
	assert_open(true);
	say_switch(SWITCH_ALL, "", false);
	say_switch(SWITCH_DEPARTMENT, "35", true);
	assert_open(false);
	say_switch(SWITCH_SITE, "2A0000017", true);
	assert_open(true);
	assert_int_equal(m.store->ops->switch_of(m.store, 99, &open),
	    ERR_NOT_FOUND);
}

static void
a_ledger_without_a_switch_opens_nothing(void **state)
{
	const struct switch_word w = { .scope = SWITCH_ALL };
	const struct store_ops *ops = m.store->ops;
	struct store_counts c;
	unsigned n = 0;
	bool open;

	(void)state;
	drop("DROP TABLE switch");
	assert_int_equal(ops->switch_set(m.store, &w), ERR_LEDGER);
	assert_int_equal(ops->switch_forget(m.store, SWITCH_ALL, ""),
	    ERR_LEDGER);
	assert_int_equal(ops->switch_each(m.store, see_switch, NULL),
	    ERR_LEDGER);
	assert_int_equal(ops->switch_of(m.store, MADE_TERMINAL, &open),
	    ERR_LEDGER);
	assert_int_equal(ops->terminal_each(m.store, see_closed, &n),
	    ERR_LEDGER);
	assert_int_equal(ops->count(m.store, &c), ERR_LEDGER);
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_LEDGER);
	/* What was enrolled is taken all the same. */
	assert_int_equal(send_body(), ERR_OK);
}

static enum err
see_tally(const struct tally *t, void *user)
{
	char *said = user;

	assert_int_equal(t->kind, OUTCOME_OPENED);
	sprintf(said + strlen(said), "%u %s %s %u\n", t->day, t->channel,
	    t->department, (unsigned)t->n);
	return ERR_OK;
}

static void
a_day_is_kept_in_numbers(void **state)
{
	const struct store_ops *ops = m.store->ops;
	struct tally t = { 20261121, OUTCOME_OPENED, "borne", "13", 2 };
	char said[128] = "";

	(void)state;
	assert_int_equal(ops->tally_add(m.store, &t), ERR_OK);
	assert_int_equal(ops->tally_add(m.store, &t), ERR_OK);
	t.department[0] = '\0';
	assert_int_equal(ops->tally_add(m.store, &t), ERR_OK);
	t.day--;
	assert_int_equal(ops->tally_add(m.store, &t), ERR_OK);
	assert_int_equal(ops->tally_each(m.store, t.day + 1, see_tally, said),
	    ERR_OK);
	assert_string_equal(said, "20261121 borne  2\n20261121 borne 13 4\n");
	drop("DROP TABLE tally");
	assert_int_equal(ops->tally_add(m.store, &t), ERR_LEDGER);
	assert_int_equal(ops->tally_each(m.store, 0, see_tally, said),
	    ERR_LEDGER);
}

static enum err
see_refusal(int reason, uint64_t n, void *user)
{
	*(uint64_t *)user += (uint64_t)reason * 1000 + n;
	return ERR_OK;
}

static void
refusals_are_counted_by_reason(void **state)
{
	struct settlement w = { .entry = 1 };
	uint64_t sum = 0;
	struct store_counts c;
	bool fresh;

	(void)state;
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(m.store->ops->count(m.store, &c), ERR_OK);
	assert_true(c.waiting == 1 && c.since_ms == MADE_NOW);
	w.note.kind = OUTCOME_REFUSED;
	w.note.terminal = MADE_TERMINAL;
	w.note.reason = 742;
	assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh), ERR_OK);
	assert_int_equal(m.store->ops->refusal_each(m.store, see_refusal,
	    &sum), ERR_OK);
	assert_int_equal(sum, 742001);
	assert_int_equal(m.store->ops->count(m.store, &c), ERR_OK);
	assert_true(c.refused == 1 && c.since_ms == 0);
}

static void
a_renewed_terminal_has_two_certificates(void **state)
{
	uint8_t next[CERT_LEN] = { 1 }, last[CERT_LEN] = { 2 };
	const struct store_ops *ops = m.store->ops;
	struct terminal t;

	(void)state;
	assert_int_equal(ops->terminal_renew(m.store, MADE_TERMINAL, m.cert,
	    next), ERR_OK);
	assert_int_equal(ops->terminal_by_cert(m.store, m.cert, &t), ERR_OK);
	assert_int_equal(ops->terminal_by_cert(m.store, next, &t), ERR_OK);
	assert_true(t.number == MADE_TERMINAL);
	assert_int_equal(ops->terminal_renew(m.store, MADE_TERMINAL, next,
	    last), ERR_OK);
	assert_int_equal(ops->terminal_by_cert(m.store, m.cert, &t),
	    ERR_NOT_FOUND);
	assert_int_equal(ops->terminal_by_cert(m.store, last, &t), ERR_OK);
	assert_int_equal(ops->terminal_renew(m.store, 99, next, last),
	    ERR_NOT_FOUND);
}

static enum err
see_opening(const struct opening_row *o, void *user)
{
	char *said = user;

	assert_true(o->said[0] == o->number);
	sprintf(said + strlen(said), "%u %u %u\n", o->number,
	    (unsigned)o->since_ms, (unsigned)o->retired_ms);
	return ERR_OK;
}

static enum err
see_use(uint32_t number, uint64_t terminals, uint64_t waiting, void *user)
{
	char *said = user;

	sprintf(said + strlen(said), "%u %u %u\n", number,
	    (unsigned)terminals, (unsigned)waiting);
	return ERR_OK;
}

static void
opening_keys_are_told_in_order(void **state)
{
	struct opening_row two = { .number = 2, .since_ms = 20, .said = { 2 } },
	    one = { .number = 1, .since_ms = 10, .said = { 1 } };
	const struct store_ops *ops = m.store->ops;
	struct opening_span span = { 9, 9, 9 };
	struct store_counts c;
	struct terminal t;
	char said[128] = "";

	(void)state;
	assert_int_equal(ops->opening_span(m.store, &span), ERR_OK);
	assert_true(span.oldest == 0 && span.newest == 0 &&
	    span.retired == 0);
	assert_int_equal(ops->opening_add(m.store, &two), ERR_OK);
	assert_int_equal(ops->opening_add(m.store, &one), ERR_OK);
	assert_int_equal(ops->opening_add(m.store, &one), ERR_CONFLICT);
	assert_int_equal(ops->opening_span(m.store, &span), ERR_OK);
	assert_true(span.oldest == 1 && span.newest == 2);
	assert_int_equal(ops->count(m.store, &c), ERR_OK);
	assert_true(c.opening == 2 && c.behind == 1);
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(ops->terminal_opening(m.store, MADE_TERMINAL, 2),
	    ERR_OK);
	assert_int_equal(ops->terminal_find(m.store, MADE_TERMINAL, &t),
	    ERR_OK);
	assert_true(t.opening_key == 2);
	assert_int_equal(ops->count(m.store, &c), ERR_OK);
	assert_true(c.opening == 2 && c.behind == 0);
	assert_int_equal(ops->opening_uses(m.store, see_use, said), ERR_OK);
	assert_string_equal(said, "2 1 0\n2 0 1\n");
	assert_int_equal(ops->opening_end(m.store, 1, 30), ERR_OK);
	assert_int_equal(ops->opening_end(m.store, 1, 40), ERR_NOT_FOUND);
	said[0] = '\0';
	assert_int_equal(ops->opening_each(m.store, see_opening, said),
	    ERR_OK);
	assert_string_equal(said, "1 10 30\n2 20 0\n");
	assert_int_equal(ops->opening_span(m.store, &span), ERR_OK);
	assert_true(span.oldest == 2 && span.newest == 2 &&
	    span.retired == 1);
	assert_int_equal(ops->terminal_hush(m.store), ERR_OK);
	/* Who is revoked needs none. */
	assert_int_equal(ops->terminal_state(m.store, MADE_TERMINAL,
	    TERMINAL_REVOKED), ERR_OK);
	said[0] = '\0';
	assert_int_equal(ops->opening_uses(m.store, see_use, said), ERR_OK);
	assert_string_equal(said, "2 0 1\n");
}

static void
a_ledger_without_opening_keys_takes_nothing(void **state)
{
	const struct store_ops *ops = m.store->ops;
	struct opening_row one = { .number = 1 };
	struct opening_span span;
	struct store_counts c;

	(void)state;
	drop("DROP TABLE opening");
	assert_int_equal(send_body(), ERR_LEDGER);
	assert_int_equal(ops->opening_add(m.store, &one), ERR_LEDGER);
	assert_int_equal(ops->opening_end(m.store, 1, 1), ERR_LEDGER);
	assert_int_equal(ops->opening_span(m.store, &span), ERR_LEDGER);
	assert_int_equal(ops->opening_each(m.store, see_opening, NULL),
	    ERR_LEDGER);
	assert_int_equal(ops->count(m.store, &c), ERR_LEDGER);
	drop("ALTER TABLE terminal RENAME COLUMN opening_key TO gone");
	assert_int_equal(ops->terminal_opening(m.store, 1, 1), ERR_LEDGER);
	assert_int_equal(ops->opening_uses(m.store, see_use, NULL),
	    ERR_LEDGER);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
#define LEDGER_TESTS						\
	TEST(it_is_all_there_after_a_restart),			\
	TEST(a_number_or_certificate_is_one_terminals),		\
	TEST(an_identifier_is_lent_once),			\
	TEST(a_renewed_terminal_has_two_certificates),		\
	TEST(every_identifier_is_accounted_for),		\
	TEST(an_older_ledger_is_brought_forward),		\
	TEST(opening_keys_are_told_in_order),			\
	TEST(a_place_is_kept_and_changed),			\
	TEST(the_most_precise_word_counts),			\
	TEST(a_place_of_no_department_is_judged_by_the_rest),	\
	TEST(a_ledger_without_a_switch_opens_nothing),		\
	TEST(a_ledger_without_opening_keys_takes_nothing),	\
	TEST(a_day_is_kept_in_numbers),				\
	TEST(refusals_are_counted_by_reason),			\
	TEST(a_ledger_without_entries_answers_nothing),		\
	TEST(a_ledger_without_alarms_accuses_nobody),		\
	TEST(a_ledger_without_leases_lends_nothing),		\
	TEST(a_ledger_without_notes_hands_none_on),		\
	TEST(many_terminals_are_asked_for_at_once),			\
	TEST(a_ledger_without_terminals_knows_nobody)

#endif
