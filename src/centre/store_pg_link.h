/*
 * store_pg_link: one connection to PostgreSQL, and statements with their
 * values.
 *
 * It goes to the host of the address that takes writes, and goes there again
 * by itself after it was lost. Every wait ends after LINK_WAIT_MS, by asking
 * the server to cancel and leaving; for LINK_REST_MS nothing is tried then,
 * so that those who ask are answered at once. Failures are ERR_LEDGER; the
 * subject says what the server said.
 */
#ifndef GUICHET_CENTRE_STORE_PG_LINK_H
#define GUICHET_CENTRE_STORE_PG_LINK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define LINK_WAIT_MS 5000u
#define LINK_REST_MS 1000u

struct link;

/* The address is kept. ERR_STORE when it is none, ERR_LEDGER. */
enum err link_open(const char *address, struct link **out);
void link_close(struct link *k);

/*
 * A transaction. link_commit is ERR_UNVOUCHED when the server warned of
 * anything since link_begin: a warning is how it says that the wait for the
 * other machine was cut short (facts/storage.md, finding 4). Whatever went
 * wrong, link_rollback leaves nothing under way.
 */
enum err link_begin(struct link *k);
enum err link_commit(struct link *k);
void link_rollback(struct link *k);

/* Statements without values, several with ";" between them. */
enum err link_plain(struct link *k, const char *sql);

/*
 * A statement with a value for each "?", as for db_ask; then its rows, until
 * link_done. The text is a constant, prepared at its first use. SQL_LOCK in
 * it takes the rows until the transaction ends.
 */
enum err link_ask(struct link *k, const char *sql, const char *binds,
    va_list ap);
enum err link_next(struct link *k, bool *row);
void link_done(struct link *k);

/* Cells of the row, valid until the next. A boolean is 0 or 1, a NULL 0. */
uint64_t link_u64(const struct link *k, int column);
const void *link_cell(const struct link *k, int column, size_t *n);

/* Rows that the last statement changed, once it is done. */
uint64_t link_changed(const struct link *k);

/* The first number of a question without values; 0 without a row. */
enum err link_number(struct link *k, const char *sql, uint64_t *out);

/*
 * Many values as one "?": link_ask takes a pointer to one for the letter U
 * (numbers) or B (bytes). Zeroed it is empty, and an empty one cannot be
 * asked with. What is added is copied; ERR_MEMORY, ERR_TOO_LONG.
 */
struct link_column {
	struct buf bytes;
	unsigned n;
};
enum err link_column_number(struct link_column *c, uint64_t v);
enum err link_column_bytes(struct link_column *c, const void *p, size_t n);
void link_column_reset(struct link_column *c); /* keeps the room */
void link_column_clear(struct link_column *c);

#endif
