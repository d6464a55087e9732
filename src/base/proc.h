/*
 * proc: start one of guichet's own programs with a pipe each way.
 *
 * Called before a program shuts itself in; nothing is started afterwards
 * (DESIGN section 1).
 */
#ifndef GUICHET_BASE_PROC_H
#define GUICHET_BASE_PROC_H

#include <sys/types.h>

#include "base/err.h"

struct proc {
	pid_t pid;
	int to, from; /* its stdin and stdout; -1 when closed */
};

/*
 * Start argv[0] (a path) with that argument list, its stdin and stdout piped
 * to us and its stderr ours. ERR_CHILD; the subject is the path.
 */
enum err proc_start(const char *const argv[], struct proc *out);

/* Close the pipes, wait up to a second, then SIGTERM, then SIGKILL. The exit
 * status in *status when status is not NULL (-1: by a signal). */
void proc_stop(struct proc *p, int *status);

/* The path of the program of that name that stands beside this one. */
enum err proc_sibling(const char *name, char *out, size_t room);

#endif
