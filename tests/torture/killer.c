/*
 * killer: runs a program and kills it as it is about to make its n-th system
 * call, whichever kind that is and whichever thread makes it.
 *
 *	killer [-a] [-o FILE] N COMMAND...
 *
 * Calls that only arrange the process's own memory leave nothing outside it:
 * to be killed at one of them is to be killed at the next call that is none.
 * They are not counted, but with -a. FILE is told how many calls there were.
 * Ends as the program did, with 137 when it was killed. Its children are not
 * counted, nor killed.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static bool all;
static unsigned long count, fatal;

static const long memory[] = { SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap,
	SYS_mprotect, SYS_madvise, SYS_mlock, SYS_mlock2, SYS_munlock };

static bool
counts(long call)
{
	for (size_t i = 0; !all && i < sizeof(memory) / sizeof(memory[0]); i++)
		if (memory[i] == call)
			return false;
	return true;
}

static void
pass_on(int signal)
{
	(void)kill(child, signal);
}

/* A thread stands before or behind a call. */
static void
see_call(pid_t tid)
{
	struct __ptrace_syscall_info info = { .op = 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info) <= 0 ||
	    info.op != PTRACE_SYSCALL_INFO_ENTRY ||
	    !counts((long)info.entry.nr))
		return;
	if (++count == fatal)
		(void)kill(child, SIGKILL);
}

/* A thread has stopped; the signal that it is to get. */
static int
see_stop(pid_t tid, int status)
{
	int signal = WSTOPSIG(status);

	if (signal == (SIGTRAP | 0x80)) {
		see_call(tid);
		return 0;
	}
	/* What ptrace itself says: of exec, and of new threads. */
	return status >> 16 != 0 || signal == SIGSTOP || signal == SIGTRAP
	    ? 0 : signal;
}

/* Until it is gone; its status. */
static int
follow(void)
{
	int status;

	for (;;) {
		pid_t tid = waitpid(-1, &status, __WALL);

		if (tid == -1 && errno == EINTR)
			continue;
		if (tid == -1)
			return -1;
		if (WIFSTOPPED(status))
			(void)ptrace(PTRACE_SYSCALL, tid, NULL,
			    (void *)(long)see_stop(tid, status));
		else if (tid == child)
			return status;
	}
}

static int
begin(char *argv[])
{
	struct sigaction sa = { .sa_handler = pass_on };
	int status;

	if ((child = fork()) == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
			(void)execv(argv[0], argv);
		_exit(127);
	}
	if (child == -1 || waitpid(child, &status, 0) != child ||
	    !WIFSTOPPED(status) || ptrace(PTRACE_SETOPTIONS, child, NULL,
	    (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
	    PTRACE_O_EXITKILL)) == -1 ||
	    ptrace(PTRACE_SYSCALL, child, NULL, NULL) == -1)
		return -1;
	return sigaction(SIGTERM, &sa, NULL);
}

int
main(int argc, char *argv[])
{
	const char *said = NULL;
	FILE *f;
	int c, status;

	while ((c = getopt(argc, argv, "+ao:")) != -1) {
		if (c == 'a')
			all = true;
		else if (c == 'o')
			said = optarg;
		else
			return 64;
	}
	if (argc - optind < 2)
		return 64;
	fatal = strtoul(argv[optind], NULL, 10);
	if (begin(argv + optind + 1) == -1)
		return 69;
	status = follow();
	if (said != NULL && (f = fopen(said, "w")) != NULL) {
		fprintf(f, "%lu\n", count);
		(void)fclose(f);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
