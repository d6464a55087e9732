/* queue_epoch: the signing key in force, and what is kept of the others. */
#include <string.h>

#include "queue/queue_own.h"

static enum err
add(struct queue *q, uint32_t number, uint64_t sequence,
    const uint8_t secret[SIGN_SECRET_LEN], const struct buf *bytes)
{
	uint8_t public[SIGN_PUBLIC_LEN];

	sign_public(secret, public);
	return db_do(q->db, "INSERT OR IGNORE INTO epoch (number, sequence,"
	    " public, bytes) VALUES (?, ?, ?, ?)", "uubb", (uint64_t)number,
	    sequence, public, sizeof(public),
	    bytes == NULL ? NULL : bytes->p, bytes == NULL ? 0 : bytes->len);
}

/* The key before is here already, unless it is the very first. */
enum err
queue_add_epoch(struct queue *q, uint64_t sequence,
    const struct envelope_keys *keys, const uint8_t next_secret[],
    const struct buf *bytes)
{
	enum err r;

	if ((r = add(q, keys->sign_number, 0, keys->sign_secret, NULL)) !=
	    ERR_OK)
		return r;
	return add(q, keys->sign_number + 1, sequence, next_secret, bytes);
}

enum err
queue_epoch(struct queue *q, struct queue_epoch *out)
{
	struct queue_epoch e;
	struct db_ask *a;
	bool row;
	enum err r;

	memset(&e, 0, sizeof(e));
	if ((r = db_ask(q->db, &a, "WITH now (number, sequence) AS ("
	    "SELECT ifnull(max(number), 0), ifnull(max(sequence), 0)"
	    " FROM epoch) SELECT number, sequence,"
	    " ifnull((SELECT max(sequence) FROM envelope), 0) - sequence,"
	    " ifnull((SELECT made_ms FROM envelope WHERE envelope.sequence"
	    " = now.sequence + 1), 0), EXISTS (SELECT 1 FROM envelope"
	    " WHERE state <> 'sent' AND state = 'ready') FROM now", "")) !=
	    ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row) {
		e.number = (uint32_t)db_u64(a, 0);
		e.sequence = db_u64(a, 1);
		e.used = db_u64(a, 2);
		e.since_ms = db_u64(a, 3);
		e.waiting = db_u64(a, 4) != 0;
	}
	db_done(a);
	if (r == ERR_OK)
		*out = e;
	return r;
}

/* Some bytes of the epoch of that number. */
static enum err
get(struct db_ask *a, void *out, size_t n)
{
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) == ERR_OK)
		r = row && !db_null(a, 0) ? db_copy(a, 0, out, n) :
		    ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
queue_epoch_public(struct queue *q, uint32_t number,
    uint8_t out[SIGN_PUBLIC_LEN])
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT public FROM epoch WHERE number = ?",
	    "u", (uint64_t)number)) != ERR_OK)
		return r;
	return get(a, out, SIGN_PUBLIC_LEN);
}

enum err
queue_badge(struct queue *q, uint32_t number, uint8_t bytes[BADGE_LEN])
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT badge FROM epoch WHERE number = ?",
	    "u", (uint64_t)number)) != ERR_OK)
		return r;
	return get(a, bytes, BADGE_LEN);
}

enum err
queue_keep_badge(struct queue *q, const struct badge *b,
    const uint8_t bytes[BADGE_LEN])
{
	uint8_t public[SIGN_PUBLIC_LEN];
	enum err r;

	if ((r = queue_epoch_public(q, b->sign_key, public)) != ERR_OK)
		return r;
	if (memcmp(public, b->public, sizeof(public)) != 0)
		return err_about(ERR_RECEIPT, "clé %u", b->sign_key);
	return db_do(q->db, "UPDATE epoch SET badge = ? WHERE number = ?",
	    "bu", bytes, (size_t)BADGE_LEN, (uint64_t)b->sign_key);
}

/* The copy of that hand-over; ERR_NOT_FOUND. */
static enum err
copy_of(struct queue *q, uint64_t sequence, struct buf *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT bytes FROM epoch"
	    " WHERE sequence = ? AND bytes IS NOT NULL", "u", sequence)) !=
	    ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_bytes(a, 0, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
queue_mend_epoch(struct queue *q, uint64_t sequence)
{
	uint8_t hash[DIGEST_LEN];
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if ((r = copy_of(q, sequence, &bytes)) == ERR_OK) {
		envelope_hash(bytes.p, bytes.len, hash);
		r = db_do(q->db, "UPDATE envelope SET bytes = ?, hash = ?,"
		    " state = CASE level WHEN 0 THEN 'ready' ELSE 'sent' END,"
		    " next_ms = 0, reason = 0 WHERE sequence = ?", "bbu",
		    bytes.p, bytes.len, hash, sizeof(hash), sequence);
	}
	buf_clear(&bytes);
	return r;
}
