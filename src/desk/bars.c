/* bars: top line, rules, keys and status. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "desk/bars.h"
#include "desk/legend.h"

#define RULE  "─"
#define BRAND "Guichet · "

unsigned
bars_status_rows(const struct page *p, const struct glass *g)
{
	struct pen pen = pen_bar(g, NULL, 0, 0);

	if (p->status != NULL)
		pen_text(&pen, 0, p->status, 0);
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
	struct pen pen = pen_bar(g, out, 0, 1);
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

/* The keys that the parts of a banner begin with. */
static void
spot_banner(struct pen *pen, unsigned col, const char *banner, size_t n)
{
	char key[8];

	while (n > 0) {
		size_t len = 0, wide, word;

		while (len < n && strncmp(banner + len, " · ", 4) != 0)
			len++;
		(void)text_fit_in(banner, len, pen->width, &wide);
		word = strcspn(banner, " ");
		if (word < sizeof(key) && word < len) {
			memcpy(key, banner, word);
			key[word] = '\0';
			legend_spot(pen, key, col, (unsigned)wide);
		}
		len += len < n ? 4 : 0;
		col += (unsigned)wide + 3;
		banner += len;
		n -= len;
	}
}

/* The line below the top, with the training banner in its middle. */
static void
draw_rule(const struct page *p, const struct glass *g, bool rules,
    struct layout *out)
{
	struct pen pen = pen_bar(g, out, g->lines >= 8, 1);
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
	spot_banner(&pen, col, p->banner, n);
}

/* Each of the two signs turns the page its way. */
static void
spot_more(struct pen *pen, unsigned col, const char *text)
{
	const char *up = strstr(text, "▲"), *down = strstr(text, "▼");
	unsigned before = 0;
	size_t wide;

	if (up != NULL) {
		(void)text_fit_in(text, down == NULL ? strlen(text) :
		    (size_t)(down - text), pen->width, &wide);
		legend_spot(pen, "▲", col, before = (unsigned)wide);
	}
	if (down != NULL)
		legend_spot(pen, "▼", col + before,
		    (unsigned)text_width(text) - before);
}

/* What says that the body goes on above or below the glass. */
static void
draw_more(const struct view *v, const struct glass *g,
    const struct measure *m, struct layout *out)
{
	bool above = v->scroll > 0;
	bool below = v->scroll + m->body_rows < m->rows;
	unsigned row = m->rules ? m->keys - 1 : m->body + m->body_rows;
	struct pen pen = pen_bar(g, out, row, 1);
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
	col -= col > 0;
	(void)pen_put(&pen, col, text, LOOK_BOLD | LOOK_ACCENT);
	spot_more(&pen, col, text);
}

/* The status; on a legal answer, how it is given instead. */
static void
draw_status(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out)
{
	struct pen pen = pen_bar(g, out, m->status, m->status_rows);
	const struct item *it = v->focus < p->n ? &p->item[v->focus] : NULL;
	unsigned col;

	if (it != NULL && it->flags & ITEM_LEGAL) {
		col = pen_put(&pen, 0, v->touched ?
		    _("Touchez encore, ou tapez ") :
		    _("Pour cette réponse, tapez "), 0);
		(void)pen_put_n(&pen, col, &it->key, 1,
		    LOOK_BOLD | LOOK_ACCENT);
	} else if (p->status != NULL)
		pen_text(&pen, 0, p->status, 0);
}

/* Is it a warning that must be seen, and is not: an alarm, wherever one reads;
 * what a page that began anew warns of, on a glass that has no room for it
 * and the focus together? */
static bool
is_missed(const struct page *p, const struct view *v,
    const struct measure *m, size_t i)
{
	size_t f = v->focus, below = v->scroll + m->body_rows;

	if (p->item[i].flags & ITEM_ALARM)
		return m->from[i] < v->scroll;
	return p->item[i].flags & ITEM_WARN && p->fresh != NULL &&
	    (m->to[i] <= v->scroll || m->from[i] >= below) && f < p->n &&
	    m->to[f] - m->from[f] + m->to[i] - m->from[i] >= m->body_rows;
}

/* It stands over keys and status. */
static bool
draw_missed(const struct page *p, const struct view *v,
    const struct glass *g, const struct measure *m, struct layout *out)
{
	struct pen pen = pen_bar(g, out, m->keys, m->key_rows + m->status_rows);

	for (size_t i = 0; i < p->n; i++)
		if (is_missed(p, v, m, i)) {
			(void)pen_put(&pen, 0, "!", LOOK_WARN | LOOK_BOLD);
			pen_text(&pen, pen_indent(&pen, 2), p->item[i].label,
			    LOOK_WARN | LOOK_BOLD);
			return true;
		}
	return false;
}

void
bars_draw(const struct page *p, const struct view *v, const struct glass *g,
    const struct measure *m, struct layout *out)
{
	struct pen pen = pen_bar(g, out, m->keys, m->key_rows);

	if (g->lines >= 4)
		draw_top(p, g, !m->rules, out);
	if (m->rules || (p->banner != NULL && g->lines >= 8))
		draw_rule(p, g, m->rules, out);
	draw_more(v, g, m, out);
	if (draw_missed(p, v, g, m, out))
		return;
	legend_draw(&pen, p);
	draw_status(p, v, g, m, out);
}
