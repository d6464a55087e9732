/*
 * touch: a finger or a pointer on a spot of the layout → what its key does.
 *
 * Never more than a key: a box is ticked as by the space bar, and a legal
 * answer, which is never on Enter, is only taken from where the focus already
 * is. So one touch is never consent and the next page, and two that bounce
 * answer nothing that was not pointed at first.
 */
#ifndef GUICHET_DESK_TOUCH_H
#define GUICHET_DESK_TOUCH_H

#include "desk/keys.h"

/* As keys_take(), of what was touched and let go again. */
void touch_take(struct view *v, const struct page *p, const struct measure *m,
    const struct spot *spot, struct hand *hand, struct event *ev);

/* Went down on a choice that is held (page_hold)? Then it is made now, and
 * ends when the finger goes up, wherever that is. */
bool touch_hold(const struct page *p, const struct spot *spot,
    struct hand *hand, struct event *ev);
void touch_let_go(const struct page *p, struct hand *hand, struct event *ev);

/* Are they the same thing to touch, wherever it stands? */
bool touch_same(const struct spot *a, const struct spot *b);

#endif
