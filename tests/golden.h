/*
 * golden: bytes against a committed file of tests/golden.
 *
 * With UPDATE_GOLDEN=1 in the environment the file is written anew: look at
 * what git diff then says. Tests run from the top folder.
 */
#ifndef GUICHET_TESTS_GOLDEN_H
#define GUICHET_TESTS_GOLDEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

__attribute__((unused)) static inline void
golden_equal(const char *name, const void *p, size_t n)
{
	char path[PATH_ROOM];
	struct buf want;

	assert_int_equal(path_join("tests/golden", name, path), ERR_OK);
	if (getenv("UPDATE_GOLDEN") != NULL)
		assert_int_equal(file_replace(path, p, n, 0644), ERR_OK);
	buf_init(&want);
	assert_int_equal(file_read(path, BUF_MAX, &want), ERR_OK);
	if (want.len != n || memcmp(want.p, p, n) != 0) {
		print_error("%s is:\n%.*s\n", path, (int)n, (const char *)p);
		fail();
	}
	buf_clear(&want);
}

#endif
