/*
 * store_sqlite_rows: what is of many rows, row by row: in SQLite none costs a
 * way to another program. Only store_sqlite*.c include this; see struct
 * store_ops for each.
 */
#ifndef GUICHET_CENTRE_STORE_SQLITE_ROWS_H
#define GUICHET_CENTRE_STORE_SQLITE_ROWS_H

#include "centre/store_sql.h"

enum err lite_entries_new(struct store *s, const struct rid *rid, unsigned n,
    bool *fresh);
enum err lite_entry_add(struct store *s, const struct entry *e,
    const void *envelope, size_t n);
enum err lite_entries_added(struct store *s);
enum err lite_lease_add(struct store *s, const struct lease *l,
    uint64_t first);
enum err lite_loans_out(struct store *s, const struct loan_claim *c,
    unsigned n, bool *out);
enum err lite_settle(struct store *s, const struct settlement *w, unsigned n,
    bool *fresh);

#endif
