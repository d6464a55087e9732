/*
 * identifier: the name that a person signs in with: its order and its text.
 *
 * There are 10^4 x 20^4 of them, 4 digits and 4 consonants: no vowel, so no
 * word (DESIGN section 5). Which comes next is a keyed permutation of a
 * counter: no two are alike and none tells the next. src/PROTOCOL section 5.
 */
#ifndef GUICHET_ENVELOPE_IDENTIFIER_H
#define GUICHET_ENVELOPE_IDENTIFIER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypt.h"

#define IDENTIFIER_COUNT 1600000000u /* 10^4 x 20^4 */
#define IDENTIFIER_TEXT	 9	     /* 8 characters and NUL */

/* The i-th identifier of all, under the permutation's key: a bijection of
 * 0 … IDENTIFIER_COUNT - 1 onto itself. Centre only. */
uint32_t identifier_permute(const uint8_t key[SYM_KEY_LEN], uint32_t i);

/* The same on 0 … count - 1, for count at most 4^half and half at most 16;
 * what identifier_permute is made of, so that a test can walk a small one
 * whole. */
uint32_t identifier_permute_in(const uint8_t key[SYM_KEY_LEN], unsigned half,
    uint32_t count, uint32_t i);

/* "4821KFTP", or "KFTP4821" when letters come first. */
void identifier_text(uint32_t number, bool letters_first,
    char out[IDENTIFIER_TEXT]);

/* Either order, either case, blanks allowed; ERR_TEXT otherwise. */
enum err identifier_read(const char *text, uint32_t *number);

#endif
