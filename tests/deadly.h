/*
 * deadly: what is our own fault ends the program, and a test can see it.
 */
#ifndef GUICHET_TESTS_DEADLY_H
#define GUICHET_TESTS_DEADLY_H

#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/* True when the function, run in a process of its own, calls abort(). */
__attribute__((unused)) static inline bool
aborts(void (*f)(void))
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		(void)signal(SIGABRT, SIG_DFL); /* not cmocka's */
		f();
		_exit(0);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	    WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

#endif
