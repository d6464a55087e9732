/* queue_print: secrets are owed, on their way, then in hand or void, for good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/queue/one.h"

static struct rid rid;

/* One save whose secrets are owed. */
static int
setup_owing(void **state)
{
	uint64_t sequence;

	rid_make(1795271525000, &rid);
	return setup(state) == 0 &&
	    queue_put_owing(q, MADE_TERMINAL, &rid, &m.sealed, &m.keys,
	    &sequence) == ERR_OK ? 0 : -1;
}

static enum err
keep(const struct handover_row *row, void *user)
{
	*(struct handover_row *)user = *row;
	return ERR_OK;
}

static struct handover_row
journal(void)
{
	struct handover_row row = { .number = 0 };

	queue_close(q);
	q = NULL;
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(queue_each_print(q, keep, &row), ERR_OK);
	assert_int_equal(row.number, 1);
	assert_memory_equal(row.rid.b, rid.b, RID_LEN);
	return row;
}

static void
what_is_saved_is_owed(void **state)
{
	struct handover_row row;

	(void)state;
	assert_int_equal(journal().state, HANDOVER_OWED);
	assert_int_equal(queue_print_unknown(q, 0, &row), ERR_OK);
	assert_memory_equal(row.rid.b, rid.b, RID_LEN);
	assert_int_equal(queue_print_unknown(q, row.number, &row),
	    ERR_NOT_FOUND);
}

static void
without_secrets_nothing_is_owed(void **state)
{
	struct handover_row row;
	uint64_t sequence;
	struct rid other;

	(void)state;
	assert_int_equal(made_put(&m, q, &other, &sequence), ERR_OK);
	assert_int_equal(queue_print_unknown(q, 1, &row), ERR_NOT_FOUND);
	assert_int_equal(queue_print_intent(q, &other), ERR_NOT_FOUND);
	assert_int_equal(queue_print_done(q, &other), ERR_NOT_FOUND);
	assert_int_equal(queue_print_void(q, &other), ERR_NOT_FOUND);
}

static void
a_print_may_be_tried_again(void **state)
{
	(void)state;
	assert_int_equal(queue_print_intent(q, &rid), ERR_OK);
	assert_int_equal(queue_print_intent(q, &rid), ERR_OK);
	assert_int_equal(journal().state, HANDOVER_INTENT);
	assert_int_equal(journal().prints, 2);
	assert_int_equal(queue_print_done(q, &rid), ERR_OK);
	assert_int_equal(journal().state, HANDOVER_DONE);
}

static void
what_is_in_hand_stays_so(void **state)
{
	struct handover_row row;

	(void)state;
	assert_int_equal(queue_print_done(q, &rid), ERR_OK);
	assert_int_equal(queue_print_void(q, &rid), ERR_USAGE);
	assert_int_equal(queue_print_intent(q, &rid), ERR_USAGE);
	assert_int_equal(queue_print_done(q, &rid), ERR_USAGE);
	assert_int_equal(journal().state, HANDOVER_DONE);
	assert_int_equal(queue_print_unknown(q, 0, &row), ERR_NOT_FOUND);
}

static void
what_is_void_stays_so(void **state)
{
	(void)state;
	assert_int_equal(queue_print_void(q, &rid), ERR_OK);
	assert_int_equal(queue_print_void(q, &rid), ERR_OK);
	assert_int_equal(queue_print_intent(q, &rid), ERR_USAGE);
	assert_int_equal(queue_print_done(q, &rid), ERR_USAGE);
	assert_int_equal(journal().state, HANDOVER_VOID);
	assert_string_equal(handover_word(HANDOVER_VOID), "void");
	assert_string_equal(handover_word((enum handover_state)9), "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_owing, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_saved_is_owed),
		TEST(without_secrets_nothing_is_owed),
		TEST(a_print_may_be_tried_again),
		TEST(what_is_in_hand_stays_so),
		TEST(what_is_void_stays_so),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
