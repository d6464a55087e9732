/*
 * batch: what goes out at once: envelopes of the queue in their order, each
 * behind its length (src/PROTOCOL 8.1).
 */
#ifndef GUICHET_SYNC_BATCH_H
#define GUICHET_SYNC_BATCH_H

#include "queue/queue.h"

struct batch {
	struct buf bytes;
	struct rid rids[BATCH_MAX];
	size_t n;
};

/* The n envelopes of b from number `from` on, instead of what is in out.
 * ERR_TOO_SHORT when b has less, ERR_MEMORY. */
enum err batch_part(const struct batch *b, size_t from, size_t n,
    struct batch *out);

/*
 * How many a line can carry: a centre cuts who takes longer than half a
 * minute, and a line that is slow, or falls out again and again, would never
 * get through with a whole batch. Half of what got no answer; a tenth of a
 * batch more for each that got one.
 */
struct batch_line {
	size_t most; /* 0: as many as there may be */
};
size_t batch_line_most(const struct batch_line *l);
void batch_line_failed(struct batch_line *l, size_t n);
void batch_line_held(struct batch_line *l);

#endif
