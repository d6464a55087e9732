/*
 * keys: one key on a page → a move of the view, or an event.
 *
 * Pure: the table of what each key does, for every face with a keyboard.
 */
#ifndef GUICHET_DESK_KEYS_H
#define GUICHET_DESK_KEYS_H

#include "desk/event.h"
#include "desk/stroke.h"
#include "desk/view.h"

#define FIELD_ROOM 512 /* bytes of any field, with its NUL */

/* Texts of an event; in locked memory, for what is typed is a person's. */
struct hand {
	char id[PAGE_ID], value[FIELD_ROOM];
};

/* *ev is that event, its texts in *hand; either text may be NULL. */
void keys_say(struct hand *hand, struct event *ev, enum event_kind kind,
    const char *id, const char *value);

/*
 * What the key does: the view moves, or *ev becomes the event, with its texts
 * in *hand; EV_NONE when there is none. Settles the view first.
 */
void keys_take(struct view *v, const struct page *p, const struct measure *m,
    const struct stroke *k, struct hand *hand, struct event *ev);

#endif
