/*
 * intake: one envelope of a terminal → stored with a receipt, or why not.
 *
 * The chain's guard. A terminal's sequence has no number twice and leaves
 * none out; each envelope names the hash of the one before. So what is
 * missing, doubled or forked is seen here, kept as an alarm with its bytes,
 * and never repaired in silence.
 *
 * Each number has one key that may sign it. A hand-over (envelope/epoch.h),
 * signed by the key before, makes the next key the one for all that follows;
 * what an older key signs behind it is somebody else's.
 *
 * Whoever seals to an opening key that was retired is told so, and nothing is
 * kept of it: nobody could open it.
 *
 * A number that its terminal cannot send now (damaged, refused, held back) is
 * declared by the terminal and kept as a gap: its followers are taken, the
 * gap stays named until the missing one comes and fits both neighbours.
 */
#ifndef GUICHET_CENTRE_INTAKE_H
#define GUICHET_CENTRE_INTAKE_H

#include "centre/letter.h"
#include "envelope/badge.h"

#define INTAKE_BADGE_DAYS 1096 /* of the badge of a key handed over to */
#define INTAKE_GAP_MAX 10000 /* numbers that may be declared missing at once */

/* The gateway's own two keys; secrets in locked memory. */
struct intake_key {
	uint32_t number;
	const uint8_t *secret; /* SIGN_SECRET_LEN: signs receipts */
};

#define VERDICTS(X) X(STORED, "stored") X(REFUSED, "refused") X(GAP, "gap")
#define VERDICT_ENUM(name, word) VERDICT_##name,
enum verdict_kind { VERDICTS(VERDICT_ENUM) };
#undef VERDICT_ENUM

struct verdict {
	enum verdict_kind kind;
	enum err why;	/* unless STORED */
	bool known;	/* the envelope could be read: rid is its id */
	struct rid rid;
	uint64_t next;	/* of a GAP: the sequence that is expected */
	uint8_t receipt[RECEIPT_LEN]; /* of a STORED */
	bool badged;	/* a hand-over was stored: the next key's badge */
	uint8_t badge[BADGE_LEN];
};

/* What is the same for all that came together. */
struct intake_case {
	const struct intake_key *key;
	struct opening_span open; /* the opening keys in force */
	uint64_t missing; /* every number up to it that did not come is
			   * declared missing; 0: none is */
	uint64_t now_ms;
};

/*
 * Make the receipt that it will have if it is kept at that level, so that it
 * need not be made while others wait for the ledger. It leaves with intake's
 * word only. What cannot be made now is made then.
 */
void intake_prepare(const struct intake_key *key, enum receipt_level level,
    uint32_t terminal, uint64_t now_ms, struct letter *l);

/*
 * Judge and keep one envelope, inside a transaction of the store. *t is the
 * terminal whose connection it came by, and goes forward with what is stored.
 * ERR_LEDGER, and ERR_OPENING_KEY when it is sealed to a key that was never
 * announced: nothing is known, roll back. Behind the last one comes the
 * store's entries_added.
 */
enum err intake(struct store *s, const struct intake_case *by,
    struct terminal *t, const struct letter *l, struct verdict *out);

#endif
