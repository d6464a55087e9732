/* store_sql: questions handed to the door, and cells read out of answers. */
#include <stdlib.h>
#include <string.h>

#include "centre/store_sql.h"

static enum err
vask(struct store *s, struct sql_rows *a, const char *sql, const char *binds,
    va_list ap)
{
	a->door = ((struct sql_store *)s)->door;
	return a->door->ask(s, &a->own, sql, binds, ap);
}

enum err
sql_ask(struct store *s, struct sql_rows *out, const char *sql,
    const char *binds, ...)
{
	va_list ap;
	enum err r;

	va_start(ap, binds);
	r = vask(s, out, sql, binds, ap);
	va_end(ap);
	return r;
}

enum err
sql_do(struct store *s, const char *sql, const char *binds, ...)
{
	struct sql_rows a;
	bool row;
	va_list ap;
	enum err r;

	va_start(ap, binds);
	if ((r = vask(s, &a, sql, binds, ap)) == ERR_OK) {
		r = sql_next(&a, &row);
		sql_done(&a);
	}
	va_end(ap);
	return r;
}

enum err
sql_next(struct sql_rows *a, bool *row)
{
	return a->door->next(a->own, row);
}

void
sql_done(struct sql_rows *a)
{
	a->door->done(a->own);
}

uint64_t
sql_changed(struct store *s)
{
	return ((struct sql_store *)s)->door->changed(s);
}

uint64_t
sql_u64(struct sql_rows *a, int column)
{
	return a->door->u64(a->own, column);
}

const void *
sql_cell(struct sql_rows *a, int column, size_t *n)
{
	return a->door->cell(a->own, column, n);
}

/* A column is not what was put there. */
static enum err
damaged(int column)
{
	return err_about(ERR_LEDGER, "colonne %d", column);
}

enum err
sql_copy(struct sql_rows *a, int column, void *out, size_t n)
{
	size_t size;
	const void *p = sql_cell(a, column, &size);

	if (size != n)
		return damaged(column);
	if (n > 0)
		memcpy(out, p, n);
	return ERR_OK;
}

enum err
sql_text(struct sql_rows *a, int column, char *out, size_t room)
{
	size_t n;
	const char *p = sql_cell(a, column, &n);

	/* SQLite has no address for a text of no bytes. */
	if (n >= room || (n > 0 && memchr(p, '\0', n) != NULL))
		return damaged(column);
	if (n > 0)
		memcpy(out, p, n);
	out[n] = '\0';
	return ERR_OK;
}

enum err
sql_seat(struct sql_rows *a, int column, struct seat *out)
{
	enum err r;

	if ((r = sql_text(a, column, out->site, sizeof(out->site))) !=
	    ERR_OK || (r = sql_text(a, column + 1, out->name,
	    sizeof(out->name))) != ERR_OK || (r = sql_text(a, column + 2,
	    out->profile, sizeof(out->profile))) != ERR_OK)
		return r;
	return sql_text(a, column + 3, out->department,
	    sizeof(out->department));
}
