/* one: an empty slip for each test, and what it came to say. */
#ifndef GUICHET_TESTS_SLIP_ONE_H
#define GUICHET_TESTS_SLIP_ONE_H

#include <string.h>

#include "slip/slip.h"

static struct slip *s;

static inline int
setup(void **state)
{
	(void)state;
	return (s = slip_new()) == NULL ? -1 : 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	slip_free(s);
	return 0;
}

static inline bool
says(const char *words)
{
	for (size_t i = 0; i < s->n; i++)
		if (strstr(s->line[i].label, words) != NULL ||
		    strstr(s->line[i].value, words) != NULL)
			return true;
	return false;
}

#endif
