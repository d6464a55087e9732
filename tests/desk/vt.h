/*
 * vt: as much of a terminal as curses speaks to with TERM=xterm-256color, so
 * that a test sees the glass and the cursor that a person would.
 */
#ifndef TESTS_DESK_VT_H
#define TESTS_DESK_VT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VT_ROWS 60
#define VT_COLS 200

struct vt {
	unsigned rows, cols, row, col;
	unsigned top, bottom; /* the rows that scroll: [top, bottom) */
	char cell[VT_ROWS][VT_COLS][8];
	char seq[64]; /* an escape sequence on its way */
	size_t n;
	char last[8]; /* for REP */
};

static inline void
vt_init(struct vt *t, unsigned rows, unsigned cols)
{
	memset(t, 0, sizeof(*t));
	t->rows = t->bottom = rows;
	t->cols = cols;
}

static inline void
vt_blank(struct vt *t, unsigned row, unsigned from, unsigned to)
{
	for (unsigned c = from; c < to && c < t->cols; c++)
		t->cell[row][c][0] = '\0';
}

static inline void
vt_put(struct vt *t, const char *ch)
{
	if (t->col >= t->cols) { /* the wrap that was waiting */
		t->col = 0;
		t->row += t->row + 1 < t->rows;
	}
	(void)snprintf(t->cell[t->row][t->col], 8, "%.7s", ch);
	memmove(t->last, t->cell[t->row][t->col], sizeof(t->last));
	t->col++;
}

static inline unsigned
vt_min(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static inline void
vt_erase(struct vt *t, char final, unsigned how)
{
	unsigned from = how == 0 ? t->row : 0;
	unsigned to = how == 1 ? t->row : t->rows - 1;

	if (final == 'K')
		from = to = t->row;
	for (unsigned r = from; r <= to; r++)
		vt_blank(t, r, r == t->row && how == 0 ? t->col : 0,
		    r == t->row && how == 1 ? t->col + 1 : t->cols);
}

/* Cells or rows that go (P, M) or come (@, L); the rest moves. */
static inline void
vt_shift(struct vt *t, char final, unsigned n)
{
	char(*cells)[8] = t->cell[t->row];

	for (; n > 0; n--) {
		if (final == 'P')
			memmove(cells[t->col], cells[t->col + 1],
			    (t->cols - t->col - 1) * 8);
		else if (final == '@')
			memmove(cells[t->col + 1], cells[t->col],
			    (t->cols - t->col - 1) * 8);
		else if (final == 'M')
			memmove(t->cell[t->row], t->cell[t->row + 1],
			    (t->bottom - t->row - 1) * sizeof(t->cell[0]));
		else
			memmove(t->cell[t->row + 1], t->cell[t->row],
			    (t->bottom - t->row - 1) * sizeof(t->cell[0]));
		if (final == 'P')
			cells[t->cols - 1][0] = '\0';
		else if (final == '@')
			cells[t->col][0] = '\0';
		else
			vt_blank(t, final == 'M' ? t->bottom - 1 : t->row, 0,
			    t->cols);
	}
}

static inline void
vt_csi(struct vt *t, char final)
{
	char *end;
	unsigned a = (unsigned)strtoul(t->seq + 2, &end, 10);
	unsigned b = *end == ';' ? (unsigned)strtoul(end + 1, NULL, 10) : 0;
	unsigned n = a == 0 ? 1 : a;

	if (strchr("?>=", t->seq[2]) != NULL && t->seq[2] != '\0')
		return;
	t->col = vt_min(t->col, t->cols - (final != 'm'));
	switch (final) {
	case 'A': t->row -= vt_min(n, t->row); break;
	case 'B': t->row = vt_min(t->row + n, t->rows - 1); break;
	case 'C': t->col = vt_min(t->col + n, t->cols - 1); break;
	case 'D': t->col -= vt_min(n, t->col); break;
	case 'G': t->col = vt_min(n, t->cols) - 1; break;
	case 'd': t->row = vt_min(n, t->rows) - 1; break;
	case 'H':
		t->row = vt_min(n, t->rows) - 1;
		t->col = vt_min(b == 0 ? 1 : b, t->cols) - 1;
		break;
	case 'J':
	case 'K':
		if (a != 3) /* 3: the history, not the glass */
			vt_erase(t, final, a);
		break;
	case 'X': vt_blank(t, t->row, t->col, t->col + n); break;
	case 'r':
		t->top = vt_min(n, t->rows) - 1;
		t->bottom = b == 0 ? t->rows : vt_min(b, t->rows);
		t->row = t->col = 0;
		break;
	case 'P':
	case '@':
	case 'L':
	case 'M': vt_shift(t, final, n); break;
	case 'b':
		for (char again[8]; n > 0; n--) {
			memcpy(again, t->last, sizeof(again));
			vt_put(t, again);
		}
		break;
	default: break;
	}
}

/* A row up or down; at the edge of what scrolls, everything moves. */
static inline void
vt_index(struct vt *t, bool down)
{
	unsigned edge = down ? t->bottom - 1 : t->top, row = t->row;

	if (row != edge) {
		t->row = down ? vt_min(row + 1, t->rows - 1) : row - (row > 0);
		return;
	}
	t->row = t->top;
	vt_shift(t, down ? 'M' : 'L', 1);
	t->row = row;
}

static inline void
vt_control(struct vt *t, char c)
{
	if (c == '\r')
		t->col = 0;
	else if (c == '\n')
		vt_index(t, true);
	else if (c == '\b')
		t->col -= t->col > 0;
	else if (c == '\t')
		t->col = vt_min((t->col / 8 + 1) * 8, t->cols - 1);
}

/* One byte of an escape sequence or of a letter; when it ends, it is done. */
static inline void
vt_more(struct vt *t, char c)
{
	unsigned char lead = (unsigned char)t->seq[0];
	size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (t->n + 1 < sizeof(t->seq))
		t->seq[t->n++] = c;
	t->seq[t->n] = '\0';
	if (lead != 0x1B) {
		if (t->n == want)
			vt_put(t, t->seq);
		t->n = t->n == want ? 0 : t->n;
	} else if (t->seq[1] == '[') {
		if (t->n > 2 && c >= 0x40 && c <= 0x7E) {
			vt_csi(t, c);
			t->n = 0;
		}
	} else if (t->n == (strchr("()", t->seq[1]) != NULL ? 3U : 2U)) {
		if (t->seq[1] == 'M')
			vt_index(t, false);
		t->n = 0;
	}
}

static inline void
vt_feed(struct vt *t, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char one[2] = { p[i], '\0' };

		if (t->n > 0)
			vt_more(t, p[i]);
		else if (p[i] == 0x1B || (unsigned char)p[i] >= 0xC0)
			t->seq[t->n++] = p[i];
		else if ((unsigned char)p[i] < ' ')
			vt_control(t, p[i]);
		else
			vt_put(t, one);
	}
}

#endif
