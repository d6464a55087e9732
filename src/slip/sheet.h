/*
 * sheet: a slip → the PDF of one or more pages of A4.
 *
 * The door of cairo and pango.
 */
#ifndef GUICHET_SLIP_SHEET_H
#define GUICHET_SLIP_SHEET_H

#include "slip/slip.h"

/* Load the fonts, by drawing with all of them: from here on no file is read.
 * ERR_PRINT_OPEN when there are none. */
enum err sheet_start(void);

/* Append the PDF. ERR_TOO_LONG for a receipt's code that fits no page,
 * ERR_MEMORY. */
enum err sheet_pdf(const struct slip *s, struct buf *out);

#endif
