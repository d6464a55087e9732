/*
 * qr: text → the square of dark and light modules that a camera reads.
 */
#ifndef GUICHET_SLIP_QR_H
#define GUICHET_SLIP_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define QR_SIDE	 177 /* modules of the largest one */
#define QR_QUIET 2   /* light ones around it; paper around them does the rest */

struct qr {
	size_t side;
	uint8_t dark[QR_SIDE * QR_SIDE]; /* 1 or 0, row by row */
};

/*
 * Encode text of the 45 characters of a slip's code, the most robust that
 * fits `most` modules a side. ERR_TOO_LONG when none does, ERR_MEMORY.
 */
enum err qr_make(const char *text, size_t most, struct qr *out);

/* Is that module dark? Those around it are light. */
bool qr_dark(const struct qr *q, size_t x, size_t y);

#endif
