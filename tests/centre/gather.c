/* gather: who waits for a commit goes into the next one. */
#include <pthread.h>
#include <semaphore.h>

#include "tests/centre/posted.h"

#include "centre/gather.h"

static struct gather *gather;
static struct gather_one one[POSTED];
static sem_t begun, go_on; /* a group stands behind its begin */
static unsigned group[POSTED]; /* of each: in which commit, from 1 */
static bool stopped;

static enum err
begin_slowly(struct store *s)
{
	sem_post(&begun);
	sem_wait(&go_on);
	return watch_begin(s);
}

static void
told(void *user)
{
	unsigned *at = user;

	*at += watched.commits; /* once */
}

static int
setup(void **state)
{
	static struct store_ops slow;

	gather = NULL;
	stopped = false;
	if (posted_setup(state) != 0)
		return -1;
	slow = *m.store->ops;
	slow.begin = begin_slowly;
	m.store->ops = &slow;
	memset(group, 0, sizeof(group));
	sem_init(&begun, 0, 0);
	sem_init(&go_on, 0, 0);
	return gather_start(&m.g, &gather) == ERR_OK ? 0 : -1;
}

/* Everything that was put is told. */
static void
finish(int groups)
{
	for (int i = 0; i < groups; i++)
		sem_post(&go_on);
	gather_stop(gather);
	stopped = true;
	for (int i = 0; i < POSTED; i++)
		posted[i].post = one[i].post;
}

static int
teardown(void **state)
{
	if (!stopped)
		finish(POSTED);
	gather_free(gather);
	sem_destroy(&begun);
	sem_destroy(&go_on);
	return posted_teardown(state);
}

static enum err
put(int i)
{
	one[i] = (struct gather_one){ .post = posted[i].post, .told = told,
		.user = &group[i] };
	return gather_put(gather, &one[i]);
}

static void
who_waits_goes_into_the_next_commit(void **state)
{
	(void)state;
	assert_int_equal(put(0), ERR_OK);
	sem_wait(&begun);
	for (int i = 1; i < POSTED; i++)
		assert_int_equal(put(i), ERR_OK);
	finish(2);
	for (int i = 0; i < POSTED; i++) {
		assert_came(&posted[i], ERR_OK);
		assert_int_equal(group[i], i == 0 ? 1 : 2);
	}
	assert_int_equal(watched.commits, 2);
}

/* A terminal's second request is judged by what its first one left. */
static void
a_terminal_is_once_in_a_group(void **state)
{
	(void)state;
	assert_int_equal(put(0), ERR_OK);
	sem_wait(&begun);
	posted[2].post = posted[1].post;
	posted[2].post.answer = &posted[2].answer;
	posted[2].rid = posted[1].rid;
	for (int i = 1; i < POSTED; i++)
		assert_int_equal(put(i), ERR_OK);
	finish(3);
	for (int i = 0; i < POSTED; i++)
		assert_came(&posted[i], ERR_OK);
	assert_int_equal(group[1], 2);
	assert_int_equal(group[3], 2);
	assert_int_equal(group[2], 3);
	assert_memory_equal(posted[2].answer.p, posted[1].answer.p,
	    posted[1].answer.len);
}

/* 200 KB of what cannot be read; two such fit in one transaction. */
static void
a_group_is_bounded(void **state)
{
	static const uint8_t zero[50000];
	struct buf *body;

	(void)state;
	assert_int_equal(put(0), ERR_OK);
	sem_wait(&begun);
	for (int i = 1; i < POSTED; i++) {
		body = &posted[i].body;
		buf_reset(body);
		for (int k = 0; k < 4; k++) {
			assert_int_equal(buf_put_u32(body, sizeof(zero)),
			    ERR_OK);
			assert_int_equal(buf_put(body, zero, sizeof(zero)),
			    ERR_OK);
		}
		posted[i].post.body = cursor_of(body->p, body->len);
		assert_int_equal(put(i), ERR_OK);
	}
	finish(3);
	for (int i = 1; i < POSTED; i++) {
		assert_int_equal(posted[i].post.came, ERR_OK);
		assert_int_equal(group[i], i < POSTED - 1 ? 2 : 3);
	}
}

static void
one_that_was_stopped_takes_nobody(void **state)
{
	(void)state;
	finish(0);
	assert_int_equal(put(0), ERR_NOT_NOW);
	assert_int_equal(group[0], 0);
	gather_stop(NULL);
	gather_free(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_waits_goes_into_the_next_commit),
		TEST(a_terminal_is_once_in_a_group),
		TEST(a_group_is_bounded),
		TEST(one_that_was_stopped_takes_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
