/*
 * rpps: the number of a health professional (Répertoire partagé).
 *
 * Eleven digits, the last of them Luhn's check (facts/domain.md 3.2). It says
 * that a number was typed right, not that somebody has it.
 */
#ifndef GUICHET_ENVELOPE_RPPS_H
#define GUICHET_ENVELOPE_RPPS_H

#include <stdbool.h>

#define RPPS_TEXT 12 /* eleven digits and NUL */

/* True for such a number and nothing around it. */
bool rpps_check(const char *text);

#endif
