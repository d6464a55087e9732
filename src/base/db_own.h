/*
 * db_own: what db.c and db_ask.c share. Only they include this.
 */
#ifndef GUICHET_BASE_DB_OWN_H
#define GUICHET_BASE_DB_OWN_H

#include <sqlite3.h>

#include "base/db.h"
#include "base/file.h"

#define ASKS_MAX 96 /* statements of one file; more is our fault */

struct db_ask {
	struct db *db;
	const char *sql;
	sqlite3_stmt *st;
};

struct db {
	sqlite3 *sql; /* NULL: closed by a failed db_reopen */
	const struct db_form *form;
	char path[PATH_ROOM];
	struct db_ask asks[ASKS_MAX];
};

/* The form's own error, or its fault where it has none. */
enum err db_named(const struct db *d, enum err own);

/* What SQLite's last answer is called. */
enum err db_fault(struct db *d);

#endif
