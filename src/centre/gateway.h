/*
 * gateway: what a terminal asks, and the answer as a JSON document: envelopes
 * stored, identifiers lent, outcomes handed on.
 *
 * Pure over a store: it knows no socket and no clock. src/PROTOCOL section 8
 * gives the requests and answers.
 */
#ifndef GUICHET_CENTRE_GATEWAY_H
#define GUICHET_CENTRE_GATEWAY_H

#include "base/settings.h"
#include "centre/intake.h"
#include "envelope/switch.h"

#define GATEWAY_BATCH	  LETTERS_MAX /* envelopes in one body */
#define GATEWAY_BODY	  ((size_t)260 * 1024) /* 256 KiB and lengths */
#define GATEWAY_GROUP	  32 /* requests in one transaction */
#define GATEWAY_NOTES	  200 /* outcomes in one answer */
#define GATEWAY_DAY_LEASES 12 /* blocks for one terminal within 24 hours */

struct gateway {
	struct store *store; /* borrowed */
	bool training;
	uint16_t lease_size;
	struct intake_key receipt;
	const uint8_t *permutation; /* SYM_KEY_LEN */
	uint8_t *keys;		    /* locked memory behind the two */
};

/* Read STATE/keys/receipt.key and permutation.key. ERR_KEY_*. */
enum err gateway_init(struct gateway *g, struct store *store,
    const struct centre_settings *set);
void gateway_clear(struct gateway *g);

/*
 * Who holds this certificate. ERR_TERMINAL_UNKNOWN when nobody does, when it
 * was revoked, or when it is a training terminal and this a real centre, or
 * the other way round. ERR_LEDGER.
 */
enum err gateway_whom(struct gateway *g, const uint8_t cert[CERT_LEN],
    struct terminal *out);

/* A POST /v1/envelopes, whose bytes are borrowed, and what came of it. */
struct gateway_post {
	uint32_t terminal;
	struct cursor body; /* each envelope behind its length in 32 bits */
	uint64_t missing;   /* the query's */
	struct buf *answer; /* appended to when it came to ERR_OK */
	enum err came;
	char about[ERR_SUBJECT]; /* the subject of what came */
};

/*
 * At most GATEWAY_GROUP of them, each of another terminal: everything is kept
 * in one transaction, and the answers exist only after its commit. One that
 * cannot be taken in fails alone, and what that takes from the others is time;
 * a begin or a commit that fails is everybody's answer. ERR_REQUEST,
 * ERR_TOO_LARGE, ERR_TERMINAL_UNKNOWN, ERR_OPENING_KEY, ERR_LEDGER,
 * ERR_UNVOUCHED, ERR_MEMORY.
 */
void gateway_group(struct gateway *g, struct gateway_post *const *post,
    unsigned n, uint64_t now_ms);

/* The same of one. */
enum err gateway_envelopes(struct gateway *g, uint32_t terminal,
    struct cursor body, uint64_t missing, uint64_t now_ms,
    struct buf *answer);

/* POST /v1/lease. ERR_NO_IDENTIFIER past GATEWAY_DAY_LEASES or when every
 * identifier was lent; ERR_CLOSED when its place is, by the switch. */
enum err gateway_lease(struct gateway *g, uint32_t terminal, uint64_t now_ms,
    struct buf *answer);

/* GET /v1/outcomes?after=N. */
enum err gateway_outcomes(struct gateway *g, uint32_t terminal,
    uint64_t after, struct buf *answer);

/* What a terminal says when it asks what is new. */
struct opening_ask {
	uint32_t sealing;
	uint64_t sent; /* or SENT_UNSAID */
	struct switch_told told;
};

/*
 * GET /v1/opening?sealing=N&sent=S&open=T: all that *t may still send is sealed
 * to key N or a later one, which is kept; but when the ledger came back from
 * before sequence S, it will be asked for more, and no later key than before
 * is. The answer has the statement of the newest key when that is another one,
 * and the switch's when it says otherwise than *t was told. ERR_LEDGER.
 */
enum err gateway_opening(struct gateway *g, const struct terminal *t,
    const struct opening_ask *ask, uint64_t now_ms, struct buf *answer);

/* What came of a bundle that was brought by hand. */
struct gateway_bundle {
	uint32_t terminal, stored, refused, outcomes;
	enum err why; /* of the last one refused */
	bool closed;  /* so that nothing was lent, though it was asked */
};

/*
 * A bundle of a site with no line (envelope/bundle.h), its envelopes kept as
 * if they had come by it: what it leaves out is declared missing. Appends the
 * reply: a receipt for each that is stored, a refusal for each that is not, the
 * badges of new keys, the last outcomes, the newest opening key, the switch's
 * statement when the terminal was told otherwise, and a block of identifiers
 * when `lend` says so and its place is open. ERR_ENV_FORM, ERR_ENV_SIGNATURE
 * (also when it lost its end), ERR_TERMINAL_UNKNOWN, ERR_NO_IDENTIFIER,
 * ERR_OPENING_KEY, ERR_LEDGER: nothing was kept then.
 */
enum err gateway_bundle(struct gateway *g, const void *p, size_t n, bool lend,
    uint64_t now_ms, struct buf *reply, struct gateway_bundle *out);

#endif
