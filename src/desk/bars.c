/* bars: top line, rules, keys and status. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "desk/bars.h"
#include "desk/pen.h"

#define RULE  "─"
#define BRAND "Guichet · "

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

/*
 * The keys that move and act here, before those that the page names: other
 * faces have other ways. The last is left out first when there is no room.
 */
enum { HAND_KEYS = 4 };

static bool
has_kind(const struct page *p, enum item_kind kind, bool tick)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->item[i].kind == kind &&
		    item_is_tick(&p->item[i]) == tick)
			return true;
	return false;
}

static size_t
hand_keys(const struct page *p, struct page_key out[HAND_KEYS])
{
	bool options = has_kind(p, ITEM_OPTION, false);
	bool ticks = has_kind(p, ITEM_OPTION, true);
	bool fields = has_kind(p, ITEM_FIELD, false);
	bool choices = has_kind(p, ITEM_CHOICE, false);
	size_t n = 0;

	if (ticks)
		out[n++] = (struct page_key){ _("Espace"), _("Cocher") };
	if (options)
		out[n++] = (struct page_key){ "←→", _("Changer") };
	if (choices || fields)
		out[n++] = (struct page_key){ _("Entrée"),
			choices ? _("Choisir") : _("Suivant") };
	if (choices || fields || options)
		out[n++] = (struct page_key){ "↑↓", _("Se déplacer") };
	return n;
}

/* How the row of keys is written: so many of the hand's, so far apart. */
struct bar {
	struct page_key key[HAND_KEYS];
	size_t n;
	unsigned gap;
};

static void
draw_key(struct pen *pen, const struct page_key *k, unsigned gap,
    unsigned *col)
{
	unsigned wide = (unsigned)(text_width(k->key) + 1 +
	    text_width(k->label));

	if (*col > 0 && *col + wide > pen->width) {
		pen->row++;
		*col = 0;
	}
	*col += pen_put(pen, *col, k->key, LOOK_BOLD | LOOK_ACCENT) + 1;
	*col += pen_put(pen, *col, k->label, 0) + gap;
}

static bool
is_named(const struct page *p, const char *key)
{
	for (size_t i = 0; i < p->nkeys; i++)
		if (strcmp(p->keys[i].key, key) == 0)
			return true;
	return false;
}

/* Keys and what they do, in as many rows as they need. */
static void
draw_keys(struct pen *pen, const struct page *p, const struct bar *b)
{
	unsigned col = 0;

	for (size_t i = 0; i < b->n; i++)
		if (!is_named(p, b->key[i].key))
			draw_key(pen, &b->key[i], b->gap, &col);
	for (size_t i = 0; i < p->nkeys; i++)
		draw_key(pen, &p->keys[i], b->gap, &col);
	pen->row += col > 0;
}

static unsigned
rows_of(const struct page *p, const struct glass *g, const struct bar *b)
{
	struct pen pen = bar_of(g, NULL, 0, 0);

	draw_keys(&pen, p, b);
	return (unsigned)pen.row;
}

/* As many keys, then as wide a gap, as cost no row more than the page's own
 * and what turns its options. */
static unsigned
fit_keys(const struct page *p, const struct glass *g, struct bar *b)
{
	unsigned least;
	size_t all = hand_keys(p, b->key);

	b->gap = 2;
	b->n = has_kind(p, ITEM_OPTION, true) +
	    (size_t)has_kind(p, ITEM_OPTION, false);
	least = rows_of(p, g, b);
	least = least == 0 ? 1 : least;
	for (b->n = all; b->n > 0 && rows_of(p, g, b) > least; b->n--)
		;
	for (b->gap = 4; b->gap > 2 && rows_of(p, g, b) > least; b->gap--)
		;
	return rows_of(p, g, b);
}

unsigned
bars_key_rows(const struct page *p, const struct glass *g)
{
	struct bar bar;

	return fit_keys(p, g, &bar);
}

unsigned
bars_status_rows(const struct page *p, const struct glass *g)
{
	struct pen pen = bar_of(g, NULL, 0, 0);

	if (p->status != NULL)
		pen_text(&pen, 0, p->status, false, 0);
	return (unsigned)pen.row;
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

	if (!m->rules && row >= m->keys)
		return; /* a glass too small to spare a row */
	if (m->rules) {
		pen.left = 0;
		pen_repeat(&pen, 0, RULE, g->columns, 0);
		pen.left = 1;
	}
	if (above && below)
		text = _(" ▲ Plus haut   ▼ La suite est plus bas ");
	else if (below)
		text = _(" ▼ La suite est plus bas ");
	else if (above)
		text = _(" ▲ Le début est plus haut ");
	if (!m->rules && *text == ' ')
		text++;
	(void)pen_put(&pen, col > 0 ? col - 1 : 0, text,
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
		col = pen_put(&pen, 0, _("Pour cette réponse, tapez "), 0);
		(void)pen_put_n(&pen, col, &it->key, 1,
		    LOOK_BOLD | LOOK_ACCENT);
	} else if (p->status != NULL)
		pen_text(&pen, 0, p->status, false, 0);
}

void
bars_draw(const struct page *p, const struct view *v, const struct glass *g,
    const struct measure *m, struct layout *out)
{
	struct pen pen = bar_of(g, out, m->keys, m->key_rows);
	struct bar bar;

	if (g->lines >= 4)
		draw_top(p, g, !m->rules, out);
	if (m->rules || (p->banner != NULL && g->lines >= 8))
		draw_rule(p, g, m->rules, out);
	draw_more(v, g, m, out);
	(void)fit_keys(p, g, &bar);
	draw_keys(&pen, p, &bar);
	draw_status(p, v, g, m, out);
}
