/*
 * opening: the life of an opening key: made and announced, then followed by
 * the next one, then retired and destroyed.
 *
 * Two are in force at most. VAULT/keys has their secrets (centre/keyturn.h),
 * the ledger what was announced of them, signed by the outcome key, so that
 * every gateway hands on the same and none can make one. A key is retired in
 * the ledger first, and destroyed behind that; killed anywhere, each of these
 * is called again.
 */
#ifndef GUICHET_CENTRE_OPENING_H
#define GUICHET_CENTRE_OPENING_H

#include "centre/opener.h"

struct opening_state {
	uint32_t number;
	uint64_t since_ms, retired_ms; /* 0: in force */
	bool here; /* is its secret? */
	/* Active terminals that may still seal to it; of the oldest in force
	 * also those that are behind it or never said. */
	uint64_t terminals;
	uint64_t waiting; /* entries sealed to it that are not opened yet */
};

#define OPENINGS_MAX 256

struct openings {
	size_t n;
	struct opening_state key[OPENINGS_MAX]; /* in order of number */
};

/* All that were announced. ERR_LEDGER, ERR_TOO_LONG. */
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

/*
 * Make the next key, and announce it; *number is its. A rotation that was cut
 * short is only gone on with. k is read anew. ERR_OPENING_TWO while the key
 * before is in force too; ERR_KEY_*, ERR_FILE_WRITE, ERR_LEDGER.
 */
enum err opening_rotate(struct store *s, struct opener_keys *k,
    const char *folder, uint64_t now_ms, uint32_t *number);

/*
 * Retire the oldest key in force, and destroy it; what was still sealed to it
 * can never be opened. *out is as it stood before, also with
 * ERR_OPENING_NEEDED: it is the only one, entries wait under it, or terminals
 * are at it and `force` is false. ERR_OPENING_KEY when the key that all others
 * seal to is not here; ERR_FILE_WRITE, ERR_LEDGER.
 */
enum err opening_retire(struct store *s, struct opener_keys *k,
    const char *folder, bool force, uint64_t now_ms,
    struct opening_state *out);

/* Of a key that is not here: ERR_OPENING_RETIRED, nobody opens with it any
 * more; ERR_OPENING_KEY, it may come back. ERR_LEDGER. */
enum err opening_missing(struct store *s, uint32_t number);

#endif
