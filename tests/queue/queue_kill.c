/* queue_kill: killed anywhere, what was acknowledged is there. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "tests/queue/made.h"

#define ROUNDS 25

static struct made m;

/* The one that will be killed: put, and only then tell. */
static void
put_for_ever(int to)
{
	struct queue *q;
	struct rid rid;
	uint64_t sequence;

	if (queue_open(m.state, false, &q) != ERR_OK)
		_exit(1);
	for (;;)
		if (made_put(&m, q, &rid, &sequence) != ERR_OK ||
		    write(to, rid.b, RID_LEN) != RID_LEN)
			_exit(1);
}

/* Let it run for some milliseconds, kill it, and append what it told. */
static void
one_life(struct buf *told)
{
	const struct timespec wait = { .tv_nsec =
	    (long)(secret_below(40000) + 500) * 1000 };
	int ends[2], status;
	struct rid rid;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid != -1);
	if (pid == 0) {
		close(ends[0]);
		put_for_ever(ends[1]);
	}
	close(ends[1]);
	(void)nanosleep(&wait, NULL);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	while (read(ends[0], rid.b, RID_LEN) == RID_LEN)
		assert_int_equal(buf_put(told, rid.b, RID_LEN), ERR_OK);
	close(ends[0]);
}

static void
what_was_told_is_there(const struct buf *told)
{
	struct cursor c = cursor_of(told->p, told->len);
	struct queue_counts n;
	struct queue_row row;
	struct queue *q;
	struct rid rid;
	uint64_t damaged;

	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	while (c.n != 0) {
		assert_int_equal(cursor_copy(&c, rid.b, RID_LEN), ERR_OK);
		assert_int_equal(queue_find(q, &rid, &row), ERR_OK);
	}
	assert_int_equal(queue_verify(q, 1, m.sign_public, &damaged), ERR_OK);
	assert_true(damaged == 0);
	assert_int_equal(queue_count(q, &n), ERR_OK);
	assert_true(n.by_state[QUEUE_READY] >= told->len / RID_LEN);
	/* Each life may have kept one that it had no time to tell. */
	assert_true(n.by_state[QUEUE_READY] <= told->len / RID_LEN + ROUNDS);
	queue_close(q);
}

static void
killed_anywhere(void **state)
{
	struct buf told;

	(void)state;
	assert_int_equal(made_init(&m), 0);
	buf_init(&told);
	for (int i = 0; i < ROUNDS; i++)
		one_life(&told);
	assert_true(told.len >= RID_LEN);
	what_was_told_is_there(&told);
	print_message("%zu told in %d lives, none lost\n", told.len / RID_LEN,
	    ROUNDS);
	buf_clear(&told);
	made_clear(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_anywhere),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
