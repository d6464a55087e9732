/* layout: which rows go to what, then each of them drawn. */
#include <string.h>

#include "desk/bars.h"
#include "desk/draw.h"
#include "desk/legend.h"

enum {
	SMALL_LINES = 20, /* below: no rules, no rows to spare */
	SMALL_COLUMNS = 60,
	PIN_LINES = 8, /* the title stays when so many rows are left */
	LARGE_WIDTH = 40,
	KEY_ROWS = 3
};

static unsigned
at_most(unsigned n, unsigned max)
{
	return n < max ? n : max;
}

static struct pen
pen_of(const struct glass *g, const struct measure *m, struct layout *out)
{
	return (struct pen){
		.glass = g, .out = out, .left = m->left, .width = m->width,
		.height = g->lines, .look = g->large ? LOOK_BOLD : 0
	};
}

/* Step and title, from the present row of the pen on, and a blank row. */
static void
draw_head(struct pen *pen, const struct page *p, const struct measure *m)
{
	if (p->step != NULL && m->rules)
		pen_text(pen, 0, p->step, LOOK_ACCENT);
	else
		pen->row += m->pinned;
	pen->row += m->airy;
	if (p->title != NULL)
		pen_text(pen, 0, p->title, LOOK_BOLD);
	pen->row += p->title != NULL && p->n > 0 &&
	    pen->glass->lines > 6;
}

/* Rows of each item by itself; drawings as drawn, or in words. */
static void
measure_items(const struct page *p, const struct glass *g,
    const struct measure *m, bool art, size_t tall[PAGE_ITEMS])
{
	struct scene s = { .page = p, .art = art };

	for (size_t i = 0; i < p->n; i++) {
		struct pen pen = pen_of(g, m, NULL);

		draw_item(&pen, &s, i);
		tall[i] = pen.row;
	}
}

/* Where each item stands, under the title when that is not pinned. */
static size_t
measure_body(const struct page *p, const struct glass *g, struct measure *m,
    const size_t tall[PAGE_ITEMS])
{
	struct scene s = { .page = p, .roomy = m->roomy };
	struct pen pen = pen_of(g, m, NULL);

	if (!m->pinned)
		draw_head(&pen, p, m);
	for (size_t i = 0; i < p->n; i++) {
		pen.row += draw_gap(&pen, &s, i);
		m->from[i] = pen.row;
		pen.row += tall[i];
		m->to[i] = pen.row;
	}
	return pen.row;
}

/* Left border and width of the texts: in the middle, 66 columns at most. */
static void
measure_width(const struct glass *g, struct measure *m)
{
	unsigned c = g->columns, most = PAGE_WIDTH, side = 1;

	if (g->large)
		most = LARGE_WIDTH;
	if (c >= PAGE_WIDTH + 6)
		side = (c - PAGE_WIDTH - 2) / 2;
	else if (c >= SMALL_COLUMNS)
		side = 2;
	m->left = c >= WIDE ? side : 0;
	m->width = at_most(c - m->left - (c >= WIDE), most);
}

/* Rows of everything that does not scroll; the body takes the rest. */
static void
measure_frame(const struct page *p, const struct glass *g, struct measure *m)
{
	bool small = g->lines < SMALL_LINES || g->columns < SMALL_COLUMNS;
	unsigned top, bottom = g->lines;

	m->rules = !small;
	top = g->lines >= 4;
	top += m->rules || (p->banner != NULL && g->lines >= 8);
	if (g->lines >= 6)
		m->status_rows = at_most(bars_status_rows(p, g), 2);
	if (g->lines >= 5)
		m->key_rows = at_most(legend_rows(p, g),
		    g->lines < 10 ? 1 : KEY_ROWS);
	m->status = bottom -= m->status_rows;
	m->keys = bottom -= m->key_rows;
	bottom -= m->rules;
	if (m->rules)
		top += g->lines > 30 ? (g->lines - 24) / 6 : 1;
	m->head = top;
	m->body_rows = bottom > top ? bottom - top : 1;
}

/* Share what the frame left between title and items, in one of the ways. */
static void
measure_way(const struct page *p, const struct glass *g, struct measure *m,
    const size_t tall[PAGE_ITEMS])
{
	unsigned rows = m->body_rows + m->head_rows;
	struct pen pen = pen_of(g, m, NULL);

	m->pinned = m->rules;
	draw_head(&pen, p, m);
	m->pinned = m->rules && rows >= pen.row + PIN_LINES;
	m->head_rows = m->pinned ? (unsigned)pen.row : 0;
	m->body = m->head + m->head_rows;
	m->body_rows = rows - m->head_rows;
	m->rows = measure_body(p, g, m, tall);
}

void
layout_measure(const struct page *p, const struct glass *g,
    struct measure *m)
{
	/* From generous to sparing; the first that fits is taken. */
	static const struct {
		bool airy, roomy, art;
	} ways[] = {
		{ true, true, true },	 { false, true, true },
		{ false, false, true },	 { true, true, false },
		{ false, true, false },	 { false, false, false },
	};
	size_t n = sizeof(ways) / sizeof(*ways);
	size_t tall[2][PAGE_ITEMS];

	memset(m, 0, sizeof(*m));
	measure_width(g, m);
	measure_frame(p, g, m);
	measure_items(p, g, m, false, tall[false]);
	measure_items(p, g, m, true, tall[true]);
	for (size_t i = 0; i < n; i++) {
		m->airy = ways[i].airy && m->rules;
		m->roomy = ways[i].roomy;
		m->art = ways[i].art;
		measure_way(p, g, m, tall[m->art]);
		if (m->rows <= m->body_rows)
			return;
	}
	m->roomy = m->airy = m->rules;
	measure_way(p, g, m, tall[m->art]);
	/* Without rules, a row of the body says that there is more. */
	if (!m->rules && m->body_rows > 2)
		m->body_rows--;
}

static void
draw_body(const struct page *p, const struct view *v, const struct glass *g,
    const struct measure *m, struct layout *out)
{
	struct scene s = {
		.page = p, .view = v, .art = m->art, .roomy = m->roomy
	};
	struct pen pen = pen_of(g, m, out);

	pen.top = m->body;
	pen.height = m->body_rows;
	pen.first = v->scroll;
	if (!m->pinned)
		draw_head(&pen, p, m);
	for (size_t i = 0; i < p->n; i++) {
		pen.row += draw_gap(&pen, &s, i);
		draw_item(&pen, &s, i);
	}
}

void
layout_draw(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out)
{
	struct pen pen = pen_of(g, m, out);

	out->n = out->nspots = 0;
	/* With nothing in focus, the cursor is where reading begins. */
	out->row = v->scroll == 0 && m->pinned && p->title != NULL ?
	    m->body - 2 : m->body;
	out->row = at_most(out->row, g->lines - 1);
	out->col = m->left;
	bars_draw(p, v, g, m, out);
	if (m->pinned) {
		pen.top = m->head;
		draw_head(&pen, p, m);
	}
	draw_body(p, v, g, m, out);
}

const struct spot *
layout_spot(const struct layout *l, unsigned row, unsigned col)
{
	for (size_t i = 0; i < l->nspots; i++) {
		const struct spot *s = &l->spot[i];

		if (row >= s->row && row - s->row < s->rows &&
		    col >= s->col && col - s->col < s->cols)
			return s;
	}
	return NULL;
}
