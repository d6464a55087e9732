/*
 * killed: a deed in a process of its own, killed at the n-th stop at a system
 * call: once before each and once behind it.
 */
#ifndef GUICHET_TESTS_KILLED_H
#define GUICHET_TESTS_KILLED_H

#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the deed calls once it has what it needs: from here on it counts. */
static inline void
killed_from_here(void)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		_exit(1);
	(void)raise(SIGSTOP);
}

/* False when it came to its end; the deed ends by _exit, with 0. */
static inline bool
killed_at(int n, void (*deed)(void))
{
	int status;
	pid_t pid = fork();

	assert_true(pid != -1);
	if (pid == 0)
		deed();
	assert_true(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	for (int i = 0; i < n; i++) {
		assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
		assert_true(waitpid(pid, &status, 0) == pid);
		if (WIFEXITED(status)) {
			assert_int_equal(WEXITSTATUS(status), 0);
			return false;
		}
	}
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_true(waitpid(pid, &status, 0) == pid);
	return true;
}

#endif
