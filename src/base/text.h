/*
 * text: bytes from outside made safe to show. The door of utf8proc.
 *
 * ncurses neutralises C0 and C1 but lets bidi overrides, zero-width characters
 * and newlines pass, and one broken UTF-8 string garbles its neighbours
 * (facts/storage.md, finding 11). So every text of a stranger passes here
 * first, for every face and every slip.
 */
#ifndef GUICHET_BASE_TEXT_H
#define GUICHET_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * Latin-1 bytes of a card as NFC UTF-8 in out[room], NUL-terminated. Control
 * characters become U+FFFD and set *altered; blanks at both ends are dropped.
 * ERR_TOO_LONG when room is too small (2 * n + 1 is enough unless altered,
 * 3 * n + 1 always), ERR_MEMORY.
 */
enum err text_from_latin1(const uint8_t *p, size_t n, char *out, size_t room,
    bool *altered);

/*
 * UTF-8 of unknown quality as NFC UTF-8: broken bytes, control, bidi and
 * zero-width characters become U+FFFD, and so does a combining mark with no
 * letter before it; no more than two marks stay on one letter. *altered says
 * whether anything was changed but the form. 3 * n + 1 is always room enough.
 * What was cleaned is clean. Errors as above.
 */
enum err text_clean(const char *p, size_t n, char *out, size_t room,
    bool *altered);

/* True for well-formed UTF-8 that text_clean would leave as it is. */
bool text_is_clean(const char *s);

/*
 * What stays when spellings differ: letters and digits in upper case, without
 * accents, blanks or signs ("Élodie-Anne" and "ELODIE ANNE" are one). For
 * comparing, never for showing. ERR_TEXT for what is not UTF-8, ERR_TOO_LONG.
 */
enum err text_fold(const char *s, char *out, size_t room);

/* Columns that the text takes on a terminal. */
size_t text_width(const char *s);

/*
 * Bytes of the longest front of s that is whole graphemes and at most width
 * columns wide; its columns in *cols when cols is not NULL. Stops before a
 * byte that is not UTF-8.
 */
size_t text_fit(const char *s, size_t width, size_t *cols);

/* The same of the first n bytes of s. */
size_t text_fit_in(const char *s, size_t n, size_t width, size_t *cols);

/* Bytes of the first grapheme of s, 0 when s is empty. */
size_t text_first(const char *s);

/* Bytes of the last grapheme of s, 0 when s is empty; a byte that is not
 * UTF-8 is one. */
size_t text_last(const char *s);

#endif
