/* store_pg_rows: of rows that are said at once all are there or none, and what
 * went wrong is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/centre/made.h"
#include "tests/temp.h"

static struct made m;
static const struct store_ops *ops;
static char place[PATH_ROOM];

static bool
pg(const char *deed)
{
	char line[PATH_ROOM + 64];

	(void)snprintf(line, sizeof(line), "tests/pg %s %s", deed, temp_dir);
	return system(line) == 0;
}

static int
begin(void **state)
{
	if (temp_setup(state) != 0)
		return -1;
	(void)snprintf(place, sizeof(place),
	    "postgresql://guichet@/guichet?host=%s/one", temp_dir);
	return pg("start") ? 0 : -1;
}

static int
end(void **state)
{
	return pg("stop") ? temp_teardown(state) : -1;
}

static int
setup(void **state)
{
	(void)state;
	if (made_open(&m, place) != ERR_OK)
		return -1;
	ops = m.store->ops;
	return ops->begin(m.store) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	made_close(&m);
	return 0;
}

/* A row whose bytes do not matter. */
static void
add(uint64_t sequence)
{
	struct entry e = { .terminal = MADE_TERMINAL, .sequence = sequence,
		.received_ms = MADE_NOW };

	rid_make(MADE_NOW, &e.rid);
	assert_int_equal(ops->entry_add(m.store, &e, "x", 1), ERR_OK);
}

static bool
is_there(uint64_t sequence)
{
	struct entry e;
	enum err r = ops->entry_by_sequence(m.store, MADE_TERMINAL, sequence,
	    &e);

	assert_true(r == ERR_OK || r == ERR_NOT_FOUND);
	return r == ERR_OK;
}

/* Nothing of it is believed, and the next one is as if it had not been. */
static void
assert_nothing_done(void)
{
	assert_int_equal(ops->commit(m.store), ERR_LEDGER);
	ops->rollback(m.store);
	/* Who was left alone rests a while. */
	for (unsigned ms = 0; ops->begin(m.store) != ERR_OK; ms += 20) {
		assert_true(ms < 10 * LINK_REST_MS);
		(void)usleep(20000);
	}
	assert_false(is_there(1) || is_there(2) || is_there(3));
	add(1);
	assert_int_equal(ops->entries_added(m.store), ERR_OK);
	assert_int_equal(ops->commit(m.store), ERR_OK);
	assert_true(is_there(1));
}

static void
what_is_asked_between_finds_them(void **state)
{
	(void)state;
	add(1);
	add(2);
	assert_true(is_there(2) && !is_there(3));
	add(3);
	assert_true(is_there(3));
	assert_int_equal(ops->entries_added(m.store), ERR_OK);
	assert_int_equal(ops->commit(m.store), ERR_OK);
	assert_true(is_there(1) && is_there(2) && is_there(3));
}

static void
one_that_fails_among_many_says_why(void **state)
{
	(void)state;
	add(1);
	add(2);
	add(2);
	add(3);
	assert_int_equal(ops->entries_added(m.store), ERR_LEDGER);
	assert_non_null(strstr(err_subject(), "entry_terminal_sequence_key"));
	assert_nothing_done();
}

/* Whoever asks between is told. */
static void
one_that_fails_is_heard_of_by_the_next_question(void **state)
{
	struct entry e;

	(void)state;
	add(1);
	add(1);
	assert_int_equal(ops->entry_by_sequence(m.store, MADE_TERMINAL, 1,
	    &e), ERR_LEDGER);
	assert_nothing_done();
}

static void
what_was_added_to_a_lost_connection_is_lost(void **state)
{
	struct link *k;

	(void)state;
	add(1);
	assert_int_equal(link_open(place, &k), ERR_OK);
	assert_int_equal(link_plain(k, "SELECT pg_terminate_backend(pid)"
	    " FROM pg_stat_activity WHERE state LIKE 'idle in%'"), ERR_OK);
	link_close(k);
	assert_int_equal(ops->entries_added(m.store), ERR_LEDGER);
	assert_nothing_done();
}

/* Nor is any forgotten: a receipt may leave behind the commit. */
static void
what_was_added_goes_with_the_commit(void **state)
{
	(void)state;
	add(1);
	add(2);
	assert_int_equal(ops->commit(m.store), ERR_OK);
	assert_true(is_there(1) && is_there(2));
	assert_int_equal(ops->begin(m.store), ERR_OK);
	add(3);
	add(3);
	assert_int_equal(ops->commit(m.store), ERR_LEDGER);
	ops->rollback(m.store);
	assert_false(is_there(3));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_asked_between_finds_them),
		TEST(one_that_fails_among_many_says_why),
		TEST(one_that_fails_is_heard_of_by_the_next_question),
		TEST(what_was_added_to_a_lost_connection_is_lost),
		TEST(what_was_added_goes_with_the_commit),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
