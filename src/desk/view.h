/*
 * view: where the reader of a page is: the focus, the scroll, the caret.
 *
 * With no item in focus one reads: the arrows scroll, and an item that comes
 * into sight takes the focus. The focus is never out of sight.
 */
#ifndef GUICHET_DESK_VIEW_H
#define GUICHET_DESK_VIEW_H

#include "desk/layout.h"

/* Forget the page and whom it was about. */
void view_reset(struct view *v);

/*
 * Follow the page: begin it when it is another, find the focus again when it
 * was built anew, and keep the focus in sight. A legal choice never has the
 * focus at the beginning. True when it is another page.
 */
bool view_settle(struct view *v, const struct page *p,
    const struct measure *m);

/* The item in focus, or NULL. */
const struct item *view_item(const struct view *v, const struct page *p);

/* To the next (1) or previous (-1) item; false when there is none. */
bool view_move(struct view *v, const struct page *p, const struct measure *m,
    int way);

/* To that item, which can have the focus. */
void view_focus(struct view *v, const struct page *p, const struct measure *m,
    size_t i);

/* One row down (1) or up (-1), or to an item that is in sight there. */
void view_step(struct view *v, const struct page *p, const struct measure *m,
    int way);

/* A glass full down or up. */
void view_leaf(struct view *v, const struct page *p, const struct measure *m,
    int way);

/* Some rows down or up, as a wheel does. */
void view_roll(struct view *v, const struct page *p, const struct measure *m,
    int way);

/* To the first row, or to the last. */
void view_end(struct view *v, const struct page *p, const struct measure *m,
    int way);

/* True once, when the end of a notice is in sight for the first time. */
bool view_notice_end(struct view *v, const struct page *p,
    const struct measure *m);

#endif
