/*
 * mobile: a number to which a one-time code is sent, as it is written.
 *
 * Ten digits, the first two 06 or 07 (REC_1.5-1100). Where numbers of other
 * countries are allowed also "+", a country's code and the rest, 8 to 15
 * digits in all (ITU-T E.164); one of France is written the first way only, so
 * that the same number is the same text.
 */
#ifndef GUICHET_ENVELOPE_MOBILE_H
#define GUICHET_ENVELOPE_MOBILE_H

#include <stdbool.h>

#define MOBILE_TEXT 17 /* "+", 15 digits and the NUL */

/* Is it written so? */
bool mobile_check(const char *number, bool abroad);

/* What somebody typed, with blanks, dots, hyphens or brackets between digits,
 * and 00 for the "+", written so. False, and nothing in out, when it is no
 * such number. */
bool mobile_read(const char *typed, bool abroad, char out[MOBILE_TEXT]);

#endif
