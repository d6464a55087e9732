/* store_sql_lease: identifiers lent, and the words that go back. */
#include "centre/store_sql.h"

/* The only number of a question that always has one row. */
static enum err
one_number(struct sql_rows *a, uint64_t *out)
{
	bool row;
	enum err r;

	if ((r = sql_next(a, &row)) == ERR_OK)
		*out = row ? sql_u64(a, 0) : 0;
	sql_done(a);
	return r;
}

enum err
sql_lease_next(struct store *s, uint32_t *block, uint64_t *first)
{
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT block + 1, first + count"
	    " FROM lease ORDER BY block DESC LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = sql_next(&a, &row)) == ERR_OK) {
		*block = row ? (uint32_t)sql_u64(&a, 0) : 1;
		*first = row ? sql_u64(&a, 1) : 0;
	}
	sql_done(&a);
	return r;
}

enum err
sql_lease_since(struct store *s, uint32_t terminal, uint64_t since_ms,
    uint64_t *blocks)
{
	struct sql_rows a;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT count(*) FROM lease"
	    " WHERE terminal = ? AND at_ms >= ?", "uu", (uint64_t)terminal,
	    since_ms)) != ERR_OK)
		return r;
	return one_number(&a, blocks);
}

enum err
sql_lease_add(struct store *s, const struct lease *l, uint64_t first)
{
	enum err r;

	if ((r = sql_do(s, "INSERT INTO lease (block, terminal, first, count,"
	    " at_ms) VALUES (?, ?, ?, ?, ?)", "uuuuu", (uint64_t)l->block,
	    (uint64_t)l->terminal, first, (uint64_t)l->count, l->at_ms)) !=
	    ERR_OK)
		return r;
	for (uint16_t i = 0; i < l->count; i++) {
		if ((r = sql_do(s, "INSERT INTO identifier (number, block,"
		    " state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "uuu",
		    (uint64_t)l->number[i], (uint64_t)l->block,
		    (uint64_t)LOAN_OUT)) != ERR_OK)
			return r;
		if (sql_changed(s) != 1)
			return err_about(ERR_CONFLICT, "lot %u", l->block);
	}
	return ERR_OK;
}

enum err
sql_loan_find(struct store *s, uint32_t terminal, uint32_t identifier,
    enum loan *out)
{
	struct sql_rows a;
	uint64_t state = 0;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT state FROM identifier"
	    " JOIN lease USING (block) WHERE number = ? AND terminal = ?",
	    "uu", (uint64_t)identifier, (uint64_t)terminal)) != ERR_OK ||
	    (r = one_number(&a, &state)) != ERR_OK)
		return r;
	*out = (enum loan)state;
	return ERR_OK;
}

_Static_assert(3 * STORE_SETTLE <= SQL_POSTS, "three for each");

/* The entries themselves: what had its outcome keeps it. */
static enum err
mark(struct store *s, const struct settlement *w, unsigned n, bool *fresh)
{
	uint64_t changed[SQL_POSTS];
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		r = sql_post(s, "UPDATE entry SET outcome = ?, reason = ?,"
		    " envelope = CASE ? WHEN 1 THEN NULL ELSE envelope END"
		    " WHERE id = ? AND outcome = 0", "uuuu",
		    (uint64_t)w[i].note.kind, (uint64_t)w[i].note.reason,
		    (uint64_t)w[i].drop, w[i].entry);
	if (r != ERR_OK || (r = sql_collect(s, changed)) != ERR_OK)
		return r;
	for (unsigned i = 0; i < n; i++)
		fresh[i] = changed[i] > 0;
	return ERR_OK;
}

static enum err
add_note(struct store *s, const struct settlement *w)
{
	enum err r;

	if (w->loan != LOAN_NONE && (r = sql_post(s, "UPDATE identifier"
	    " SET state = ? WHERE number = ? AND state = ?", "uuu",
	    (uint64_t)w->loan, (uint64_t)w->identifier,
	    (uint64_t)LOAN_OUT)) != ERR_OK)
		return r;
	/* The numbers of one terminal's notes grow in the order in which they
	 * can be seen: it asks for those behind the last one it has. */
	if ((r = sql_post(s, "SELECT number FROM terminal WHERE number = ? "
	    SQL_LOCK, "u", (uint64_t)w->note.terminal)) != ERR_OK)
		return r;
	return sql_post(s, "INSERT INTO note (terminal, entry, note)"
	    " VALUES (?, ?, ?)", "uub", (uint64_t)w->note.terminal, w->entry,
	    (const void *)w->signed_note, sizeof(w->signed_note));
}

enum err
sql_settle(struct store *s, const struct settlement *w, unsigned n,
    bool *fresh)
{
	enum err r;

	r = mark(s, w, n, fresh);
	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		if (fresh[i])
			r = add_note(s, &w[i]);
	return r == ERR_OK ? sql_collect(s, NULL) : r;
}

enum err
sql_notes_after(struct store *s, uint32_t terminal, uint64_t after,
    unsigned max, store_see_note *see, void *user)
{
	uint8_t note[OUTCOME_LEN];
	struct sql_rows a;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT number, note FROM note"
	    " WHERE terminal = ? AND number > ? ORDER BY number LIMIT ?",
	    "uuu", (uint64_t)terminal, after, (uint64_t)max)) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row)
		if ((r = sql_copy(&a, 1, note, sizeof(note))) != ERR_OK ||
		    (r = see(sql_u64(&a, 0), note, user)) != ERR_OK)
			break;
	sql_done(&a);
	return r;
}
