/*
 * round: everything that waits to the centre, then the errands; and when the
 * next round is due.
 */
#ifndef GUICHET_SYNC_ROUND_H
#define GUICHET_SYNC_ROUND_H

#include "sync/attempt.h"

/*
 * Send until nothing is left that may go now, then run the errands. ERR_OK
 * when everything went: the errands' own trouble is only logged. An error is
 * the centre's trouble or the queue's; ERR_GAP when the centre goes on asking
 * for what cannot be sent; *retry_after_ms is what it asked for, or 0.
 */
enum err round_run(struct courier *c, uint64_t now_ms,
    uint64_t *retry_after_ms);

/* Count what a round came to, in the queue, and set the next: the count of
 * failures and the time outlive this process. */
enum err round_plan(struct queue *q, enum err came, uint64_t retry_after_ms,
    uint64_t every_ms, uint64_t now_ms);

/* What is planned: when the next round is due (0: at once), how many have
 * failed in a row, and the error number of the last one. */
struct round_state {
	uint64_t next_ms, failures;
	int reason;
};
enum err round_look(struct queue *q, struct round_state *out);

/* Milliseconds until the next round is due. */
enum err round_due(struct queue *q, uint64_t now_ms, uint64_t *wait_ms);

#endif
