/*
 * look: the password uncovered while a key is held, and not longer.
 *
 * A terminal does not tell when a key goes up; it tells that it is down, some
 * twenty times a second, from half a second on. So a press alone uncovers
 * nothing; its repeats do, and a moment after the last it is covered again. A
 * finger or a pointer that goes up is told. Where there are no keys to hold
 * (plain lines, answers of a file) the choice is a step of its own, and covers
 * again by itself.
 */
#ifndef GUICHET_SCREENS_LOOK_H
#define GUICHET_SCREENS_LOOK_H

#include "desk/event.h"
#include "desk/page.h"
#include "desk/session.h"

/* So many looks, each of so many seconds at most, holding or not. */
struct looks {
	unsigned times, seconds;
};

/* The choice "show" was made, held or let go; *taken counts the looks. Lifting
 * the hand for less than a second does not end one. */
void look_take(struct session *s, const struct event *ev,
    const struct looks *most, unsigned *taken);

/* The choice, while there is a look to be had. */
void look_show(const struct session *s, struct page *p,
    const struct looks *most, unsigned taken);

#endif
