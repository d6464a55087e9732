/*
 * layout: a page, where its reader is, and a size → what stands in each row.
 *
 * Pure: no terminal. Pieces borrow the page's texts, so that a layout holds
 * nothing of a person and dies with its page. Only the body scrolls; the top
 * line, the step, the keys and the status stay where they are.
 */
#ifndef GUICHET_DESK_LAYOUT_H
#define GUICHET_DESK_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "desk/page.h"
#include "desk/stroke.h"

#define GLASS_MAX 500 /* lines and columns that are used at most */

struct glass {
	unsigned lines, columns;
	bool large; /* less at a time: short lines, wide apart, bold */
	bool ascii; /* no box drawing, no signs */
};

/* Where the reader is on a page (view.h moves it). */
struct view {
	char name[PAGE_ID], fresh[PAGE_ID]; /* of the page that this is about */
	char id[PAGE_ID]; /* of the item in focus, to find it again */
	size_t focus; /* index of the item; PAGE_ITEMS: none, reading */
	size_t tail;  /* bytes of the field behind the caret */
	size_t scroll; /* rows of the body above the glass */
	unsigned beat; /* moves the sign of life */
	bool touched;  /* by a finger or a pointer, last; not by a key */
	bool told;     /* the notice was seen to its end, and that was said */
};

/* How a page falls into rows; depends on page and glass alone. */
struct measure {
	unsigned left, width;	   /* of the texts, in columns */
	unsigned head, head_rows;  /* first row and rows of step and title */
	unsigned body, body_rows;  /* of the window on the items */
	unsigned keys, key_rows;   /* the keys' */
	unsigned status, status_rows;
	bool rules;   /* lines drawn above and below */
	bool pinned;  /* the title stays while the items scroll */
	bool airy;    /* a blank row between step and title */
	bool roomy, art; /* blank rows between items; drawings as drawn */
	size_t rows;  /* of the items in all */
	size_t from[PAGE_ITEMS], to[PAGE_ITEMS]; /* rows of each, [from, to) */
};

/* How a piece looks; faces map it to what the terminal can do. */
enum {
	LOOK_BOLD = 1,
	LOOK_REVERSE = 2,
	LOOK_UNDER = 4,
	LOOK_ACCENT = 8,
	LOOK_WARN = 16
};

/* `len` bytes of text, written `times` times from (row, col) on. */
struct piece {
	unsigned row, col, look;
	const char *text;
	size_t len;
	unsigned times;
};

/* What stands in some cells, for a finger: an item, one of its values, or a
 * key that is named there. */
enum spot_kind { SPOT_ITEM, SPOT_VALUE, SPOT_KEY };
struct spot {
	enum spot_kind kind;
	unsigned row, rows, col, cols;
	size_t item, value; /* indices, of the page and in its item */
	struct stroke key;  /* KEY: what it does */
};

#define LAYOUT_PIECES 6000
#define LAYOUT_SPOTS  (PAGE_ITEMS * (1 + ITEM_VALUES) + 4 * PAGE_KEYS)
struct layout {
	struct piece piece[LAYOUT_PIECES];
	size_t n;
	struct spot spot[LAYOUT_SPOTS];
	size_t nspots;
	unsigned row, col; /* of the cursor: always on the focus */
};

void layout_measure(const struct page *p, const struct glass *g,
    struct measure *m);

/* The pieces, none past the edges of the glass. */
void layout_draw(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out);

/* What stands at that cell, NULL: nothing that can be touched. */
const struct spot *layout_spot(const struct layout *l, unsigned row,
    unsigned col);

#endif
