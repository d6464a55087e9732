/*
 * escpos: text in Windows-1252, codes in tall bold letters, QR codes as dots.
 *
 * Only what every such printer knows is used: ESC @, ESC t, ESC E, GS !,
 * GS v 0, GS V.
 */
#include <string.h>

#include "base/secret.h"
#include "slip/escpos.h"
#include "slip/qr.h"

#define GLYPHS_AT 8 /* where slip_plain puts the glyphs of a code */
#define QUIET	  4 /* light modules on each side */
#define MODULE	  6 /* dots of a module at most */

const struct escpos_paper escpos_58mm = { 32, 384 };
const struct escpos_paper escpos_80mm = { 48, 576 };

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

/* A row of glyphs to be copied: one, a blank, the next. */
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
put_line(const uint8_t *p, size_t n, struct buf *out)
{
	static const uint8_t tall[] = { 0x1B, 'E', 1, 0x1D, '!', 0x01 };
	static const uint8_t plain[] = { 0x1B, 'E', 0, 0x1D, '!', 0x00 };
	bool glyphs = is_glyphs(p, n);
	size_t len;
	enum err r = ERR_OK;

	if (glyphs)
		r = buf_put(out, tall, sizeof(tall));
	for (; n > 0 && r == ERR_OK; p += len, n -= len)
		r = buf_put_u8(out, to_1252(first_of(p, n, &len)));
	if (r == ERR_OK && glyphs)
		r = buf_put(out, plain, sizeof(plain));
	return r == ERR_OK ? buf_put_u8(out, '\n') : r;
}

static enum err
put_text(const struct slip *s, size_t columns, struct buf *out)
{
	struct buf text;
	enum err r;

	if ((r = buf_init_secret(&text, SLIP_PLAIN_ROOM)) != ERR_OK)
		return r;
	r = slip_plain(s, columns, &text);
	for (size_t i = 0; i < text.len && r == ERR_OK;) {
		const uint8_t *end = memchr(text.p + i, '\n', text.len - i);
		size_t n = end == NULL ? text.len - i
		    : (size_t)(end - text.p) - i;

		r = put_line(text.p + i, n, out);
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

static enum err
put_qr(const struct slip_line *l, size_t dots, struct buf *out)
{
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
	if ((r = put_line((const uint8_t *)l->label, strlen(l->label), out)) ==
	    ERR_OK && (r = buf_put_u8(out, '\n')) == ERR_OK)
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
	enum err r;

	if ((r = buf_put(out, begin, sizeof(begin))) != ERR_OK ||
	    (r = put_text(s, paper->columns, out)) != ERR_OK)
		return r;
	for (size_t i = 0; i < s->n && r == ERR_OK; i++)
		if (s->line[i].kind == SLIP_QR)
			r = put_qr(&s->line[i], paper->dots, out);
	return r == ERR_OK ? buf_put(out, end, sizeof(end)) : r;
}
