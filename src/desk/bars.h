/*
 * bars: what stands around the items and never scrolls: the top line, the
 * rules with the banner and the word that there is more, keys and status.
 */
#ifndef GUICHET_DESK_BARS_H
#define GUICHET_DESK_BARS_H

#include "desk/layout.h"

/* Rows that the status takes, were there room for all. */
unsigned bars_status_rows(const struct page *p, const struct glass *g);

/* All of them, where the measure says. */
void bars_draw(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out);

#endif
