/* store_pg_rows: a column for each value, and one statement for all rows. */
#include <string.h>

#include "centre/store_pg_rows.h"

static struct link_column *
added_of(struct store *s)
{
	return ((struct pg_store *)s)->added;
}

void
pg_rows_forget(struct store *s)
{
	for (int i = 0; i < PG_ENTRY; i++)
		link_column_reset(&added_of(s)[i]);
}

void
pg_rows_clear(struct store *s)
{
	for (int i = 0; i < PG_ENTRY; i++)
		link_column_clear(&added_of(s)[i]);
}

static enum err
put_rid(struct link_column *c, const struct rid *rid)
{
	return link_column_bytes(c, rid->b, sizeof(rid->b));
}

/* Those that are here are not new. */
static enum err
strike_known(struct store *s, const struct link_column *c,
    const struct rid *rid, unsigned n, bool *fresh)
{
	struct sql_rows a;
	struct rid known;
	bool row;
	enum err r;

	if ((r = sql_ask(s, &a, "SELECT rid FROM entry WHERE rid = ANY(?)",
	    "B", c)) != ERR_OK)
		return r;
	while ((r = sql_next(&a, &row)) == ERR_OK && row &&
	    (r = sql_copy(&a, 0, known.b, RID_LEN)) == ERR_OK)
		for (unsigned i = 0; i < n; i++)
			if (memcmp(rid[i].b, known.b, RID_LEN) == 0)
				fresh[i] = false;
	sql_done(&a);
	return r;
}

enum err
pg_entries_new(struct store *s, const struct rid *rid, unsigned n,
    bool *fresh)
{
	struct link_column c = { .n = 0 };
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++) {
		fresh[i] = true;
		r = put_rid(&c, &rid[i]);
	}
	if (r == ERR_OK && n > 0)
		r = strike_known(s, &c, rid, n, fresh);
	link_column_clear(&c);
	return r;
}

enum err
pg_entry_add(struct store *s, const struct entry *e, const void *envelope,
    size_t n)
{
	struct link_column *c = added_of(s);
	enum err r;

	if (e->outcome != 0)
		return sql_entry_done(s, e, envelope, n);
	if ((r = put_rid(c, &e->rid)) != ERR_OK ||
	    (r = link_column_number(c + 1, e->terminal)) != ERR_OK ||
	    (r = link_column_number(c + 2, e->sequence)) != ERR_OK ||
	    (r = link_column_number(c + 3, e->received_ms)) != ERR_OK ||
	    (r = link_column_bytes(c + 4, e->hash, DIGEST_LEN)) != ERR_OK ||
	    (r = link_column_bytes(c + 5, e->previous, DIGEST_LEN)) !=
	    ERR_OK || (r = link_column_bytes(c + 6, e->receipt,
	    RECEIPT_LEN)) != ERR_OK)
		return r;
	return link_column_bytes(c + 7, envelope, n);
}

/* link_ask wants a va_list. */
static enum err
tell(struct store *s, const char *sql, const char *binds, ...)
{
	struct link *k = ((struct pg_store *)s)->link;
	bool row;
	va_list ap;
	enum err r;

	va_start(ap, binds);
	if ((r = link_ask(k, sql, binds, ap)) == ERR_OK) {
		r = link_next(k, &row);
		link_done(k);
	}
	va_end(ap);
	return r;
}

enum err
pg_entries_added(struct store *s)
{
	struct link_column *c = added_of(s);
	enum err r = ERR_OK;

	if (c->n > 0)
		r = tell(s, "WITH r AS MATERIALIZED (SELECT"
		    " nextval('entry_id_seq') AS id, u.* FROM unnest(?, ?, ?,"
		    " ?, ?, ?, ?, ?) AS u(rid, terminal, sequence,"
		    " received_ms, hash, previous, receipt, envelope)),"
		    " e AS (INSERT INTO entry (id, rid, terminal, sequence,"
		    " received_ms, hash, previous, receipt)"
		    " OVERRIDING SYSTEM VALUE SELECT id, rid, terminal,"
		    " sequence, received_ms, hash, previous, receipt FROM r)"
		    " INSERT INTO waiting (entry, rid, terminal, sequence,"
		    " received_ms, hash, envelope) SELECT id, rid, terminal,"
		    " sequence, received_ms, hash, envelope FROM r",
		    "BUUUBBBB", c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6,
		    c + 7);
	pg_rows_forget(s);
	return r;
}

enum err
pg_lease_add(struct store *s, const struct lease *l, uint64_t first)
{
	struct link_column c = { .n = 0 };
	enum err r = sql_block_add(s, l, first);

	for (uint16_t i = 0; r == ERR_OK && i < l->count; i++)
		r = link_column_number(&c, l->number[i]);
	if (r == ERR_OK && l->count > 0 && (r = sql_do(s, "INSERT INTO"
	    " identifier (number, block, state) SELECT unnest(?), ?, ?"
	    " ON CONFLICT DO NOTHING", "Uuu", &c, (uint64_t)l->block,
	    (uint64_t)LOAN_OUT)) == ERR_OK && sql_changed(s) != l->count)
		r = err_about(ERR_CONFLICT, "lot %u", l->block);
	link_column_clear(&c);
	return r;
}

enum err
pg_loans_out(struct store *s, const struct loan_claim *c, unsigned n,
    bool *out)
{
	struct link_column terminal = { .n = 0 }, number = { .n = 0 };
	struct sql_rows a;
	bool row;
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		if ((r = link_column_number(&terminal, c[i].terminal)) ==
		    ERR_OK)
			r = link_column_number(&number, c[i].identifier);
	if (r == ERR_OK && n > 0 && (r = sql_ask(s, &a, "SELECT count(*)"
	    " FROM unnest(?, ?) AS u(terminal, number)"
	    " JOIN identifier i ON i.number = u.number"
	    " JOIN lease l ON l.block = i.block AND l.terminal = u.terminal"
	    " WHERE i.state = ?", "UUu", &terminal, &number,
	    (uint64_t)LOAN_OUT)) == ERR_OK) {
		if ((r = sql_next(&a, &row)) == ERR_OK)
			*out = row && sql_u64(&a, 0) == n;
		sql_done(&a);
	} else if (r == ERR_OK)
		*out = true;
	link_column_clear(&terminal);
	link_column_clear(&number);
	return r;
}

/* What is settled: the numbers of entries, and then a column a value. */
enum { W_ENTRY, W_TERMINAL, W_NOTE, W_OUTCOME, W_REASON, W_COLUMNS };
struct settling {
	struct store *s;
	const struct settlement *w;
	unsigned n;
	bool *fresh;
	struct link_column note[W_COLUMNS], number, loan;
};

/* What is kept keeps its bytes. */
static enum err
keep_refused(struct settling *g)
{
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < g->n; i++)
		if (!g->w[i].drop)
			r = sql_do(g->s, "INSERT INTO refused"
			    " SELECT entry, ?, envelope FROM waiting"
			    " WHERE entry = ?", "uu",
			    (uint64_t)g->w[i].note.reason, g->w[i].entry);
	return r;
}

/* They wait no more; those that did are fresh. */
static enum err
take_out(struct settling *g)
{
	struct link_column c = { .n = 0 };
	struct sql_rows a;
	bool row;
	enum err r = ERR_OK;

	for (unsigned i = 0; r == ERR_OK && i < g->n; i++) {
		g->fresh[i] = false;
		r = link_column_number(&c, g->w[i].entry);
	}
	if (r == ERR_OK && (r = sql_ask(g->s, &a, "DELETE FROM waiting"
	    " WHERE entry = ANY(?) RETURNING entry", "U", &c)) == ERR_OK) {
		while ((r = sql_next(&a, &row)) == ERR_OK && row)
			for (unsigned i = 0; i < g->n; i++)
				if (g->w[i].entry == sql_u64(&a, 0))
					g->fresh[i] = true;
		sql_done(&a);
	}
	link_column_clear(&c);
	return r;
}

static enum err
put_note(struct settling *g, const struct settlement *w)
{
	struct link_column *c = g->note;
	enum err r;

	if ((r = link_column_number(&c[W_ENTRY], w->entry)) != ERR_OK ||
	    (r = link_column_number(&c[W_TERMINAL], w->note.terminal)) !=
	    ERR_OK || (r = link_column_bytes(&c[W_NOTE], w->signed_note,
	    OUTCOME_LEN)) != ERR_OK ||
	    (r = link_column_number(&c[W_OUTCOME], w->note.kind)) != ERR_OK ||
	    (r = link_column_number(&c[W_REASON], w->note.reason)) != ERR_OK ||
	    w->loan == LOAN_NONE)
		return r;
	if ((r = link_column_number(&g->number, w->identifier)) != ERR_OK)
		return r;
	return link_column_number(&g->loan, w->loan);
}

/* The numbers of one terminal's notes grow in the order in which they can be
 * seen: it asks for those behind the last one it has. Whoever locks several
 * terminals locks them in this order. */
static enum err
add_notes(struct settling *g)
{
	struct link_column *c = g->note;
	enum err r;

	if (c->n == 0)
		return ERR_OK;
	if ((r = sql_do(g->s, "SELECT count(*) FROM (SELECT number"
	    " FROM terminal WHERE number = ANY(?) ORDER BY number " SQL_LOCK
	    ") AS t", "U", &c[W_TERMINAL])) != ERR_OK ||
	    (r = sql_do(g->s, "INSERT INTO note (entry, terminal, note,"
	    " outcome, reason) SELECT * FROM unnest(?, ?, ?, ?, ?)", "UUBUU",
	    &c[W_ENTRY], &c[W_TERMINAL], &c[W_NOTE], &c[W_OUTCOME],
	    &c[W_REASON])) != ERR_OK || g->number.n == 0)
		return r;
	return sql_do(g->s, "UPDATE identifier SET state = u.state"
	    " FROM unnest(?, ?) AS u(number, state)"
	    " WHERE identifier.number = u.number AND identifier.state = ?",
	    "UUu", &g->number, &g->loan, (uint64_t)LOAN_OUT);
}

enum err
pg_settle(struct store *s, const struct settlement *w, unsigned n,
    bool *fresh)
{
	struct settling g = { .s = s, .w = w, .n = n, .fresh = fresh };
	enum err r;

	if (n == 0)
		return ERR_OK;
	if ((r = keep_refused(&g)) == ERR_OK)
		r = take_out(&g);
	for (unsigned i = 0; r == ERR_OK && i < n; i++)
		if (fresh[i])
			r = put_note(&g, &w[i]);
	if (r == ERR_OK)
		r = add_notes(&g);
	for (int i = 0; i < W_COLUMNS; i++)
		link_column_clear(&g.note[i]);
	link_column_clear(&g.number);
	link_column_clear(&g.loan);
	return r;
}
