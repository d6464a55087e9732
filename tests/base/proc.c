/* proc: a child is started with two pipes and always ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "base/secret.h"

static enum err
start_sh(const char *script, struct proc *p)
{
	const char *argv[] = { "/bin/sh", "-c", script, NULL };

	return proc_start(argv, p);
}

/* The child's first line. */
static void
first_line(struct proc *p, char out[64])
{
	struct lines l;
	char *line;

	assert_int_equal(lines_init(&l, p->from), ERR_OK);
	while ((line = lines_next(&l)) == NULL)
		assert_true(lines_feed(&l) == ERR_OK && !l.ended);
	(void)snprintf(out, 64, "%s", line);
	lines_clear(&l);
}

static void
assert_line(struct proc *p, const char *want)
{
	char line[64];

	first_line(p, line);
	assert_string_equal(line, want);
}

static void
a_child_hears_and_speaks(void **state)
{
	struct proc p;
	int status = 99;

	(void)state;
	assert_int_equal(start_sh("read a; echo \"heard $a\"; cat; exit 5",
	    &p), ERR_OK);
	assert_int_equal(fd_write_all(p.to, "this\n", 5), ERR_OK);
	assert_line(&p, "heard this");
	proc_stop(&p, &status); /* the end of its stdin ends cat */
	assert_int_equal(status, 5);
	assert_true(p.pid == 0 && p.to == -1 && p.from == -1);
	status = 99;
	proc_stop(&p, &status); /* stopped is stopped */
	assert_int_equal(status, 99);
}

/* Not the pipes of its elder, which would then never close; and it has a
 * group of its own. */
static void
a_child_inherits_nothing_else(void **state)
{
	static const char count[] = "set -- /proc/$$/fd/*; echo $#";
	struct proc a, b;
	char alone[64];

	(void)state;
	assert_int_equal(start_sh(count, &b), ERR_OK);
	first_line(&b, alone);
	proc_stop(&b, NULL);
	assert_int_equal(start_sh("cat", &a), ERR_OK);
	assert_int_equal(start_sh(count, &b), ERR_OK);
	assert_line(&b, alone);
	proc_stop(&b, NULL);
	assert_int_equal(start_sh("[ \"$(ps -o pgid= -p $$ | tr -d ' ')\" = "
	    "$$ ] && echo own", &b), ERR_OK);
	assert_line(&b, "own");
	proc_stop(&b, NULL);
	proc_stop(&a, NULL);
}

static void
a_program_that_is_not_there(void **state)
{
	const char *none[] = { "/nowhere/guichet-none", NULL };
	struct proc p = { .pid = 7, .to = 8, .from = 9 };

	(void)state;
	assert_int_equal(proc_start(none, &p), ERR_CHILD);
	assert_string_equal(err_subject(), none[0]);
	assert_true(p.pid == 7 && p.to == 8 && p.from == 9);
}

static void
who_does_not_end_is_ended(void **state)
{
	static const char *const scripts[] = {
		"echo up; exec sleep 30",
		"trap '' TERM; echo up; sleep 30 & while :; do wait; done",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		uint64_t then = clock_elapsed_ms();
		struct proc p;
		int status = 0;
		pid_t pid;

		assert_int_equal(start_sh(scripts[i], &p), ERR_OK);
		assert_line(&p, "up");
		pid = p.pid;
		proc_stop(&p, &status);
		assert_int_equal(status, -1);
		assert_true(clock_elapsed_ms() - then < 10000);
		(void)kill(-pid, SIGKILL); /* what the shell left */
	}
}

/* A child that was waited for elsewhere is not waited for, nor killed. */
static void
who_is_gone_is_gone(void **state)
{
	uint64_t then = clock_elapsed_ms();
	struct proc p;
	int status = 0;

	(void)state;
	assert_int_equal(start_sh("exit 0", &p), ERR_OK);
	assert_int_equal(waitpid(p.pid, NULL, 0), p.pid);
	proc_stop(&p, &status);
	assert_int_equal(status, -1);
	assert_true(clock_elapsed_ms() - then < 900);
}

static void
a_sibling_stands_beside(void **state)
{
	char path[PATH_ROOM], small[8];

	(void)state;
	assert_int_equal(proc_sibling("guichet-card", path, sizeof(path)),
	    ERR_OK);
	assert_non_null(strstr(path, "/tests/base/guichet-card"));
	assert_int_equal(proc_sibling("guichet-card", small, sizeof(small)),
	    ERR_CHILD);
	assert_string_equal(err_subject(), "guichet-card");
	assert_int_equal(proc_sibling("x", path, strlen(path)), ERR_OK);
	assert_int_equal(proc_sibling("guichet-card", path, strlen(path) + 3),
	    ERR_CHILD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_hears_and_speaks),
		cmocka_unit_test(a_child_inherits_nothing_else),
		cmocka_unit_test(a_program_that_is_not_there),
		cmocka_unit_test(who_does_not_end_is_ended),
		cmocka_unit_test(who_is_gone_is_gone),
		cmocka_unit_test(a_sibling_stands_beside),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
