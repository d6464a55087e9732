/* store_sql_count: the ledger in numbers. */
#include "centre/store_sql.h"

/* Each is read from an index or a small table, however long the ledger is. */
#define NUMBER(what, from) "CAST((SELECT " what " FROM " from ") AS BIGINT)"
#define SUM(what)	   "coalesce(sum(" what "), 0)"

enum err
sql_count(struct store *s, struct store_counts *out)
{
	struct sql_rows a;
	uint64_t n[8] = { 0 };
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT "
	    NUMBER("count(*)", "terminal WHERE state = 1") ", "
	    NUMBER("count(*)", "terminal WHERE state = 2") ", "
	    NUMBER(SUM("sequence"), "terminal") ", "
	    NUMBER("count(*)", "gap") ", "
	    NUMBER("count(*)", "entry WHERE outcome = 0") ", "
	    NUMBER("count(*)", "entry WHERE outcome = 3") ", "
	    NUMBER(SUM("times"), "alarm") ", "
	    NUMBER(SUM("count"), "lease"), "")) != ERR_OK)
		return r;
	r = sql_next(&a, &row);
	for (int i = 0; i < 8 && r == ERR_OK && row; i++)
		n[i] = sql_u64(&a, i);
	sql_done(&a);
	if (r != ERR_OK)
		return r;
	*out = (struct store_counts){ .active = n[0], .revoked = n[1],
		.entries = n[2] - n[3], .gaps = n[3], .waiting = n[4],
		.refused = n[5], .alarms = n[6], .lent = n[7] };
	return ERR_OK;
}
