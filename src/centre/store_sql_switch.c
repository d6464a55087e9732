/* store_sql_switch: what is opened and closed, and who is by that. */
#include "centre/store_sql.h"

enum err
sql_switch_set(struct store *s, const struct switch_word *w)
{
	return sql_do(s, "INSERT INTO switch (scope, what, open, at_ms,"
	    " who) VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope, what)"
	    " DO UPDATE SET open = excluded.open, at_ms = excluded.at_ms,"
	    " who = excluded.who", "utuut", (uint64_t)w->scope, w->what,
	    (uint64_t)w->open, w->at_ms, w->who);
}

enum err
sql_switch_forget(struct store *s, enum switch_scope scope, const char *what)
{
	enum err r;

	if ((r = sql_do(s, "DELETE FROM switch WHERE scope = ? AND what = ?",
	    "ut", (uint64_t)scope, what)) != ERR_OK)
		return r;
	return sql_changed(s) == 1 ? ERR_OK : ERR_NOT_FOUND;
}

static enum err
read_row(struct sql_rows *a, struct switch_word *w)
{
	enum err r;

	w->scope = (enum switch_scope)sql_u64(a, 0);
	w->open = sql_u64(a, 2) != 0;
	w->at_ms = sql_u64(a, 3);
	if ((r = sql_text(a, 1, w->what, sizeof(w->what))) != ERR_OK)
		return r;
	return sql_text(a, 4, w->who, sizeof(w->who));
}

enum err
sql_switch_each(struct store *s, store_see_switch *see, void *user)
{
	struct switch_word w;
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT scope, what, open, at_ms, who"
	    " FROM switch"
	    " ORDER BY scope, what", "")) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = read_row(&a, &w)) != ERR_OK ||
		    (r = see(&w, user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}

enum err
sql_switch_of(struct store *s, uint32_t number, bool *open)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT " SQL_OPEN " FROM terminal"
	    SQL_SWITCH " WHERE number = ?", "u", (uint64_t)number)) != ERR_OK)
		return r;
	if ((r = sql_next(&a, &row)) == ERR_OK && !row)
		r = err_about(ERR_NOT_FOUND, "poste %u", number);
	if (r == ERR_OK)
		*open = sql_u64(&a, 0) != 0;
	sql_done(&a);
	return r;
}
