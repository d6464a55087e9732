/*
 * sandbox: what a program gives up once it has started.
 */
#ifndef GUICHET_BASE_SANDBOX_H
#define GUICHET_BASE_SANDBOX_H

#include "base/err.h"

/*
 * For every program, first thing: no core file, memory not readable by other
 * processes of this account, no new privileges, umask 077, SIGPIPE and
 * SIGXFSZ ignored (a full disk is an answer of write(2), not a death).
 * ERR_SANDBOX.
 */
enum err sandbox_start(void);

/* What a program goes on to need, beside computing and its open files. */
enum {
	SANDBOX_CONNECT = 1, /* the network, outwards */
	SANDBOX_SERVE = 2,   /* the network, inwards */
	SANDBOX_SCREEN = 4,  /* to set up a terminal, never to type into it */
	SANDBOX_CHILDREN = 8, /* to end and await those already started */
	SANDBOX_FILES = 16,  /* files, and what libraries ask beside them */
	SANDBOX_DOOR = 32    /* to take who comes to a socket that is open */
};

/* X(NAME, needs): the second column of DESIGN section 1. */
#define SANDBOXES(X)                                                         \
	X(CARD, 0)                                                           \
	X(PDF, 0)                                                            \
	X(DESK, SANDBOX_FILES | SANDBOX_SCREEN | SANDBOX_CHILDREN)           \
	X(PRINT, SANDBOX_FILES | SANDBOX_SCREEN)                             \
	X(SYNC, SANDBOX_FILES | SANDBOX_CONNECT | SANDBOX_DOOR)              \
	X(CENTRAL, SANDBOX_FILES | SANDBOX_SERVE)                            \
	X(OPENER, SANDBOX_FILES)                                             \
	X(ANSWER, SANDBOX_FILES | SANDBOX_DOOR)                              \
	X(NOTICE, SANDBOX_FILES | SANDBOX_CONNECT)
#define SANDBOX_ENUM(name, needs) SANDBOX_##name,
enum sandbox { SANDBOXES(SANDBOX_ENUM) };
#undef SANDBOX_ENUM

/*
 * For a program that has started its helpers and opened what it could: from
 * here on only files below `write`, and below `read` to look at (folders or
 * files, both lists end with NULL, or are NULL), and only what its row says,
 * and `more` of the same. It may always compute, wait, start threads, use the
 * descriptors that it has and connect to Unix sockets. Another file is refused
 * (EACCES). Starting a program, a process, a network that is not its own,
 * tracing, other accounts end it by SIGSYS. Calls that nobody thought of are
 * answered ENOSYS; but a program without SANDBOX_FILES, which reads a
 * stranger's bytes, ends by SIGSYS with anything but those above and opening
 * a file to read. Before any thread is started, after sandbox_start().
 * ERR_SANDBOX.
 */
enum err sandbox_enter(enum sandbox who, unsigned more,
    const char *const *read, const char *const *write);

#endif
