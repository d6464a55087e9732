/* proc: pipe, fork, exec; and an end that always comes. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/proc.h"

static void
close_one(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

static int
pipe_cloexec(int fd[2])
{
	if (pipe(fd) != 0)
		return -1;
	(void)fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

enum err
proc_start(const char *const argv[], struct proc *out)
{
	int down[2] = { -1, -1 }, up[2] = { -1, -1 };
	enum err r = ERR_CHILD;
	pid_t pid;

	if (access(argv[0], X_OK) != 0)
		goto out;
	if (pipe_cloexec(down) != 0 || pipe_cloexec(up) != 0)
		goto out;
	if ((pid = fork()) == -1)
		goto out;
	if (pid == 0) {
		/* A key that interrupts the terminal is not for the child. */
		(void)setpgid(0, 0);
		if (dup2(down[0], STDIN_FILENO) != -1 &&
		    dup2(up[1], STDOUT_FILENO) != -1)
			execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	*out = (struct proc){ .pid = pid, .to = down[1], .from = up[0] };
	down[1] = up[0] = -1; /* transferred */
	r = ERR_OK;
out:
	close_one(&down[0]);
	close_one(&down[1]);
	close_one(&up[0]);
	close_one(&up[1]);
	return r == ERR_OK ? r : err_about(r, "%s", argv[0]);
}

/* True when it ended within the time, or is no longer ours to wait for. */
static bool
ended(struct proc *p, int *wstatus, int ms)
{
	for (int waited = 0; waited <= ms; waited += 10) {
		pid_t got = waitpid(p->pid, wstatus, WNOHANG);

		if (got == p->pid || (got == -1 && errno == ECHILD))
			return true;
		(void)poll(NULL, 0, 10);
	}
	return false;
}

void
proc_stop(struct proc *p, int *status)
{
	int w = SIGKILL; /* unless waitpid(2) knows better */

	close_one(&p->to);
	close_one(&p->from);
	if (p->pid <= 0)
		return;
	if (!ended(p, &w, 1000)) {
		(void)kill(p->pid, SIGTERM);
		if (!ended(p, &w, 1000)) {
			(void)kill(p->pid, SIGKILL);
			(void)waitpid(p->pid, &w, 0);
		}
	}
	p->pid = 0;
	if (status != NULL)
		*status = WIFEXITED(w) ? WEXITSTATUS(w) : -1;
}

enum err
proc_sibling(const char *name, char *out, size_t room)
{
	ssize_t n = readlink("/proc/self/exe", out, room - 1);
	char *slash;

	if (n <= 0 || (size_t)n == room - 1) /* that long may be cut */
		return err_about(ERR_CHILD, "%s", name);
	out[n] = '\0';
	if ((slash = strrchr(out, '/')) == NULL ||
	    (size_t)(slash - out) + strlen(name) + 2 > room)
		return err_about(ERR_CHILD, "%s", name);
	strcpy(slash + 1, name);
	return ERR_OK;
}
