/* db_ask: statements, their values, and what SQLite's answers are called. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_own.h"

enum err
db_named(const struct db *d, enum err own)
{
	return own == ERR_OK ? d->form->fault : own;
}

enum err
db_fault(struct db *d)
{
	const struct db_form *f = d->form;
	const struct {
		int rc;
		enum err own;
	} names[] = {
		{ SQLITE_BUSY, f->busy },
		{ SQLITE_FULL, f->full },
		{ SQLITE_CORRUPT, f->damaged },
		{ SQLITE_NOTADB, f->cannot_open },
		{ SQLITE_CANTOPEN, f->cannot_open },
		{ SQLITE_NOMEM, ERR_MEMORY },
	};
	int rc = sqlite3_errcode(d->sql) & 0xFF;
	enum err own = ERR_OK;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].rc == rc)
			own = names[i].own;
	if (rc == SQLITE_IOERR)
		db_forget(d);
	return err_about(db_named(d, own), "%s", sqlite3_errmsg(d->sql));
}

/* Where the statement of that text is kept, or will be. They are asked in
 * the order in which they first were, mostly: look behind the last one. */
static struct db_ask *
find(struct db *d, const char *sql)
{
	struct db_ask *a = d->asks + d->next;

	if (d->next == ASKS_MAX || a->sql != sql)
		a = d->asks;
	while (a < d->asks + ASKS_MAX && a->sql != NULL && a->sql != sql)
		a++;
	if (a == d->asks + ASKS_MAX)
		abort();
	d->next = (size_t)(a - d->asks) + 1;
	return a;
}

/* The statement, prepared at its first use; or NULL. */
static struct db_ask *
prepare(struct db *d, const char *sql)
{
	struct db_ask *a = find(d, sql);

	if (a->sql == NULL) {
		if (sqlite3_prepare_v3(d->sql, sql, -1,
		    SQLITE_PREPARE_PERSISTENT, &a->st, NULL) != SQLITE_OK)
			return NULL;
		a->sql = sql;
		a->db = d;
	}
	return a;
}

static int
bind(sqlite3_stmt *st, const char *binds, va_list ap)
{
	int rc = SQLITE_OK;

	for (int i = 1; *binds != '\0' && rc == SQLITE_OK; i++, binds++) {
		const void *p;

		switch (*binds) {
		case 'u':
			rc = sqlite3_bind_int64(st, i,
			    (sqlite3_int64)va_arg(ap, uint64_t));
			break;
		case 't':
			rc = sqlite3_bind_text(st, i, va_arg(ap, const char *),
			    -1, SQLITE_STATIC);
			break;
		case 'b':
			p = va_arg(ap, const void *);
			rc = sqlite3_bind_blob64(st, i, p,
			    va_arg(ap, size_t), SQLITE_STATIC);
			break;
		default:
			rc = sqlite3_bind_null(st, i);
			break;
		}
	}
	return rc;
}

enum err
db_vask(struct db *d, struct db_ask **out, const char *sql,
    const char *binds, va_list ap)
{
	struct db_ask *a;

	if (d->sql == NULL)
		return err_about(db_named(d, d->form->cannot_open), "%s",
		    d->path);
	if ((a = prepare(d, sql)) == NULL ||
	    bind(a->st, binds, ap) != SQLITE_OK)
		return db_fault(d);
	*out = a;
	return ERR_OK;
}

enum err
db_ask(struct db *d, struct db_ask **out, const char *sql, const char *binds,
    ...)
{
	va_list ap;
	enum err r;

	va_start(ap, binds);
	r = db_vask(d, out, sql, binds, ap);
	va_end(ap);
	return r;
}

enum err
db_next(struct db_ask *a, bool *row)
{
	int rc = sqlite3_step(a->st);

	*row = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_OK : db_fault(a->db);
}

void
db_done(struct db_ask *a)
{
	(void)sqlite3_reset(a->st);
	(void)sqlite3_clear_bindings(a->st);
}

/* Its first step, and the number that this answers, if it is asked for. */
static enum err
step(struct db *d, uint64_t *out, const char *sql, const char *binds,
    va_list ap)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_vask(d, &a, sql, binds, ap)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && out != NULL)
		*out = row ? db_u64(a, 0) : 0;
	db_done(a);
	return r;
}

enum err
db_do(struct db *d, const char *sql, const char *binds, ...)
{
	va_list ap;
	enum err r;

	va_start(ap, binds);
	r = step(d, NULL, sql, binds, ap);
	va_end(ap);
	return r;
}

enum err
db_number(struct db *d, uint64_t *out, const char *sql, const char *binds,
    ...)
{
	va_list ap;
	enum err r;

	va_start(ap, binds);
	r = step(d, out, sql, binds, ap);
	va_end(ap);
	return r;
}

uint64_t
db_u64(struct db_ask *a, int column)
{
	return (uint64_t)sqlite3_column_int64(a->st, column);
}

bool
db_null(struct db_ask *a, int column)
{
	return sqlite3_column_type(a->st, column) == SQLITE_NULL;
}

const void *
db_cell(struct db_ask *a, int column, size_t *n)
{
	const void *p = sqlite3_column_blob(a->st, column);

	*n = (size_t)sqlite3_column_bytes(a->st, column);
	return p;
}

/* A column is not what was put there. */
static enum err
damaged(const struct db_ask *a, int column)
{
	return err_about(db_named(a->db, a->db->form->damaged), "colonne %d",
	    column);
}

enum err
db_copy(struct db_ask *a, int column, void *out, size_t n)
{
	const void *p = sqlite3_column_blob(a->st, column);

	if ((size_t)sqlite3_column_bytes(a->st, column) != n)
		return damaged(a, column);
	if (n > 0)
		memcpy(out, p, n);
	return ERR_OK;
}

enum err
db_text(struct db_ask *a, int column, char *out, size_t room)
{
	const unsigned char *p = sqlite3_column_text(a->st, column);
	size_t n = (size_t)sqlite3_column_bytes(a->st, column);

	if (p == NULL || n >= room || memchr(p, '\0', n) != NULL)
		return damaged(a, column);
	memcpy(out, p, n);
	out[n] = '\0';
	return ERR_OK;
}

enum err
db_bytes(struct db_ask *a, int column, struct buf *out)
{
	const void *p = sqlite3_column_blob(a->st, column);

	return buf_put(out, p, (size_t)sqlite3_column_bytes(a->st, column));
}

uint64_t
db_changed(struct db *d)
{
	return (uint64_t)sqlite3_changes64(d->sql);
}

uint64_t
db_inserted(struct db *d)
{
	return (uint64_t)sqlite3_last_insert_rowid(d->sql);
}
