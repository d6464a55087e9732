/* store_sql_entry: what arrived, what is missing, what was set aside. */
#include <string.h>

#include "centre/store_sql.h"

/* What came of it stands in its note, but for a hand-over and for what was
 * settled before notes said so. */
#define COLUMNS "SELECT e.id, e.rid, e.terminal, e.sequence, e.received_ms," \
	" e.hash, e.previous, e.receipt, CASE WHEN e.outcome <> 0 THEN"	\
	" e.outcome ELSE coalesce(n.outcome, 0) END, CASE WHEN e.reason <> 0" \
	" THEN e.reason ELSE coalesce(n.reason, 0) END"			\
	" FROM entry e LEFT JOIN note n ON n.entry = e.id"

/* The six with which every row of one begins; the rest is zeroed. */
static enum err
read_head(struct sql_rows *a, struct entry *e)
{
	enum err r;

	memset(e, 0, sizeof(*e));
	e->id = sql_u64(a, 0);
	e->terminal = (uint32_t)sql_u64(a, 2);
	e->sequence = sql_u64(a, 3);
	e->received_ms = sql_u64(a, 4);
	if ((r = sql_copy(a, 1, e->rid.b, sizeof(e->rid.b))) != ERR_OK)
		return r;
	return sql_copy(a, 5, e->hash, sizeof(e->hash));
}

static enum err
read_row(struct sql_rows *a, struct entry *out)
{
	struct entry e;
	enum err r;

	if ((r = read_head(a, &e)) != ERR_OK ||
	    (r = sql_copy(a, 6, e.previous, sizeof(e.previous))) != ERR_OK ||
	    (r = sql_copy(a, 7, e.receipt, sizeof(e.receipt))) != ERR_OK)
		return r;
	e.outcome = (int)sql_u64(a, 8);
	e.reason = (int)sql_u64(a, 9);
	*out = e;
	return ERR_OK;
}

static enum err
one_row(struct sql_rows *a, struct entry *out)
{
	bool row;
	enum err r;

	if ((r = sql_next(a, &row)) == ERR_OK)
		r = row ? read_row(a, out) : ERR_NOT_FOUND;
	sql_done(a);
	return r;
}

enum err
sql_entry_by_rid(struct store *s, const struct rid *rid,
    struct entry *out)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, COLUMNS
	    " WHERE e.rid = ?", "b", (const void *)rid->b,
	    sizeof(rid->b))) != ERR_OK)
		return r;
	return one_row(&a, out);
}

enum err
sql_entry_by_sequence(struct store *s, uint32_t terminal,
    uint64_t sequence, struct entry *out)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, COLUMNS
	    " WHERE e.terminal = ? AND e.sequence = ?", "uu",
	    (uint64_t)terminal, sequence)) != ERR_OK)
		return r;
	return one_row(&a, out);
}

enum err
sql_entry_done(struct store *s, const struct entry *e, const void *envelope,
    size_t n)
{
	return sql_do(s, "INSERT INTO entry (rid, terminal, sequence,"
	    " received_ms, hash, previous, receipt, outcome, envelope)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "buuubbbub",
	    (const void *)e->rid.b, sizeof(e->rid.b), (uint64_t)e->terminal,
	    e->sequence, e->received_ms, (const void *)e->hash,
	    sizeof(e->hash), (const void *)e->previous, sizeof(e->previous),
	    (const void *)e->receipt, sizeof(e->receipt),
	    (uint64_t)e->outcome, envelope, n);
}

enum err
sql_entry_each(struct store *s, store_see_entry *see, void *user)
{
	struct entry e;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, COLUMNS
	    " ORDER BY e.id", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = read_row(&a, &e)) != ERR_OK ||
		    (r = see(&e, user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

enum err
sql_waiting_each(struct store *s, uint64_t after, unsigned max,
    store_see_waiting *see, void *user)
{
	struct entry e;
	struct sql_rows a;
	const void *p;
	size_t n;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT entry, rid, terminal, sequence,"
	    " received_ms, hash, envelope FROM waiting WHERE entry > ?"
	    " ORDER BY entry LIMIT ? " SQL_SKIP, "uu", after,
	    (uint64_t)max)) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row) {
		p = sql_cell(&a, 6, &n);
		if ((r = read_head(&a, &e)) != ERR_OK ||
		    (r = see(&e, p, n, user)) != ERR_OK)
			break;
	}
	sql_done(&a);
	return r;
}

enum err
sql_gap_add(struct store *s, uint32_t terminal, uint64_t sequence,
    uint64_t now_ms)
{
	return sql_do(s, "INSERT INTO gap (terminal, sequence,"
	    " since_ms) VALUES (?, ?, ?)", "uuu", (uint64_t)terminal,
	    sequence, now_ms);
}

enum err
sql_gap_fill(struct store *s, uint32_t terminal, uint64_t sequence)
{
	enum err r;

	if ((r = sql_do(s, "DELETE FROM gap WHERE terminal = ?"
	    " AND sequence = ?", "uu", (uint64_t)terminal, sequence)) !=
	    ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err
sql_gap_each(struct store *s, store_see_gap *see, void *user)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT terminal, sequence, since_ms"
	    " FROM gap ORDER BY terminal, sequence", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = see((uint32_t)sql_u64(&a, 0), sql_u64(&a, 1),
		    sql_u64(&a, 2), user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

enum err
sql_alarm_add(struct store *s, const struct alarm *al,
    const void *envelope, size_t n)
{
	uint8_t hash[DIGEST_LEN];

	digest(envelope, n, hash);
	return sql_do(s, "INSERT INTO alarm (kind, terminal,"
	    " sequence, rid, at_ms, hash, envelope)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (terminal, kind, hash)"
	    " DO UPDATE SET times = alarm.times + 1", "uuububb",
	    (uint64_t)al->kind, (uint64_t)al->terminal, al->sequence,
	    (const void *)al->rid.b, sizeof(al->rid.b), al->at_ms,
	    (const void *)hash, sizeof(hash), envelope, n);
}

enum err
sql_alarm_each(struct store *s, store_see_alarm *see, void *user)
{
	struct alarm al;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT kind, terminal, sequence,"
	    " rid, at_ms, times FROM alarm ORDER BY id", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row) {
		al.kind = (enum alarm_kind)sql_u64(&a, 0);
		al.terminal = (uint32_t)sql_u64(&a, 1);
		al.sequence = sql_u64(&a, 2);
		al.at_ms = sql_u64(&a, 4);
		al.times = sql_u64(&a, 5);
		if ((r = sql_copy(&a, 3, al.rid.b, sizeof(al.rid.b))) !=
		    ERR_OK || (r = see(&al, user)) != ERR_OK)
			break;
	}
	sql_done(&a);
	return r;
}
