/*
 * line: card news ↔ one line of JSON, as src/PROTOCOL section 1 writes it.
 *
 *	{"event":"reader","state":"vitale","reader":"…","code":0}
 *	{"event":"card","epoch":1,"bearers":[{"family":…,"given":…,"birth":…,
 *	 "nir":…,"key":…,"country":…,"family_raw":"","given_raw":"",
 *	 "key_right":true,"altered":false}]}
 *	{"event":"gone","epoch":1}
 */
#ifndef GUICHET_CARD_LINE_H
#define GUICHET_CARD_LINE_H

#include "base/buf.h"
#include "card/bearer.h"

/* Append the line and its newline. */
enum err line_write(const struct card_news *news, struct buf *out);

/*
 * Read one line (without newline). Written by our own program, and yet read
 * as a stranger's: unknown members, wrong types and lengths are ERR_JSON.
 */
enum err line_read(const char *line, struct card_news *out);

#endif
