/*
 * queue_own: what the files of the queue share. Only queue*.c include this.
 */
#ifndef GUICHET_QUEUE_QUEUE_OWN_H
#define GUICHET_QUEUE_QUEUE_OWN_H

#include "base/db.h"
#include "base/file.h"
#include "queue/queue.h"

struct queue {
	struct db *db;
	char state[PATH_ROOM];
	bool ballast;	   /* room is kept in a file too */
	bool written;	   /* since the last rest */
	unsigned failures; /* of saves, in a row */
};

/* Pages of the journal that who delivers brings into the file; the desk, for
 * which a person waits, only when there are four times as many. */
#define QUEUE_TIDY 256

/* The columns that queue_row_of reads, in its order. */
#define QUEUE_COLUMNS                                                        \
	"sequence, rid, CASE WHEN sequence IN (SELECT sequence FROM aside)"  \
	" THEN 'damaged' ELSE state END, level, attempts, made_ms, next_ms," \
	" reason, outcome, outcome_reason, ifnull(length(bytes), 0), hash"

/* A row that cannot be sent: a hand-over is mended, any other is damaged from
 * now on, whether it can be written or not. */
enum err queue_set_aside(struct queue *q, uint64_t sequence, enum err why);

/* The row that a batch cannot be read for; ERR_QUEUE_DAMAGED when it is none
 * of the rows. */
enum err queue_find_unreadable(struct queue *q, uint64_t *sequence);

/* How many are aside without being marked, and if there are any, the first
 * number that is ready and not aside (0: none). */
enum err queue_count_aside(struct queue *q, uint64_t *n, uint64_t *first);

/* Each row behind that number, as queue_each. */
enum err queue_each_after(struct queue *q, uint64_t after,
    queue_visit *visit, void *user);

/* Within the transaction of a hand-over: the key before and the next. */
enum err queue_add_epoch(struct queue *q, uint64_t sequence,
    const struct envelope_keys *keys, const uint8_t next_secret[],
    const struct buf *bytes);

/* The public key of that number; ERR_NOT_FOUND. */
enum err queue_epoch_public(struct queue *q, uint32_t number,
    uint8_t out[SIGN_PUBLIC_LEN]);

/* Put a hand-over's bytes back from their copy; ERR_NOT_FOUND when that row
 * is none. */
enum err queue_mend_epoch(struct queue *q, uint64_t sequence);

/* Within the transaction of its save: the secrets of that record are owed. */
enum err queue_owe(struct queue *q, const struct rid *rid);

/* Commit when r is ERR_OK, else roll back; says what came of it. */
enum err queue_end(struct queue *q, enum err r);

#endif
