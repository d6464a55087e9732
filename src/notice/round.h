/*
 * round: what is due in the outbox, told one after the other.
 *
 * A try is written down before it is made: whoever dies in the middle tries
 * again later, with the same reference on the message. Waits double from a
 * minute to six hours; after ROUND_TRIES it is given up, and the centre's
 * operator sees it. A code goes first, is tried once, and given up when it
 * could not go within INQUIRY_GO_MS: who waits for it is told. Letters are not
 * carried: guichetctl centre letters.
 */
#ifndef GUICHET_NOTICE_ROUND_H
#define GUICHET_NOTICE_ROUND_H

#include "notice/carry.h"
#include "centre/announce.h"
#include "centre/parcel.h"

#define ROUND_TRIES 16 /* some three days */

struct round {
	struct vault *vault;
	struct carry *carry;
	const struct centre_settings *set;
	const uint8_t *secret; /* BOX_SECRET_LEN, of the notice key */
	struct parcel *parcel; /* to open with */
};

/* One round; *sent and *failed how many, *left those that wait for a later
 * try. ERR_VAULT, ERR_MEMORY. */
enum err round_go(const struct round *o, uint64_t began_ms, unsigned *sent,
    unsigned *failed, unsigned *left);

/* The announcement of a row, opened; *a in locked memory. */
enum err round_open(const struct round *o, const struct buf *sealed,
    struct announcement *a);

#endif
