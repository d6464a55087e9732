/*
 * errand: what the centre has for the terminal: outcomes, the next opening
 * key, whether its place is open, and identifiers.
 *
 * After the sending, never before: no upload waits for a download.
 */
#ifndef GUICHET_SYNC_ERRAND_H
#define GUICHET_SYNC_ERRAND_H

#include "sync/attempt.h"

/* Ask for blocks while fewer than lease_low identifiers are left and the place
 * is not known to be closed. ERR_SYNC_*; ERR_CLOSED when it is;
 * ERR_LEASE when a block is not valid or not ours. */
enum err errand_lease(struct courier *c);

/* Fetch the outcomes behind the last one kept. ERR_SYNC_*; ERR_RECEIPT when
 * one is not the opener's word or not for us. */
enum err errand_outcomes(struct courier *c);

/*
 * *sealing: the number of the opening key that all that may still come is
 * sealed to, or a later one: the desk's, unless something older is in the
 * queue. It holds while the centre has all up to *sent, the last sequence of
 * what it could ask for again; 0 when there is none. ERR_KEY_*, ERR_QUEUE_*.
 */
enum err errand_sealing(const char *state, struct queue *q,
    uint32_t *sealing, uint64_t *sent);

/*
 * Say which opening key all that may still come is sealed to, or a later one,
 * and what the centre has for that, and what was told of the place; and take
 * the announcement of the next key, and the newest word on the place. The desk
 * seals to that key once nobody is served. ERR_SYNC_*; as courier_opening and
 * courier_switch.
 */
enum err errand_opening(struct courier *c);

#endif
