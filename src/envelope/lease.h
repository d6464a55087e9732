/*
 * lease: a block of identifiers that the centre lends to one terminal.
 *
 * The centre runs a counter through a keyed permutation of all identifiers
 * (4 digits and 4 consonants: 10^4 x 20^4 of them), so that no two are ever
 * alike and none tells the next (DESIGN section 5). A terminal gets them as
 * numbers, signed. src/PROTOCOL section 5.
 */
#ifndef GUICHET_ENVELOPE_LEASE_H
#define GUICHET_ENVELOPE_LEASE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"

#define LEASE_DOMAIN	 "guichet-lease-1"
#define LEASE_MAX	 1000
#define IDENTIFIER_COUNT 1600000000u /* 10^4 x 20^4 */
#define IDENTIFIER_TEXT	 9	     /* 8 characters and NUL */

struct lease {
	uint32_t terminal, block, centre_key;
	uint64_t at_ms;
	uint16_t count;
	uint32_t number[LEASE_MAX];
};

/* Append the signed block. */
enum err lease_write(const struct lease *l,
    const uint8_t secret[SIGN_SECRET_LEN], struct buf *out);

/* ERR_LEASE unless whole, canonical, every number below IDENTIFIER_COUNT, and
 * signed by that key. */
enum err lease_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct lease *out);

/* The i-th identifier of all, under the permutation's key: a bijection of
 * 0 … IDENTIFIER_COUNT - 1 onto itself. Centre only. */
uint32_t lease_permute(const uint8_t key[SYM_KEY_LEN], uint32_t i);

/* "4821KFTP", or "KFTP4821" when letters come first. */
void identifier_text(uint32_t number, int letters_first,
    char out[IDENTIFIER_TEXT]);

/* Either order, either case, blanks allowed; ERR_TEXT otherwise. */
enum err identifier_read(const char *text, uint32_t *number);

#endif
