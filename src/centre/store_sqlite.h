/*
 * store_sqlite: the ledger in one SQLite file, in four pieces by what they
 * keep. Only store_sqlite*.c include this.
 */
#ifndef GUICHET_CENTRE_STORE_SQLITE_H
#define GUICHET_CENTRE_STORE_SQLITE_H

#include "base/db.h"
#include "centre/store.h"

/* The file behind a store of this kind. */
struct db *store_db(struct store *s);

/* See struct store_ops for each. */
enum err sqlite_terminal_by_cert(struct store *s,
    const uint8_t cert[CERT_LEN], struct terminal *out);
enum err sqlite_terminal_find(struct store *s, uint32_t number,
    struct terminal *out);
enum err sqlite_terminal_add(struct store *s, const struct terminal *t);
enum err sqlite_terminal_state(struct store *s, uint32_t number,
    enum terminal_state state);
enum err sqlite_terminal_advance(struct store *s, const struct terminal *t);
enum err sqlite_terminal_each(struct store *s, store_see_terminal *see,
    void *user);

enum err sqlite_entry_by_rid(struct store *s, const struct rid *rid,
    struct entry *out);
enum err sqlite_entry_by_sequence(struct store *s, uint32_t terminal,
    uint64_t sequence, struct entry *out);
enum err sqlite_entry_add(struct store *s, const struct entry *e,
    const void *envelope, size_t n);
enum err sqlite_entry_each(struct store *s, store_see_entry *see,
    void *user);
enum err sqlite_entry_waiting(struct store *s, uint64_t after,
    struct entry *out, struct buf *envelope);

enum err sqlite_gap_add(struct store *s, uint32_t terminal,
    uint64_t sequence, uint64_t now_ms);
enum err sqlite_gap_fill(struct store *s, uint32_t terminal,
    uint64_t sequence);
enum err sqlite_gap_each(struct store *s, store_see_gap *see, void *user);
enum err sqlite_alarm_add(struct store *s, const struct alarm *a,
    const void *envelope, size_t n);
enum err sqlite_alarm_each(struct store *s, store_see_alarm *see,
    void *user);

enum err sqlite_lease_next(struct store *s, uint32_t *block,
    uint64_t *first);
enum err sqlite_lease_since(struct store *s, uint32_t terminal,
    uint64_t since_ms, uint64_t *blocks);
enum err sqlite_lease_add(struct store *s, const struct lease *l,
    uint64_t first);
enum err sqlite_loan_find(struct store *s, uint32_t terminal,
    uint32_t identifier, enum loan *out);
enum err sqlite_settle(struct store *s, const struct settlement *w);
enum err sqlite_notes_after(struct store *s, uint32_t terminal,
    uint64_t after, unsigned max, store_see_note *see, void *user);

#endif
