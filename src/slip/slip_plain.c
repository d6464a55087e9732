/*
 * slip_plain: a slip as plain text, for a sheet of any width.
 *
 * Codes stand apart, glyph by glyph, with their names below.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/wrap.h"
#include "slip/qr.h"
#include "slip/slip.h"

#define NO_BREAK  "\xc2\xa0"
#define WIDTH_MIN 24
#define INDENT	  4 /* of what goes on from the line before */

/* Paper being filled; after the first error nothing more is put. */
struct paper {
	struct buf *out;
	size_t width, col;
	enum err r;
};

/* The blank that no line ends at has done its work: a printer that knows no
 * Unicode would make a sign of it. */
static void
put(struct paper *p, const char *s, size_t n)
{
	for (size_t i = 0; i < n && p->r == ERR_OK; i++) {
		bool tie = i + 1 < n && memcmp(s + i, NO_BREAK, 2) == 0;

		p->r = tie ? buf_put_text(p->out, " ") :
		    buf_put(p->out, s + i, 1);
		i += tie;
	}
}

static void
put_all(struct paper *p, const char *s)
{
	put(p, s, strlen(s));
	p->col += text_width(s);
}

static void
newline(struct paper *p, size_t indent)
{
	put(p, "\n", 1);
	for (p->col = 0; p->col < indent; p->col++)
		put(p, " ", 1);
}

/* An empty line, and never two. */
static void
gap(struct paper *p)
{
	const struct buf *b = p->out;

	if (b->len >= 2 && memcmp(b->p + b->len - 2, "\n\n", 2) != 0)
		newline(p, 0);
}

static size_t
columns(const char *s, size_t n)
{
	size_t cols;

	(void)text_fit_in(s, n, (size_t)-1, &cols);
	return cols;
}

/* Is the line cut inside a word, or where French wants no end? */
static bool
is_cut(const char *s, const struct line *l)
{
	return l->len == 0 || s[l->len - 1] == ' ' ||
	    (s[l->len] != '\0' && s[l->len] != ' ');
}

/* Fill from the column we are at; what follows stands indented. */
static void
flow(struct paper *p, const char *s, size_t indent)
{
	while (*s != '\0' && p->r == ERR_OK) {
		struct line l = wrap_next(s, p->width - p->col, true);

		put(p, s, l.len);
		p->col += columns(s, l.len);
		s += l.step;
		if (*s != '\0')
			newline(p, indent);
	}
}

/* The same, behind a blank when a line is begun already. */
static void
fill(struct paper *p, const char *s, size_t indent)
{
	if (*s != '\0' && p->col > 0) {
		size_t taken = p->col + 1 < p->width ? p->col + 1 : p->width;
		struct line l = wrap_next(s, p->width - taken, true);

		if (is_cut(s, &l))
			newline(p, indent);
		else
			put_all(p, " ");
	}
	flow(p, s, indent);
}

static void
put_words(struct paper *p, const char *s)
{
	fill(p, s, 0);
	newline(p, 0);
}

static void
put_row_of(struct paper *p, const char *glyph)
{
	for (size_t i = 0; i < p->width; i++)
		put(p, glyph, 1);
	newline(p, 0);
}

static void
put_watermark(const struct slip *s, struct paper *p)
{
	size_t cols = text_width(SLIP_WATERMARK);

	if (!s->training)
		return;
	while (2 * (p->col + 1) + cols + 1 < p->width)
		put_all(p, " "); /* and one more before the words */
	put_words(p, SLIP_WATERMARK);
}

/* Whether n more columns fit; if not, we are on a new line. */
static bool
fits(struct paper *p, size_t n, size_t indent)
{
	if (p->col + n <= p->width)
		return true;
	newline(p, indent);
	return false;
}

/* Glyph by glyph, well apart from the group before. */
static void
put_glyphs(struct paper *p, const char *group, size_t n)
{
	const size_t indent = 2 * INDENT;

	if (p->col == 0)
		newline(p, indent);
	else if (fits(p, 2 * n + 2, indent))
		put_all(p, "   ");
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && fits(p, 2, indent))
			put_all(p, " ");
		put(p, &group[i], 1);
		p->col++;
	}
}


static void
put_title(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	put_watermark(s, p);
	put_words(p, l->label);
	put_row_of(p, "=");
	gap(p);
}

static void
put_para(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	(void)s;
	gap(p);
	put_words(p, l->label);
	gap(p);
}

static void
put_fact(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	(void)s;
	fill(p, l->label, 0);
	fill(p, l->value, INDENT);
	newline(p, 0);
}

static void
put_code(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	const char *group = l->value;

	gap(p);
	put_words(p, l->label);
	put_watermark(s, p);
	while (*group != '\0') {
		size_t n = strcspn(group, " ");

		put_glyphs(p, group, n);
		group += n + (group[n] == ' ');
	}
	newline(p, 0);
	gap(p);
}

static void
put_names(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	(void)s;
	for (; p->col < INDENT; p->col++)
		put(p, " ", 1);
	flow(p, l->label, INDENT);
	newline(p, 0);
}

static void
put_rule(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	(void)s;
	(void)l;
	gap(p);
	put_row_of(p, "-");
	gap(p);
}

/* Three rows to write on, over a line. */
static void
put_sign(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	(void)s;
	gap(p);
	put_words(p, l->label);
	for (int i = 0; i < 3; i++)
		newline(p, 0);
	put_row_of(p, "_");
	gap(p);
}

/* Two modules in a character: the upper half, the lower half, both. */
static void
put_modules(const struct qr *q, struct paper *p)
{
	static const char *const half[] = { " ", "\xe2\x96\x80",
		"\xe2\x96\x84", "\xe2\x96\x88" };
	size_t left = (p->width - q->side) / 2;

	for (size_t y = 0; y < q->side; y += 2) {
		for (size_t x = 0; x < left; x++)
			put(p, " ", 1);
		for (size_t x = 0; x < q->side; x++) {
			int glyph = qr_dark(q, x, y) +
			    2 * qr_dark(q, x, y + 1);

			put_all(p, half[glyph]);
		}
		newline(p, 0);
	}
}

/* Where the paper is too narrow for it there is none: a code that no camera
 * reads helps nobody. */
static void
put_qr(const struct slip *s, const struct slip_line *l, struct paper *p)
{
	struct qr q;

	(void)s;
	if (qr_make(l->value, p->width - 2 * QR_QUIET, &q) != ERR_OK)
		return;
	gap(p);
	put_words(p, l->label);
	gap(p);
	put_modules(&q, p);
	gap(p);
}

enum err
slip_plain(const struct slip *s, size_t width, struct buf *out)
{
	static void (*const by_kind[])(const struct slip *,
	    const struct slip_line *, struct paper *) = {
		[SLIP_TITLE] = put_title,
		[SLIP_PARA] = put_para,
		[SLIP_FACT] = put_fact,
		[SLIP_CODE] = put_code,
		[SLIP_NAMES] = put_names,
		[SLIP_RULE] = put_rule,
		[SLIP_QR] = put_qr,
		[SLIP_SIGN] = put_sign,
	};
	struct paper p = { .out = out, .width = width };

	if (width < WIDTH_MIN)
		abort();
	for (size_t i = 0; i < s->n; i++)
		by_kind[s->line[i].kind](s, &s->line[i], &p);
	gap(&p);
	put_watermark(s, &p);
	return p.r;
}
