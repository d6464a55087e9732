/* store_sqlite_rows: entries, identifiers and outcomes, one by one. */
#include <string.h>

#include "centre/store_sql.h"

enum err
lite_terminals_find(struct store *s, const uint32_t *number, unsigned n,
    struct terminal *out)
{
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++) {
		out[i].number = 0;
		if ((r = sql_terminal_find(s, number[i], &out[i])) ==
		    ERR_NOT_FOUND)
			r = ERR_OK;
	}
	return r;
}

enum err
lite_terminals_advance(struct store *s, const struct terminal *t, unsigned n)
{
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		r = sql_terminal_advance(s, &t[i]);
	return r;
}

static enum err
is_new(struct store *s, const struct rid *rid, bool *out)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT 1 FROM entry WHERE rid = ?", "b",
	    (const void *)rid->b, sizeof(rid->b))) != ERR_OK)
		return r;
	if ((r = sql_next(&a, &row)) == ERR_OK)
		*out = !row;
	sql_done(&a);
	return r;
}

enum err
lite_entries_new(struct store *s, const struct rid *rid, unsigned n,
    bool *fresh)
{
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		r = is_new(s, &rid[i], &fresh[i]);
	return r;
}

enum err
lite_entry_add(struct store *s, const struct entry *e, const void *envelope,
    size_t n)
{
	enum err r;

	if (e->outcome != 0)
		return sql_entry_done(s, e, envelope, n);
	if ((r = sql_do(s, "INSERT INTO entry (rid, terminal, sequence,"
	    " received_ms, hash, previous, receipt)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)", "buuubbb",
	    (const void *)e->rid.b, sizeof(e->rid.b), (uint64_t)e->terminal,
	    e->sequence, e->received_ms, (const void *)e->hash,
	    sizeof(e->hash), (const void *)e->previous, sizeof(e->previous),
	    (const void *)e->receipt, sizeof(e->receipt))) != ERR_OK)
		return r;
	return sql_do(s, "INSERT INTO waiting (entry, rid, terminal, sequence,"
	    " received_ms, hash, envelope)"
	    " VALUES (last_insert_rowid(), ?, ?, ?, ?, ?, ?)", "buuubb",
	    (const void *)e->rid.b, sizeof(e->rid.b), (uint64_t)e->terminal,
	    e->sequence, e->received_ms, (const void *)e->hash,
	    sizeof(e->hash), envelope, n);
}

enum err
lite_entries_added(struct store *s)
{
	(void)s;
	return ERR_OK;
}

enum err
lite_lease_add(struct store *s, const struct lease *l, uint64_t first)
{
	enum err r = sql_block_add(s, l, first);

	for (uint16_t i = 0; r == ERR_OK && i < l->count; i++) {
		r = sql_do(s, "INSERT INTO identifier (number, block, state)"
		    " VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "uuu",
		    (uint64_t)l->number[i], (uint64_t)l->block,
		    (uint64_t)LOAN_OUT);
		if (r == ERR_OK && sql_changed(s) != 1)
			r = err_about(ERR_CONFLICT, "lot %u", l->block);
	}
	return r;
}

enum err
lite_loans_out(struct store *s, const struct loan_claim *c, unsigned n,
    bool *out)
{
	enum loan loan = LOAN_OUT;
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && loan == LOAN_OUT && i < n; i++)
		r = sql_loan_find(s, c[i].terminal, c[i].identifier, &loan);
	if (r == ERR_OK)
		*out = loan == LOAN_OUT;
	return r;
}

/* It waits no more; what is kept keeps its bytes. */
static enum err
take_out(struct store *s, const struct settlement *w, bool *fresh)
{
	enum err r = ERR_OK;

	if (!w->drop)
		r = sql_do(s, "INSERT INTO refused SELECT entry, ?, envelope"
		    " FROM waiting WHERE entry = ?", "uu",
		    (uint64_t)w->note.reason, w->entry);
	if (r != ERR_OK || (r = sql_do(s, "DELETE FROM waiting"
	    " WHERE entry = ?", "u", w->entry)) != ERR_OK)
		return r;
	*fresh = sql_changed(s) == 1;
	return ERR_OK;
}

static enum err
add_note(struct store *s, const struct settlement *w)
{
	enum err r;

	if (w->loan != LOAN_NONE && (r = sql_do(s, "UPDATE identifier"
	    " SET state = ? WHERE number = ? AND state = ?", "uuu",
	    (uint64_t)w->loan, (uint64_t)w->identifier,
	    (uint64_t)LOAN_OUT)) != ERR_OK)
		return r;
	return sql_do(s, "INSERT INTO note (terminal, entry, note, outcome,"
	    " reason) VALUES (?, ?, ?, ?, ?)", "uubuu",
	    (uint64_t)w->note.terminal, w->entry,
	    (const void *)w->signed_note, sizeof(w->signed_note),
	    (uint64_t)w->note.kind, (uint64_t)w->note.reason);
}

enum err
lite_settle(struct store *s, const struct settlement *w, unsigned n,
    bool *fresh)
{
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		if ((r = take_out(s, &w[i], &fresh[i])) == ERR_OK && fresh[i])
			r = add_note(s, &w[i]);
	return r;
}
