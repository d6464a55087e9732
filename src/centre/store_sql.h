/*
 * store_sql: the ledger in SQL, whatever door it is asked through. Only
 * store_sql*.c, store_sqlite.c and store_pg*.c include this.
 *
 * There is one text for each question, which both SQLite and PostgreSQL
 * understand: "?" for a value, and what only the second has is a comment to
 * the first. What is of many rows each has its own way to say.
 */
#ifndef GUICHET_CENTRE_STORE_SQL_H
#define GUICHET_CENTRE_STORE_SQL_H

#include <stdarg.h>

#include "centre/store.h"

/* Behind a SELECT: its rows are ours until the transaction ends. SQLite has
 * one writer at a time anyway. */
#define SQL_LOCK "/*lock*/"

/* The same, and rows that are somebody's are passed over. */
#define SQL_SKIP "/*skip*/"

/*
 * How a kind of store is asked. `own` is the door's word for a statement
 * under way; between ask and done no other is asked. Values as for db_ask.
 * A cell is valid until the next row.
 */
struct sql_door {
	enum err (*ask)(struct store *s, void **own, const char *sql,
	    const char *binds, va_list ap);
	enum err (*next)(void *own, bool *row);
	void (*done)(void *own);
	uint64_t (*u64)(void *own, int column);
	const void *(*cell)(void *own, int column, size_t *n);
	uint64_t (*changed)(struct store *s); /* rows, by the last sql_do */
};

/* Each store of this kind begins with it. */
struct sql_store {
	struct store store;
	const struct sql_door *door;
};

/* A statement under way, on the stack of who asks. */
struct sql_rows {
	const struct sql_door *door;
	void *own;
};

/* After a successful sql_ask comes sql_done, whatever sql_next said. */
enum err sql_ask(struct store *s, struct sql_rows *out, const char *sql,
    const char *binds, ...);
enum err sql_next(struct sql_rows *a, bool *row);
void sql_done(struct sql_rows *a);
enum err sql_do(struct store *s, const char *sql, const char *binds, ...);
uint64_t sql_changed(struct store *s);

/* Columns from 0; a cell that is not of its size is ERR_LEDGER. */
uint64_t sql_u64(struct sql_rows *a, int column);
const void *sql_cell(struct sql_rows *a, int column, size_t *n);
enum err sql_copy(struct sql_rows *a, int column, void *out, size_t n);
enum err sql_text(struct sql_rows *a, int column, char *out, size_t room);

/* Four columns of a row, in this order, from that one on. */
#define SQL_SEAT "site, site_name, profile, department"
enum err sql_seat(struct sql_rows *a, int column, struct seat *out);

/* See struct store_ops for each. */
enum err sql_terminal_by_cert(struct store *s,
    const uint8_t cert[CERT_LEN], struct terminal *out);
enum err sql_terminal_find(struct store *s, uint32_t number,
    struct terminal *out);
/* A row of these columns. */
#define SQL_TERMINAL "number, cert, sign_public, sign_key, state, training," \
	" sequence, hash, seen_ms, opening_key, " SQL_SEAT
enum err sql_terminal_row(struct sql_rows *a, struct terminal *out);
enum err sql_terminal_add(struct store *s, const struct terminal *t);
enum err sql_terminal_state(struct store *s, uint32_t number,
    enum terminal_state state);
enum err sql_terminal_renew(struct store *s, uint32_t number,
    const uint8_t came_by[CERT_LEN], const uint8_t cert[CERT_LEN]);
enum err sql_terminal_move(struct store *s, uint32_t number,
    const struct seat *seat);
enum err sql_terminal_advance(struct store *s, const struct terminal *t);
enum err sql_terminal_each(struct store *s, store_see_terminal *see,
    void *user);

enum err sql_terminal_opening(struct store *s, uint32_t number,
    uint32_t key);
enum err sql_terminal_hush(struct store *s);

/* Behind "FROM terminal": the words about each. Whether it is open by them:
 * the most precise one says it. */
#define SQL_WORD(name, scope, what)					\
	" LEFT JOIN switch " name " ON " name ".scope = " scope		\
	" AND " name ".what = " what
#define SQL_SWITCH							\
	SQL_WORD("w4", "4", "site") SQL_WORD("w3", "3", "department")	\
	SQL_WORD("w2", "2", "profile") SQL_WORD("w1", "1", "''")
#define SQL_OPEN "coalesce(w4.open, w3.open, w2.open, w1.open, 1)"

enum err sql_switch_set(struct store *s, const struct switch_word *w);
enum err sql_switch_forget(struct store *s, enum switch_scope scope,
    const char *what);
enum err sql_switch_each(struct store *s, store_see_switch *see, void *user);
enum err sql_switch_of(struct store *s, uint32_t number, bool *open);

enum err sql_opening_add(struct store *s, const struct opening_row *o);
enum err sql_opening_end(struct store *s, uint32_t number, uint64_t now_ms);
enum err sql_opening_span(struct store *s, struct opening_span *out);
enum err sql_opening_each(struct store *s, store_see_opening *see,
    void *user);
enum err sql_opening_uses(struct store *s, store_see_opening_use *see,
    void *user);

enum err sql_epoch_find(struct store *s, uint32_t terminal,
    uint32_t number, struct epoch_key *out);
enum err sql_epoch_of(struct store *s, uint32_t terminal, uint64_t sequence,
    struct epoch_key *out);
enum err sql_epoch_add(struct store *s, uint32_t terminal,
    const struct epoch_key *k);

enum err sql_join_add(struct store *s, struct joining *j);
enum err sql_join_use(struct store *s, const uint8_t hash[DIGEST_LEN],
    struct joining *out);

enum err sql_entry_by_rid(struct store *s, const struct rid *rid,
    struct entry *out);

/* A hand-over: nobody waits for it, and its bytes stay with it. */
enum err sql_entry_done(struct store *s, const struct entry *e,
    const void *envelope, size_t n);

enum err sql_entry_by_sequence(struct store *s, uint32_t terminal,
    uint64_t sequence, struct entry *out);
enum err sql_entry_each(struct store *s, store_see_entry *see, void *user);
enum err sql_waiting_each(struct store *s, uint64_t after, unsigned max,
    store_see_waiting *see, void *user);

enum err sql_gap_add(struct store *s, uint32_t terminal, uint64_t sequence,
    uint64_t now_ms);
enum err sql_gap_fill(struct store *s, uint32_t terminal,
    uint64_t sequence);
enum err sql_gap_each(struct store *s, store_see_gap *see, void *user);
enum err sql_alarm_add(struct store *s, const struct alarm *a,
    const void *envelope, size_t n);
enum err sql_alarm_each(struct store *s, store_see_alarm *see, void *user);

enum err sql_lease_next(struct store *s, uint32_t *block, uint64_t *first);
enum err sql_lease_since(struct store *s, uint32_t terminal,
    uint64_t since_ms, uint64_t *blocks);
enum err sql_block_add(struct store *s, const struct lease *l,
    uint64_t first);
enum err sql_loan_find(struct store *s, uint32_t terminal,
    uint32_t identifier, enum loan *out);
enum err sql_notes_after(struct store *s, uint32_t terminal,
    uint64_t after, unsigned max, store_see_note *see, void *user);
enum err sql_lease_each(struct store *s, store_see_lease *see, void *user);
enum err sql_count(struct store *s, struct store_counts *out);
enum err sql_tally_add(struct store *s, const struct tally *t);
enum err sql_tally_each(struct store *s, uint32_t since,
    store_see_tally *see, void *user);
enum err sql_refusal_each(struct store *s, store_see_refusal *see,
    void *user);

/* What is of many rows: SQLite is told row by row, for none costs a way to
 * another program; PostgreSQL all at once. */
#define SQL_ROWS(kind)							\
	enum err kind##_terminals_find(struct store *s,			\
	    const uint32_t *number, unsigned n, struct terminal *out);	\
	enum err kind##_terminals_advance(struct store *s,		\
	    const struct terminal *t, unsigned n);			\
	enum err kind##_entries_new(struct store *s,			\
	    const struct rid *rid, unsigned n, bool *fresh);		\
	enum err kind##_entry_add(struct store *s,			\
	    const struct entry *e, const void *envelope, size_t n);	\
	enum err kind##_entries_added(struct store *s);			\
	enum err kind##_lease_add(struct store *s,			\
	    const struct lease *l, uint64_t first);			\
	enum err kind##_loans_out(struct store *s,			\
	    const struct loan_claim *c, unsigned n, bool *out);		\
	enum err kind##_settle(struct store *s,				\
	    const struct settlement *w, unsigned n, bool *fresh)
SQL_ROWS(lite);
SQL_ROWS(pg);

#define SQL_ROWS_OPS(kind)					\
	.terminals_find = kind##_terminals_find,		\
	.terminals_advance = kind##_terminals_advance,		\
	.entries_new = kind##_entries_new,			\
	.entry_add = kind##_entry_add,				\
	.entries_added = kind##_entries_added,			\
	.lease_add = kind##_lease_add,				\
	.loans_out = kind##_loans_out,				\
	.settle = kind##_settle

/* All others of a store_ops, but close, scrub, and the four of a
 * transaction. */
#define SQL_STORE_OPS						\
	.terminal_by_cert = sql_terminal_by_cert,		\
	.terminal_find = sql_terminal_find,			\
	.terminal_add = sql_terminal_add,			\
	.terminal_state = sql_terminal_state,			\
	.terminal_renew = sql_terminal_renew,			\
	.terminal_move = sql_terminal_move,			\
	.terminal_advance = sql_terminal_advance,		\
	.terminal_each = sql_terminal_each,			\
	.switch_set = sql_switch_set,				\
	.switch_forget = sql_switch_forget,			\
	.switch_each = sql_switch_each,				\
	.switch_of = sql_switch_of,				\
	.terminal_opening = sql_terminal_opening,		\
	.terminal_hush = sql_terminal_hush,			\
	.opening_add = sql_opening_add,				\
	.opening_end = sql_opening_end,				\
	.opening_span = sql_opening_span,			\
	.opening_each = sql_opening_each,			\
	.opening_uses = sql_opening_uses,			\
	.epoch_find = sql_epoch_find,				\
	.epoch_of = sql_epoch_of,				\
	.epoch_add = sql_epoch_add,				\
	.join_add = sql_join_add,				\
	.join_use = sql_join_use,				\
	.entry_by_rid = sql_entry_by_rid,			\
	.entry_by_sequence = sql_entry_by_sequence,		\
	.entry_each = sql_entry_each,				\
	.waiting_each = sql_waiting_each,			\
	.gap_add = sql_gap_add,					\
	.gap_fill = sql_gap_fill,				\
	.gap_each = sql_gap_each,				\
	.alarm_add = sql_alarm_add,				\
	.alarm_each = sql_alarm_each,				\
	.lease_next = sql_lease_next,				\
	.lease_since = sql_lease_since,				\
	.loan_find = sql_loan_find,				\
	.notes_after = sql_notes_after,				\
	.lease_each = sql_lease_each,				\
	.count = sql_count,					\
	.tally_add = sql_tally_add,				\
	.tally_each = sql_tally_each,				\
	.refusal_each = sql_refusal_each

#endif
