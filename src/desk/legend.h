/*
 * legend: the rows that name the keys: those of the hand, which other faces
 * do not have, the page's own, and where there is room those of the look. A
 * finger on one presses it.
 */
#ifndef GUICHET_DESK_LEGEND_H
#define GUICHET_DESK_LEGEND_H

#include "desk/pen.h"

/* Rows that the keys take, were there room for all. */
unsigned legend_rows(const struct page *p, const struct glass *g);

/* All of them, from the present row of the pen on. */
void legend_draw(struct pen *pen, const struct page *p);

/* So many columns of the pen's row are that key, as the legend names it; "▲"
 * and "▼" are a glass full up and down. None for a name that is unknown. */
void legend_spot(struct pen *pen, const char *key, unsigned col,
    unsigned cols);

#endif
