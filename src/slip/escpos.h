/*
 * escpos: a slip as the bytes of a thermal printer (ESC/POS).
 */
#ifndef GUICHET_SLIP_ESCPOS_H
#define GUICHET_SLIP_ESCPOS_H

#include "slip/slip.h"

/* A paper: columns of its font A, and of its large print, and dots across at
 * 203 dpi. Text in large print is twice as high, and twice as wide where that
 * leaves enough columns. */
struct escpos_paper {
	size_t columns, large, dots;
};

extern const struct escpos_paper escpos_58mm, escpos_80mm;

/* Append all of it, from its reset to its cut. Give a secret buffer of
 * ESCPOS_ROOM. ERR_TOO_LONG when that is too small. */
#define ESCPOS_ROOM ((size_t)256 * 1024)
enum err escpos_write(const struct slip *s, const struct escpos_paper *paper,
    struct buf *out);

#endif
