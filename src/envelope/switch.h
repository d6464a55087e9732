/*
 * switch: the centre's word to one terminal that its place opens dossiers, or
 * that it does not yet, or no longer.
 *
 * Signed by the receipt key, so that it can be carried by line and by hand
 * alike. The newest by its time counts. src/PROTOCOL section 8.9.
 */
#ifndef GUICHET_ENVELOPE_SWITCH_H
#define GUICHET_ENVELOPE_SWITCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypt.h"

#define SWITCH_DOMAIN  "guichet-switch-1"
#define SWITCH_VERSION 1

struct switched {
	uint32_t terminal, centre_key; /* each from 1 */
	uint64_t at_ms;
	bool open;
};

#define SWITCH_LEN 86

/* What a terminal says that it was told last: open at 0 when it never was;
 * SWITCH_UNSAID of one that knows nothing of this. */
struct switch_told {
	uint64_t at_ms;
	bool open;
};
#define SWITCH_UNSAID UINT64_MAX

/* ERR_RECEIPT when it would not be canonical. */
enum err switch_write(const struct switched *w,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[SWITCH_LEN]);

/* ERR_RECEIPT unless whole, canonical, and signed by that key. */
enum err switch_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct switched *out);

#endif
