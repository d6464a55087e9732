/*
 * starter: somebody born before a program shuts itself in, who starts one
 * other program for it whenever it is asked.
 *
 * A program that has given up starting others still may need one that lives
 * no longer than one task: what it knew is gone with it. The starter passes
 * on the ends of two pipes and never has a byte of what goes through them.
 */
#ifndef GUICHET_BASE_STARTER_H
#define GUICHET_BASE_STARTER_H

#include "base/err.h"

struct starter;

/* Fork it; call this before any thread and before anything secret is known.
 * argv[0] is a path; the words are copied with the process. ERR_CHILD,
 * ERR_MEMORY. */
enum err starter_new(const char *const argv[], struct starter **out);

/* Close: it ends by itself. NULL is accepted. */
void starter_free(struct starter *s);

/* Start the program: *to is its stdin, *from its stdout, both the caller's to
 * close. One at a time. ERR_CHILD. */
enum err starter_run(struct starter *s, int *to, int *from);

/* Wait for the end of that program, whose pipes are closed: ERR_OK when it
 * exited with 0, else ERR_CHILD. */
enum err starter_wait(struct starter *s);

#endif
