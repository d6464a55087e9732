/* store_sql_count: the ledger in numbers. */
#include "centre/store_sql.h"

/* Each is read from an index or a small table, however long the ledger is. */
#define NUMBER(what, from) "CAST((SELECT " what " FROM " from ") AS BIGINT)"
#define SUM(what)	   "coalesce(sum(" what "), 0)"
/* Terminal by terminal, and so only when a word closes any. */
#define CLOSED	"CASE WHEN EXISTS (SELECT 1 FROM switch WHERE open = 0) THEN " \
	NUMBER("count(*)", "terminal" SQL_SWITCH " WHERE state = 1"	\
	" AND " SQL_OPEN " = 0") " ELSE 0 END"
#define NEWEST		   "coalesce((SELECT max(number) FROM opening), 0)"

enum err
sql_count(struct store *s, struct store_counts *out)
{
	struct sql_rows a;
	uint64_t n[12] = { 0 };
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT "
	    NUMBER("count(*)", "terminal WHERE state = 1") ", "
	    NUMBER("count(*)", "terminal WHERE state = 2") ", "
	    NUMBER(SUM("sequence"), "terminal") ", "
	    NUMBER("count(*)", "gap") ", "
	    NUMBER("count(*)", "waiting") ", "
	    NUMBER("count(*)", "refused") ", "
	    NUMBER(SUM("times"), "alarm") ", "
	    NUMBER(SUM("count"), "lease") ", "
	    "coalesce((SELECT received_ms FROM waiting"
	    " ORDER BY entry LIMIT 1), 0), "
	    NEWEST ", " NUMBER("count(*)", "terminal WHERE state = 1"
	    " AND opening_key < " NEWEST) ", "
	    CLOSED, "")) != ERR_OK)
		return r;
	r = sql_next(&a, &row);
	for (int i = 0; i < 12 && r == ERR_OK && row; i++)
		n[i] = sql_u64(&a, i);
	sql_done(&a);
	if (r != ERR_OK)
		return r;
	*out = (struct store_counts){ .active = n[0], .revoked = n[1],
		.entries = n[2] - n[3], .gaps = n[3], .waiting = n[4],
		.refused = n[5], .alarms = n[6], .lent = n[7],
		.since_ms = n[8], .opening = n[9], .behind = n[10],
		.closed = n[11] };
	return ERR_OK;
}

/* Outstanding ones of a terminal that may not speak any more are void. */
static void
account(struct sql_rows *a, struct lease_account *l)
{
	bool revoked = sql_u64(a, 7) != TERMINAL_ACTIVE;

	*l = (struct lease_account){ .block = (uint32_t)sql_u64(a, 0),
		.terminal = (uint32_t)sql_u64(a, 1), .at_ms = sql_u64(a, 2),
		.count = sql_u64(a, 3), .out = sql_u64(a, 4),
		.used = sql_u64(a, 5), .voided = sql_u64(a, 6) };
	if (revoked) {
		l->voided += l->out;
		l->out = 0;
	}
}

#define HOW_MANY(state) "sum(CASE i.state WHEN " state " THEN 1 ELSE 0 END)"

enum err
sql_lease_each(struct store *s, store_see_lease *see, void *user)
{
	struct lease_account l;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT l.block, l.terminal, l.at_ms, l.count,"
	    HOW_MANY("1") ", " HOW_MANY("2") ", " HOW_MANY("3") ", t.state"
	    " FROM lease l JOIN identifier i ON i.block = l.block"
	    " JOIN terminal t ON t.number = l.terminal"
	    " GROUP BY l.block, l.terminal, l.at_ms, l.count, t.state"
	    " ORDER BY l.block", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row) {
		account(&a, &l);
		if ((r = see(&l, user)) != ERR_OK)
			break;
	}
	sql_done(&a);
	return r;
}

enum err
sql_tally_add(struct store *s, const struct tally *t)
{
	return sql_do(s, "INSERT INTO tally (day, kind, channel, department,"
	    " n) VALUES (?, ?, ?, ?, ?)"
	    " ON CONFLICT (day, kind, channel, department)"
	    " DO UPDATE SET n = tally.n + excluded.n", "uuttu",
	    (uint64_t)t->day, (uint64_t)t->kind, t->channel, t->department,
	    t->n);
}

static enum err
read_tally(struct sql_rows *a, struct tally *t)
{
	enum err r;

	t->day = (uint32_t)sql_u64(a, 0);
	t->kind = (enum outcome_kind)sql_u64(a, 1);
	t->n = sql_u64(a, 4);
	if ((r = sql_text(a, 2, t->channel, sizeof(t->channel))) != ERR_OK)
		return r;
	return sql_text(a, 3, t->department, sizeof(t->department));
}

enum err
sql_tally_each(struct store *s, uint32_t since, store_see_tally *see,
    void *user)
{
	struct tally t;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT day, kind, channel, department, n"
	    " FROM tally WHERE day >= ?"
	    " ORDER BY day, kind, channel, department", "u",
	    (uint64_t)since)) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = read_tally(&a, &t)) != ERR_OK ||
		    (r = see(&t, user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

enum err
sql_refusal_each(struct store *s, store_see_refusal *see, void *user)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT reason, count(*) FROM refused"
	    " GROUP BY reason"
	    " ORDER BY count(*) DESC, reason", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = see((int)sql_u64(&a, 0), sql_u64(&a, 1), user)) !=
		    ERR_OK)
			break;
	sql_done(&a);
	return r;
}
