/* queue_opening: the opening key that was announced last, the one that what
 * waits is sealed to, and how far the centre has come. */
#include "queue/queue_own.h"

enum err
queue_keep_opening(struct queue *q, uint32_t number,
    const uint8_t said[OPENING_LEN])
{
	return db_do(q->db, "INSERT INTO opening (one, number, said)"
	    " VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET"
	    " number = excluded.number, said = excluded.said"
	    " WHERE excluded.number >= number", "ub", (uint64_t)number,
	    said, (size_t)OPENING_LEN);
}

enum err
queue_opening(struct queue *q, uint32_t *number, uint8_t said[OPENING_LEN])
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT number, said FROM opening", "")) !=
	    ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_copy(a, 1, said, OPENING_LEN) : ERR_NOT_FOUND;
	if (r == ERR_OK)
		*number = (uint32_t)db_u64(a, 0);
	db_done(a);
	return r;
}

/* The first of a state that is no hand-over; 0 when there is none. The number
 * of its key stands in the bytes (src/PROTOCOL section 3.2). */
static enum err
first_of(struct queue *q, enum queue_state s, uint32_t *out)
{
	uint8_t be[4] = { 0 };
	struct cursor c = cursor_of(be, sizeof(be));
	struct db_ask *a;
	bool row;
	enum err r;

	*out = 0;
	if ((r = db_ask(q->db, &a, "SELECT substr(bytes, 71, 4) FROM envelope"
	    " WHERE state <> 'sent' AND state = ? AND substr(bytes, 6, 1) ="
	    " x'01' AND sequence NOT IN (SELECT sequence FROM aside)"
	    " ORDER BY sequence LIMIT 1", "t", queue_state_word(s))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row &&
	    (r = db_copy(a, 0, be, sizeof(be))) == ERR_OK)
		r = cursor_u32(&c, out);
	db_done(a);
	return r;
}

/* A later row is never sealed to an earlier key, so the first one tells. */
enum err
queue_sealed_to(struct queue *q, uint32_t *number)
{
	uint32_t ready, held;
	enum err r;

	if ((r = first_of(q, QUEUE_READY, &ready)) != ERR_OK ||
	    (r = first_of(q, QUEUE_HELD, &held)) != ERR_OK)
		return r;
	*number = ready == 0 || (held != 0 && held < ready) ? held : ready;
	return ERR_OK;
}

enum err
queue_sent(struct queue *q, uint64_t *sequence)
{
	return db_number(q->db, sequence, "SELECT sequence FROM envelope"
	    " WHERE state = 'sent' AND substr(bytes, 6, 1) = x'01'"
	    " AND sequence NOT IN (SELECT sequence FROM aside)"
	    " ORDER BY sequence DESC LIMIT 1", "");
}
