/*
 * child: a program that a test writes beside itself, where proc_sibling()
 * looks for guichet's own: the fake at the outermost door of a pipe.
 */
#ifndef GUICHET_TESTS_DESK_CHILD_H
#define GUICHET_TESTS_DESK_CHILD_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"

/* A shell script of that name and body beside the running test. */
static inline void
child_write(const char *name, const char *body)
{
	char path[PATH_ROOM];
	FILE *f;

	if (proc_sibling(name, path, sizeof(path)) != ERR_OK ||
	    (f = fopen(path, "we")) == NULL)
		abort();
	fprintf(f, "#!/bin/sh\n%s\n", body);
	if (fclose(f) != 0 || chmod(path, 0700) != 0)
		abort();
}

static inline void
child_remove(const char *name)
{
	char path[PATH_ROOM];

	if (proc_sibling(name, path, sizeof(path)) == ERR_OK)
		(void)unlink(path);
}

#endif
