/* store_pg_terminals: all that speak in one transaction, in one statement. */
#include "centre/store_pg_rows.h"

static enum err
put_numbers(struct link_column *c, const uint32_t *number, unsigned n)
{
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		r = link_column_number(c, number[i]);
	return r;
}

/* The next row's, at its place. */
static enum err
take_row(struct sql_rows *a, const uint32_t *number, unsigned n,
    struct terminal *out)
{
	struct terminal t;
	enum err r;

	if ((r = sql_terminal_row(a, &t)) != ERR_OK)
		return r;
	for (unsigned i = 0; i < n; i++)
		if (number[i] == t.number)
			out[i] = t;
	return ERR_OK;
}

enum err
pg_terminals_find(struct store *s, const uint32_t *number, unsigned n,
    struct terminal *out)
{
	struct link_column c = { .n = 0 };
	struct sql_rows a;
	bool row;
	enum err r = put_numbers(&c, number, n);

	for (unsigned i = 0; i < n; i++)
		out[i].number = 0;
	if (r == ERR_OK && n > 0 && (r = sql_ask(s, &a, "SELECT " SQL_TERMINAL
	    " FROM terminal WHERE number = ANY(?) ORDER BY number " SQL_LOCK,
	    "U", &c)) == ERR_OK) {
		while ((r = sql_next(&a, &row)) == ERR_OK && row &&
		    (r = take_row(&a, number, n, out)) == ERR_OK)
			;
		sql_done(&a);
	}
	link_column_clear(&c);
	return r;
}

/* A column a value, in the order of the statement. */
enum { T_SEQUENCE, T_HASH, T_SEEN, T_KEY, T_PUBLIC, T_NUMBER, T_COLUMNS };

static enum err
put_terminal(struct link_column c[T_COLUMNS], const struct terminal *t)
{
	enum err r;

	if ((r = link_column_number(&c[T_SEQUENCE], t->sequence)) != ERR_OK ||
	    (r = link_column_bytes(&c[T_HASH], t->hash, DIGEST_LEN)) !=
	    ERR_OK ||
	    (r = link_column_number(&c[T_SEEN], t->seen_ms)) != ERR_OK ||
	    (r = link_column_number(&c[T_KEY], t->sign_key)) != ERR_OK ||
	    (r = link_column_bytes(&c[T_PUBLIC], t->sign_public,
	    SIGN_PUBLIC_LEN)) != ERR_OK)
		return r;
	return link_column_number(&c[T_NUMBER], t->number);
}

enum err
pg_terminals_advance(struct store *s, const struct terminal *t, unsigned n)
{
	struct link_column c[T_COLUMNS] = { { .n = 0 } };
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		r = put_terminal(c, &t[i]);
	if (r == ERR_OK && n > 0)
		r = sql_do(s, "UPDATE terminal SET sequence = u.sequence,"
		    " hash = u.hash, seen_ms = u.seen_ms,"
		    " sign_key = u.sign_key, sign_public = u.sign_public"
		    " FROM unnest(?, ?, ?, ?, ?, ?) AS u(sequence, hash,"
		    " seen_ms, sign_key, sign_public, number)"
		    " WHERE terminal.number = u.number", "UBUUBU",
		    &c[T_SEQUENCE], &c[T_HASH], &c[T_SEEN], &c[T_KEY],
		    &c[T_PUBLIC], &c[T_NUMBER]);
	for (int i = 0; i < T_COLUMNS; i++)
		link_column_clear(&c[i]);
	return r;
}
