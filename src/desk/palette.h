/*
 * palette: the colours of a look. Never the only sign of anything.
 *
 * The usual look leaves ink and paper as they are, so accent and warning are
 * as legible on black as on white: 4.5 to 1 at least (WCAG 2.1, 1.4.3). The
 * look of high contrast brings its own paper, and everything on it stands out
 * 7 to 1 at least (1.4.6).
 */
#ifndef GUICHET_DESK_PALETTE_H
#define GUICHET_DESK_PALETTE_H

#include <stdbool.h>

#define PALETTE_OWN (-1) /* the terminal's own */

/* Colours by xterm's numbers: of 256, or the 8 of a console. */
struct palette {
	short ink, paper, accent, warn;
};

const struct palette *palette_of(bool contrast, bool many);

#endif
