/*
 * db_own: what the files of db share. Only db*.c include this.
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
	int gathered; /* pages of WAL when it was last looked at */
	struct db_ask asks[ASKS_MAX];
	size_t next; /* behind the one that was asked last */
};

/* The form's own error, or its fault where it has none. */
enum err db_named(const struct db *d, enum err own);

/* What SQLite's last answer is called. */
enum err db_fault(struct db *d);

/* An answer of SQLite's that another one at work does not explain. */
bool db_failed(int rc);

/* The disk has failed: what is in memory of the file and its WAL, and may
 * never have got there, is read anew when it is needed. */
void db_forget(const struct db *d);

/* Keep the WAL as short as the form says, and forget when that fails. */
void db_mind_journal(struct db *d);

/* The file system still takes what it is told; `fault`. */
enum err db_proof(struct db *d);

#endif
