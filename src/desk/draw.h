/*
 * draw: each kind of item with a pen, where the pen is.
 *
 * How many rows an item takes depends on the page and the width, never on
 * the focus, so that nothing jumps when it moves.
 */
#ifndef GUICHET_DESK_DRAW_H
#define GUICHET_DESK_DRAW_H

#include "desk/pen.h"

struct scene {
	const struct page *page;
	const struct view *view; /* NULL while measuring */
	bool art, roomy;
};

/* Item i; the pen goes on to the row below. */
void draw_item(struct pen *pen, const struct scene *s, size_t i);

/* Blank rows between item i and the one before. */
unsigned draw_gap(const struct pen *pen, const struct scene *s, size_t i);

/* For draw*.c: the mark of the focus, the indent behind it, and who has it. */
#define MARK "▶"
enum { INDENT = 2 };
bool draw_has_focus(const struct scene *s, size_t i);
void draw_error(struct pen *pen, const struct item *it);
void draw_field(struct pen *pen, const struct scene *s, size_t i);

#endif
