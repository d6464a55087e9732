/* queue_count: how many, since when; counters and states that stay. */
#include <string.h>

#include "queue/queue_own.h"

/* What cannot be marked is ready in the index, and is not. */
static enum err
count_aside(struct queue *q, struct queue_counts *c, uint64_t *first)
{
	uint64_t n = 0, next;
	enum err r;

	if ((r = queue_count_aside(q, &n, &next)) != ERR_OK || n == 0)
		return r;
	n = n < c->by_state[QUEUE_READY] ? n : c->by_state[QUEUE_READY];
	c->by_state[QUEUE_READY] -= n;
	c->by_state[QUEUE_DAMAGED] += n;
	*first = next;
	return ERR_OK;
}

/* What is still to do, state by state, by the index alone: a million may wait
 * and nobody does for their count. */
static enum err
count_todo(struct queue *q, struct queue_counts *c)
{
	uint64_t first = 0;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT state, count(*),"
	    " min(sequence) FROM envelope WHERE state <> 'sent'"
	    " GROUP BY state", "")) != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row) {
		enum queue_state s;
		char word[16];

		if ((r = db_text(a, 0, word, sizeof(word))) != ERR_OK ||
		    (r = queue_state_of(word, &s)) != ERR_OK)
			break;
		c->by_state[s] = db_u64(a, 1);
		if (s == QUEUE_READY)
			first = db_u64(a, 2);
	}
	db_done(a);
	if (r != ERR_OK || (r = count_aside(q, c, &first)) != ERR_OK ||
	    first == 0)
		return r;
	return db_number(q->db, &c->oldest_ready_ms,
	    "SELECT made_ms FROM envelope WHERE sequence = ?", "u", first);
}

/* No number is left out, so the last one says how many rows there are. */
static enum err
count_rest(struct queue *q, struct queue_counts *c)
{
	uint64_t all = 0, todo = 0;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT"
	    " ifnull((SELECT max(sequence) FROM envelope), 0),"
	    " ifnull((SELECT sum(count - taken) FROM lease), 0)", "")) !=
	    ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row) {
		all = db_u64(a, 0);
		c->identifiers = (uint32_t)db_u64(a, 1);
	}
	db_done(a);
	for (size_t i = 0; i < sizeof(c->by_state) / sizeof(c->by_state[0]);
	    i++)
		todo += c->by_state[i];
	c->by_state[QUEUE_SENT] = all > todo ? all - todo : 0;
	return r;
}

enum err
queue_count(struct queue *q, struct queue_counts *out)
{
	struct queue_counts c;
	enum err r;

	memset(&c, 0, sizeof(c));
	if ((r = count_todo(q, &c)) != ERR_OK ||
	    (r = count_rest(q, &c)) != ERR_OK ||
	    (r = queue_get_state(q, "sent-ms", &c.last_sent_ms)) != ERR_OK)
		return r;
	*out = c;
	return ERR_OK;
}

enum err
queue_tally(struct queue *q, const char *day, const char *what)
{
	return db_do(q->db, "INSERT INTO tally (day, what, n)"
	    " VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1", "tt",
	    day, what);
}

enum err
queue_each_tally(struct queue *q, queue_visit_tally *visit, void *user)
{
	struct queue_tally_row t;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT day, what, n FROM tally"
	    " ORDER BY day, what", "")) != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row) {
		if ((r = db_text(a, 0, t.day, sizeof(t.day))) != ERR_OK ||
		    (r = db_text(a, 1, t.what, sizeof(t.what))) != ERR_OK)
			break;
		t.n = db_u64(a, 2);
		if ((r = visit(&t, user)) != ERR_OK)
			break;
	}
	db_done(a);
	return r;
}

enum err
queue_get_state(struct queue *q, const char *name, uint64_t *value)
{
	return db_number(q->db, value, "SELECT value FROM state"
	    " WHERE name = ?", "t", name);
}

enum err
queue_set_state(struct queue *q, const char *name, uint64_t value)
{
	if (value > INT64_MAX)
		return err_about(ERR_TOO_LONG, "%s", name);
	return db_do(q->db, "INSERT INTO state (name, value) VALUES (?, ?)"
	    " ON CONFLICT DO UPDATE SET value = excluded.value", "tu", name,
	    value);
}

enum err
queue_outcome_cursor(struct queue *q, uint64_t *cursor)
{
	return queue_get_state(q, "outcome-cursor", cursor);
}

enum err
queue_set_outcome_cursor(struct queue *q, uint64_t cursor)
{
	return queue_set_state(q, "outcome-cursor", cursor);
}
