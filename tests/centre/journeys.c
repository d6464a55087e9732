/*
 * journeys: the life of dossiers, from records as a desk would send them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/log.h"
#include "tests/centre/served.h"

static unsigned given; /* identifiers so far */

static int
start(void **state)
{
	given = 0;
	return setup(state);
}

/* The made person asks for that. */
static void
ask(enum record_kind kind)
{
	make_kind(rec, kind);
	if (rec->account.wanted)
		identifier_text(lent[given++], false,
		    rec->account.identifier);
}

/* The record as it stands arrives and is settled. */
static void
settle(enum outcome_kind kind, enum err why)
{
	uint64_t before = traces();

	arrive();
	run(1, 0);
	assert_outcome(kind, why);
	assert_true(traces() == before + 1);
}

static void
act(enum record_kind kind, enum outcome_kind outcome, enum err why)
{
	ask(kind);
	settle(outcome, why);
}

static struct dossier
dossier(void)
{
	struct listed l = listed();

	assert_int_equal(l.n, 1);
	return l.last;
}

static void
law(enum regime regime)
{
	opener_free(opener);
	m.set.regime = (int)regime;
	assert_int_equal(opener_new(m.store, vault, &m.opener, &m.set,
	    &opener), ERR_OK);
}

/* What an act's document says, read back with the keys. */
static void
read_back(const struct rid *rid, struct record *out)
{
	struct buf b;

	assert_int_equal(buf_init_secret(&b, RECORD_ROOM), ERR_OK);
	assert_int_equal(vault_read(vault, rid, &b), ERR_OK);
	assert_int_equal(record_read(b.p, b.len, out), ERR_OK);
	buf_clear(&b);
}

static void
a_child_has_a_dossier_of_its_own(void **state)
{
	struct record *back = record_new();
	struct dossier d;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	assert_string_equal(dossier().subject, "adult");
	assert_false(dossier().represented);
	/* On the same card, under the same number. */
	ask(RECORD_OPEN);
	make_minor(rec);
	settle(OUTCOME_OPENED, ERR_OK);
	d = listed().last;
	assert_int_equal(listed().n, 2);
	assert_string_equal(d.subject, "minor");
	assert_true(d.represented && d.account);
	read_back(&rec->rid, back);
	assert_string_equal(back->representative.given, "DOMINIQUE");
	assert_int_equal(back->representative.role, ROLE_MTH);
	record_free(back);
}

static void
a_child_alone_opens_nothing(void **state)
{
	(void)state;
	ask(RECORD_OPEN);
	make_minor(rec);
	rec->representative.there = false;
	settle(OUTCOME_REFUSED, ERR_RULE_REPRESENTATIVE);
	assert_int_equal(dossiers(), 0);
}

static void
a_protected_adult_opens_as_the_measure_says(void **state)
{
	(void)state;
	ask(RECORD_OPEN);
	rec->subject.status = SUBJECT_PROTECTED;
	rec->subject.measure = MEASURE_CURATELLE;
	settle(OUTCOME_OPENED, ERR_OK);
	assert_string_equal(dossier().subject, "protected");
	assert_false(dossier().represented);
	ask(RECORD_OPEN);
	make_minor(rec);
	MADE_COPY(rec->identity.birth, "19421901");
	rec->subject.status = SUBJECT_PROTECTED;
	rec->subject.measure = MEASURE_TUTELLE;
	rec->subject.assent = ASSENT_NOT_ABLE;
	settle(OUTCOME_OPENED, ERR_OK);
	assert_true(listed().last.represented);
}

/* Who lost the secrets gets others, and the lost ones open nothing. */
static void
lost_secrets_are_replaced(void **state)
{
	struct dossier d;
	bool used;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	act(RECORD_REISSUE, OUTCOME_REISSUED, ERR_OK);
	d = dossier();
	assert_int_equal(d.state, DOSSIER_OPENED);
	assert_true(d.account && d.acts == 2);
	assert_int_equal(loan_of(lent[0]), LOAN_USED);
	assert_int_equal(loan_of(lent[1]), LOAN_USED);
	assert_int_equal(vault_identifier_used(vault, lent[0], &used),
	    ERR_OK);
	assert_true(used);
}

/* A dossier without an account gets its first the same way. */
static void
an_account_can_come_later(void **state)
{
	(void)state;
	ask(RECORD_OPEN);
	memset(&rec->contact, 0, sizeof(rec->contact));
	memset(&rec->account, 0, sizeof(rec->account));
	rec->news.confirmation = CONFIRM_NONE;
	settle(OUTCOME_OPENED, ERR_OK);
	assert_false(dossier().account);
	act(RECORD_REISSUE, OUTCOME_REISSUED, ERR_OK);
	assert_true(dossier().account);
}

/* The last that came to the centre holds, whatever a desk's clock says. */
static void
the_last_preferences_hold(void **state)
{
	struct record *back = record_new();
	struct rid first;
	struct dossier d;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	first = rec->rid;
	d = dossier();
	assert_true(d.samu_opposed && d.sensitive && !d.masked);
	assert_true(d.allowed == 2 && d.blocked == 1);
	assert_true(d.doctor && d.emergency);
	assert_string_equal(d.alerts, "first");
	assert_string_equal(d.confirmation, "email");
	ask(RECORD_PREFERENCES);
	memset(&rec->access, 0, sizeof(rec->access));
	memset(&rec->doctor, 0, sizeof(rec->doctor));
	memset(&rec->emergency, 0, sizeof(rec->emergency));
	rec->access.break_glass_opposed = rec->access.masked = true;
	rec->news.alerts = ALERTS_EACH;
	rec->news.confirmation = CONFIRM_POST;
	rec->made_ms--;
	settle(OUTCOME_UPDATED, ERR_OK);
	d = dossier();
	assert_true(!d.samu_opposed && d.break_glass_opposed && d.masked);
	assert_true(!d.sensitive && d.allowed == 0 && d.blocked == 0);
	assert_true(!d.doctor && !d.emergency && d.account);
	assert_string_equal(d.alerts, "each");
	assert_string_equal(d.confirmation, "post");
	/* Both are kept. */
	assert_true(d.acts == 2);
	read_back(&first, back);
	assert_true(back->access.samu_opposed);
	read_back(&rec->rid, back);
	assert_true(back->access.masked);
	record_free(back);
}

static void
a_closed_dossier_is_kept_and_shut(void **state)
{
	struct record *back = record_new();
	struct rid first;
	struct dossier d;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	first = rec->rid;
	act(RECORD_CLOSE, OUTCOME_CLOSED, ERR_OK);
	d = dossier();
	assert_int_equal(d.state, DOSSIER_CLOSED);
	assert_true(d.opened_ms == MADE_NOW && d.closed_ms == MADE_NOW);
	assert_false(d.account);
	act(RECORD_CLOSE, OUTCOME_REFUSED, ERR_RULE_CLOSED);
	act(RECORD_REISSUE, OUTCOME_REFUSED, ERR_RULE_CLOSED);
	act(RECORD_PREFERENCES, OUTCOME_REFUSED, ERR_RULE_CLOSED);
	act(RECORD_OPEN, OUTCOME_REFUSED, ERR_RULE_CLOSED);
	assert_true(dossier().acts == 2);
	read_back(&first, back);
	assert_string_equal(back->emergency.name, "ESSAI CAMILLE");
	record_free(back);
}

static void
a_reopened_dossier_is_as_it_was(void **state)
{
	struct dossier before, d;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	before = dossier();
	act(RECORD_CLOSE, OUTCOME_CLOSED, ERR_OK);
	ask(RECORD_REOPEN);
	rec->consent.at_ms += 1;
	MADE_COPY(rec->notice.version, "2");
	settle(OUTCOME_REOPENED, ERR_OK);
	d = dossier();
	assert_int_equal(d.state, DOSSIER_OPENED);
	assert_memory_equal(d.id, before.id, sizeof(d.id));
	assert_true(d.opened_ms == before.opened_ms && d.closed_ms == 0);
	assert_true(d.samu_opposed && d.allowed == 2 && d.doctor);
	/* But the consent is the new one, and so are the secrets. */
	assert_true(d.consent_ms == before.consent_ms + 1);
	assert_string_equal(d.notice_version, "2");
	assert_true(d.account);
	assert_int_equal(loan_of(lent[given - 1]), LOAN_USED);
	act(RECORD_REOPEN, OUTCOME_ALREADY_OPEN, ERR_OK);
	assert_int_equal(loan_of(lent[given - 1]), LOAN_VOID);
}

/* All that wants a dossier. */
static void
nothing_can_change(void)
{
	static const enum record_kind kinds[] = { RECORD_REISSUE,
		RECORD_PREFERENCES, RECORD_CLOSE, RECORD_REOPEN };

	for (size_t i = 0; i < 4; i++)
		act(kinds[i], OUTCOME_REFUSED, ERR_RULE_NO_DOSSIER);
}

static void
what_is_not_there_does_not_change(void **state)
{
	(void)state;
	nothing_can_change();
	assert_int_equal(dossiers(), 0);
	assert_int_equal(loan_of(lent[0]), LOAN_VOID);
}

static void
an_opposition_keeps_the_dossier_shut(void **state)
{
	struct dossier d;

	(void)state;
	law(REGIME_MES);
	act(RECORD_OPPOSE, OUTCOME_OPPOSED, ERR_OK);
	d = dossier();
	assert_int_equal(d.state, DOSSIER_OPPOSED);
	assert_true(d.opened_ms == 0 && d.changed_ms == MADE_NOW);
	assert_false(d.account);
	act(RECORD_OPPOSE, OUTCOME_OPPOSED, ERR_OK);
	assert_true(dossier().acts == 2);
	law(REGIME_DMP);
	act(RECORD_OPEN, OUTCOME_REFUSED, ERR_RULE_OPPOSED);
	nothing_can_change();
	assert_int_equal(dossier().state, DOSSIER_OPPOSED);
}

static void
what_is_open_is_closed_not_opposed(void **state)
{
	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	law(REGIME_MES);
	act(RECORD_OPPOSE, OUTCOME_REFUSED, ERR_RULE_HAS_DOSSIER);
	ask(RECORD_CLOSE);
	rec->regime = REGIME_MES;
	settle(OUTCOME_CLOSED, ERR_OK);
	act(RECORD_OPPOSE, OUTCOME_REFUSED, ERR_RULE_HAS_DOSSIER);
}

static void
each_law_has_its_acts(void **state)
{
	(void)state;
	act(RECORD_OPPOSE, OUTCOME_REFUSED, ERR_RULE_REGIME);
	law(REGIME_MES);
	act(RECORD_OPEN, OUTCOME_REFUSED, ERR_RULE_REGIME);
	ask(RECORD_OPEN);
	rec->regime = REGIME_MES;
	settle(OUTCOME_REFUSED, ERR_RULE_REGIME);
	assert_int_equal(dossiers(), 0);
}

/* Several acts of one person in one batch follow each other. */
static void
one_batch_keeps_the_order(void **state)
{
	(void)state;
	ask(RECORD_OPEN);
	arrive();
	ask(RECORD_CLOSE);
	arrive();
	ask(RECORD_REOPEN);
	arrive();
	ask(RECORD_PREFERENCES);
	arrive();
	run(4, 0);
	assert_outcome(OUTCOME_UPDATED, ERR_OK);
	assert_int_equal(dossier().state, DOSSIER_OPENED);
	assert_true(dossier().acts == 4);
}

#define DAY_MS	  (24 * (uint64_t)3600 * 1000)
#define TEN_YEARS ((uint64_t)3652 * DAY_MS) /* from MADE_NOW: 3 leap days */

static void
after_ten_years_nothing_is_left(void **state)
{
	struct buf b;
	struct rid first;
	struct dossier d;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	first = rec->rid;
	act(RECORD_CLOSE, OUTCOME_CLOSED, ERR_OK);
	run_at(MADE_NOW + TEN_YEARS - DAY_MS, 0, 0);
	assert_int_equal(dossier().state, DOSSIER_CLOSED);
	run_at(MADE_NOW + TEN_YEARS + 2 * DAY_MS, 0, 0);
	d = dossier();
	assert_int_equal(d.state, DOSSIER_DESTROYED);
	assert_true(traces() == 3);
	assert_int_equal(buf_init_secret(&b, RECORD_ROOM), ERR_OK);
	assert_int_equal(vault_read(vault, &first, &b), ERR_NOT_FOUND);
	buf_clear(&b);
	/* The person is a stranger again. */
	act(RECORD_REOPEN, OUTCOME_REFUSED, ERR_RULE_NO_DOSSIER);
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	assert_int_equal(dossiers(), 2);
}

/* Closed on 29 February 2028: there is no such day in 2038. */
static void
a_leap_day_is_no_trap(void **state)
{
	const uint64_t leap = 1835438400000; /* noon */
	const uint64_t last = 2150971200000; /* noon of 28 February 2038 */

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	ask(RECORD_CLOSE);
	arrive();
	run_at(leap, 1, 0);
	assert_int_equal(dossier().state, DOSSIER_CLOSED);
	run_at(last, 0, 0);
	assert_int_equal(dossier().state, DOSSIER_CLOSED);
	run_at(last + DAY_MS, 0, 0);
	assert_int_equal(dossier().state, DOSSIER_DESTROYED);
}

/* Whatever is asked for the dead, the answer is the same. */
static void
the_dead_ask_for_nothing(void **state)
{
	const struct trace by = { .at_ms = MADE_NOW, .who = "root" };

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED, ERR_OK);
	assert_int_equal(vault_deceased(vault, dossier().id, by), ERR_OK);
	assert_int_equal(dossier().state, DOSSIER_DECEASED);
	act(RECORD_REOPEN, OUTCOME_REFUSED, ERR_RULE_DECEASED);
	act(RECORD_OPEN, OUTCOME_REFUSED, ERR_RULE_DECEASED);
	act(RECORD_CLOSE, OUTCOME_REFUSED, ERR_RULE_DECEASED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_child_has_a_dossier_of_its_own),
		TEST(a_child_alone_opens_nothing),
		TEST(a_protected_adult_opens_as_the_measure_says),
		TEST(lost_secrets_are_replaced),
		TEST(an_account_can_come_later),
		TEST(the_last_preferences_hold),
		TEST(a_closed_dossier_is_kept_and_shut),
		TEST(a_reopened_dossier_is_as_it_was),
		TEST(what_is_not_there_does_not_change),
		TEST(an_opposition_keeps_the_dossier_shut),
		TEST(what_is_open_is_closed_not_opposed),
		TEST(each_law_has_its_acts),
		TEST(one_batch_keeps_the_order),
		TEST(after_ten_years_nothing_is_left),
		TEST(a_leap_day_is_no_trap),
		TEST(the_dead_ask_for_nothing),
	};

	log_open("journeys", true);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
