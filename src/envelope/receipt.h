/*
 * receipt: the centre's word that it has an envelope, and how safely.
 *
 * Only a valid receipt counts as delivered. src/PROTOCOL section 4.
 */
#ifndef GUICHET_ENVELOPE_RECEIPT_H
#define GUICHET_ENVELOPE_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypt.h"
#include "base/secret.h"
#include "envelope/rid.h"

#define RECEIPT_DOMAIN	"guichet-receipt-1"
#define RECEIPT_VERSION 1

/* One machine has it, or at least two. */
enum receipt_level { LEVEL_STORED = 1, LEVEL_REPLICATED = 2 };

struct receipt {
	enum receipt_level level;
	uint32_t terminal, centre_key;
	uint64_t sequence, at_ms;
	struct rid rid;
	uint8_t hash[DIGEST_LEN]; /* of the whole envelope */
};

#define RECEIPT_LEN 142

/* ERR_RECEIPT when it would not be canonical. */
enum err receipt_write(const struct receipt *rc,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[RECEIPT_LEN]);

/* ERR_RECEIPT unless whole, canonical, and signed by that key. */
enum err receipt_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct receipt *out);

/*
 * The receipts of one answer, one behind the other in its order, are signed
 * once more, together, by the same key: to check that one signature takes the
 * place of checking each. Then this reads them: ERR_RECEIPT unless whole and
 * canonical.
 */
#define RECEIPTS_DOMAIN "guichet-receipts-1"
enum err receipt_read_one_of(const void *p, size_t n, struct receipt *out);

#endif
