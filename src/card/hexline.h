/*
 * hexline: the bytes of a card file, written so that people can read them.
 *
 *	65{ 80"ESSAI" 81"ALAINBIS" 82"19421901" } 00*40
 *
 * Two hex digits are a byte, "…" is text (UTF-8 here, Latin-1 on the card).
 * A tag of one or two bytes that touches a text or a brace makes an object
 * whose length is worked out; TAG:81{ … } and TAG:82{ … } write that length
 * in its longer forms. HH*N is one byte N times.
 */
#ifndef GUICHET_CARD_HEXLINE_H
#define GUICHET_CARD_HEXLINE_H

#include "base/buf.h"

/* Append the bytes of the line. ERR_TEXT when it is of another form,
 * ERR_MEMORY, ERR_TOO_LONG. */
enum err hexline_read(const char *line, struct buf *out);

#endif
