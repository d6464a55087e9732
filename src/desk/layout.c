/* layout: which rows go to what, then each of them drawn. */
#include <string.h>

#include "base/text.h"
#include "desk/draw.h"

enum {
	SMALL_LINES = 20, /* below: no rules, no rows to spare */
	SMALL_COLUMNS = 60,
	PIN_LINES = 8, /* the title stays when so many rows are left */
	LARGE_WIDTH = 40,
	KEY_ROWS = 3
};

#define RULE "─"
#define BRAND "Guichet · "

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

/* A pen for the bars at the top and the bottom, from border to border. */
static struct pen
bar_of(const struct glass *g, struct layout *out, unsigned top, unsigned rows)
{
	unsigned in = g->columns >= 40;

	return (struct pen){
		.glass = g, .out = out, .left = in,
		.width = g->columns - 2 * in, .top = top, .height = rows
	};
}

/* Keys and what they do, in as many rows as they need. */
static void
draw_keys(struct pen *pen, const struct page *p, unsigned gap)
{
	unsigned col = 0;

	for (size_t i = 0; i < p->nkeys; i++) {
		const struct page_key *k = &p->keys[i];
		unsigned wide = (unsigned)(text_width(k->key) + 1 +
		    text_width(k->label));

		if (col > 0 && col + wide > pen->width) {
			pen->row++;
			col = 0;
		}
		col += pen_put(pen, col, k->key, LOOK_BOLD | LOOK_ACCENT) + 1;
		col += pen_put(pen, col, k->label, 0) + gap;
	}
	pen->row += p->nkeys > 0;
}

/* The widest gap between keys that costs no row more than the narrowest. */
static unsigned
key_rows(const struct page *p, const struct glass *g, unsigned *gap)
{
	struct pen pen;
	size_t least;

	pen = bar_of(g, NULL, 0, 0);
	draw_keys(&pen, p, 2);
	least = pen.row;
	for (*gap = 4; *gap > 2; --*gap) {
		pen = bar_of(g, NULL, 0, 0);
		draw_keys(&pen, p, *gap);
		if (pen.row == least)
			break;
	}
	return (unsigned)least;
}

static unsigned
status_rows(const struct page *p, const struct glass *g)
{
	struct pen pen = bar_of(g, NULL, 0, 0);

	if (p->status != NULL)
		pen_text(&pen, 0, p->status, false, 0);
	return (unsigned)pen.row;
}

/* Step and title, from the present row of the pen on, and a blank row. */
static void
draw_head(struct pen *pen, const struct page *p, const struct measure *m)
{
	if (p->step != NULL && m->rules)
		pen_text(pen, 0, p->step, false, LOOK_ACCENT);
	else
		pen->row += m->pinned;
	pen->row += m->airy;
	if (p->title != NULL)
		pen_text(pen, 0, p->title, false, LOOK_BOLD);
	pen->row += p->title != NULL && p->n > 0 &&
	    pen->glass->lines > 6;
}

/* The items; where each stands is noted when m is to be filled. */
static void
draw_items(struct pen *pen, const struct scene *s, struct measure *m)
{
	for (size_t i = 0; i < s->page->n; i++) {
		pen->row += draw_gap(pen, s, i);
		if (m != NULL)
			m->from[i] = pen->row;
		draw_item(pen, s, i);
		if (m != NULL)
			m->to[i] = pen->row;
	}
}

/* The body when the title is part of it, or only the items. */
static size_t
measure_body(const struct page *p, const struct glass *g, struct measure *m)
{
	struct scene s = { .page = p, .art = m->art, .roomy = m->roomy };
	struct pen pen = pen_of(g, m, NULL);

	if (!m->pinned)
		draw_head(&pen, p, m);
	draw_items(&pen, &s, m);
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
	unsigned top, bottom = g->lines, gap;

	m->rules = !small;
	top = g->lines >= 4;
	top += m->rules || (p->banner != NULL && g->lines >= 8);
	if (g->lines >= 6)
		m->status_rows = at_most(status_rows(p, g), 2);
	if (g->lines >= 5)
		m->key_rows = at_most(key_rows(p, g, &gap),
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
measure_way(const struct page *p, const struct glass *g, struct measure *m)
{
	unsigned rows = m->body_rows + m->head_rows;
	struct pen pen = pen_of(g, m, NULL);

	m->pinned = m->rules;
	draw_head(&pen, p, m);
	m->pinned = m->rules && rows >= pen.row + PIN_LINES;
	m->head_rows = m->pinned ? (unsigned)pen.row : 0;
	m->body = m->head + m->head_rows;
	m->body_rows = rows - m->head_rows;
	m->rows = measure_body(p, g, m);
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

	memset(m, 0, sizeof(*m));
	measure_width(g, m);
	measure_frame(p, g, m);
	for (size_t i = 0; i < n; i++) {
		m->airy = ways[i].airy && m->rules;
		m->roomy = ways[i].roomy;
		m->art = ways[i].art;
		measure_way(p, g, m);
		if (m->rows <= m->body_rows)
			return;
	}
	m->roomy = m->airy = m->rules;
	measure_way(p, g, m);
	/* Without rules, a row of the body says that there is more. */
	if (!m->rules && m->body_rows > 2)
		m->body_rows--;
}

/*
 * The place, the language and the hour; what has no room is left out. On a
 * small glass the step stands here, in the place of the place.
 */
static void
draw_top(const struct page *p, const struct glass *g, bool small,
    struct layout *out)
{
	struct pen pen = bar_of(g, out, 0, 1);
	const char *site = small && p->step != NULL ? p->step :
	    p->site == NULL ? "" : p->site;
	const char *hour = p->hour == NULL ? "" : p->hour;
	const char *lang = p->lang == NULL ? "" : p->lang;
	unsigned w = pen.width, col = 0;
	unsigned name = (unsigned)text_width(site);
	unsigned right = (unsigned)text_width(hour);
	unsigned wide = (unsigned)text_width(lang) + 3;
	size_t fit;

	if (right > w)
		return;
	(void)pen_put(&pen, w - right, hour, 0);
	if (name + 2 + right + wide <= w) {
		(void)pen_put(&pen, w - right - wide, lang, 0);
		right += wide;
	}
	if (site == p->site && name + text_width(BRAND) + 2 + right <= w)
		col = pen_put(&pen, 0, BRAND, LOOK_BOLD);
	fit = text_fit(site, w > right + 2 ? w - right - 2 - col : 0, NULL);
	(void)pen_put_n(&pen, col, site, fit, 0);
}

/* Bytes of a banner that fit, whole parts of it when it has " · ". */
static size_t
banner_fit(const char *banner, unsigned width, unsigned *cols)
{
	size_t n = text_fit(banner, width, NULL), wide;

	if (banner[n] != '\0')
		for (size_t at = n; at > 0; at--)
			if (strncmp(banner + at, " · ", 4) == 0) {
				n = at;
				break;
			}
	(void)text_fit_in(banner, n, width, &wide);
	*cols = (unsigned)wide;
	return n;
}

/* The line below the top, with the training banner in its middle. */
static void
draw_rule(const struct page *p, const struct glass *g, bool rules,
    struct layout *out)
{
	struct pen pen = bar_of(g, out, g->lines >= 8, 1);
	unsigned look = LOOK_WARN | LOOK_BOLD | LOOK_REVERSE, wide, col;
	size_t n;

	if (rules) {
		pen.left = 0;
		pen_repeat(&pen, 0, RULE, g->columns, 0);
		pen.left = 1;
	}
	if (p->banner == NULL)
		return;
	n = banner_fit(p->banner, pen.width, &wide);
	col = (pen.width - wide) / 2;
	if (wide + 2 <= pen.width)
		pen_repeat(&pen, col - 1, " ", wide + 2, look);
	(void)pen_put_n(&pen, col, p->banner, n, look);
}

/* What says that the body goes on above or below the glass. */
static void
draw_more(const struct view *v, const struct glass *g,
    const struct measure *m, struct layout *out)
{
	bool above = v->scroll > 0;
	bool below = v->scroll + m->body_rows < m->rows;
	unsigned row = m->rules ? m->keys - 1 : m->body + m->body_rows;
	struct pen pen = bar_of(g, out, row, 1);
	unsigned col = m->rules ? m->left - pen.left : 0;
	const char *text = "";

	if (m->rules) {
		pen.left = 0;
		pen_repeat(&pen, 0, RULE, g->columns, 0);
		pen.left = 1;
	}
	if (above && below)
		text = " ▲ Plus haut   ▼ La suite est plus bas ";
	else if (below)
		text = " ▼ La suite est plus bas ";
	else if (above)
		text = " ▲ Le début est plus haut ";
	if (m->rules || m->rows > m->body_rows)
		(void)pen_put(&pen, col > 0 ? col - 1 : 0, text + !m->rules,
		    LOOK_BOLD | LOOK_ACCENT);
}

/* The status; on a legal answer, how it is given instead. */
static void
draw_status(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out)
{
	struct pen pen = bar_of(g, out, m->status, m->status_rows);
	const struct item *it = v->focus < p->n ? &p->item[v->focus] : NULL;
	unsigned col;

	if (it != NULL && it->flags & ITEM_LEGAL) {
		col = pen_put(&pen, 0, "Pour cette réponse, tapez ", 0);
		(void)pen_put_n(&pen, col, &it->key, 1,
		    LOOK_BOLD | LOOK_ACCENT);
	} else if (p->status != NULL)
		pen_text(&pen, 0, p->status, false, 0);
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
	draw_items(&pen, &s, NULL);
}

void
layout_draw(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out)
{
	struct pen pen = pen_of(g, m, out);
	unsigned gap;

	out->n = 0;
	/* With nothing in focus, the cursor is where reading begins. */
	out->row = v->scroll == 0 && m->pinned && p->title != NULL ?
	    m->body - 2 : m->body;
	out->row = at_most(out->row, g->lines - 1);
	out->col = m->left;
	if (g->lines >= 4)
		draw_top(p, g, !m->rules, out);
	if (m->rules || (p->banner != NULL && g->lines >= 8))
		draw_rule(p, g, m->rules, out);
	if (m->pinned) {
		pen.top = m->head;
		draw_head(&pen, p, m);
	}
	draw_body(p, v, g, m, out);
	draw_more(v, g, m, out);
	if (m->key_rows > 0) {
		(void)key_rows(p, g, &gap);
		pen = bar_of(g, out, m->keys, m->key_rows);
		draw_keys(&pen, p, gap);
	}
	draw_status(p, v, g, m, out);
}
