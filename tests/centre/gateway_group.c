/* gateway_group: one commit for many, and a fault of one is its own. */
#include "tests/centre/posted.h"

static void
send_all(void)
{
	struct gateway_post *all[POSTED];

	for (int i = 0; i < POSTED; i++)
		all[i] = &posted[POSTED - 1 - i].post;
	gateway_group(&m.g, all, POSTED, MADE_NOW);
}

static void
one_commit_is_for_all(void **state)
{
	(void)state;
	send_all();
	for (int i = 0; i < POSTED; i++)
		assert_came(&posted[i], ERR_OK);
	assert_int_equal(watched.begins, 1);
	assert_int_equal(watched.commits, 1);
}

static void
one_that_fails_fails_alone(void **state)
{
	(void)state;
	watched.fails_for = posted[1].post.terminal;
	send_all();
	for (int i = 0; i < POSTED; i++)
		assert_came(&posted[i], i == 1 ? ERR_LEDGER : ERR_OK);
	assert_int_equal(watched.commits, POSTED - 1);
}

static void
what_cannot_be_read_or_may_not_speak_holds_nobody_up(void **state)
{
	(void)state;
	posted[0].post.body = cursor_of("x", 1);
	posted[1].post.body = cursor_of("", 0);
	assert_int_equal(m.store->ops->terminal_state(m.store,
	    posted[2].post.terminal, TERMINAL_REVOKED), ERR_OK);
	send_all();
	assert_came(&posted[0], ERR_REQUEST);
	assert_came(&posted[1], ERR_REQUEST);
	assert_string_equal(posted[1].post.about, "envoi vide");
	assert_came(&posted[2], ERR_TERMINAL_UNKNOWN);
	assert_came(&posted[3], ERR_OK);
	assert_string_equal(posted[3].post.about, "");
	assert_int_equal(watched.commits, 1);
}

static void
a_commit_that_fails_gives_nobody_a_receipt(void **state)
{
	static const enum err ways[] = { ERR_LEDGER, ERR_UNVOUCHED };

	(void)state;
	for (int k = 0; k < 2; k++) {
		watched.commits = 0;
		watched.commit = ways[k];
		send_all();
		for (int i = 0; i < POSTED; i++)
			assert_came(&posted[i], ways[k]);
		assert_int_equal(watched.commits, 1);
	}
	watched.commit = ERR_OK;
	send_all();
	for (int i = 0; i < POSTED; i++)
		assert_came(&posted[i], ERR_OK);
}

/* It is asked once, not as often as there are requests. */
static void
a_ledger_that_does_not_answer_is_asked_once(void **state)
{
	(void)state;
	watched.begin = ERR_LEDGER;
	send_all();
	for (int i = 0; i < POSTED; i++)
		assert_came(&posted[i], ERR_LEDGER);
	assert_int_equal(watched.begins, 1);
	assert_int_equal(watched.commits, 0);
}

static void
a_key_that_was_never_announced_is_its_own_trouble(void **state)
{
	const struct opening_row o = { .number = 2, .since_ms = MADE_NOW };

	(void)state;
	assert_int_equal(m.store->ops->opening_add(m.store, &o), ERR_OK);
	m.opening = 3;
	buf_clear(&posted[2].body);
	assert_int_equal(posted_make(&posted[2], 30), ERR_OK);
	send_all();
	for (int i = 0; i < POSTED; i++)
		assert_came(&posted[i], i == 2 ? ERR_OPENING_KEY : ERR_OK);
	assert_string_equal(posted[2].post.about, "3");
}

/* The one that is taken first has it. */
static void
an_id_that_two_have_is_a_conflict(void **state)
{
	struct buf document, one;

	(void)state;
	buf_init(&document);
	buf_init(&one);
	m.number = posted[1].post.terminal;
	m.sequence = 0;
	memset(m.previous, 0, sizeof(m.previous));
	assert_int_equal(buf_put_text(&document, "{}"), ERR_OK);
	assert_int_equal(made_seal(&m, &posted[0].rid, &document, &one),
	    ERR_OK);
	buf_reset(&posted[1].body);
	assert_int_equal(made_add(&posted[1].body, &one), ERR_OK);
	posted[1].post.body = cursor_of(posted[1].body.p, posted[1].body.len);
	send_all();
	assert_came(&posted[0], ERR_OK);
	assert_int_equal(posted[1].post.came, ERR_OK);
	assert_int_equal(buf_terminate(&posted[1].answer), ERR_OK);
	assert_non_null(strstr((char *)posted[1].answer.p, "\"refused\""));
	assert_null(strstr((char *)posted[1].answer.p, "\"receipt\""));
	assert_int_equal(watched.commits, 1);
	buf_clear(&document);
	buf_clear(&one);
}

static void
a_group_that_came_again_is_answered_as_before(void **state)
{
	struct buf first;

	(void)state;
	buf_init(&first);
	send_all();
	assert_int_equal(buf_put(&first, posted[0].answer.p,
	    posted[0].answer.len), ERR_OK);
	for (int i = 0; i < POSTED; i++)
		buf_reset(&posted[i].answer);
	send_all();
	assert_int_equal(posted[0].answer.len, first.len);
	assert_memory_equal(posted[0].answer.p, first.p, first.len);
	assert_int_equal(watched.commits, 2);
	buf_clear(&first);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, posted_setup, \
    posted_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_commit_is_for_all),
		TEST(one_that_fails_fails_alone),
		TEST(what_cannot_be_read_or_may_not_speak_holds_nobody_up),
		TEST(a_commit_that_fails_gives_nobody_a_receipt),
		TEST(a_ledger_that_does_not_answer_is_asked_once),
		TEST(a_key_that_was_never_announced_is_its_own_trouble),
		TEST(an_id_that_two_have_is_a_conflict),
		TEST(a_group_that_came_again_is_answered_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
