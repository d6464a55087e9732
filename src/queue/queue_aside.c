/* queue_aside: rows that cannot be sent are marked, or noted beside when their
 * page cannot even be written. */
#include "queue/queue_own.h"

enum err
queue_set_aside(struct queue *q, uint64_t sequence, enum err why)
{
	enum err r = queue_mend_epoch(q, sequence);

	if (r == ERR_NOT_FOUND)
		r = db_do(q->db, "UPDATE envelope SET state = 'damaged',"
		    " reason = ? WHERE sequence = ?", "uu",
		    (uint64_t)err_number(why), sequence);
	/* The row itself is out of reach: its number alone is not. */
	return r != ERR_QUEUE_DAMAGED ? r : db_do(q->db, "INSERT OR IGNORE"
	    " INTO aside (sequence) VALUES (?)", "u", sequence);
}

/* The first number behind that one that is ready, by the index alone; 0 when
 * there is none. */
static enum err
ready_after(struct queue *q, uint64_t *sequence)
{
	return db_number(q->db, sequence, "SELECT ifnull(min(sequence), 0)"
	    " FROM envelope WHERE state <> 'sent' AND state = 'ready'"
	    " AND sequence > ? AND sequence NOT IN"
	    " (SELECT sequence FROM aside)", "u", *sequence);
}

/* All of that row, as a batch reads it. */
static enum err
read_row(struct queue *q, uint64_t sequence)
{
	struct db_ask *a;
	struct buf bytes;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT next_ms, rid, bytes FROM envelope"
	    " WHERE sequence = ?", "u", sequence)) != ERR_OK)
		return r;
	buf_init(&bytes);
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_bytes(a, 2, &bytes) : ERR_QUEUE_DAMAGED;
	buf_clear(&bytes);
	db_done(a);
	return r;
}

enum err
queue_find_unreadable(struct queue *q, uint64_t *sequence)
{
	uint64_t at = 0;
	enum err r;

	for (int i = 0; i < BATCH_MAX; i++) {
		if ((r = ready_after(q, &at)) != ERR_OK || at == 0)
			break;
		if ((r = read_row(q, at)) == ERR_QUEUE_DAMAGED) {
			*sequence = at;
			return ERR_OK;
		}
		if (r != ERR_OK)
			return r;
	}
	/* No row of the batch: the file itself. */
	return ERR_QUEUE_DAMAGED;
}

enum err
queue_count_aside(struct queue *q, uint64_t *n, uint64_t *first)
{
	enum err r = db_number(q->db, n, "SELECT count(*) FROM aside", "");

	*first = 0;
	return r == ERR_OK && *n > 0 ? ready_after(q, first) : r;
}
