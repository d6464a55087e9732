/*
 * frame: what stands around every screen, the same for all: where we are, the
 * hour, the training banner, the idle warning, the keys, how it is going.
 */
#ifndef GUICHET_DESK_FRAME_H
#define GUICHET_DESK_FRAME_H

#include "desk/page.h"
#include "desk/screen.h"
#include "desk/session.h"

/* The whole page of that screen, or of its help while the session helps. */
void frame_page(const struct screen *scr, const struct session *s,
    struct page *p);

/* The bottom line in words: reader, queue, last delivery, and how many
 * identifiers are left once they are few. */
void frame_status(const struct session *s, char *out, size_t room);

#endif
