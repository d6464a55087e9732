/* queue_fault: whatever the disk refuses, what was acknowledged is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/queue/faulty.h"
#include "tests/queue/made.h"

#define BEFORE 3 /* envelopes that are there when the fault comes */

static struct made m;
static unsigned points, seen[ERR_COUNT];

static int
setup(void **state)
{
	(void)state;
	faulty_arm(0, 0);
	return made_init_in(&m, access("/dev/shm", W_OK) == 0 ? "/dev/shm"
	    : "/tmp");
}

static int
teardown(void **state)
{
	(void)state;
	faulty_arm(0, 0);
	made_clear(&m);
	return 0;
}

/* Chain and rows as they must be: `count` of them, the id there or not. */
static void
check_after(const struct rid *rid, enum err said, uint64_t before)
{
	uint64_t damaged, sequence;
	struct queue_counts c;
	struct queue_row row;
	struct queue *q;
	struct rid next;
	enum err found;

	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	found = queue_find(q, rid, &row);
	if (said == ERR_OK)
		assert_int_equal(found, ERR_OK);
	else if (said != ERR_QUEUE_UNKNOWN)
		assert_int_equal(found, ERR_NOT_FOUND);
	assert_int_equal(queue_verify(q, 1, m.sign_public, &damaged), ERR_OK);
	assert_true(damaged == 0);
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_true(c.by_state[QUEUE_READY] == before + (found == ERR_OK));
	assert_int_equal(made_put(&m, q, &next, &sequence), ERR_OK);
	assert_true(sequence == before + (found == ERR_OK) + 1);
	queue_close(q);
}

/*
 * One put with the calls n to n + width - 1 failing, on a queue of three; true
 * while there was such a call. `beside` is another program's open queue.
 */
static bool
one_put(unsigned n, unsigned width, bool beside)
{
	struct queue *q, *other = NULL;
	uint64_t sequence = 0;
	struct rid rid;
	enum err said;
	bool hit;

	made_empty(&m);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	for (int i = 0; i < BEFORE; i++)
		assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	if (beside)
		assert_int_equal(queue_open(m.state, false, &other), ERR_OK);
	faulty_arm(n, width > UINT_MAX - n ? UINT_MAX : n + width - 1);
	said = made_put(&m, q, &rid, &sequence);
	hit = faulty.hits != 0;
	faulty_arm(0, 0);
	assert_true(said == ERR_OK || hit);
	seen[said]++;
	points += hit;
	/* As a crash would: the other one's files first, then ours. */
	queue_close(q);
	queue_close(other);
	check_after(&rid, said, BEFORE);
	return hit;
}

static void
a_put_at_every_call(void **state)
{
	static const unsigned widths[] = { 1, 2, 3, 5, 8, 13, UINT_MAX };

	(void)state;
	for (int how = 0; how < 8; how++)
		for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]);
		    w++) {
			unsigned n = 1;

			faulty.torn = how & 1;
			faulty.full = how & 2;
			while (one_put(n, widths[w], how & 4))
				n++;
			/* A put has at least a frame to write and to sync. */
			assert_true(n > 3);
		}
	print_message("%u points: %u stored, %u nothing kept, %u unknown\n",
	    points, seen[ERR_OK], points - seen[ERR_OK] -
	    seen[ERR_QUEUE_UNKNOWN], seen[ERR_QUEUE_UNKNOWN]);
	assert_true(seen[ERR_QUEUE_WRITE] != 0);
	assert_true(seen[ERR_QUEUE_UNKNOWN] != 0);
}

/* A disk that does not come back: closed, and every call says so. */
static void
an_unknown_end_closes_the_queue(void **state)
{
	struct queue_row row;
	struct queue_counts c;
	uint64_t sequence;
	struct queue *q;
	struct rid rid;
	enum err said = ERR_OK;

	(void)state;
	for (unsigned n = 1; said != ERR_QUEUE_UNKNOWN; n++) {
		made_empty(&m);
		assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
		faulty_arm(n, UINT_MAX);
		said = made_put(&m, q, &rid, &sequence);
		assert_true(faulty.hits != 0);
		faulty_arm(0, 0);
		if (said == ERR_QUEUE_UNKNOWN) {
			assert_int_equal(queue_find(q, &rid, &row),
			    ERR_QUEUE_OPEN);
			assert_int_equal(queue_count(q, &c), ERR_QUEUE_OPEN);
			assert_int_equal(made_put(&m, q, &rid, &sequence),
			    ERR_QUEUE_OPEN);
		}
		queue_close(q);
	}
}

/* Twice is enough: then nothing is tried, whatever the disk says. */
static void
two_failures_in_a_row_stop_it(void **state)
{
	uint64_t sequence;
	struct queue *q;
	struct rid rid;
	enum err said = ERR_OK;

	(void)state;
	made_empty(&m);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	for (int i = 0; i < 2; i++) {
		faulty_arm(1, UINT_MAX);
		said = made_put(&m, q, &rid, &sequence);
		faulty_arm(0, 0);
		assert_int_not_equal(said, ERR_OK);
		assert_int_not_equal(said, ERR_QUEUE_STOPPED);
	}
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_QUEUE_STOPPED);
	assert_int_equal(queue_room(q), ERR_QUEUE_STOPPED);
	assert_non_null(strstr(err_todo(ERR_QUEUE_STOPPED),
	    "N'inscrivez personne"));
	queue_close(q);
	/* A new start looks again. */
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(queue_room(q), ERR_OK);
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	assert_true(sequence == 2);
	queue_close(q);
}

/* An open that fails leaves what the next one can open. */
static void
an_open_at_every_call(void **state)
{
	unsigned n, failed = 0;
	bool hit = true;

	(void)state;
	for (n = 1; hit; n++) {
		struct queue *q = NULL;
		enum err r;

		made_empty(&m);
		faulty_arm(n, n);
		r = queue_open(m.state, false, &q);
		hit = faulty.hits != 0;
		faulty_arm(0, 0);
		assert_true((q != NULL) == (r == ERR_OK));
		failed += r != ERR_OK;
		queue_close(q);
		assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
		queue_close(q);
	}
	assert_in_range(failed, 5, n);
}

static void
a_disk_without_a_journal_is_refused(void **state)
{
	struct queue *q = NULL;
	enum err r;

	(void)state;
	faulty_old = true;
	r = queue_open(m.state, false, &q);
	faulty_old = false;
	assert_int_equal(r, ERR_QUEUE_DURABLE);
	assert_null(q);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_put_at_every_call),
		TEST(an_unknown_end_closes_the_queue),
		TEST(two_failures_in_a_row_stop_it),
		TEST(an_open_at_every_call),
		TEST(a_disk_without_a_journal_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	faulty_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
