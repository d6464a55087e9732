/*
 * store_pg_rows: what is kept to be said to PostgreSQL at once. Only
 * store_pg*.c include this; what is said is in store_sql.h.
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

/* What was added and not said will not be; then without its room. */
void pg_rows_forget(struct store *s);
void pg_rows_clear(struct store *s);

#endif
