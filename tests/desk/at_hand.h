/* at_hand: a page, a view of it, and what a hand on it says. */
#ifndef GUICHET_TESTS_DESK_AT_HAND_H
#define GUICHET_TESTS_DESK_AT_HAND_H

#include "desk/keys.h"
#include "samples.h"

static struct page *page;
static struct view view;
static struct measure measure;
static struct hand hand;
static struct event ev;
static struct glass glass;

static inline int
begin(void **state)
{
	(void)state;
	view_reset(&view);
	glass = (struct glass){ 24, 80, false, false };
	return 0;
}

/* The event is that; an id or a value of NULL is any. */
static inline void
said(enum event_kind kind, const char *id, const char *value)
{
	assert_int_equal(ev.kind, kind);
	if (id != NULL)
		assert_string_equal(ev.id, id);
	if (value != NULL)
		assert_string_equal(ev.value, value);
}

#endif
