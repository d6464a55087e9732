/* queue_switch: whether this place opens dossiers, as the centre told last. */
#include "queue/queue_own.h"

enum err
queue_keep_switch(struct queue *q, const struct switched *w)
{
	return db_do(q->db, "INSERT INTO switch (one, open, at_ms, since_ms)"
	    " VALUES (1, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET"
	    " since_ms = CASE open WHEN excluded.open THEN since_ms"
	    " ELSE excluded.since_ms END,"
	    " open = excluded.open, at_ms = excluded.at_ms"
	    " WHERE excluded.at_ms > at_ms", "uuu", (uint64_t)w->open,
	    w->at_ms, w->at_ms);
}

enum err
queue_switch(struct queue *q, struct queue_switch *out)
{
	struct queue_switch s = { .told = { .open = true } };
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(q->db, &a, "SELECT open, at_ms, since_ms"
	    " FROM switch", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row)
		s = (struct queue_switch){ .told = { .open =
		    db_u64(a, 0) != 0, .at_ms = db_u64(a, 1) },
		    .since_ms = db_u64(a, 2) };
	db_done(a);
	if (r == ERR_OK)
		*out = s;
	return r;
}
