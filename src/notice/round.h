/*
 * round: what is due in the outbox, told.
 *
 * In four lanes, codes and news by SMS and by mail: a lane is as wide as
 * messages of it may be under way at once, and none waits for another lane.
 *
 * A try is written down before it is made: whoever dies in the middle tries
 * again later, with the same reference on the message. Waits double from a
 * minute to six hours; after ROUND_TRIES it is given up, and the centre's
 * operator sees it. A code is tried once, and given up when it could not go
 * within INQUIRY_GO_MS: who waits for it is told. Letters are not carried:
 * guichetctl centre letters.
 */
#ifndef GUICHET_NOTICE_ROUND_H
#define GUICHET_NOTICE_ROUND_H

#include "notice/carry.h"
#include "centre/announce.h"
#include "centre/parcel.h"

#define ROUND_TRIES 16 /* some three days */

#define ROUND_CODES 8 /* the width of a lane of codes */
#define ROUND_NEWS  4 /* and of one of news */
#define ROUND_ROOM  (2 * (ROUND_CODES + ROUND_NEWS))

struct round {
	struct vault *vault;
	struct carry *carry;
	const struct centre_settings *set;
	const uint8_t *secret; /* BOX_SECRET_LEN, of the notice key */
	struct parcel *parcel; /* to open with */
	struct notice_row trips[ROUND_ROOM]; /* number 0: none */
	unsigned under_way;
	unsigned sent, failed, left; /* left: to be tried later; so far */
};

/*
 * Begin what is due and has room, codes first, and settle what has ended,
 * waiting for one of those under way as long as that. ERR_VAULT, ERR_MEMORY.
 */
enum err round_step(struct round *o, uint64_t now_ms, int wait_ms);

/* Settle what is under way, beginning nothing, as long as that. What has not
 * ended then is tried again another time. The same errors. */
enum err round_end(struct round *o, uint64_t now_ms, uint64_t wait_ms);

/* All that is due by then, to the end of it; `left` has what is due and nobody
 * carries too. The same errors. */
enum err round_go(struct round *o, uint64_t due_ms);

/* The announcement of a row, opened; *a in locked memory. */
enum err round_open(const struct round *o, const struct buf *sealed,
    struct announcement *a);

#endif
