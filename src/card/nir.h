/*
 * nir: the form of a number of the Sécurité sociale, and its key.
 *
 * Numbers are kept as they are: provisional, overseas, foreign months and
 * wrong keys too. Only the key is a check, and it corrects nothing
 * (facts/card.md 4.1).
 */
#ifndef GUICHET_CARD_NIR_H
#define GUICHET_CARD_NIR_H

#include <stdbool.h>

/* The key, 1 to 97, of 13 characters with 2A and 2B; 0 when they are not. */
unsigned nir_key(const char *nir);

/* Is `key` (two digits) the key of that number? */
bool nir_key_right(const char *nir, const char *key);

#endif
