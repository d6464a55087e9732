/*
 * envelope: a sealed record, signed and chained: what travels.
 *
 * The terminal seals to the centre's opening key and signs over everything,
 * with its sequence number and the hash of the envelope before. One way to
 * write it; anything else is refused. src/PROTOCOL section 3 gives the bytes.
 */
#ifndef GUICHET_ENVELOPE_ENVELOPE_H
#define GUICHET_ENVELOPE_ENVELOPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "base/secret.h"
#include "envelope/rid.h"

#define ENVELOPE_VERSION 1
#define ENVELOPE_SUITE	 1 /* X25519 sealed box, Ed25519, BLAKE2b-256 */
#define ENVELOPE_EPOCH	 2 /* no box: the terminal's next key (epoch.h) */
#define ENVELOPE_STEP	 1024 /* records are padded to steps of this */
#define ENVELOPE_MAX	 ((size_t)64 * 1024) /* a whole one */
#define ENVELOPE_HEADER	 78 /* the bytes before the sealed ones */
#define ENVELOPE_SEALED_MAX                                                  \
	(BOX_OVERHEAD +                                                      \
	(ENVELOPE_MAX - ENVELOPE_HEADER - SIGNATURE_LEN - BOX_OVERHEAD) /    \
	    ENVELOPE_STEP * ENVELOPE_STEP)
#define ENVELOPE_DOMAIN	 "guichet-envelope-1"

/* Everything but the sealed bytes and the signature. */
struct envelope {
	uint8_t suite; /* ENVELOPE_SUITE, or ENVELOPE_EPOCH */
	uint32_t terminal;
	uint32_t sign_key;		/* number of the terminal's key */
	uint64_t sequence;		/* from 1, no number left out */
	uint8_t previous[DIGEST_LEN];	/* hash of the one before; zero at 1 */
	struct rid rid;
	uint32_t opening_key;		/* the centre's key; 0 in an epoch */
	struct cursor sealed;		/* borrowed; an epoch's next key */
};

/* What a terminal seals and signs with; secrets in locked memory. */
struct envelope_keys {
	uint32_t sign_number, opening_number;
	const uint8_t *sign_secret;	/* SIGN_SECRET_LEN, locked */
	uint8_t opening_public[BOX_PUBLIC_LEN];
};

/*
 * Pad the document to a whole number of steps and seal it: append to out. The
 * padding is written behind the document, which does not change, but its
 * buffer must have room for it: ENVELOPE_STEP bytes are enough. ERR_TOO_LONG
 * when it has not, or would not fit an envelope; ERR_KEY_FORM when the opening
 * key is no key.
 */
enum err envelope_seal(struct buf *document,
    const struct envelope_keys *keys, struct buf *out);

/* Append the whole envelope: header, sealed bytes, signature. ERR_ENV_FORM
 * when it would not be canonical (envelope_read would refuse it). */
enum err envelope_write(const struct envelope *e,
    const struct envelope_keys *keys, struct buf *out);

/* The header alone: what the key of an epoch signs of it. */
enum err envelope_header(const struct envelope *e, struct buf *out);

/*
 * Take an envelope apart, strictly, borrowing from p. ERR_ENV_VERSION for
 * another version or suite, ERR_ENV_FORM otherwise. The signature is not
 * looked at: call envelope_check.
 */
enum err envelope_read(const void *p, size_t n, struct envelope *out);

/* ERR_ENV_SIGNATURE unless that terminal key signed exactly these bytes. */
enum err envelope_check(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN]);

/* The hash that the next envelope and the receipt carry. */
void envelope_hash(const void *p, size_t n, uint8_t out[DIGEST_LEN]);

/* Open the sealed bytes into a secret buffer (with room for the padded ones):
 * the document, unpadded. ERR_ENV_OPEN, ERR_ENV_FORM for a wrong padding. */
enum err envelope_open(const struct envelope *e,
    const uint8_t opening_secret[BOX_SECRET_LEN], struct buf *out);

#endif
