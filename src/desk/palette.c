/* palette: two looks, each for many colours and for eight. */
#include "desk/palette.h"

enum { BLACK = 0, RED = 1, MAGENTA = 5, CYAN = 6, WHITE = 7 };

static const struct palette palettes[2][2] = {
	{ { PALETTE_OWN, PALETTE_OWN, MAGENTA, RED },
	    { PALETTE_OWN, PALETTE_OWN, 29, 131 } },
	{ { WHITE, BLACK, CYAN, WHITE }, { 231, 16, 226, 214 } },
};

const struct palette *
palette_of(bool contrast, bool many)
{
	return &palettes[contrast][many];
}
