/*
 * badge: the centre's word that a signing key is a terminal's, and for how
 * long. It travels inside what the terminal signs for people (proof.h), so that
 * the centre's public key alone verifies it. src/PROTOCOL section 11.
 */
#ifndef GUICHET_ENVELOPE_BADGE_H
#define GUICHET_ENVELOPE_BADGE_H

#include <stdint.h>

#include "base/crypt.h"

#define BADGE_DOMAIN  "guichet-badge-1"
#define BADGE_VERSION 1

struct badge {
	uint32_t terminal, sign_key, centre_key;
	uint64_t from_ms, until_ms; /* what is signed within is good */
	uint8_t public[SIGN_PUBLIC_LEN];
};

#define BADGE_LEN 129

/* ERR_RECEIPT when it would not be canonical. */
enum err badge_write(const struct badge *b,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[BADGE_LEN]);

/* Its form alone: whose word it is has to be checked. ERR_RECEIPT. */
enum err badge_look(const void *p, size_t n, struct badge *out);

/* ERR_RECEIPT unless whole, canonical, and signed by that key. */
enum err badge_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct badge *out);

#endif
