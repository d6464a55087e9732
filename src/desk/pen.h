/*
 * pen: puts texts into a layout, row by row, inside a window that scrolls.
 *
 * Columns count from pen.left. Rows count from the first of the window's
 * content; what is outside of the window, or of the glass, is left out. With
 * no layout, a pen only counts rows.
 */
#ifndef GUICHET_DESK_PEN_H
#define GUICHET_DESK_PEN_H

#include "desk/layout.h"

enum { WIDE = 20, NARROW = 8 }; /* columns from which indents are kept */

struct pen {
	const struct glass *glass;
	struct layout *out;   /* NULL: measure only */
	unsigned left, width; /* of the texts */
	unsigned top, height; /* of the window on the glass */
	size_t first;	      /* row of the content at the window's top */
	size_t row;	      /* where the pen is */
	unsigned look;	      /* added to every piece */
};

/* A pen for the bars at the top and the bottom, from border to border. */
struct pen pen_bar(const struct glass *g, struct layout *out, unsigned top,
    unsigned rows);

/* n bytes of s at a column of the present row, cut at the glass' edge.
 * The columns that they took. */
unsigned pen_put_n(struct pen *pen, unsigned col, const char *s, size_t n,
    unsigned look);
unsigned pen_put(struct pen *pen, unsigned col, const char *s, unsigned look);

/* One sign, several times. */
void pen_repeat(struct pen *pen, unsigned col, const char *sign,
    unsigned times, unsigned look);

/* A text in as many rows as it takes, from `col` to the right border. */
void pen_text(struct pen *pen, unsigned col, const char *s, unsigned look);

/* The indent n, or less where the glass is too narrow for it. */
unsigned pen_indent(const struct pen *pen, unsigned n);

/* The rows from `from` to the one above the pen can be touched, as much of
 * them as is in the window: `cols` columns from `col` on. */
void pen_spot(struct pen *pen, size_t from, unsigned col, unsigned cols,
    const struct spot *spot);

/* The cursor stands here, when this row is in the window. */
void pen_cursor(struct pen *pen, unsigned col);

#endif
