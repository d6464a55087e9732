/* queue_put: the commit point, and a disk that does not want it. */
#include <string.h>

#include "envelope/epoch.h"
#include "queue/ballast.h"
#include "queue/queue_own.h"
#include "queue/storage.h"

#define RESERVE	 ((uint64_t)32 << 20) /* bytes kept free for running work */
#define FAILURES 2 /* in a row: no more */

/* What is to be put, and by whom. */
struct parcel {
	uint32_t terminal;
	const struct rid *rid;
	const struct envelope_keys *keys;
	const struct buf *sealed;
	const uint8_t *next_secret; /* no sealed bytes then: a hand-over */
	bool owing;
};

/* The row is this terminal's, and its key still the one to sign with. */
static enum err
check_head(struct db_ask *a, const struct parcel *p)
{
	uint64_t epoch = db_u64(a, 3);

	if (db_u64(a, 1) != p->terminal)
		return err_about(ERR_SET_VALUE, "terminal = %u", p->terminal);
	return epoch == 0 || epoch == p->keys->sign_number ? ERR_OK :
	    err_about(ERR_EPOCH, "%u", p->keys->sign_number);
}

/* The chain's last link: its number and hash; 0 and zeros for none. */
static enum err
read_head(struct queue *q, const struct parcel *p, uint64_t *sequence,
    uint8_t hash[DIGEST_LEN])
{
	struct db_ask *a;
	bool row;
	enum err r;

	*sequence = 0;
	memset(hash, 0, DIGEST_LEN);
	if ((r = db_ask(q->db, &a, "SELECT sequence, terminal, hash,"
	    " ifnull((SELECT max(number) FROM epoch), 0)"
	    " FROM envelope ORDER BY sequence DESC LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row) {
		*sequence = db_u64(a, 0);
		if ((r = check_head(a, p)) == ERR_OK)
			r = db_copy(a, 2, hash, DIGEST_LEN);
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
	    " made_ms, outcome, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    "ubuuubb", e->sequence, e->rid.b, (size_t)RID_LEN,
	    (uint64_t)e->terminal, rid_ms(&e->rid),
	    (uint64_t)(e->suite == ENVELOPE_EPOCH ? OUTCOME_EPOCH : 0), hash,
	    sizeof(hash), bytes->p, bytes->len);
}

static enum err
write_envelope(const struct parcel *p, const struct envelope *e,
    struct buf *out)
{
	return p->next_secret == NULL ? envelope_write(e, p->keys, out) :
	    epoch_write(e, p->keys, p->next_secret, out);
}

/* All of it but the commit. */
static enum err
prepare(struct queue *q, const struct parcel *p, struct envelope *e)
{
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if ((r = read_head(q, p, &e->sequence, e->previous)) == ERR_OK) {
		e->sequence++;
		if ((r = write_envelope(p, e, &bytes)) == ERR_OK)
			r = insert(q, e, &bytes);
		if (r == ERR_OK && p->owing)
			r = queue_owe(q, &e->rid);
		if (r == ERR_OK && p->next_secret != NULL)
			r = queue_add_epoch(q, e->sequence, p->keys,
			    p->next_secret, &bytes);
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
put_once(struct queue *q, const struct parcel *p, uint64_t *sequence)
{
	struct envelope e = {
		.suite = p->next_secret == NULL ? ENVELOPE_SUITE :
		    ENVELOPE_EPOCH,
		.terminal = p->terminal,
		.sign_key = p->keys->sign_number,
		.rid = *p->rid,
		.opening_key = p->keys->opening_number,
	};
	enum err r, failed;

	if (p->sealed != NULL)
		e.sealed = cursor_of(p->sealed->p, p->sealed->len);
	if ((r = db_begin(q->db)) != ERR_OK)
		return r;
	if ((r = prepare(q, p, &e)) != ERR_OK) {
		db_rollback(q->db);
		return r;
	}
	/* The commit point of an enrolment: before it nothing is promised,
	 * behind it nothing is lost. */
	q->written = true;
	if ((failed = db_commit(q->db)) != ERR_OK &&
	    (r = settle(q, p->rid)) != ERR_OK)
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
put(struct queue *q, const struct parcel *p, uint64_t *sequence)
{
	enum err r;

	if (q->failures >= FAILURES)
		return ERR_QUEUE_STOPPED;
	r = put_once(q, p, sequence);
	if (r == ERR_QUEUE_SPACE && ballast_throw(q->state) == ERR_OK)
		r = put_once(q, p, sequence);
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
	const struct parcel p = { .terminal = terminal, .rid = rid,
		.sealed = sealed, .keys = keys };

	return put(q, &p, sequence);
}

enum err
queue_put_owing(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct buf *sealed, const struct envelope_keys *keys,
    uint64_t *sequence)
{
	const struct parcel p = { .terminal = terminal, .rid = rid,
		.sealed = sealed, .keys = keys, .owing = true };

	return put(q, &p, sequence);
}

enum err
queue_put_epoch(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct envelope_keys *keys,
    const uint8_t next_secret[SIGN_SECRET_LEN], uint64_t *sequence)
{
	const struct parcel p = { .terminal = terminal, .rid = rid,
		.keys = keys, .next_secret = next_secret };

	return put(q, &p, sequence);
}
