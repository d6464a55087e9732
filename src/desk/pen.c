/* pen: texts into pieces, clipped, and in ASCII where signs are wanting. */
#include <string.h>

#include "base/text.h"
#include "desk/pen.h"
#include "base/wrap.h"

/* Signs of one column that a plain console may not have. */
static const struct {
	const char sign[4], plain[2];
} plain_signs[] = {
	{ "─", "-" }, { "│", "|" }, { "╭", "+" }, { "╮", "+" }, { "╰", "+" },
	{ "╯", "+" }, { "┌", "+" }, { "┐", "+" }, { "└", "+" }, { "┘", "+" },
	{ "├", "+" }, { "┤", "+" }, { "┬", "+" }, { "┴", "+" }, { "┼", "+" },
	{ "▶", ">" }, { "▲", "^" }, { "▼", "v" }, { "◀", "<" }, { "•", "*" },
	{ "●", "o" }, { "○", "." }, { "↑", "^" }, { "↓", "v" }, { "←", "<" },
	{ "→", ">" }, { "▒", "#" }, { "█", "#" }, { "…", "." }, { "’", "'" },
	{ "–", "-" }, { "—", "-" },
};

static const char *
plain_of(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof(plain_signs) / sizeof(*plain_signs); i++)
		if (n >= 3 && memcmp(s, plain_signs[i].sign, 3) == 0)
			return plain_signs[i].plain;
	return NULL;
}

/* Add a piece of the present row; col and width are already checked. */
static void
add(struct pen *pen, unsigned col, const char *s, size_t n, unsigned times,
    unsigned look)
{
	struct layout *out = pen->out;

	if (n == 0 || times == 0 || out->n == LAYOUT_PIECES)
		return;
	out->piece[out->n++] = (struct piece){
		.row = pen->top + (unsigned)(pen->row - pen->first),
		.col = col, .look = look | pen->look,
		.text = s, .len = n, .times = times
	};
}

/* The same text in pieces, its signs replaced by plain ones. */
static void
add_plain(struct pen *pen, unsigned col, const char *s, size_t n,
    unsigned look)
{
	size_t from = 0, at = 0, cols;

	while (at < n) {
		const char *plain = plain_of(s + at, n - at);

		if (plain == NULL) {
			at++;
			continue;
		}
		(void)text_fit_in(s + from, at - from, GLASS_MAX, &cols);
		add(pen, col, s + from, at - from, 1, look);
		col += (unsigned)cols;
		add(pen, col++, plain, 1, 1, look);
		from = at += 3;
	}
	add(pen, col, s + from, n - from, 1, look);
}

static bool
is_seen(const struct pen *pen)
{
	unsigned lines = pen->glass->lines;

	return pen->out != NULL && pen->row >= pen->first &&
	    pen->row - pen->first < pen->height &&
	    pen->top + (pen->row - pen->first) < lines;
}

/* Columns from this one to the edge of the glass. */
static unsigned
to_edge(const struct pen *pen, unsigned col)
{
	unsigned all = pen->glass->columns;

	return pen->left + col < all ? all - pen->left - col : 0;
}

unsigned
pen_put_n(struct pen *pen, unsigned col, const char *s, size_t n,
    unsigned look)
{
	size_t cols, fit = text_fit_in(s, n, to_edge(pen, col), &cols);

	if (is_seen(pen)) {
		if (pen->glass->ascii)
			add_plain(pen, pen->left + col, s, fit, look);
		else
			add(pen, pen->left + col, s, fit, 1, look);
	}
	return (unsigned)cols;
}

unsigned
pen_put(struct pen *pen, unsigned col, const char *s, unsigned look)
{
	return pen_put_n(pen, col, s, strlen(s), look);
}

void
pen_repeat(struct pen *pen, unsigned col, const char *sign, unsigned times,
    unsigned look)
{
	unsigned room = to_edge(pen, col);
	const char *plain = plain_of(sign, strlen(sign));

	if (!is_seen(pen))
		return;
	if (pen->glass->ascii && plain != NULL)
		sign = plain;
	add(pen, pen->left + col, sign, strlen(sign),
	    times < room ? times : room, look);
}

struct pen
pen_bar(const struct glass *g, struct layout *out, unsigned top, unsigned rows)
{
	unsigned in = g->columns >= 40;

	return (struct pen){
		.glass = g, .out = out, .left = in,
		.width = g->columns - 2 * in, .top = top, .height = rows
	};
}

/* One line of a text that flows: its newlines are blanks. */
static void
put_line(struct pen *pen, unsigned col, const char *s, size_t n,
    unsigned look)
{
	while (n > 0) {
		size_t part = 0;

		while (part < n && s[part] != '\n')
			part++;
		col += pen_put_n(pen, col, s, part, look) + 1;
		part += part < n;
		s += part;
		n -= part;
	}
}

/* Columns by which the further lines of a list's entry stand in. */
static unsigned
hang_of(const char *s)
{
	if (strncmp(s, "- ", 2) == 0 || strncmp(s, "• ", 4) == 0)
		return 2;
	return 0;
}

void
pen_text(struct pen *pen, unsigned col, const char *s, unsigned look)
{
	unsigned width = pen->width > col ? pen->width - col : 1;
	unsigned hang = 0;
	bool begins = true;

	do {
		unsigned in = begins || width < WIDE ? 0 : hang;
		struct line l = wrap_next(s, width - in, false);

		if (begins)
			hang = hang_of(s);
		put_line(pen, col + in, s, l.len, look);
		pen->row++;
		s += l.step;
		begins = l.ends;
	} while (*s != '\0');
}

unsigned
pen_indent(const struct pen *pen, unsigned n)
{
	if (pen->width >= WIDE)
		return n;
	return pen->width >= NARROW ? n / 2 : 0;
}

void
pen_spot(struct pen *pen, size_t from, unsigned col, unsigned cols,
    const struct spot *spot)
{
	struct layout *out = pen->out;
	size_t to = pen->row, lines = pen->glass->lines;
	size_t last = pen->first + pen->height;

	from = from < pen->first ? pen->first : from;
	to = to > last ? last : to;
	cols = cols < to_edge(pen, col) ? cols : to_edge(pen, col);
	if (out == NULL || from >= to || cols == 0 ||
	    pen->top + (from - pen->first) >= lines ||
	    out->nspots == LAYOUT_SPOTS)
		return;
	out->spot[out->nspots] = *spot;
	out->spot[out->nspots].row = pen->top + (unsigned)(from - pen->first);
	out->spot[out->nspots].rows = (unsigned)(to - from);
	out->spot[out->nspots].col = pen->left + col;
	out->spot[out->nspots++].cols = cols;
}

void
pen_cursor(struct pen *pen, unsigned col)
{
	unsigned last = pen->glass->columns - 1;

	if (!is_seen(pen))
		return;
	pen->out->row = pen->top + (unsigned)(pen->row - pen->first);
	pen->out->col = pen->left + col < last ? pen->left + col : last;
}
