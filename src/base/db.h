/*
 * db: one durable SQLite file, and statements with their values.
 *
 * The door of sqlite3; the ledger, the vault and the terminal's queue are its
 * three users. WAL and synchronous=FULL are set and read back at every open
 * (facts/storage.md, finding 1).
 *
 * Every failure is the `fault` given to db_open: the subject says what SQLite
 * said. A statement is named by its SQL text, a string constant: it is
 * prepared once and kept.
 */
#ifndef GUICHET_BASE_DB_H
#define GUICHET_BASE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct db;
struct db_ask; /* a statement under way; valid until db_done */

struct db_form {
	const char *schema;  /* what makes an empty file ready */
	int version;	     /* of that schema; another one is a fault */
	enum err fault;	     /* ERR_LEDGER or ERR_VAULT */
};

/*
 * Open the file, and make it when `create` says so (ERR_NOT_FOUND otherwise).
 * ":memory:" is a file of its own that is forgotten when closed, for tests.
 * db_close accepts NULL.
 */
enum err db_open(const char *path, const struct db_form *form, bool create,
    struct db **out);
void db_close(struct db *d);

/* One writer at a time: begin waits up to five seconds for another. After a
 * failed commit nothing may be promised: roll back. */
enum err db_begin(struct db *d);
enum err db_commit(struct db *d);
void db_rollback(struct db *d);

/*
 * Start a statement. `binds` has a letter for each "?": u a uint64_t below
 * 2^63, t a text, b bytes (a pointer, then a size_t), n a NULL (no argument).
 */
enum err db_ask(struct db *d, struct db_ask **out, const char *sql,
    const char *binds, ...);

/* The next row, or *row false at the end. */
enum err db_next(struct db_ask *a, bool *row);
void db_done(struct db_ask *a);

/* The same for a statement that answers nothing. */
enum err db_do(struct db *d, const char *sql, const char *binds, ...);

/* Columns of the row, from 0. db_copy wants exactly n bytes, db_text fewer
 * than room; db_bytes appends. */
uint64_t db_u64(struct db_ask *a, int column);
bool db_null(struct db_ask *a, int column);
enum err db_copy(struct db_ask *a, int column, void *out, size_t n);
enum err db_text(struct db_ask *a, int column, char *out, size_t room);
enum err db_bytes(struct db_ask *a, int column, struct buf *out);

/* Rows that the last db_do changed; the number of the row it inserted. */
uint64_t db_changed(struct db *d);
uint64_t db_inserted(struct db *d);

#endif
