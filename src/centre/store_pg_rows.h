/*
 * store_pg_rows: what is of many rows, said to PostgreSQL at once. Only
 * store_pg*.c include this; see struct store_ops for each.
 */
#ifndef GUICHET_CENTRE_STORE_PG_ROWS_H
#define GUICHET_CENTRE_STORE_PG_ROWS_H

#include "centre/store_pg_link.h"
#include "centre/store_sql.h"

/* Entries that were added, and are to be said: a column a value. */
#define PG_ENTRY 8

struct pg_store {
	struct sql_store sql;
	struct link *link;
	struct link_column added[PG_ENTRY];
};

enum err pg_entries_new(struct store *s, const struct rid *rid, unsigned n,
    bool *fresh);
enum err pg_entry_add(struct store *s, const struct entry *e,
    const void *envelope, size_t n);
enum err pg_entries_added(struct store *s);
enum err pg_lease_add(struct store *s, const struct lease *l,
    uint64_t first);
enum err pg_loans_out(struct store *s, const struct loan_claim *c,
    unsigned n, bool *out);
enum err pg_settle(struct store *s, const struct settlement *w, unsigned n,
    bool *fresh);

/* What was added and not said will not be; then without its room. */
void pg_rows_forget(struct store *s);
void pg_rows_clear(struct store *s);

#endif
