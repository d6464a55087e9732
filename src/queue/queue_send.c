/* queue_send: what goes out, and what the centre said of it. */
#include <string.h>

#include "queue/queue_own.h"

/* Append one envelope with its length, if the batch has room for it. */
static enum err
add_to_batch(struct db_ask *a, struct buf *out, size_t start, bool *full)
{
	size_t at = out->len;
	enum err r;

	if ((r = buf_put_u32(out, (uint32_t)db_u64(a, 3))) != ERR_OK ||
	    (r = db_bytes(a, 2, out)) != ERR_OK)
		return r;
	*full = out->len - start > BATCH_BYTES;
	if (*full)
		out->len = at;
	return ERR_OK;
}

/* The rows ready, in order, up to the first whose time has not come, or that
 * cannot be an envelope: then *unfit is its number. */
static enum err
fill_batch(struct db_ask *a, uint64_t now_ms, struct buf *out, size_t *n,
    struct rid rids[BATCH_MAX], uint64_t *unfit)
{
	size_t start = out->len;
	bool row, full;
	enum err r;

	while ((r = db_next(a, &row)) == ERR_OK && row &&
	    db_u64(a, 0) <= now_ms) {
		if (db_u64(a, 3) <= ENVELOPE_HEADER ||
		    db_u64(a, 3) > ENVELOPE_MAX) {
			*unfit = db_u64(a, 4);
			break;
		}
		if ((r = db_copy(a, 1, rids[*n].b, RID_LEN)) != ERR_OK ||
		    (r = add_to_batch(a, out, start, &full)) != ERR_OK || full)
			break;
		++*n;
	}
	return r;
}

static enum err
one_batch(struct queue *q, uint64_t now_ms, size_t most, struct buf *out,
    size_t *n, struct rid rids[BATCH_MAX], uint64_t *unfit)
{
	size_t start = out->len, count = 0;
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT next_ms, rid, bytes,"
	    " ifnull(length(bytes), 0), sequence FROM envelope"
	    " WHERE state <> 'sent' AND state = 'ready'"
	    " AND sequence NOT IN (SELECT sequence FROM aside)"
	    " ORDER BY sequence LIMIT ?", "u",
	    (uint64_t)(most < BATCH_MAX ? most : BATCH_MAX))) != ERR_OK)
		return r;
	r = fill_batch(a, now_ms, out, &count, rids, unfit);
	db_done(a);
	if (r == ERR_OK)
		*n = count;
	else
		out->len = start;
	return r;
}

/* What cannot be sent is set aside, and its neighbours go. */
enum err
queue_batch(struct queue *q, uint64_t now_ms, size_t most, struct buf *out,
    size_t *n, struct rid rids[BATCH_MAX])
{
	uint64_t unfit;
	enum err r;

	do {
		unfit = *n = 0;
		r = one_batch(q, now_ms, most, out, n, rids, &unfit);
		if (r == ERR_QUEUE_DAMAGED)
			r = queue_find_unreadable(q, &unfit);
		if (r != ERR_OK || unfit == 0)
			return r;
		r = queue_set_aside(q, unfit, ERR_QUEUE_DAMAGED);
	} while (r == ERR_OK && *n == 0);
	return r;
}

enum err
queue_bytes(struct queue *q, const struct rid *rid, struct buf *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT bytes FROM envelope"
	    " WHERE rid = ? AND bytes IS NOT NULL", "b", rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_bytes(a, 0, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

/* A statement that must have changed the row of that id: ERR_NOT_FOUND when
 * there is no such row, ERR_USAGE when the row is not in a state for it. */
static enum err
changed(struct queue *q, const struct rid *rid)
{
	struct queue_row row;
	enum err r;

	if (db_changed(q->db) == 1)
		return ERR_OK;
	if ((r = queue_find(q, rid, &row)) != ERR_OK)
		return r;
	return err_about(ERR_USAGE, "état « %s »",
	    queue_state_word(row.state));
}

/* Why the row that a receipt names was not changed: it is not of exactly this
 * row, or the row has a better one. */
static enum err
match_receipt(struct queue *q, const struct receipt *rc)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT sequence = ? AND hash = ?"
	    " AND terminal = ? FROM envelope WHERE rid = ?", "ubub",
	    rc->sequence, rc->hash, (size_t)DIGEST_LEN,
	    (uint64_t)rc->terminal, rc->rid.b, (size_t)RID_LEN)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK) {
		if (!row)
			r = ERR_NOT_FOUND;
		else if (db_u64(a, 0) != 1)
			r = ERR_RECEIPT;
	}
	db_done(a);
	return r;
}

/* The row must be exactly its: number, id, bytes and terminal. A lower level
 * never replaces a higher one. */
static enum err
keep_receipt(struct queue *q, const struct kept_receipt *k,
    enum receipt_level until, uint64_t *sent_ms)
{
	const struct receipt *rc = &k->receipt;
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET state = 'sent', reason = 0,"
	    " next_ms = 0, level = ?1, receipt = ?2,"
	    " bytes = CASE WHEN ?1 >= ?3 AND outcome <> ?4 THEN NULL"
	    " ELSE bytes END"
	    " WHERE sequence = ?5 AND rid = ?6 AND hash = ?7 AND terminal = ?8"
	    " AND (level <= ?1 OR state <> 'sent')", "ubuuubbu",
	    (uint64_t)rc->level, k->bytes, (size_t)RECEIPT_LEN,
	    (uint64_t)until, (uint64_t)OUTCOME_EPOCH, rc->sequence,
	    rc->rid.b, (size_t)RID_LEN, rc->hash, (size_t)DIGEST_LEN,
	    (uint64_t)rc->terminal)) != ERR_OK)
		return r;
	if (db_changed(q->db) == 0)
		return match_receipt(q, rc);
	*sent_ms = rc->at_ms;
	return ERR_OK;
}

/* Those before one that is not right are kept. */
enum err
queue_receipts(struct queue *q, const struct kept_receipt *all, size_t n,
    enum receipt_level until, size_t *kept)
{
	enum err r, found = ERR_OK;
	uint64_t sent_ms = 0;
	size_t i = 0;

	*kept = 0;
	if ((r = db_begin(q->db)) != ERR_OK)
		return r;
	while (i < n && (found = keep_receipt(q, &all[i], until, &sent_ms)) ==
	    ERR_OK)
		i++;
	if (sent_ms != 0)
		r = queue_set_state(q, "sent-ms", sent_ms);
	if ((r = queue_end(q, r)) != ERR_OK)
		return found == ERR_OK ? r : found;
	db_tidy(q->db, QUEUE_TIDY);
	*kept = i;
	return found;
}

enum err
queue_receipt(struct queue *q, const struct receipt *rc, const uint8_t *bytes,
    enum receipt_level until)
{
	struct kept_receipt one = { .receipt = *rc };
	size_t kept;

	memcpy(one.bytes, bytes, RECEIPT_LEN);
	return queue_receipts(q, &one, 1, until, &kept);
}

enum err
queue_defer(struct queue *q, const struct rid *rid, int reason,
    uint64_t next_ms)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET attempts = attempts + 1,"
	    " reason = ?, next_ms = ? WHERE rid = ? AND state = 'ready'",
	    "uub", (uint64_t)reason, next_ms, rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	return changed(q, rid);
}

enum err
queue_refuse(struct queue *q, const struct rid *rid, int reason)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET attempts = attempts + 1,"
	    " reason = ?, state = 'refused'"
	    " WHERE rid = ? AND state IN ('ready', 'held', 'refused')", "ub",
	    (uint64_t)reason, rid->b, (size_t)RID_LEN)) != ERR_OK)
		return r;
	return changed(q, rid);
}

enum err
queue_retry(struct queue *q, const struct rid *rid)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET state = 'ready',"
	    " next_ms = 0 WHERE rid = ? AND state IN ('ready', 'refused')",
	    "b", rid->b, (size_t)RID_LEN)) != ERR_OK)
		return r;
	return changed(q, rid);
}

enum err
queue_hold(struct queue *q, const struct rid *rid)
{
	enum err r;

	/* Behind a hand-over that stays away nothing can be verified. */
	if ((r = db_do(q->db, "UPDATE envelope SET state = 'held'"
	    " WHERE rid = ? AND state IN ('ready', 'refused')"
	    " AND outcome <> ?", "bu", rid->b, (size_t)RID_LEN,
	    (uint64_t)OUTCOME_EPOCH)) != ERR_OK)
		return r;
	return changed(q, rid);
}

enum err
queue_release(struct queue *q, const struct rid *rid)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET state = 'ready',"
	    " next_ms = 0 WHERE rid = ? AND state = 'held'", "b", rid->b,
	    (size_t)RID_LEN)) != ERR_OK)
		return r;
	return changed(q, rid);
}

enum err
queue_resend(struct queue *q, uint64_t from, uint64_t *n)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET state = 'ready',"
	    " next_ms = 0 WHERE sequence >= ? AND state = 'sent'"
	    " AND bytes IS NOT NULL", "u", from)) != ERR_OK)
		return r;
	*n = db_changed(q->db);
	return ERR_OK;
}

enum err
queue_outcome(struct queue *q, const struct outcome_note *o)
{
	enum err r;

	if ((r = db_do(q->db, "UPDATE envelope SET outcome = ?,"
	    " outcome_reason = ? WHERE rid = ? AND terminal = ?", "uubu",
	    (uint64_t)o->kind, (uint64_t)o->reason, o->rid.b,
	    (size_t)RID_LEN, (uint64_t)o->terminal)) != ERR_OK)
		return r;
	return db_changed(q->db) == 1 ? ERR_OK : ERR_NOT_FOUND;
}
