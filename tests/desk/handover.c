/* handover: in hand when somebody says so; void, and told, when nobody can. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "desk/handover.h"
#include "envelope/annul.h"
#include "tests/desk/made.h"

static struct made m;
static struct queue *q;
static struct session s;
static struct desk_settings set;
static struct desk_keys keys;

static void
lend(void)
{
	static struct lease l = { .terminal = MADE_TERMINAL, .centre_key = 1,
		.count = 3, .number = { 1, 2, 3 } };

	l.block = 1;
	assert_int_equal(queue_add_lease(q, &l), ERR_OK);
}

static int
setup(void **state)
{
	(void)state;
	made_settings(&set);
	if (made_init(&m) != 0 || queue_open(m.state, false, &q) != ERR_OK ||
	    session_init(&s, &set, NULL) != ERR_OK)
		return -1;
	memcpy(keys.sign_secret, m.sign_secret, sizeof(m.sign_secret));
	keys.envelope = m.keys;
	s.now_ms = 1795271525000;
	lend();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	queue_close(q);
	session_clear(&s);
	made_clear(&m);
	return 0;
}

static void
save(bool channel)
{
	session_forget(&s); /* another person */
	made_person(s.person);
	if (channel)
		strcpy(s.person->rec.contact.mobile, "0639981241");
	assert_int_equal(desk_save(&s, q, &keys), ERR_OK);
	assert_int_equal(s.owes, channel);
}

static enum err
last_row(const struct handover_row *row, void *user)
{
	*(struct handover_row *)user = *row;
	return ERR_OK;
}

static enum handover_state
journal(void)
{
	struct handover_row row = { .number = 0 };

	assert_int_equal(queue_each_print(q, last_row, &row), ERR_OK);
	assert_true(row.number > 0);
	return row.state;
}

static enum err
last_envelope(const struct queue_row *row, void *user)
{
	*(struct queue_row *)user = *row;
	return ERR_OK;
}

/* The centre reads in the last envelope that these secrets are void. */
static void
assert_told(const struct rid *about)
{
	struct queue_row row = { .sequence = 0 };
	struct buf bytes, document;
	struct envelope e;
	struct annul a;

	buf_init(&bytes);
	assert_int_equal(buf_init_secret(&document, 65536), ERR_OK);
	assert_int_equal(queue_each(q, last_envelope, &row), ERR_OK);
	assert_int_equal(queue_bytes(q, &row.rid, &bytes), ERR_OK);
	assert_int_equal(envelope_check(bytes.p, bytes.len, m.sign_public),
	    ERR_OK);
	assert_int_equal(envelope_read(bytes.p, bytes.len, &e), ERR_OK);
	assert_int_equal(envelope_open(&e, m.box_secret, &document), ERR_OK);
	assert_int_equal(annul_read(document.p, document.len, &a), ERR_OK);
	assert_memory_equal(a.about.b, about->b, RID_LEN);
	assert_memory_equal(a.rid.b, row.rid.b, RID_LEN);
	assert_int_equal(a.terminal, MADE_TERMINAL);
	assert_true(a.training);
	buf_clear(&bytes);
	buf_clear(&document);
}

static uint64_t
envelopes(void)
{
	struct queue_counts n;

	assert_int_equal(queue_count(q, &n), ERR_OK);
	return n.by_state[QUEUE_READY];
}

static void
what_is_in_hand_is_done(void **state)
{
	(void)state;
	save(true);
	assert_int_equal(queue_print_intent(q, &s.owed), ERR_OK);
	s.handed = true;
	assert_int_equal(handover_settle(&s, q, &keys), ERR_OK);
	assert_int_equal(journal(), HANDOVER_DONE);
	assert_int_equal(envelopes(), 1);
	assert_int_equal(s.voided, 0);
	/* Once is enough. */
	assert_int_equal(handover_settle(&s, q, &keys), ERR_OK);
	assert_int_equal(handover_recover(&s, q, &keys), ERR_OK);
	assert_int_equal(envelopes(), 1);
}

static void
what_nobody_took_is_void(void **state)
{
	(void)state;
	save(true);
	assert_int_equal(handover_settle(&s, q, &keys), ERR_OK);
	assert_int_equal(journal(), HANDOVER_VOID);
	assert_int_equal(s.voided, 1);
	assert_string_equal(s.voided_last, s.reference);
	assert_told(&s.owed);
}

static void
without_secrets_there_is_nothing_to_settle(void **state)
{
	(void)state;
	save(false);
	assert_int_equal(handover_settle(&s, q, &keys), ERR_OK);
	assert_int_equal(envelopes(), 1);
}

/* We died: with the secrets owed, and with a print begun. */
static void
a_start_makes_void_what_nobody_knows(void **state)
{
	struct rid last;

	(void)state;
	save(true);
	save(true);
	assert_int_equal(queue_print_intent(q, &s.owed), ERR_OK);
	last = s.owed;
	s.owes = false;
	assert_int_equal(handover_recover(&s, q, &keys), ERR_OK);
	assert_int_equal(s.voided, 2);
	assert_int_equal(journal(), HANDOVER_VOID);
	assert_int_equal(envelopes(), 4);
	assert_told(&last);
	assert_int_equal(handover_recover(&s, q, &keys), ERR_OK);
	assert_int_equal(s.voided, 2);
	assert_int_equal(envelopes(), 4);
}

/* Told, then died: told once more, never lost. */
static void
a_crash_between_the_two_says_it_twice(void **state)
{
	(void)state;
	save(true);
	set.terminal++; /* the queue is another's: it takes no envelope */
	assert_int_not_equal(handover_settle(&s, q, &keys), ERR_OK);
	assert_int_equal(journal(), HANDOVER_OWED);
	assert_int_equal(s.voided, 0);
	set.terminal--;
	assert_int_equal(handover_recover(&s, q, &keys), ERR_OK);
	assert_int_equal(journal(), HANDOVER_VOID);
	assert_told(&s.owed);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_in_hand_is_done),
		TEST(what_nobody_took_is_void),
		TEST(without_secrets_there_is_nothing_to_settle),
		TEST(a_start_makes_void_what_nobody_knows),
		TEST(a_crash_between_the_two_says_it_twice),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
