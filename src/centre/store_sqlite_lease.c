/* store_sqlite_lease: identifiers lent, and the words that go back. */
#include "centre/store_sqlite.h"

/* The only number of a question that always has one row. */
static enum err
one_number(struct db_ask *a, uint64_t *out)
{
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) == ERR_OK)
		*out = row ? db_u64(a, 0) : 0;
	db_done(a);
	return r;
}

enum err
sqlite_lease_next(struct store *s, uint32_t *block, uint64_t *first)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(store_db(s), &a, "SELECT block + 1, first + count"
	    " FROM lease ORDER BY block DESC LIMIT 1", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK) {
		*block = row ? (uint32_t)db_u64(a, 0) : 1;
		*first = row ? db_u64(a, 1) : 0;
	}
	db_done(a);
	return r;
}

enum err
sqlite_lease_since(struct store *s, uint32_t terminal, uint64_t since_ms,
    uint64_t *blocks)
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(store_db(s), &a, "SELECT count(*) FROM lease"
	    " WHERE terminal = ? AND at_ms >= ?", "uu", (uint64_t)terminal,
	    since_ms)) != ERR_OK)
		return r;
	return one_number(a, blocks);
}

enum err
sqlite_lease_add(struct store *s, const struct lease *l, uint64_t first)
{
	struct db *d = store_db(s);
	enum err r;

	if ((r = db_do(d, "INSERT INTO lease (block, terminal, first, count,"
	    " at_ms) VALUES (?, ?, ?, ?, ?)", "uuuuu", (uint64_t)l->block,
	    (uint64_t)l->terminal, first, (uint64_t)l->count, l->at_ms)) !=
	    ERR_OK)
		return r;
	for (uint16_t i = 0; i < l->count; i++) {
		if ((r = db_do(d, "INSERT INTO identifier (number, block,"
		    " state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "uuu",
		    (uint64_t)l->number[i], (uint64_t)l->block,
		    (uint64_t)LOAN_OUT)) != ERR_OK)
			return r;
		if (db_changed(d) != 1)
			return err_about(ERR_CONFLICT, "lot %u", l->block);
	}
	return ERR_OK;
}

enum err
sqlite_loan_find(struct store *s, uint32_t terminal, uint32_t identifier,
    enum loan *out)
{
	struct db_ask *a;
	uint64_t state = 0;
	enum err r;

	if ((r = db_ask(store_db(s), &a, "SELECT state FROM identifier"
	    " JOIN lease USING (block) WHERE number = ? AND terminal = ?",
	    "uu", (uint64_t)identifier, (uint64_t)terminal)) != ERR_OK ||
	    (r = one_number(a, &state)) != ERR_OK)
		return r;
	*out = (enum loan)state;
	return ERR_OK;
}

enum err
sqlite_settle(struct store *s, const struct settlement *w)
{
	struct db *d = store_db(s);
	enum err r;

	if ((r = db_do(d, "UPDATE entry SET outcome = ?1, reason = ?2,"
	    " envelope = CASE ?3 WHEN 1 THEN NULL ELSE envelope END"
	    " WHERE id = ?4 AND outcome = 0", "uuuu",
	    (uint64_t)w->note.kind, (uint64_t)w->note.reason,
	    (uint64_t)w->drop, w->entry)) != ERR_OK || db_changed(d) == 0)
		return r;
	if (w->loan != LOAN_NONE && (r = db_do(d, "UPDATE identifier"
	    " SET state = ? WHERE number = ? AND state = ?", "uuu",
	    (uint64_t)w->loan, (uint64_t)w->identifier,
	    (uint64_t)LOAN_OUT)) != ERR_OK)
		return r;
	return db_do(d, "INSERT INTO note (terminal, entry, note)"
	    " VALUES (?, ?, ?)", "uub", (uint64_t)w->note.terminal, w->entry,
	    (const void *)w->signed_note, sizeof(w->signed_note));
}

enum err
sqlite_notes_after(struct store *s, uint32_t terminal, uint64_t after,
    unsigned max, store_see_note *see, void *user)
{
	uint8_t note[OUTCOME_LEN];
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(store_db(s), &a, "SELECT number, note FROM note"
	    " WHERE terminal = ? AND number > ? ORDER BY number LIMIT ?",
	    "uuu", (uint64_t)terminal, after, (uint64_t)max)) != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row)
		if ((r = db_copy(a, 1, note, sizeof(note))) != ERR_OK ||
		    (r = see(db_u64(a, 0), note, user)) != ERR_OK)
			break;
	db_done(a);
	return r;
}
