/*
 * outcome: what became of a record behind the gateway, for its terminal.
 *
 * Signed by the opener, carried by the gateway with the next sync.
 * src/PROTOCOL section 6.
 */
#ifndef GUICHET_ENVELOPE_OUTCOME_H
#define GUICHET_ENVELOPE_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypt.h"
#include "envelope/rid.h"

#define OUTCOME_DOMAIN	"guichet-outcome-1"
#define OUTCOME_VERSION 1

#define OUTCOMES(X)							\
	X(OPENED, 1, "opened")						\
	X(ALREADY_OPEN, 2, "already-open")				\
	X(REFUSED, 3, "refused")					\
	X(REISSUED, 4, "reissued")					\
	X(UPDATED, 5, "updated")					\
	X(CLOSED, 6, "closed")						\
	X(REOPENED, 7, "reopened")					\
	X(OPPOSED, 8, "opposed")					\
	X(VOIDED, 9, "voided")						\
	X(EPOCH, 10, "epoch") /* no record: no note says so */

#define OUTCOME_ENUM(name, number, word) OUTCOME_##name = number,
enum outcome_kind { OUTCOMES(OUTCOME_ENUM) };
#undef OUTCOME_ENUM

struct outcome_note {
	struct rid rid;
	uint32_t terminal, opener_key;
	enum outcome_kind kind;
	uint16_t reason; /* an error number (base/err.h), 0 unless refused */
	uint64_t at_ms;
};

#define OUTCOME_LEN 104

/* The word of a kind; static storage. */
const char *outcome_word(enum outcome_kind k);

/* ERR_RECEIPT when it would not be canonical. */
enum err outcome_write(const struct outcome_note *o,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[OUTCOME_LEN]);

/* ERR_RECEIPT unless whole, canonical, and signed by that key. */
enum err outcome_read(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct outcome_note *out);

#endif
