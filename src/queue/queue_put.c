/* queue_put: the commit point, and a disk that does not want it. */
#include <string.h>

#include "queue/ballast.h"
#include "queue/queue_own.h"
#include "queue/storage.h"

#define RESERVE	 ((uint64_t)32 << 20) /* bytes kept free for running work */
#define FAILURES 2 /* in a row: no more */

/* The chain's last link: its number and hash; 0 and zeros for none. */
static enum err
read_head(struct queue *q, uint32_t terminal, uint64_t *sequence,
    uint8_t hash[DIGEST_LEN])
{
	struct db_ask *a;
	bool row;
	enum err r;

	*sequence = 0;
	memset(hash, 0, DIGEST_LEN);
	if ((r = db_ask(q->db, &a, "SELECT sequence, terminal, hash"
	    " FROM envelope ORDER BY sequence DESC LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row) {
		*sequence = db_u64(a, 0);
		r = db_u64(a, 1) == terminal ? db_copy(a, 2, hash, DIGEST_LEN)
		    : err_about(ERR_SET_VALUE, "terminal = %u", terminal);
	}
	db_done(a);
	return r;
}

static enum err
insert(struct queue *q, const struct envelope *e, const struct buf *bytes)
{
	uint8_t hash[DIGEST_LEN];

	envelope_hash(bytes->p, bytes->len, hash);
	return db_do(q->db, "INSERT INTO envelope (sequence, rid, terminal,"
	    " made_ms, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)", "ubuubb",
	    e->sequence, e->rid.b, (size_t)RID_LEN, (uint64_t)e->terminal,
	    rid_ms(&e->rid), hash, sizeof(hash), bytes->p, bytes->len);
}

/* All of it but the commit. */
static enum err
prepare(struct queue *q, struct envelope *e,
    const struct envelope_keys *keys, bool owing)
{
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if ((r = read_head(q, e->terminal, &e->sequence,
	    e->previous)) == ERR_OK) {
		e->sequence++;
		if ((r = envelope_write(e, keys, &bytes)) == ERR_OK)
			r = insert(q, e, &bytes);
		if (r == ERR_OK && owing)
			r = queue_owe(q, &e->rid);
	}
	buf_clear(&bytes);
	return r;
}

/*
 * The commit failed, and what that means only the disk knows. The kernel may
 * have marked pages clean that never left memory, so what a reopened file
 * shows counts only once a checkpoint has written it anew and synced it
 * (facts/storage.md, table 2: the fsync study).
 */
static enum err
settle(struct queue *q, const struct rid *rid)
{
	struct queue_row row;
	enum err r;

	if (db_reopen(q->db) != ERR_OK)
		return ERR_QUEUE_UNKNOWN;
	r = queue_find(q, rid, &row);
	if (r == ERR_NOT_FOUND) {
		/* Write over what may lie in the journal's tail. */
		(void)db_checkpoint(q->db);
		return ERR_QUEUE_WRITE;
	}
	return r == ERR_OK && db_checkpoint(q->db) == ERR_OK ? ERR_OK
	    : ERR_QUEUE_UNKNOWN;
}

/* One try. */
static enum err
put_once(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct buf *sealed, const struct envelope_keys *keys, bool owing,
    uint64_t *sequence)
{
	struct envelope e = {
		.terminal = terminal,
		.sign_key = keys->sign_number,
		.rid = *rid,
		.opening_key = keys->opening_number,
		.sealed = cursor_of(sealed->p, sealed->len),
	};
	enum err r, failed;

	if ((r = db_begin(q->db)) != ERR_OK)
		return r;
	if ((r = prepare(q, &e, keys, owing)) != ERR_OK) {
		db_rollback(q->db);
		return r;
	}
	/* The commit point of an enrolment: before it nothing is promised,
	 * behind it nothing is lost. */
	q->written = true;
	if ((failed = db_commit(q->db)) != ERR_OK &&
	    (r = settle(q, rid)) != ERR_OK)
		return r == ERR_QUEUE_WRITE && failed == ERR_QUEUE_SPACE
		    ? failed : r;
	*sequence = e.sequence;
	return ERR_OK;
}

/*
 * A disk that fails once may have had its reasons; twice in a row, nothing it
 * says is believed any more (facts/storage.md, 5.1). A new start looks again.
 */
static void
count_failure(struct queue *q, enum err r)
{
	if (r == ERR_OK)
		q->failures = 0;
	else if (r == ERR_QUEUE_WRITE || r == ERR_QUEUE_UNKNOWN ||
	    r == ERR_QUEUE_DAMAGED || r == ERR_QUEUE_OPEN)
		q->failures++;
}

static enum err
put(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct buf *sealed, const struct envelope_keys *keys, bool owing,
    uint64_t *sequence)
{
	enum err r;

	if (q->failures >= FAILURES)
		return ERR_QUEUE_STOPPED;
	r = put_once(q, terminal, rid, sealed, keys, owing, sequence);
	if (r == ERR_QUEUE_SPACE && ballast_throw(q->state) == ERR_OK)
		r = put_once(q, terminal, rid, sealed, keys, owing, sequence);
	count_failure(q, r);
	return r;
}

enum err
queue_room(struct queue *q)
{
	enum err r;

	if (q->failures >= FAILURES)
		return ERR_QUEUE_STOPPED;
	if ((r = storage_room(q->state, RESERVE)) != ERR_OK || !q->ballast)
		return r;
	return ballast_keep(q->state, RESERVE);
}

enum err
queue_put(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct buf *sealed, const struct envelope_keys *keys,
    uint64_t *sequence)
{
	return put(q, terminal, rid, sealed, keys, false, sequence);
}

enum err
queue_put_owing(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct buf *sealed, const struct envelope_keys *keys,
    uint64_t *sequence)
{
	return put(q, terminal, rid, sealed, keys, true, sequence);
}

