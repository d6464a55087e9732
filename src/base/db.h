/*
 * db: one durable SQLite file, and statements with their values.
 *
 * The door of sqlite3; the ledger, the vault and the terminal's queue are its
 * three users. WAL and synchronous=FULL are set and read back at every open
 * (facts/storage.md, finding 1).
 *
 * Every failure is one of the form's errors, and the subject says what SQLite
 * said. A statement is named by its SQL text, a string constant: it is
 * prepared once and kept. A file is used by one thread at a time.
 */
#ifndef GUICHET_BASE_DB_H
#define GUICHET_BASE_DB_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct db;
struct db_ask; /* a statement under way; valid until db_done */

/* What a file is, and how its failures are called. An error or number that
 * is left out (zero) has the standard meaning named behind it. */
struct db_form {
	const char *schema;  /* what makes an empty file ready */
	int version;	     /* a newer file cannot be opened */
	/* When given, schema makes version 1 and these bring it to 2, to 3,
	 * and so on to `version`; so they do, once, with an older file.
	 * NULL: schema makes `version`, and an older file is refused. */
	const char *const *steps;
	int application;     /* SQLite's application_id; 0: not looked at */
	enum err fault;	     /* whatever is not named below */
	enum err cannot_open; /* no such file, no such form; `fault` */
	enum err not_durable; /* the pragmas do not read back; `fault` */
	enum err busy;	     /* another one is writing; `fault` */
	enum err full;	     /* no room on the disk; `fault` */
	enum err damaged;    /* the file contradicts itself; `fault` */
	int busy_ms;	     /* how long to wait for another; 5000 */
	int cache_kib;	     /* of pages to keep in memory; SQLite's 2000 */
	int checkpoint;	     /* pages of WAL to gather at most; 1000 */
	int journal_limit;   /* bytes of WAL to keep; 16 MiB */
	bool secure_delete;  /* what is deleted is overwritten */
};

/*
 * Open the file, and make it when `create` says so (ERR_NOT_FOUND otherwise).
 * A new file is of mode 0600 and its name is on the disk before this returns.
 * ":memory:" is a file of its own that is forgotten when closed, for tests.
 * The form must outlive the file. db_close accepts NULL.
 */
enum err db_open(const char *path, const struct db_form *form, bool create,
    struct db **out);
void db_close(struct db *d);

/*
 * Close the file and open it again: what was not committed is gone, and what
 * is read comes from what was written. When that fails the file stays closed
 * and every call on it is `cannot_open`.
 */
enum err db_reopen(struct db *d);

/* Bring what is in the WAL into the file once it is so many pages, without a
 * wait for readers: for who commits while nobody waits for it, so that others
 * need not. */
void db_tidy(struct db *d, int pages);

/* Bring all of the WAL into the file and both to the disk. An error also when
 * a reader of another process stands in the way. */
enum err db_checkpoint(struct db *d);

/* The same, waiting for nobody: while it waits, others cannot write. */
enum err db_checkpoint_now(struct db *d);

/* `damaged` unless SQLite finds its own structure whole, and that each index
 * says what its rows say. */
enum err db_check(struct db *d);

/* One writer at a time: begin waits for another. After a failed commit nothing
 * may be promised: roll back. */
enum err db_begin(struct db *d);
enum err db_begin_reading(struct db *d); /* no writer; ended by rollback */
enum err db_commit(struct db *d);
void db_rollback(struct db *d);

/*
 * Start a statement. `binds` has a letter for each "?": u a uint64_t below
 * 2^63, t a text, b bytes (a pointer, then a size_t), n a NULL (no argument).
 */
enum err db_ask(struct db *d, struct db_ask **out, const char *sql,
    const char *binds, ...);
enum err db_vask(struct db *d, struct db_ask **out, const char *sql,
    const char *binds, va_list ap);

/* The next row, or *row false at the end. */
enum err db_next(struct db_ask *a, bool *row);
void db_done(struct db_ask *a);

/* The same for a statement that answers nothing, and for one that answers a
 * number: the first column of its first row, 0 when there is no row. */
enum err db_do(struct db *d, const char *sql, const char *binds, ...);
enum err db_number(struct db *d, uint64_t *out, const char *sql,
    const char *binds, ...);

/* Columns of the row, from 0. db_copy wants exactly n bytes, db_text fewer
 * than room; db_bytes appends. */
uint64_t db_u64(struct db_ask *a, int column);
bool db_null(struct db_ask *a, int column);
enum err db_copy(struct db_ask *a, int column, void *out, size_t n);
enum err db_text(struct db_ask *a, int column, char *out, size_t room);
enum err db_bytes(struct db_ask *a, int column, struct buf *out);

/* The bytes themselves, valid until the next row. */
const void *db_cell(struct db_ask *a, int column, size_t *n);

/* Rows that the last db_do changed; the number of the row it inserted. */
uint64_t db_changed(struct db *d);
uint64_t db_inserted(struct db *d);

#endif
