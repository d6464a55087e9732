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
sql_block_add(struct store *s, const struct lease *l, uint64_t first)
{
	return sql_do(s, "INSERT INTO lease (block, terminal, first, count,"
	    " at_ms) VALUES (?, ?, ?, ?, ?)", "uuuuu", (uint64_t)l->block,
	    (uint64_t)l->terminal, first, (uint64_t)l->count, l->at_ms);
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
