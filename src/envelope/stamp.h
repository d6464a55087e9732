/*
 * stamp: what all signed statements have in common: four letters and a
 * version in front, an Ed25519 signature behind, and a domain of their own.
 *
 * Receipts, outcomes, leases and bundles are stamped (src/PROTOCOL section
 * 4). Nothing of a statement is believed before its signature holds.
 */
#ifndef GUICHET_ENVELOPE_STAMP_H
#define GUICHET_ENVELOPE_STAMP_H

#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"

struct stamp {
	char magic[4];
	uint8_t version;
	const char *domain;
};

#define STAMP_LEN (4 + 1 + SIGNATURE_LEN) /* what a stamp adds */

/* Append the letters and the version to an empty buffer. */
enum err stamp_begin(const struct stamp *s, struct buf *out);

/* Append the signature over all that is in the buffer. */
enum err stamp_end(const struct stamp *s,
    const uint8_t secret[SIGN_SECRET_LEN], struct buf *out);

/* What stands between version and signature, borrowed from p;
 * ERR_ENV_SIGNATURE unless that key signed exactly these bytes as this kind
 * of statement. */
enum err stamp_open(const struct stamp *s, const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct cursor *body);

/* The same, and the signature in it is not looked at: another one speaks for
 * it, or whose it is stands inside. ERR_ENV_SIGNATURE when it is no such
 * statement. */
enum err stamp_body(const struct stamp *s, const void *p, size_t n,
    struct cursor *body);

#endif
