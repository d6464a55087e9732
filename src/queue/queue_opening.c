/* queue_opening: the opening key that was announced last, the one that what
 * may still be sent is sealed to, and the end of what is kept. */
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

/* The number of the key that the first of these is sealed to, 0 when there is
 * none. It stands in the bytes (src/PROTOCOL section 3.2). */
static enum err
first_of(struct queue *q, const char *sql, uint32_t *out)
{
	uint8_t be[4] = { 0 };
	struct cursor c = cursor_of(be, sizeof(be));
	struct db_ask *a;
	bool row;
	enum err r;

	*out = 0;
	if ((r = db_ask(q->db, &a, sql, "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row &&
	    (r = db_copy(a, 0, be, sizeof(be))) == ERR_OK)
		r = cursor_u32(&c, out);
	db_done(a);
	return r;
}

#define KEY_OF "SELECT substr(bytes, 71, 4) FROM envelope "
#define FIRST  " ORDER BY sequence LIMIT 1"

/* What is to be sent, and is no hand-over. */
#define TO_DO(word)							    \
	(KEY_OF "WHERE state <> 'sent' AND state = '" word "'"		    \
	" AND substr(bytes, 6, 1) = x'01'"				    \
	" AND sequence NOT IN (SELECT sequence FROM aside)" FIRST)

/* What was sent and is still here, hand-overs (10) apart; an index has just
 * these. */
#define KEPT								    \
	"INDEXED BY kept WHERE state = 'sent' AND bytes IS NOT NULL"	    \
	" AND outcome <> 10"
_Static_assert(OUTCOME_EPOCH == 10, "index");

/* A later row is never sealed to an earlier key, so the first of each kind
 * tells. */
enum err
queue_sealed_to(struct queue *q, uint32_t *number)
{
	static const char *const kinds[] = { TO_DO("ready"), TO_DO("held"),
		(KEY_OF KEPT FIRST) };
	uint32_t one, least = 0;
	enum err r;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if ((r = first_of(q, kinds[i], &one)) != ERR_OK)
			return r;
		if (one != 0 && (least == 0 || one < least))
			least = one;
	}
	*number = least;
	return ERR_OK;
}

/* By our clock and by the centre's, whose time stands in the receipt
 * (src/PROTOCOL section 4): one that is wrong drops nothing. Some at a time,
 * so that no save waits for it. */
enum err
queue_let_go(struct queue *q, uint64_t before_ms, uint64_t *n)
{
	uint8_t be[8];
	enum err r;

	for (int i = 0; i < 8; i++)
		be[i] = (uint8_t)(before_ms >> (56 - 8 * i));
	if ((r = db_do(q->db, "UPDATE envelope SET bytes = NULL"
	    " WHERE sequence IN (SELECT sequence FROM envelope " KEPT
	    " ORDER BY sequence LIMIT 1000)"
	    " AND made_ms < ? AND substr(receipt, 23, 8) < ?", "ub",
	    before_ms, be, sizeof(be))) != ERR_OK)
		return r;
	*n = db_changed(q->db);
	return ERR_OK;
}
