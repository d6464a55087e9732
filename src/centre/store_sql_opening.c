/* store_sql_opening: the opening keys that were announced, and who still
 * needs which. */
#include <string.h>

#include "centre/store_sql.h"

enum err
sql_opening_add(struct store *s, const struct opening_row *o)
{
	enum err r;

	if ((r = sql_do(s, "INSERT INTO opening (number, since_ms, said)"
	    " VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "uub",
	    (uint64_t)o->number, o->since_ms, (const void *)o->said,
	    sizeof(o->said))) != ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK :
	    err_about(ERR_CONFLICT, "opening %u", o->number);
}

enum err
sql_opening_end(struct store *s, uint32_t number, uint64_t now_ms)
{
	enum err r;

	if ((r = sql_do(s, "UPDATE opening SET retired_ms = ?"
	    " WHERE number = ? AND retired_ms = 0", "uu", now_ms,
	    (uint64_t)number)) != ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK :
	    err_about(ERR_NOT_FOUND, "opening %u", number);
}

enum err
sql_opening_span(struct store *s, struct opening_span *out)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT coalesce(min(CASE retired_ms WHEN 0"
	    " THEN number END), 0), coalesce(max(number), 0),"
	    " coalesce(max(CASE retired_ms WHEN 0 THEN 0 ELSE number END), 0)"
	    " FROM opening", "")) != ERR_OK)
		return r;
	if ((r = sql_next(&a, &row)) == ERR_OK) {
		out->oldest = (uint32_t)sql_u64(&a, 0);
		out->newest = (uint32_t)sql_u64(&a, 1);
		out->retired = (uint32_t)sql_u64(&a, 2);
	}
	sql_done(&a);
	return r;
}

static enum err
read_row(struct sql_rows *a, struct opening_row *o)
{
	o->number = (uint32_t)sql_u64(a, 0);
	o->since_ms = sql_u64(a, 1);
	o->retired_ms = sql_u64(a, 2);
	return sql_copy(a, 3, o->said, sizeof(o->said));
}

enum err
sql_opening_each(struct store *s, store_see_opening *see, void *user)
{
	struct opening_row o;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT number, since_ms, retired_ms, said"
	    " FROM opening ORDER BY number", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = read_row(&a, &o)) != ERR_OK ||
		    (r = see(&o, user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

static enum err
each_terminals(struct store *s, store_see_opening_use *see, void *user)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT opening_key, count(*) FROM terminal"
	    " WHERE state = 1 GROUP BY opening_key", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = see((uint32_t)sql_u64(&a, 0), sql_u64(&a, 1), 0,
		    user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

/* The number stands in the envelope (src/PROTOCOL section 3.2). */
#define NUMBER_OF "substr(envelope, 71, 4)"

static enum err
see_waiting(struct sql_rows *a, store_see_opening_use *see, void *user)
{
	uint8_t be[4];
	struct cursor c = cursor_of(be, sizeof(be));
	uint32_t number;
	enum err r;

	if ((r = sql_copy(a, 0, be, sizeof(be))) != ERR_OK ||
	    (r = cursor_u32(&c, &number)) != ERR_OK)
		return r;
	return see(number, 0, sql_u64(a, 1), user);
}

static enum err
each_waiting(struct store *s, store_see_opening_use *see, void *user)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT " NUMBER_OF ", count(*) FROM waiting"
	    " GROUP BY " NUMBER_OF, "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = see_waiting(&a, see, user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

enum err
sql_opening_uses(struct store *s, store_see_opening_use *see, void *user)
{
	enum err r = each_terminals(s, see, user);

	return r == ERR_OK ? each_waiting(s, see, user) : r;
}

enum err
sql_terminal_opening(struct store *s, uint32_t number, uint32_t key)
{
	return sql_do(s, "UPDATE terminal SET opening_key = ?"
	    " WHERE number = ?", "uu", (uint64_t)key, (uint64_t)number);
}

enum err
sql_terminal_hush(struct store *s)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT number FROM terminal ORDER BY number "
	    SQL_LOCK, "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		;
	sql_done(&a);
	return r;
}
