/* db: sqlite3, opened so that what was committed stays. */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/db.h"

#define ASKS_MAX 48 /* statements of one file; more is our fault */

struct db_ask {
	struct db *db;
	const char *sql;
	sqlite3_stmt *st;
};

struct db {
	sqlite3 *sql;
	enum err fault;
	struct db_ask asks[ASKS_MAX];
};

static enum err
fault(struct db *d)
{
	return err_about(d->fault, "%s", sqlite3_errmsg(d->sql));
}

static enum err
plain(struct db *d, const char *sql)
{
	return sqlite3_exec(d->sql, sql, NULL, NULL, NULL) == SQLITE_OK ?
	    ERR_OK : fault(d);
}

/* A pragma must say what it was told; ":memory:" has no journal to speak of. */
static enum err
read_back(struct db *d, const char *pragma, const char *wanted)
{
	struct db_ask *a;
	char got[16] = "";
	bool row;
	enum err r;

	if ((r = db_ask(d, &a, pragma, "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row)
		r = db_text(a, 0, got, sizeof(got));
	db_done(a);
	if (r != ERR_OK)
		return r;
	return strcmp(got, wanted) == 0 || strcmp(got, "memory") == 0 ?
	    ERR_OK : err_about(d->fault, "%s: %s", pragma, got);
}

static enum err
make_safe(struct db *d)
{
	enum err r;

	(void)sqlite3_busy_timeout(d->sql, 5000);
	(void)sqlite3_extended_result_codes(d->sql, 1);
	(void)sqlite3_db_config(d->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if ((r = plain(d, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
	    "PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=16777216")) !=
	    ERR_OK ||
	    (r = read_back(d, "PRAGMA journal_mode", "wal")) != ERR_OK)
		return r;
	return read_back(d, "PRAGMA synchronous", "2");
}

/* Make an empty file ready; refuse one of another version. */
static enum err
make_form(struct db *d, const struct db_form *form)
{
	char set[40];
	struct db_ask *a;
	uint64_t version = 0;
	bool row;
	enum err r;

	if ((r = db_begin(d)) != ERR_OK)
		return r;
	if ((r = db_ask(d, &a, "PRAGMA user_version", "")) != ERR_OK)
		goto out;
	if ((r = db_next(a, &row)) == ERR_OK && row)
		version = db_u64(a, 0);
	db_done(a);
	if (r != ERR_OK)
		goto out;
	if (version != 0 && version != (uint64_t)form->version)
		r = err_about(d->fault, "version %d", (int)version);
	if (r != ERR_OK || version != 0)
		goto out;
	(void)snprintf(set, sizeof(set), "PRAGMA user_version=%d",
	    form->version);
	if ((r = plain(d, form->schema)) == ERR_OK &&
	    (r = plain(d, set)) == ERR_OK)
		r = db_commit(d);
out:
	db_rollback(d);
	return r;
}

enum err
db_open(const char *path, const struct db_form *form, bool create,
    struct db **out)
{
	struct db *d;
	int rc;
	enum err r;

	if ((d = calloc(1, sizeof(*d))) == NULL)
		return ERR_MEMORY;
	d->fault = form->fault;
	rc = sqlite3_open_v2(path, &d->sql, SQLITE_OPEN_READWRITE |
	    (create ? SQLITE_OPEN_CREATE : 0), NULL);
	if (rc == SQLITE_CANTOPEN && !create)
		r = err_about(ERR_NOT_FOUND, "%s", path);
	else if (rc != SQLITE_OK)
		r = err_about(form->fault, "%s", path);
	else if ((r = make_safe(d)) == ERR_OK)
		r = make_form(d, form);
	if (r == ERR_OK)
		*out = d;
	else
		db_close(d);
	return r;
}

void
db_close(struct db *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < ASKS_MAX; i++)
		(void)sqlite3_finalize(d->asks[i].st);
	(void)sqlite3_close(d->sql);
	free(d);
}

enum err
db_begin(struct db *d)
{
	return db_do(d, "BEGIN IMMEDIATE", "");
}

enum err
db_commit(struct db *d)
{
	return db_do(d, "COMMIT", "");
}

void
db_rollback(struct db *d)
{
	if (!sqlite3_get_autocommit(d->sql))
		(void)db_do(d, "ROLLBACK", "");
}

/* The kept statement of that text, prepared at its first use. */
static enum err
prepare(struct db *d, const char *sql, struct db_ask **out)
{
	struct db_ask *a = d->asks;

	while (a < d->asks + ASKS_MAX && a->sql != NULL && a->sql != sql)
		a++;
	if (a == d->asks + ASKS_MAX)
		abort();
	if (a->sql == NULL) {
		if (sqlite3_prepare_v3(d->sql, sql, -1,
		    SQLITE_PREPARE_PERSISTENT, &a->st, NULL) != SQLITE_OK)
			return fault(d);
		a->sql = sql;
		a->db = d;
	}
	*out = a;
	return ERR_OK;
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

static enum err
vask(struct db *d, struct db_ask **out, const char *sql, const char *binds,
    va_list ap)
{
	enum err r;

	if ((r = prepare(d, sql, out)) == ERR_OK &&
	    bind((*out)->st, binds, ap) != SQLITE_OK)
		r = fault(d);
	return r;
}

enum err
db_ask(struct db *d, struct db_ask **out, const char *sql, const char *binds,
    ...)
{
	va_list ap;
	enum err r;

	va_start(ap, binds);
	r = vask(d, out, sql, binds, ap);
	va_end(ap);
	return r;
}

enum err
db_next(struct db_ask *a, bool *row)
{
	int rc = sqlite3_step(a->st);

	*row = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_OK : fault(a->db);
}

void
db_done(struct db_ask *a)
{
	(void)sqlite3_reset(a->st);
	(void)sqlite3_clear_bindings(a->st);
}

enum err
db_do(struct db *d, const char *sql, const char *binds, ...)
{
	struct db_ask *a;
	bool row;
	va_list ap;
	enum err r;

	va_start(ap, binds);
	if ((r = vask(d, &a, sql, binds, ap)) == ERR_OK) {
		r = db_next(a, &row);
		db_done(a);
	}
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

enum err
db_copy(struct db_ask *a, int column, void *out, size_t n)
{
	const void *p = sqlite3_column_blob(a->st, column);

	if ((size_t)sqlite3_column_bytes(a->st, column) != n)
		return err_about(a->db->fault, "colonne %d", column);
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
		return err_about(a->db->fault, "colonne %d", column);
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
