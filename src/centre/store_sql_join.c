/* store_sql_join: codes given out to terminals that are not there yet. */
#include <string.h>

#include "centre/store_sql.h"

/* The next number that no terminal has or was promised. */
static enum err
next_number(struct store *s, uint64_t *out)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT CAST(coalesce(max(n), 0) + 1 AS"
	    " BIGINT) FROM (SELECT number AS n FROM terminal UNION ALL"
	    " SELECT terminal FROM joining) AS all_of_them", "")) != ERR_OK)
		return r;
	if ((r = sql_next(&a, &row)) == ERR_OK)
		*out = sql_u64(&a, 0);
	sql_done(&a);
	return r == ERR_OK && *out > UINT32_MAX ? ERR_LEDGER : r;
}

enum err
sql_join_add(struct store *s, struct joining *j)
{
	uint64_t number;
	enum err r;

	if ((r = next_number(s, &number)) != ERR_OK)
		return r;
	j->terminal = (uint32_t)number;
	return sql_do(s, "INSERT INTO joining (hash, terminal, training,"
	    " expires_ms, used, " SQL_SEAT ") VALUES (?, ?, ?, ?, 0, ?, ?, ?,"
	    " ?)", "buuutttt", (const void *)j->hash, sizeof(j->hash), number,
	    (uint64_t)j->training, j->expires_ms, j->seat.site, j->seat.name,
	    j->seat.profile, j->seat.department);
}

static enum err
read_row(struct sql_rows *a, struct joining *j)
{
	j->terminal = (uint32_t)sql_u64(a, 0);
	j->training = sql_u64(a, 1) != 0;
	j->expires_ms = sql_u64(a, 2);
	return sql_seat(a, 3, &j->seat);
}

enum err
sql_join_use(struct store *s, const uint8_t hash[DIGEST_LEN],
    struct joining *out)
{
	struct joining j = { .terminal = 0 };
	struct sql_rows a;
	bool row;
	enum err r;

	memcpy(j.hash, hash, DIGEST_LEN);
	if ((r = sql_do(s, "UPDATE joining SET used = 1 WHERE hash = ?"
	    " AND used = 0", "b", (const void *)hash, (size_t)DIGEST_LEN)) !=
	    ERR_OK)
		return r;
	if (sql_changed(s) == 0)
		return ERR_NOT_FOUND;
	if ((r = sql_ask(s, &a, "SELECT terminal, training, expires_ms, "
	    SQL_SEAT " FROM joining WHERE hash = ?", "b", (const void *)hash,
	    (size_t)DIGEST_LEN)) != ERR_OK)
		return r;
	if ((r = sql_next(&a, &row)) == ERR_OK)
		r = row ? read_row(&a, &j) : ERR_NOT_FOUND;
	sql_done(&a);
	if (r == ERR_OK)
		*out = j;
	return r;
}
