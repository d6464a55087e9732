/* walk: one person in a world of screens, led by a test; no chance in it. */
#ifndef GUICHET_TESTS_SCREENS_WALK_H
#define GUICHET_TESTS_SCREENS_WALK_H

#include "tests/screens/world.h"

static struct world w;

static inline uint32_t
never(void *source)
{
	(void)source;
	return 1;
}

static inline int
begin(void **state)
{
	(void)state;
	world_open(&w, &screens_flow);
	w.next = never;
	w.alone = true;
	return 0;
}

static inline int
end(void **state)
{
	(void)state;
	world_close(&w);
	return 0;
}

static inline void
pick(const char *id)
{
	world_step(&w, &(struct event){ .kind = EV_PICK, .id = id });
}

static inline void
set(const char *id, const char *value)
{
	world_step(&w, &(struct event){ .kind = EV_SET, .id = id,
	    .value = value });
}

static inline void
key(enum event_kind kind)
{
	world_step(&w, &(struct event){ .kind = kind });
}

static inline void
done(enum err result)
{
	world_step(&w, &(struct event){ .kind = EV_DONE, .result = result });
}

/* Go on happily until that screen. */
static inline void
walk_to(int at)
{
	for (int i = 0; i < 100 && w.s.at != at; i++)
		world_happy(&w);
	assert_int_equal(w.s.at, at);
}

#endif
