/*
 * refusal: the centre's word that it will not have an envelope, and why.
 *
 * Over the line a refusal stands beside the receipts; in a reply that is
 * carried by hand it proves itself. src/PROTOCOL section 10.
 */
#ifndef GUICHET_ENVELOPE_REFUSAL_H
#define GUICHET_ENVELOPE_REFUSAL_H

#include "base/crypt.h"
#include "base/secret.h"
#include "envelope/rid.h"

#define REFUSAL_DOMAIN	"guichet-refusal-1"
#define REFUSAL_VERSION 1

struct refusal {
	uint32_t terminal, centre_key;
	uint16_t code; /* an error number, 1 to 999 */
	struct rid rid;
	uint8_t hash[DIGEST_LEN]; /* of the whole envelope */
};

#define REFUSAL_LEN 127

/* ERR_RECEIPT when it would not be canonical. */
enum err refusal_write(const struct refusal *f,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[REFUSAL_LEN]);

/* ERR_RECEIPT unless whole, canonical, and signed by that key. */
enum err refusal_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct refusal *out);

#endif
