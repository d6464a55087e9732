/* one: an empty queue for each test, in a state folder of its own. */
#ifndef GUICHET_TESTS_QUEUE_ONE_H
#define GUICHET_TESTS_QUEUE_ONE_H

#include "tests/queue/made.h"

static struct made m;
static struct queue *q;

static inline int
setup(void **state)
{
	(void)state;
	return made_init(&m) == 0 &&
	    queue_open(m.state, false, &q) == ERR_OK ? 0 : -1;
}

static inline int
teardown(void **state)
{
	(void)state;
	queue_close(q);
	q = NULL;
	made_clear(&m);
	return 0;
}

#endif
