/*
 * bundle: envelopes in one signed file, and what comes back in another: for
 * a site with no line, carried by hand. src/PROTOCOL section 10.
 *
 * A terminal writes a bundle of its envelopes, signed as a whole, so that a
 * file that lost its end is seen. A reply holds receipts, outcomes and leases
 * one behind the other, each signed by itself.
 */
#ifndef GUICHET_ENVELOPE_BUNDLE_H
#define GUICHET_ENVELOPE_BUNDLE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "envelope/opening.h"
#include "envelope/switch.h"

#define BUNDLE_DOMAIN  "guichet-bundle-1"
#define BUNDLE_VERSION 4
#define BUNDLE_ROOM    (BUF_MAX - 1024 * 1024) /* bytes of envelopes */

struct bundle {
	uint32_t terminal, sign_key;
	uint64_t at_ms;
	/* The opening key that all that may still come is sealed to, or a
	 * later one; 0: it does not say, as in version 1. And the sequence up
	 * to which the centre has all for that, or SENT_UNSAID. */
	uint32_t sealing;
	uint64_t sent;
	struct switch_told told; /* of its place; unsaid before version 4 */
	uint32_t count; /* of envelopes, 0 too */
};

/* Append the head to an empty buffer, each envelope, then the signature. */
enum err bundle_begin(const struct bundle *b, struct buf *out);
enum err bundle_add(const void *p, size_t n, struct buf *out);
enum err bundle_end(const uint8_t secret[SIGN_SECRET_LEN], struct buf *out);

/* What it says it is, to find the key: nothing of it is believed yet.
 * ERR_ENV_FORM. */
enum err bundle_look(const void *p, size_t n, struct bundle *out,
    struct cursor *items);

/* The head, and a cursor on the envelopes for bundle_next. ERR_ENV_SIGNATURE
 * unless that key signed it; ERR_ENV_FORM when count and content differ. */
enum err bundle_open(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct bundle *out,
    struct cursor *items);

/* The next of them, until items->n is 0. */
enum err bundle_next(struct cursor *items, struct cursor *one);

/* A reply: the head, then each by bundle_add. */
enum err reply_begin(uint32_t count, struct buf *out);

/* ERR_ENV_FORM unless whole. What is in it proves itself. */
enum err reply_open(const void *p, size_t n, uint32_t *count,
    struct cursor *items);

#endif
