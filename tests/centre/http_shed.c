/* http_shed: who takes too long is cut, whoever was answered is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "centre/http_shed.h"

#define ENDS 3
#define LATE (SHED_AFTER_MS + 1)

static struct shed s;
static struct shed_one *one[ENDS];
static int fd[ENDS][2];

/* They begin a second apart. */
static int
setup(void **state)
{
	(void)state;
	shed_init(&s);
	for (int i = 0; i < ENDS; i++) {
		if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd[i]) != 0)
			return -1;
		one[i] = shed_begin(&s, fd[i][0], (uint64_t)i * 1000);
	}
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	for (int i = 0; i < ENDS; i++) {
		shed_end(&s, one[i]);
		close(fd[i][0]);
		close(fd[i][1]);
	}
	return s.first == NULL ? 0 : -1;
}

/* Does the other side read an end? */
static bool
is_cut(int i)
{
	char c;

	return recv(fd[i][1], &c, 1, MSG_DONTWAIT) == 0;
}

static void
who_takes_too_long_is_cut(void **state)
{
	(void)state;
	assert_int_equal(shed_sweep(&s, SHED_AFTER_MS), 0);
	assert_int_equal(shed_sweep(&s, LATE), 1);
	assert_true(is_cut(0) && !is_cut(1) && !is_cut(2));
	assert_int_equal(shed_sweep(&s, LATE + 999), 0);
	assert_int_equal(shed_sweep(&s, LATE + 2000), 2);
	assert_true(is_cut(1) && is_cut(2));
}

static void
who_was_answered_begins_anew(void **state)
{
	(void)state;
	shed_again(&s, one[0], 5000);
	shed_again(&s, NULL, 5000);
	assert_int_equal(shed_sweep(&s, LATE + 1000), 1);
	assert_true(!is_cut(0) && is_cut(1));
	assert_int_equal(shed_sweep(&s, LATE + 5000), 2);
	assert_true(is_cut(0) && is_cut(2));
}

/* In any order; what has ended is cut no more. */
static void
who_has_ended_is_left_alone(void **state)
{
	(void)state;
	shed_end(&s, one[1]);
	one[1] = NULL;
	shed_end(&s, NULL);
	assert_int_equal(shed_sweep(&s, LATE * 3), 2);
	assert_true(is_cut(0) && !is_cut(1) && is_cut(2));
}

/* A clock of another thread that is a little behind is no reason. */
static void
a_moment_before_is_not_late(void **state)
{
	(void)state;
	shed_again(&s, one[0], 90000);
	shed_again(&s, one[1], 90000);
	shed_again(&s, one[2], 90000);
	assert_int_equal(shed_sweep(&s, 89999), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_takes_too_long_is_cut),
		TEST(who_was_answered_begins_anew),
		TEST(who_has_ended_is_left_alone),
		TEST(a_moment_before_is_not_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
