/*
 * temp: a folder of its own for a test program, removed at the end.
 *
 * Give temp_setup and temp_teardown to cmocka_run_group_tests().
 */
#ifndef GUICHET_TESTS_TEMP_H
#define GUICHET_TESTS_TEMP_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static char temp_dir[] = "/tmp/guichet-test-XXXXXX";

static inline int
temp_setup(void **state)
{
	(void)state;
	return mkdtemp(temp_dir) == NULL ? -1 : 0;
}

static inline int
temp_remove(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline int
temp_teardown(void **state)
{
	(void)state;
	return nftw(temp_dir, temp_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* The path of that name in the folder. */
static inline const char *
temp_path(const char *name, char out[PATH_ROOM])
{
	if (path_join(temp_dir, name, out) != ERR_OK)
		abort();
	return out;
}

/* A file of that name, mode and text; out is its path. */
static inline const char *
temp_file(const char *name, unsigned mode, const void *p, size_t n,
    char out[PATH_ROOM])
{
	if (file_replace(temp_path(name, out), p, n, mode) != ERR_OK)
		abort();
	return out;
}

#endif
