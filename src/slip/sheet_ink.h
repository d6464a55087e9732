/*
 * sheet_ink: what a sheet is drawn of: texts that pango laid out, and codes,
 * in as few bytes of PDF as cairo can.
 */
#ifndef GUICHET_SLIP_SHEET_INK_H
#define GUICHET_SLIP_SHEET_INK_H

#include <pango/pangocairo.h>

#include "slip/qr.h"
#include "slip/slip.h"

#define INK_TEXT (2 * SLIP_TEXT + 2) /* of one layout, with its zero */

/* A layout of that font and size (points), as wide as that at most; what is
 * beyond INK_TEXT is cut. The caller's to g_object_unref. */
PangoLayout *ink_text(cairo_t *cr, const char *font, double size,
    const char *text, double width);

/* What is behind the label with which the layout's text begins is bold. */
void ink_bold(PangoLayout *l, const char *label);

/* The modules, of that many points each, from there to the right and down.
 * ERR_MEMORY. */
enum err ink_qr(cairo_t *cr, const struct qr *q, double x, double y,
    double module);

#endif
