/* queue_lease: identifiers in, one by one out, none twice. */
#include "queue/queue_own.h"

static enum err
numbers_of(const struct lease *l, struct buf *out)
{
	enum err r;

	for (size_t i = 0; i < l->count; i++)
		if ((r = buf_put_u32(out, l->number[i])) != ERR_OK)
			return r;
	return ERR_OK;
}

enum err
queue_add_lease(struct queue *q, const struct lease *l)
{
	struct buf numbers;
	enum err r;

	buf_init(&numbers);
	if ((r = numbers_of(l, &numbers)) == ERR_OK)
		r = db_do(q->db, "INSERT INTO lease (block, at_ms, count,"
		    " numbers) VALUES (?, ?, ?, ?)"
		    " ON CONFLICT (block) DO NOTHING", "uuub",
		    (uint64_t)l->block, l->at_ms, (uint64_t)l->count,
		    numbers.p, numbers.len);
	buf_clear(&numbers);
	return r;
}

/*
 * One statement takes the number and says which: it is committed before
 * anybody hears of it, so a crash can lose a number but never give it twice.
 */
enum err
queue_take_identifier(struct queue *q, uint32_t *number)
{
	uint8_t be[4];
	struct cursor c;
	struct db_ask *a;
	bool row = false;
	enum err r;

	if ((r = db_begin(q->db)) != ERR_OK)
		return r;
	if ((r = db_ask(q->db, &a, "UPDATE lease SET taken = taken + 1"
	    " WHERE block = (SELECT min(block) FROM lease"
	    " WHERE taken < count)"
	    " RETURNING substr(numbers, 4 * taken - 3, 4)", "")) == ERR_OK) {
		if ((r = db_next(a, &row)) == ERR_OK)
			r = row ? db_copy(a, 0, be, sizeof(be))
			    : ERR_NO_IDENTIFIER;
		db_done(a);
	}
	if ((r = queue_end(q, r)) != ERR_OK)
		return r;
	c = cursor_of(be, sizeof(be));
	return cursor_u32(&c, number);
}
