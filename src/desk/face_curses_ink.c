/* face_curses_ink: how a piece looks, in colours or without. */
#define NCURSES_NOMACROS 1
#include <curses.h>

#include "desk/face_curses.h"
#include "desk/palette.h"

enum { PAIR_INK = 1, PAIR_ACCENT, PAIR_WARN };

static attr_t
attr_of(const struct ink *k, unsigned look)
{
	attr_t a = A_NORMAL;

	/* Without colours all that is left is to write in bold. */
	if (look & LOOK_BOLD || (k->contrast && !k->colours))
		a |= A_BOLD;
	if (look & LOOK_REVERSE)
		a |= A_REVERSE;
	if (look & LOOK_UNDER)
		a |= A_UNDERLINE;
	if (k->colours && look & LOOK_WARN)
		a |= (attr_t)COLOR_PAIR(PAIR_WARN);
	else if (k->colours && look & LOOK_ACCENT)
		a |= (attr_t)COLOR_PAIR(PAIR_ACCENT);
	else if (k->colours && k->contrast)
		a |= (attr_t)COLOR_PAIR(PAIR_INK);
	return a;
}

/* The pairs of the look, and its paper under all of the glass. */
void
ink_use(const struct ink *k)
{
	const struct palette *p = palette_of(k->contrast, COLORS >= 256);

	if (!k->colours)
		return;
	(void)init_pair(PAIR_INK, p->ink, p->paper);
	(void)init_pair(PAIR_ACCENT, p->accent, p->paper);
	(void)init_pair(PAIR_WARN, p->warn, p->paper);
	bkgdset(k->contrast ? (chtype)COLOR_PAIR(PAIR_INK) | ' ' : ' ');
}

void
ink_pieces(const struct ink *k, const struct layout *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct piece *p = &l->piece[i];

		(void)attrset((int)attr_of(k, p->look));
		(void)move((int)p->row, (int)p->col);
		for (unsigned t = 0; t < p->times; t++)
			(void)addnstr(p->text, (int)p->len);
	}
	(void)attrset(A_NORMAL);
}

void
ink_start(struct ink *k, bool wanted)
{
	k->colours = wanted && has_colors() &&
	    start_color() != ERR && use_default_colors() != ERR;
	ink_use(k);
}
