/*
 * lease: a block of identifiers that the centre lends to one terminal.
 *
 * A terminal gets them as numbers, signed, so that it can give them out with
 * no line. src/PROTOCOL section 5.
 */
#ifndef GUICHET_ENVELOPE_LEASE_H
#define GUICHET_ENVELOPE_LEASE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "envelope/identifier.h"

#define LEASE_DOMAIN  "guichet-lease-1"
#define LEASE_VERSION 1
#define LEASE_MAX     1000

struct lease {
	uint32_t terminal, block, centre_key; /* each from 1 */
	uint64_t at_ms;
	uint16_t count; /* 1 … LEASE_MAX */
	uint32_t number[LEASE_MAX];
};

/* Append the signed block. ERR_LEASE when it would not be canonical. */
enum err lease_write(const struct lease *l,
    const uint8_t secret[SIGN_SECRET_LEN], struct buf *out);

/* ERR_LEASE unless whole, canonical, every number below IDENTIFIER_COUNT and
 * there once, and signed by that key. */
enum err lease_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct lease *out);

#endif
