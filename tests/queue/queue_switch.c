/* queue_switch: the newest word on the place is kept, and an older queue loses
 * nothing by learning of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/db.h"
#include "tests/queue/one.h"

static void
told(bool open, uint64_t at_ms)
{
	const struct switched w = { .terminal = MADE_TERMINAL,
		.centre_key = 1, .open = open, .at_ms = at_ms };

	assert_int_equal(queue_keep_switch(q, &w), ERR_OK);
}

static void
assert_place(bool open, uint64_t at_ms, uint64_t since_ms)
{
	struct queue_switch s = { .since_ms = 99 };

	assert_int_equal(queue_switch(q, &s), ERR_OK);
	assert_true(s.told.open == open && s.told.at_ms == at_ms &&
	    s.since_ms == since_ms);
}

static void
the_newest_word_counts(void **state)
{
	(void)state;
	assert_place(true, 0, 0);
	told(false, 10);
	assert_place(false, 10, 10);
	told(false, 30);
	assert_place(false, 30, 10);
	/* One that came late, by another way, and one of the same moment. */
	told(true, 20);
	assert_place(false, 30, 10);
	told(true, 30);
	assert_place(false, 30, 10);
	told(true, 40);
	assert_place(true, 40, 40);
	queue_close(q);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_place(true, 40, 40);
}

/* Its file is then as files were before, but for the number. */
static void
lose_the_table(bool older)
{
	static const struct db_form form = { .schema = "", .version = 6,
		.fault = ERR_QUEUE_WRITE, .application = 0x47555131 };
	char path[PATH_ROOM];
	struct db *d;

	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_int_equal(db_open(path, &form, false, &d), ERR_OK);
	assert_int_equal(db_do(d, "DROP TABLE switch", ""), ERR_OK);
	if (older)
		assert_int_equal(db_do(d, "PRAGMA user_version=5", ""),
		    ERR_OK);
	db_close(d);
}

static void
an_older_queue_keeps_all_it_has(void **state)
{
	const struct lease l = { .terminal = MADE_TERMINAL, .block = 1,
		.centre_key = 1, .count = 2, .number = { 42, 43 } };
	struct queue_row before[3], after;
	struct queue_counts c;
	uint64_t sequence;
	struct rid rid[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(made_put(&m, q, &rid[i], &sequence), ERR_OK);
		assert_int_equal(queue_find(q, &rid[i], &before[i]), ERR_OK);
	}
	assert_int_equal(queue_add_lease(q, &l), ERR_OK);
	queue_close(q);
	q = NULL;
	lose_the_table(true);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_place(true, 0, 0);
	told(false, 10);
	assert_place(false, 10, 10);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(queue_find(q, &rid[i], &after), ERR_OK);
		assert_memory_equal(after.hash, before[i].hash,
		    sizeof(after.hash));
		assert_true(after.bytes == before[i].bytes &&
		    after.state == QUEUE_READY);
	}
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_true(c.by_state[QUEUE_READY] == 3 && c.identifiers == 2);
	/* A closed place saves what is under way. */
	assert_int_equal(made_put(&m, q, &rid[0], &sequence), ERR_OK);
	assert_int_equal(sequence, 4);
}

static void
a_queue_without_it_says_so(void **state)
{
	const struct switched w = { .terminal = MADE_TERMINAL, .at_ms = 1 };
	struct queue_switch s;

	(void)state;
	lose_the_table(false);
	assert_int_equal(queue_keep_switch(q, &w), ERR_QUEUE_WRITE);
	assert_int_equal(queue_switch(q, &s), ERR_QUEUE_WRITE);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		EACH(the_newest_word_counts),
		EACH(an_older_queue_keeps_all_it_has),
		EACH(a_queue_without_it_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
