/*
 * escpos: text in Windows-1252, codes in large bold letters, QR codes as dots.
 *
 * Only what every such printer knows is used: ESC @, ESC t, ESC E, GS !,
 * GS v 0, GS V.
 */
#include <string.h>

#include "base/secret.h"
#include "base/wrap.h"
#include "slip/escpos.h"
#include "slip/qr.h"

#define GLYPHS_AT 8 /* where slip_plain puts the glyphs of a code */
#define QUIET	  4 /* light modules on each side */
#define MODULE	  6 /* dots of a module at most */

const struct escpos_paper escpos_58mm = { 32, 32, 384 };
const struct escpos_paper escpos_80mm = { 48, 24, 576 };

/* GS !: how often as wide and as high as font A. */
enum { SIZE_PLAIN = 0x00, SIZE_TALL = 0x01, SIZE_DOUBLE = 0x11 };
#define SIZE_OF(times) ((uint8_t)(((times) - 1) << 4 | ((times) - 1)))
#define CODE_TIMES     2 /* a code is so many times as large as text */
#define CODE_LARGE     4 /* and so many where the person asked for it */
#define GROUP_CELLS    9 /* a group of a code: its margin, "4 8 2 1" */

/* The paper that is written on, and the sizes on it. */
struct sheet {
	struct buf *out;
	size_t columns, cells, dots; /* cells: of plain text */
	uint8_t text;
	size_t times; /* of a code */
};

static const struct {
	uint16_t from;
	uint8_t to;
} table_1252[] = {
	{ 0x20AC, 0x80 }, { 0x2026, 0x85 }, { 0x0160, 0x8A },
	{ 0x0152, 0x8C }, { 0x017D, 0x8E }, { 0x2018, 0x91 },
	{ 0x2019, 0x92 }, { 0x201C, 0x93 }, { 0x201D, 0x94 },
	{ 0x2022, 0x95 }, { 0x2013, 0x96 }, { 0x2014, 0x97 },
	{ 0x0161, 0x9A }, { 0x0153, 0x9C }, { 0x017E, 0x9E },
	{ 0x0178, 0x9F }, { 0x202F, 0xA0 },
};

static uint8_t
to_1252(uint32_t c)
{
	if (c < 0x80 || (c >= 0xA0 && c <= 0xFF))
		return (uint8_t)c;
	for (size_t i = 0; i < sizeof(table_1252) / sizeof(table_1252[0]); i++)
		if (table_1252[i].from == c)
			return table_1252[i].to;
	return '?';
}

/* The first character of valid UTF-8, and its bytes. */
static uint32_t
first_of(const uint8_t *p, size_t n, size_t *len)
{
	static const uint8_t masks[] = { 0x7F, 0x7F, 0x1F, 0x0F, 0x07 };
	uint32_t c;

	*len = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
	if (*len > n)
		*len = n;
	c = *p & masks[*len];
	for (size_t i = 1; i < *len; i++)
		c = c << 6 | (p[i] & 0x3F);
	return c;
}

/* A row of glyphs to be copied: one, a blank, the next; three blanks between
 * two groups. */
static bool
is_glyphs(const uint8_t *line, size_t n)
{
	for (size_t i = 0; i < GLYPHS_AT; i++)
		if (i >= n || line[i] != ' ')
			return false;
	return n == GLYPHS_AT + 1 || (n > GLYPHS_AT + 1 &&
	    line[GLYPHS_AT] != ' ' && line[GLYPHS_AT + 1] == ' ');
}

static enum err
put_style(const struct sheet *sh, bool bold, uint8_t size)
{
	const uint8_t style[] = { 0x1B, 'E', bold, 0x1D, '!', size };

	return buf_put(sh->out, style, sizeof(style));
}

static enum err
put_letters(const struct sheet *sh, const uint8_t *p, size_t n)
{
	size_t len;
	enum err r = ERR_OK;

	for (; n > 0 && r == ERR_OK; p += len, n -= len)
		r = buf_put_u8(sh->out, to_1252(first_of(p, n, &len)));
	return r;
}

/* Where they do not fit beside each other, each group has a line of its
 * own. */
static enum err
put_groups(const struct sheet *sh, const uint8_t *p, size_t n)
{
	size_t from = GLYPHS_AT, end;
	enum err r;

	if (sh->times * (n - GLYPHS_AT + 2) <= sh->cells &&
	    (r = put_letters(sh, p, 2)) == ERR_OK)
		return put_letters(sh, p + GLYPHS_AT, n - GLYPHS_AT);
	do {
		for (end = from; end < n && (p[end] != ' ' ||
		    (end + 1 < n && p[end + 1] != ' '));)
			end++;
		if ((r = put_letters(sh, p, 2)) == ERR_OK)
			r = put_letters(sh, p + from, end - from);
		for (from = end; from < n && p[from] == ' ';)
			from++;
		if (r == ERR_OK && from < n)
			r = buf_put_u8(sh->out, '\n');
	} while (r == ERR_OK && from < n);
	return r;
}

static enum err
put_line(const struct sheet *sh, const uint8_t *p, size_t n)
{
	enum err r;

	if (!is_glyphs(p, n))
		r = put_letters(sh, p, n);
	else if ((r = put_style(sh, true, SIZE_OF(sh->times))) == ERR_OK &&
	    (r = put_groups(sh, p, n)) == ERR_OK)
		r = put_style(sh, false, sh->text);
	return r == ERR_OK ? buf_put_u8(sh->out, '\n') : r;
}

static enum err
put_text(const struct sheet *sh, const struct slip *s)
{
	struct buf text;
	enum err r;

	if ((r = buf_init_secret(&text, SLIP_PLAIN_ROOM)) != ERR_OK)
		return r;
	r = slip_plain(s, sh->columns, &text);
	for (size_t i = 0; i < text.len && r == ERR_OK;) {
		const uint8_t *end = memchr(text.p + i, '\n', text.len - i);
		size_t n = end == NULL ? text.len - i
		    : (size_t)(end - text.p) - i;

		r = put_line(sh, text.p + i, n);
		i += n + 1;
	}
	buf_clear(&text);
	return r;
}

/* A row of dots, as often as a module is high. */
static enum err
put_row(const struct qr *q, size_t y, size_t scale, size_t dots,
    struct buf *out)
{
	uint8_t row[128] = { 0 };
	size_t left = (dots - q->side * scale) / 2;
	enum err r = ERR_OK;

	for (size_t x = 0; x < q->side * scale; x++)
		if (qr_dark(q, x / scale, y))
			row[(left + x) / 8] |= (uint8_t)(0x80 >>
			    (left + x) % 8);
	for (size_t i = 0; i < scale && r == ERR_OK; i++)
		r = buf_put(out, row, dots / 8);
	return r;
}

/* What the code is for, above it. */
static enum err
put_words(const struct sheet *sh, const char *s)
{
	enum err r = ERR_OK;

	while (*s != '\0' && r == ERR_OK) {
		struct line l = wrap_next(s, sh->columns, true);

		if ((r = put_letters(sh, (const uint8_t *)s, l.len)) == ERR_OK)
			r = buf_put_u8(sh->out, '\n');
		s += l.step;
	}
	return r == ERR_OK ? buf_put_u8(sh->out, '\n') : r;
}

static enum err
put_qr(const struct sheet *sh, const struct slip_line *l)
{
	struct buf *out = sh->out;
	size_t dots = sh->dots;
	struct qr q;
	uint8_t head[] = { 0x1D, 'v', '0', 0, 0, 0, 0, 0 };
	size_t scale, high;
	enum err r;

	if ((r = qr_make(l->value, dots / 3 - 2 * QUIET, &q)) != ERR_OK)
		return r;
	scale = dots / (q.side + 2 * QUIET);
	if (scale > MODULE)
		scale = MODULE;
	high = q.side * scale;
	head[4] = (uint8_t)(dots / 8);
	head[6] = (uint8_t)high;
	head[7] = (uint8_t)(high >> 8);
	if ((r = put_words(sh, l->label)) == ERR_OK)
		r = buf_put(out, head, sizeof(head));
	for (size_t y = 0; y < q.side && r == ERR_OK; y++)
		r = put_row(&q, y, scale, dots, out);
	return r;
}

enum err
escpos_write(const struct slip *s, const struct escpos_paper *paper,
    struct buf *out)
{
	/* Reset, Windows-1252; at the end four lines and the cut. */
	static const uint8_t begin[] = { 0x1B, '@', 0x1B, 't', 16 };
	static const uint8_t end[] = { '\n', '\n', '\n', '\n', 0x1D, 'V', 1 };
	struct sheet sh = { out, paper->columns, paper->columns, paper->dots,
		SIZE_PLAIN, CODE_TIMES };
	enum err r;

	if (s->large) {
		sh.columns = paper->large;
		sh.text = paper->large < paper->columns ? SIZE_DOUBLE
		    : SIZE_TALL;
		sh.times = paper->columns / GROUP_CELLS;
		if (sh.times > CODE_LARGE)
			sh.times = CODE_LARGE;
	}
	if ((r = buf_put(out, begin, sizeof(begin))) != ERR_OK ||
	    (r = put_style(&sh, false, sh.text)) != ERR_OK ||
	    (r = put_text(&sh, s)) != ERR_OK)
		return r;
	for (size_t i = 0; i < s->n && r == ERR_OK; i++)
		if (s->line[i].kind == SLIP_QR)
			r = put_qr(&sh, &s->line[i]);
	return r == ERR_OK ? buf_put(out, end, sizeof(end)) : r;
}
