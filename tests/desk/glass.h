/* glass: a layout written out as lines of text, as a terminal shows it. */
#ifndef TESTS_DESK_GLASS_H
#define TESTS_DESK_GLASS_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "desk/layout.h"

struct cell {
	char text[16];
	unsigned look;
	bool behind; /* second half of a wide letter */
};

/* Every piece in its cells; aborts when one would leave the glass. */
static inline struct cell *
glass_cells(const struct layout *l, const struct glass *g)
{
	struct cell *cells = calloc(g->lines * g->columns, sizeof(*cells));

	for (size_t i = 0; i < l->n; i++) {
		const struct piece *pc = &l->piece[i];
		unsigned col = pc->col;

		for (unsigned t = 0; t < pc->times; t++)
			for (size_t at = 0, n; at < pc->len; at += n) {
				struct cell *c;
				size_t cols;

				n = text_first(pc->text + at);
				n = n > pc->len - at ? pc->len - at : n;
				(void)text_fit_in(pc->text + at, n, 9, &cols);
				if (cells == NULL || pc->row >= g->lines ||
				    col + cols > g->columns ||
				    n >= sizeof(c->text))
					abort();
				c = &cells[pc->row * g->columns + col];
				memcpy(c->text, pc->text + at, n);
				c->text[n] = '\0';
				c->look = pc->look;
				if (cols == 2)
					c[1].behind = true;
				col += (unsigned)cols;
			}
	}
	return cells;
}

/* Lines of text, without blanks at their ends. */
static inline void
glass_text(const struct layout *l, const struct glass *g, struct buf *out)
{
	struct cell *cells = glass_cells(l, g);

	for (unsigned row = 0; row < g->lines; row++) {
		size_t end = out->len;

		for (unsigned col = 0; col < g->columns; col++) {
			const struct cell *c = &cells[row * g->columns + col];

			if (c->behind)
				continue;
			(void)buf_put_text(out, *c->text ? c->text : " ");
			if (*c->text && strcmp(c->text, " ") != 0)
				end = out->len;
		}
		out->len = end;
		(void)buf_put_u8(out, '\n');
	}
	(void)buf_terminate(out);
	free(cells);
}

#endif
