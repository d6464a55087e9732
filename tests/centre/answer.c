/* answer: who may ask, what they are told, and how often a code is tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "centre/announce.h"
#include "centre/answer.h"
#include "centre/parcel.h"
#include "tests/centre/served.h"
#include "tests/envelope/asked.h"

#define MINUTE ((uint64_t)60000)

static struct answerer *answerer;
static struct asker asker;
static struct question q;
static struct response said;
static uint8_t notice_secret[BOX_SECRET_LEN];
static uint64_t now;

static int
begin(void **state)
{
	if (setup(state) != 0)
		return -1;
	asker_make(&asker);
	asker.keys.sign_secret = m.sign;
	memcpy(asker.keys.opening_public, m.opening_public, BOX_PUBLIC_LEN);
	box_keypair(notice_secret, m.opener.notice);
	m.opener.vault.notice = m.opener.notice;
	MADE_COPY(m.set.mail, "smtp://127.0.0.1:1");
	MADE_COPY(m.set.sms, "http://127.0.0.1:1/");
	now = MADE_NOW;
	return answerer_new(m.store, vault, &m.opener, &m.set, &answerer) ==
	    ERR_OK ? 0 : -1;
}

static int
end(void **state)
{
	answerer_free(answerer);
	return teardown(state);
}

/* Ask as q stands, under a new id and at this moment. */
static enum err
send_as_is(void)
{
	struct buf b, out;
	enum err r;

	buf_init(&b);
	buf_init(&out);
	assert_int_equal(question_write(&q, &asker.keys, &b), ERR_OK);
	r = answerer_go(answerer, b.p, b.len, now, &out);
	if (r == ERR_OK) {
		assert_int_equal(out.len, RESPONSE_LEN);
		assert_int_equal(response_open(out.p, out.len, asker.reply,
		    m.outcome_public, &said), ERR_OK);
		assert_memory_equal(said.id.b, q.id.b, RID_LEN);
		assert_int_equal(said.terminal, q.terminal);
	} else {
		assert_int_equal(out.len, 0);
	}
	buf_clear(&b);
	buf_clear(&out);
	return r;
}

static enum err
ask(void)
{
	rid_make(now, &q.id);
	q.at_ms = now;
	return send_as_is();
}

/* It is answered: the word. */
static enum response_word
asked(void)
{
	assert_int_equal(ask(), ERR_OK);
	return said.word;
}

static enum response_word
told(enum question_kind kind)
{
	make_question(&q, kind, &asker);
	return asked();
}

/* Whoever stands there types that code. */
static enum response_word
checked(const char *code)
{
	make_question(&q, QUESTION_CHECK, &asker);
	MADE_COPY(q.code, code);
	return asked();
}

/* The code that is on its way, out of the outbox, as guichet-notice reads
 * it. */
static void
read_code(char out[CODE_LEN + 1])
{
	struct announcement *a = secret_alloc(sizeof(*a));
	struct parcel *p = NULL;
	struct notice_row row;
	struct buf sealed, plain;

	buf_init(&sealed);
	assert_int_equal(parcel_new(&p), ERR_OK);
	assert_int_equal(buf_init_secret(&plain, ANNOUNCE_ROOM), ERR_OK);
	assert_int_equal(vault_notice_due(vault, WAY_SMS, true, now, &row,
	    &sealed), ERR_OK);
	assert_int_equal(parcel_open(p, notice_secret, sealed.p, sealed.len,
	    &plain), ERR_OK);
	assert_int_equal(announce_read(plain.p, plain.len, a), ERR_OK);
	assert_int_equal(strlen(a->code), CODE_LEN);
	assert_string_equal(a->to, q.to);
	memcpy(out, a->code, CODE_LEN + 1);
	buf_clear(&sealed);
	buf_clear(&plain);
	parcel_free(p);
	secret_free(a);
}

static void
send_code(char out[CODE_LEN + 1])
{
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
	read_code(out);
}

static void
open_dossier(void)
{
	arrive();
	run(1, 0);
}

static void
close_dossier(void)
{
	make_kind(rec, RECORD_CLOSE);
	arrive();
	run(1, 0);
}

static void
it_says_what_the_person_has(void **state)
{
	(void)state;
	assert_int_equal(told(QUESTION_DOSSIER), RESPONSE_NONE);
	open_dossier();
	assert_int_equal(told(QUESTION_DOSSIER), RESPONSE_OPENED);
	/* As the vault knows them, however the names are written. */
	make_question(&q, QUESTION_DOSSIER, &asker);
	MADE_COPY(q.given, "alainbis eloise");
	assert_int_equal(asked(), RESPONSE_OPENED);
	MADE_COPY(q.given, "CLAUDE");
	assert_int_equal(asked(), RESPONSE_NONE);
	close_dossier();
	assert_int_equal(told(QUESTION_DOSSIER), RESPONSE_CLOSED);
}

struct seen {
	unsigned n;
	struct trace_line last;
};

static enum err
see_trace(const struct trace_line *l, void *user)
{
	struct seen *s = user;

	s->n++;
	s->last = *l;
	return ERR_OK;
}

static void
each_question_leaves_its_trace(void **state)
{
	struct seen s = { .n = 0 };
	uint64_t before;

	(void)state;
	open_dossier();
	before = traces();
	assert_int_equal(told(QUESTION_DOSSIER), RESPONSE_OPENED);
	assert_true(traces() == before + 1);
	assert_int_equal(vault_traces(vault, NULL, before, TRACE_LAST,
	    see_trace, &s), ERR_OK);
	assert_string_equal(s.last.action, "asked-dossier");
	assert_string_equal(s.last.who, q.operator_id);
	assert_string_equal(s.last.profession, q.profession);
	assert_string_equal(s.last.site, q.site_id);
	/* The holder sees it among those of their own dossier. */
	assert_memory_equal(s.last.subject, listed().last.id,
	    TRACE_SUBJECT_LEN);
	assert_memory_equal(s.last.rid.b, q.id.b, RID_LEN);
	/* One that is refused leaves one too. */
	assert_int_equal(send_as_is(), ERR_ASKED_BEFORE);
	assert_int_equal(vault_traces(vault, NULL, before + 1, TRACE_LAST,
	    see_trace, &s), ERR_OK);
	assert_string_equal(s.last.action, "question-refused");
	assert_true(traces() == before + 2);
}

static void
none_is_answered_twice_or_late(void **state)
{
	(void)state;
	assert_int_equal(told(QUESTION_DOSSIER), RESPONSE_NONE);
	assert_int_equal(send_as_is(), ERR_ASKED_BEFORE);
	now += 4 * MINUTE;
	assert_int_equal(send_as_is(), ERR_ASKED_BEFORE);
	rid_make(now, &q.id);
	q.at_ms = now - INQUIRY_NEAR_MS - 1;
	assert_int_equal(send_as_is(), ERR_ASKED_BEFORE);
	q.at_ms = now + INQUIRY_NEAR_MS + 1;
	assert_int_equal(send_as_is(), ERR_ASKED_BEFORE);
	q.at_ms = now + INQUIRY_NEAR_MS;
	assert_int_equal(send_as_is(), ERR_OK);
	/* After the hour in which ids are kept, its time is too old. */
	now += 2 * 60 * MINUTE;
	assert_int_equal(send_as_is(), ERR_ASKED_BEFORE);
}

static void
only_terminals_of_ours_ask(void **state)
{
	struct asker other;

	(void)state;
	asker_make(&other);
	make_question(&q, QUESTION_DOSSIER, &asker);
	q.terminal = 8;
	assert_int_equal(ask(), ERR_TERMINAL_UNKNOWN);
	make_question(&q, QUESTION_DOSSIER, &asker);
	asker.keys.sign_secret = other.sign;
	assert_int_equal(ask(), ERR_ENV_SIGNATURE);
	asker.keys.sign_secret = m.sign;
	asker.keys.sign_number = 2;
	assert_int_equal(ask(), ERR_EPOCH);
	asker.keys.sign_number = 1;
	asker.keys.opening_number = 9;
	assert_int_equal(ask(), ERR_OPENING_KEY);
	asker.keys.opening_number = 2;
	q.training = false;
	assert_int_equal(ask(), ERR_RULE_MODE);
	q.training = true;
	assert_int_equal(m.store->ops->terminal_state(m.store, MADE_TERMINAL,
	    TERMINAL_REVOKED), ERR_OK);
	assert_int_equal(ask(), ERR_TERMINAL_UNKNOWN);
	assert_true(traces() == 0);
}

static void
nobody_goes_through_a_list_of_people(void **state)
{
	(void)state;
	make_question(&q, QUESTION_DOSSIER, &asker);
	for (unsigned i = 0; i < INQUIRY_PEOPLE_MAX; i++) {
		(void)snprintf(q.nir, sizeof(q.nir), "14219629651%02u", i);
		assert_int_equal(ask(), ERR_OK);
	}
	/* Of who stands there it may ask on; of nobody else. */
	assert_int_equal(ask(), ERR_OK);
	MADE_COPY(q.given, "CLAUDE");
	assert_int_equal(ask(), ERR_ASKED_OFTEN);
	now += 61 * MINUTE;
	assert_int_equal(ask(), ERR_OK);
	for (unsigned i = 1; i < INQUIRY_HOUR_MAX; i++)
		assert_int_equal(ask(), ERR_OK);
	assert_int_equal(ask(), ERR_ASKED_OFTEN);
}

static void
a_right_code_is_vouched_for(void **state)
{
	struct vouch v;
	char code[CODE_LEN + 1];

	(void)state;
	send_code(code);
	assert_int_equal(checked(code), RESPONSE_RIGHT);
	v = (struct vouch){ .terminal = q.terminal, .about = q.about,
		.reach = q.reach, .to = q.to };
	assert_int_equal(vouch_check(said.vouch, VOUCH_LEN, m.outcome_public,
	    &v), ERR_OK);
	assert_true(v.at_ms == now);
	/* Good once. */
	assert_int_equal(asked(), RESPONSE_EXPIRED);
}

/* Another code than that one. */
static void
spoil(char code[CODE_LEN + 1])
{
	code[0] = code[0] == '9' ? '0' : (char)(code[0] + 1);
}

static void
three_wrong_ones_and_one_waits(void **state)
{
	char code[CODE_LEN + 1];

	(void)state;
	send_code(code);
	make_question(&q, QUESTION_CHECK, &asker);
	spoil(code);
	MADE_COPY(q.code, code);
	for (uint8_t left = 2; left > 0; left--) {
		assert_int_equal(asked(), RESPONSE_WRONG);
		assert_int_equal(said.tries, left);
	}
	assert_int_equal(asked(), RESPONSE_WAIT);
	assert_int_equal(said.wait_s, 900);
	/* Neither another code, nor another contact, nor another person with
	 * this contact. */
	now += 5 * MINUTE;
	assert_int_equal(told(QUESTION_SEND), RESPONSE_WAIT);
	assert_int_equal(said.wait_s, 600);
	MADE_COPY(q.to, "0700000000");
	assert_int_equal(asked(), RESPONSE_WAIT);
	make_question(&q, QUESTION_SEND, &asker);
	MADE_COPY(q.given, "CLAUDE");
	assert_int_equal(asked(), RESPONSE_WAIT);
	MADE_COPY(q.to, "0700000000");
	assert_int_equal(asked(), RESPONSE_SENT);
	/* A question about the dossier is another matter. */
	assert_int_equal(told(QUESTION_DOSSIER), RESPONSE_NONE);
	now += 10 * MINUTE;
	send_code(code);
	assert_int_equal(checked(code), RESPONSE_RIGHT);
}

static void
a_code_lasts_ten_minutes(void **state)
{
	char code[CODE_LEN + 1];

	(void)state;
	send_code(code);
	now += 10 * MINUTE;
	assert_int_equal(checked(code), RESPONSE_EXPIRED);
}

static void
a_code_is_of_one_person_contact_and_record(void **state)
{
	char code[CODE_LEN + 1];

	(void)state;
	send_code(code);
	make_question(&q, QUESTION_CHECK, &asker);
	MADE_COPY(q.code, code);
	q.about.b[15] ^= 1;
	assert_int_equal(asked(), RESPONSE_EXPIRED);
	q.about.b[15] ^= 1;
	MADE_COPY(q.to, "0700000000");
	assert_int_equal(asked(), RESPONSE_EXPIRED);
	MADE_COPY(q.to, "0600000000");
	MADE_COPY(q.given, "CLAUDE");
	assert_int_equal(asked(), RESPONSE_EXPIRED);
	assert_int_equal(checked(code), RESPONSE_RIGHT);
}

static void
a_new_code_takes_the_place_of_the_old(void **state)
{
	char first[CODE_LEN + 1], last[CODE_LEN + 1];

	(void)state;
	send_code(first);
	do
		send_code(last);
	while (strcmp(first, last) == 0);
	assert_int_equal(checked(first), RESPONSE_WRONG);
	MADE_COPY(q.code, last);
	assert_int_equal(asked(), RESPONSE_RIGHT);
}

/* Both go through one outbox: who names them can make none stop there. */
static void
a_question_with_the_id_of_a_record_stops_no_record(void **state)
{
	(void)state;
	rid_make(now, &rec->rid);
	make_question(&q, QUESTION_SEND, &asker);
	q.id = rec->rid;
	assert_int_equal(send_as_is(), ERR_OK);
	assert_int_equal(said.word, RESPONSE_SENT);
	rec->news.confirmation = CONFIRM_SMS;
	arrive_as(false);
	run(1, 0);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
}

/* Whoever carries codes looks at the one that waits, and would try it. */
static void
take_up(struct notice_row *row)
{
	struct buf sealed;

	buf_init(&sealed);
	assert_int_equal(vault_notice_due(vault, WAY_SMS, true, now, row,
	    &sealed), ERR_OK);
	row->tries++;
	buf_clear(&sealed);
}

/* It was tried, and this came of it. */
static void
carried(enum notice_state state, enum err why)
{
	struct notice_row row;

	take_up(&row);
	assert_int_equal(vault_notice_keep(vault, &row), ERR_OK);
	row.state = state;
	row.reason = why == ERR_OK ? 0 : err_number(why);
	assert_int_equal(vault_notice_keep(vault, &row), ERR_OK);
	/* That was the last word. */
	assert_int_equal(vault_notice_keep(vault, &row), ERR_NOT_FOUND);
}

/* A code is asked, and that comes of it. */
static void
send_and(enum notice_state state, enum err why)
{
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
	carried(state, why);
}

static void
a_contact_is_not_flooded(void **state)
{
	char code[CODE_LEN + 1];

	(void)state;
	for (int i = 1; i < INQUIRY_TRIES; i++)
		send_and(NOTICE_SENT, ERR_OK);
	now += 5 * MINUTE;
	send_code(code);
	carried(NOTICE_SENT, ERR_OK);
	assert_int_equal(told(QUESTION_SEND), RESPONSE_WAIT);
	assert_int_equal(said.wait_s, 600);
	/* What came may be typed all the same. */
	assert_int_equal(checked(code), RESPONSE_RIGHT);
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
}

static void
after_the_wait_a_contact_begins_anew(void **state)
{
	(void)state;
	for (int i = 0; i < INQUIRY_TRIES; i++)
		send_and(NOTICE_SENT, ERR_OK);
	assert_int_equal(told(QUESTION_SEND), RESPONSE_WAIT);
	now += 15 * MINUTE;
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
}

/* Six to a person, whatever their contacts. */
static void
a_person_is_not_flooded(void **state)
{
	(void)state;
	make_question(&q, QUESTION_SEND, &asker);
	for (unsigned i = 0; i < 2 * INQUIRY_TRIES; i++) {
		(void)snprintf(q.to, sizeof(q.to), "060000000%u", i);
		assert_int_equal(asked(), RESPONSE_SENT);
		carried(NOTICE_SENT, ERR_OK);
	}
	MADE_COPY(q.to, "0611111111");
	assert_int_equal(asked(), RESPONSE_WAIT);
}

/* A server is down: nobody is shut out for what did not leave. */
static void
what_did_not_leave_is_no_sending(void **state)
{
	char code[CODE_LEN + 1];

	(void)state;
	for (int i = 0; i < INQUIRY_TRIES; i++)
		send_and(NOTICE_FAILED, ERR_NOTICE_CODE);
	for (int i = 1; i < INQUIRY_TRIES; i++)
		send_and(NOTICE_SENT, ERR_OK);
	send_and(NOTICE_FAILED, ERR_NOTICE_REFUSED);
	send_code(code);
	carried(NOTICE_SENT, ERR_OK);
	assert_int_equal(told(QUESTION_SEND), RESPONSE_WAIT);
	assert_int_equal(checked(code), RESPONSE_RIGHT);
}

/* And nobody keeps it busy either. */
static void
what_does_not_leave_has_a_bound(void **state)
{
	(void)state;
	for (int i = 0; i < INQUIRY_UNSENT; i++)
		send_and(NOTICE_FAILED, ERR_NOTICE_CODE);
	assert_int_equal(told(QUESTION_SEND), RESPONSE_WAIT);
	assert_int_equal(said.wait_s, 900);
	/* Of one contact; the person has another. */
	MADE_COPY(q.to, "0700000000");
	assert_int_equal(asked(), RESPONSE_SENT);
	now += 15 * MINUTE;
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
}

static unsigned waiting, with_code;

static enum err
count_waiting(const struct notice_row *row, void *user)
{
	(void)user;
	waiting += row->state == NOTICE_WAITING;
	with_code += row->code;
	return ERR_OK;
}

/* The rows stay for who counts what was sent; how many still wait. */
static void
rows_are(unsigned codes, unsigned wait)
{
	waiting = with_code = 0;
	assert_int_equal(vault_notice_each(vault, count_waiting, NULL),
	    ERR_OK);
	assert_int_equal(with_code, codes);
	assert_int_equal(waiting, wait);
}

/* Nobody carries: it is given up, and was no sending. */
static void
a_code_that_nobody_took_up_is_given_up(void **state)
{
	(void)state;
	for (int i = 0; i < INQUIRY_TRIES + 1; i++) {
		assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
		now += INQUIRY_GO_MS - 1;
		assert_int_equal(told(QUESTION_SENT), RESPONSE_GOING);
		rows_are((unsigned)i + 1, 1);
		now++;
		assert_int_equal(told(QUESTION_SENT), RESPONSE_UNSENT);
		rows_are((unsigned)i + 1, 0);
	}
}

/* One that was being tried when its carrier died. */
static void
a_code_whose_carrier_died_is_given_up(void **state)
{
	struct notice_row row;

	(void)state;
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
	take_up(&row);
	assert_int_equal(vault_notice_keep(vault, &row), ERR_OK);
	now += INQUIRY_CODE_MS - 1;
	assert_int_equal(told(QUESTION_SENT), RESPONSE_GOING);
	now++;
	assert_int_equal(told(QUESTION_SENT), RESPONSE_UNSENT);
	rows_are(1, 0);
}

/* Two codes of which one is good would puzzle whoever gets them. */
static void
an_older_code_goes_no_more(void **state)
{
	struct notice_row row;

	(void)state;
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
	take_up(&row);
	assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
	rows_are(2, 1);
	/* Who had it in hand just then leaves it. */
	assert_int_equal(vault_notice_keep(vault, &row), ERR_NOT_FOUND);
	carried(NOTICE_SENT, ERR_OK);
	assert_int_equal(told(QUESTION_SENT), RESPONSE_GONE);
}

static void
what_became_of_a_code_is_told(void **state)
{
	static const struct {
		enum notice_state state;
		enum err why;
		enum response_word word;
	} rows[] = {
		{ NOTICE_SENT, ERR_OK, RESPONSE_GONE },
		{ NOTICE_FAILED, ERR_NOTICE_CODE, RESPONSE_UNSENT },
		{ NOTICE_FAILED, ERR_NOTICE_LATE, RESPONSE_UNSENT },
		{ NOTICE_FAILED, ERR_NOTICE_REFUSED, RESPONSE_REFUSED },
		{ NOTICE_FAILED, ERR_NOTICE_ADDRESS, RESPONSE_REFUSED },
	};

	(void)state;
	assert_int_equal(told(QUESTION_SENT), RESPONSE_UNSENT);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		now += 20 * MINUTE;
		assert_int_equal(told(QUESTION_SEND), RESPONSE_SENT);
		assert_int_equal(told(QUESTION_SENT), RESPONSE_GOING);
		carried(rows[i].state, rows[i].why);
		assert_int_equal(told(QUESTION_SENT), rows[i].word);
	}
	/* It belongs to the trace of who asked for the code. */
	assert_int_equal(traces(), 5);
	/* To whom it was sent, and about whom. */
	make_question(&q, QUESTION_SENT, &asker);
	q.about.b[15] ^= 1;
	assert_int_equal(ask(), ERR_OK);
	assert_int_equal(said.word, RESPONSE_UNSENT);
}

static void
without_a_server_no_code_is_promised(void **state)
{
	(void)state;
	m.set.sms[0] = '\0';
	assert_int_equal(told(QUESTION_SEND), RESPONSE_NO_WAY);
	MADE_COPY(m.set.sms, "http://127.0.0.1:1/");
	m.opener.vault.notice = NULL;
	assert_int_equal(told(QUESTION_SEND), RESPONSE_NO_WAY);
}

/* What the rules would refuse of a record costs nobody a message. */
static void
a_number_abroad_is_reached_where_it_is_allowed(void **state)
{
	(void)state;
	make_question(&q, QUESTION_SEND, &asker);
	MADE_COPY(q.to, "+4915112345678");
	assert_int_equal(asked(), RESPONSE_NO_WAY);
	m.set.mobiles_abroad = SET_YES;
	assert_int_equal(asked(), RESPONSE_SENT);
	MADE_COPY(q.to, "0123456789");
	assert_int_equal(asked(), RESPONSE_NO_WAY);
}

static void
what_is_no_question_is_refused(void **state)
{
	uint8_t bytes[QUESTION_LEN] = { 0 };
	struct buf out;

	(void)state;
	buf_init(&out);
	assert_int_equal(answerer_go(answerer, bytes, sizeof(bytes), now,
	    &out), ERR_ENV_FORM);
	assert_int_equal(answerer_go(answerer, bytes, 3, now, &out),
	    ERR_ENV_FORM);
	assert_int_equal(out.len, 0);
	buf_clear(&out);
}

/* A record whose mobile was vouched for by that key. */
static void
arrive_vouched(const uint8_t secret[SIGN_SECRET_LEN])
{
	struct vouch v = { .terminal = MADE_TERMINAL, .reach = REACH_MOBILE,
		.to = rec->contact.mobile, .opener_key = 4,
		.at_ms = MADE_NOW };
	uint8_t bytes[VOUCH_LEN];

	rid_make(MADE_NOW, &rec->rid);
	v.about = rec->rid;
	assert_int_equal(vouch_write(&v, secret, bytes), ERR_OK);
	rec->verified.there = true;
	hex_of(bytes, sizeof(bytes), rec->verified.mobile);
	arrive_as(false);
	run(1, 0);
}

/* The opener takes the record that says so, and no other. */
static void
the_opener_checks_who_vouched(void **state)
{
	(void)state;
	arrive_vouched(m.sign);
	assert_outcome(OUTCOME_REFUSED, ERR_RULE_VOUCH);
	identifier_text(lent[1], false, rec->account.identifier);
	arrive_vouched(m.opener.outcome);
	assert_outcome(OUTCOME_OPENED, ERR_OK);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_says_what_the_person_has),
		TEST(each_question_leaves_its_trace),
		TEST(none_is_answered_twice_or_late),
		TEST(only_terminals_of_ours_ask),
		TEST(nobody_goes_through_a_list_of_people),
		TEST(a_right_code_is_vouched_for),
		TEST(three_wrong_ones_and_one_waits),
		TEST(a_code_lasts_ten_minutes),
		TEST(a_code_is_of_one_person_contact_and_record),
		TEST(a_new_code_takes_the_place_of_the_old),
		TEST(a_contact_is_not_flooded),
		TEST(after_the_wait_a_contact_begins_anew),
		TEST(a_person_is_not_flooded),
		TEST(what_did_not_leave_is_no_sending),
		TEST(what_does_not_leave_has_a_bound),
		TEST(a_code_that_nobody_took_up_is_given_up),
		TEST(a_code_whose_carrier_died_is_given_up),
		TEST(an_older_code_goes_no_more),
		TEST(a_question_with_the_id_of_a_record_stops_no_record),
		TEST(what_became_of_a_code_is_told),
		TEST(without_a_server_no_code_is_promised),
		TEST(a_number_abroad_is_reached_where_it_is_allowed),
		TEST(what_is_no_question_is_refused),
		TEST(the_opener_checks_who_vouched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
