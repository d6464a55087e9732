/*
 * opening: the life of an opening key: made and announced, then followed by
 * the next one, then retired, kept for a while, and destroyed.
 *
 * Two are there at most. VAULT/keys has their secrets (centre/keyturn.h),
 * the ledger what was announced of them, signed by the outcome key, so that
 * every gateway hands on the same and none can make one. A key is retired in
 * the ledger first, and destroyed behind that; killed anywhere, each of these
 * is called again.
 *
 * A centre that comes back from a backup needs the keys of that day: for what
 * waited to be opened then, and for what terminals kept and send again. So a
 * retired key is kept for as long as a backup may be old. What comes back from
 * behind its retirement has all that was ever sealed to it, and opened.
 */
#ifndef GUICHET_CENTRE_OPENING_H
#define GUICHET_CENTRE_OPENING_H

#include "centre/opener.h"

struct opening_state {
	uint32_t number;
	uint64_t since_ms, retired_ms; /* 0: in force */
	bool here; /* is its secret? Of a retired one: still */
	/* Active terminals that may still seal to it; of the oldest in force
	 * also those that are behind it or never said. */
	uint64_t terminals;
	uint64_t waiting; /* entries sealed to it that are not opened yet */
};

#define OPENINGS_MAX 64

struct openings {
	size_t n;
	struct opening_state key[OPENINGS_MAX]; /* in order of number */
};

/* The newest that were announced, up to OPENINGS_MAX. ERR_LEDGER. */
enum err opening_look(struct store *s, const struct opener_keys *k,
    struct openings *out);

/*
 * Put into the ledger what it lacks of the keys that are here: it has none,
 * or comes from before the last rotation. A key that terminals do not seal to,
 * and that did not come by a rotation, is only announced when `asked`.
 * ERR_LEDGER.
 */
enum err opening_announce(struct store *s, const struct opener_keys *k,
    bool asked, uint64_t now_ms);

/* How a life goes on. */
struct opening_terms {
	const char *folder; /* of the vault */
	uint64_t now_ms;
	uint64_t keep_ms; /* that a retired key is kept */
	bool force;	  /* wait neither for terminals nor for that */
};

/*
 * Make the next key, and announce it; *number is its. A rotation that was cut
 * short is only gone on with. k is read anew. ERR_OPENING_TWO while the key
 * before is in force too, ERR_OPENING_KEPT while it is kept; ERR_KEY_*,
 * ERR_FILE_WRITE, ERR_LEDGER.
 */
enum err opening_rotate(struct store *s, struct opener_keys *k,
    const struct opening_terms *by, uint32_t *number);

/*
 * Retire the oldest key in force; destroy one that was kept for long enough,
 * at once with keep_ms 0 or by force; when there was one to destroy before,
 * that is all. What is sealed to it can never be opened then. *out is the key
 * as it stood before, also with ERR_OPENING_NEEDED: it is the only one,
 * entries wait under it, or terminals are at it and `force` is false.
 * ERR_OPENING_KEPT: there is but one in force, and the one before is kept.
 * ERR_OPENING_KEY when the key that all others seal to is not here;
 * ERR_FILE_WRITE, ERR_LEDGER.
 */
enum err opening_retire(struct store *s, struct opener_keys *k,
    const struct opening_terms *by, struct opening_state *out);

/* Of a key that is not here: ERR_OPENING_RETIRED, nobody opens with it any
 * more; ERR_OPENING_KEY, it may come back. ERR_LEDGER. */
enum err opening_missing(struct store *s, uint32_t number);

#endif
