/*
 * opening: the centre's word that a key is the one to seal to from now on.
 *
 * Signed by the opener's outcome key, whose private half the gateway that
 * carries it does not hold. Numbers only grow: a terminal takes a later key
 * and never goes back. The four letters in front are those of an answer too
 * (response.h); the domain, under which both are signed, is not, so neither
 * is good in place of the other. src/PROTOCOL section 3.4.
 */
#ifndef GUICHET_ENVELOPE_OPENING_H
#define GUICHET_ENVELOPE_OPENING_H

#include <stdint.h>

#include "base/crypt.h"

#define OPENING_DOMAIN	"guichet-opening-1"
#define OPENING_VERSION 1

struct opening {
	uint32_t number;      /* of the key, from 1 */
	uint32_t outcome_key; /* the number of the one that signs */
	uint64_t from_ms;     /* not to be sealed to before */
	uint8_t public[BOX_PUBLIC_LEN];
};

#define OPENING_LEN 117

/* In the place of the last sequence that the centre has, when a terminal says
 * what it seals to and not that (src/PROTOCOL section 8.8): more than any. */
#define SENT_UNSAID UINT64_MAX

/* ERR_OPENING_SAID when it would not be canonical. */
enum err opening_write(const struct opening *o,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[OPENING_LEN]);

/* ERR_OPENING_SAID unless whole, canonical, and signed by that key. */
enum err opening_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct opening *out);

/*
 * What who holds that key makes of it: ERR_OK when it is a later one,
 * ERR_NOT_FOUND when it is the same, ERR_OPENING_OLD when it is an earlier
 * one, ERR_OPENING_SAID when two keys have one number.
 */
enum err opening_follows(const struct opening *o, uint32_t number,
    const uint8_t public[BOX_PUBLIC_LEN]);

#endif
