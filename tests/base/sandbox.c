/* sandbox: what is given up is really gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sandbox.h"

/* True when the look holds in a child that gave everything up. */
static bool
after_start(bool (*look)(void))
{
	int status;
	pid_t pid;

	assert_return_code(pid = fork(), errno);
	if (pid == 0)
		_exit(sandbox_start() == ERR_OK && look() ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool
no_core(void)
{
	struct rlimit l;

	return getrlimit(RLIMIT_CORE, &l) == 0 && l.rlim_cur == 0 &&
	    l.rlim_max == 0;
}

static bool
no_reading_of_memory(void)
{
	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static bool
no_new_privileges(void)
{
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static bool
private_files(void)
{
	return umask(0) == 077;
}

static bool
a_broken_pipe_is_an_answer(void)
{
	int fd[2];

	return pipe(fd) == 0 && close(fd[0]) == 0 &&
	    write(fd[1], "x", 1) == -1 && errno == EPIPE;
}

static bool
a_full_disk_is_an_answer(void)
{
	const struct rlimit none = { 0, 0 };
	char path[] = "/tmp/guichet-test-XXXXXX";
	int fd = mkstemp(path);

	return fd != -1 && unlink(path) == 0 &&
	    setrlimit(RLIMIT_FSIZE, &none) == 0 &&
	    write(fd, "x", 1) == -1 && errno == EFBIG;
}

static void
what_is_given_up_is_gone(void **state)
{
	static bool (*const looks[])(void) = { no_core, no_reading_of_memory,
		no_new_privileges, private_files, a_broken_pipe_is_an_answer,
		a_full_disk_is_an_answer };

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		assert_true(after_start(looks[i]));
}

static bool
again(void)
{
	return sandbox_start() == ERR_OK;
}

static void
twice_is_once(void **state)
{
	(void)state;
	assert_true(after_start(again));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_given_up_is_gone),
		cmocka_unit_test(twice_is_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
