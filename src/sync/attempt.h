/*
 * attempt: one batch of the queue to the centre, and what was said of each.
 *
 * What is wrong with the centre (no line, no proof of who it is, busy, not
 * understood, receipts of another key) leaves every record as it was. Only a
 * receipt that is valid and of exactly this envelope counts as delivered; only
 * a word on one envelope sets that one aside, and the others go on. A batch
 * that is not understood is halved until the one is found that spoils it: it
 * is set aside when the next one alone is understood.
 */
#ifndef GUICHET_SYNC_ATTEMPT_H
#define GUICHET_SYNC_ATTEMPT_H

#include "base/file.h"
#include "base/settings.h"
#include "sync/batch.h"
#include "sync/transport.h"

/* Who speaks with whom; all borrowed. */
struct courier {
	struct queue *queue;
	struct transport *transport;
	uint32_t terminal;
	char state[PATH_ROOM]; /* whose keys/opening.pub is sealed to */
	enum receipt_level until; /* that lets the bytes be dropped */
	uint32_t lease_low;
	uint32_t retries; /* in the bucket (backoff.h); 0: no bucket */
	uint8_t centre[SIGN_PUBLIC_LEN], opener[SIGN_PUBLIC_LEN];
	struct kept_receipt said[BATCH_MAX]; /* by the answer at hand */
	size_t nsaid;
	bool together; /* its receipts, by one good signature */
	struct batch_line line;
};

/* Read centre.pub and opener.pub under set->state, and what else is set.
 * ERR_KEY_*. */
enum err courier_init(struct courier *c, const struct desk_settings *set,
    struct queue *queue, struct transport *transport);

/* A badge of one of this terminal's keys, as the centre sent it: checked, and
 * kept. ERR_RECEIPT, ERR_NOT_FOUND, ERR_QUEUE_*. */
enum err courier_badge(struct courier *c, const void *p, size_t n);

/* A statement of an opening key, as the centre sent it: checked against the
 * key that this terminal seals to, and kept for it when it is a later one.
 * ERR_OPENING_SAID, ERR_OPENING_OLD, ERR_KEY_*, ERR_QUEUE_*. */
enum err courier_opening(struct courier *c, const void *p, size_t n);

/* A statement of the switch, as the centre sent it: checked, and kept unless a
 * newer one is here. ERR_RECEIPT, ERR_QUEUE_*. */
enum err courier_switch(struct courier *c, const void *p, size_t n);

struct attempt {
	unsigned sent, refused; /* how many of the batch */
	bool gap;		/* the centre waits for an earlier number */
	uint64_t next;		/* that number */
	uint64_t retry_after_ms; /* what a busy centre asked for */
};

/*
 * Send the next batch; with nothing to send, everything is zero. `declare`
 * says that what the queue leaves out up to the batch's last number cannot be
 * sent now. ERR_SYNC_*, ERR_RECEIPT, ERR_QUEUE_*; what was settled before
 * stays, and *out counts it also then.
 */
enum err attempt_send(struct courier *c, bool declare, uint64_t now_ms,
    struct attempt *out);

#endif
