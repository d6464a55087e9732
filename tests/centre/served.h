/*
 * served: a made centre with its opener: records arrive, and something comes
 * of them.
 */
#ifndef GUICHET_TESTS_CENTRE_SERVED_H
#define GUICHET_TESTS_CENTRE_SERVED_H

#include "tests/centre/made.h"

static struct made m;
static struct vault *vault;
static struct opener *opener;
static struct record *rec;
static struct buf env;
static uint32_t lent[20]; /* identifiers of the terminal */

static inline void
lend_block(void)
{
	struct buf answer, bytes;
	char text[8192];
	struct lease l;
	json_t *doc;
	size_t n;

	buf_init(&answer);
	buf_init(&bytes);
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_OK);
	assert_int_equal(json_read(answer.p, answer.len, &doc), ERR_OK);
	assert_int_equal(json_get_text(doc, "lease", text, sizeof(text) - 1),
	    ERR_OK);
	assert_int_equal(buf_reserve(&bytes, 8192), ERR_OK);
	assert_int_equal(base64_read(text, bytes.p, 8192, &n), ERR_OK);
	assert_int_equal(lease_read(bytes.p, n, m.receipt_public, &l), ERR_OK);
	memcpy(lent, l.number, sizeof(lent));
	json_decref(doc);
	buf_clear(&answer);
	buf_clear(&bytes);
}

static inline int
setup(void **state)
{
	(void)state;
	buf_init(&env);
	if (made_open(&m, ":memory:") != ERR_OK ||
	    vault_open(":memory:", true, &m.opener.vault, &vault) != ERR_OK ||
	    opener_new(m.store, vault, &m.opener, &m.set, &opener) != ERR_OK ||
	    (rec = record_new()) == NULL)
		return -1;
	make_record(rec);
	lend_block();
	identifier_text(lent[0], false, rec->account.identifier);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	record_free(rec);
	opener_free(opener);
	vault_close(vault);
	made_close(&m);
	buf_clear(&env);
	return 0;
}

/* The record as it stands arrives at the ledger, under a new id or the one
 * that it has. */
static inline void
arrive_as(bool fresh)
{
	int code;

	buf_reset(&env);
	assert_int_equal(made_envelope(&m, rec, fresh, &env), ERR_OK);
	assert_string_equal(made_status(&m, &env, 0, &code), "stored");
}

static inline void
arrive(void)
{
	arrive_as(true);
}

static inline void
run_at(uint64_t now_ms, unsigned want_settled, unsigned want_left)
{
	unsigned settled, left;

	assert_int_equal(opener_run(opener, now_ms, &settled, &left),
	    ERR_OK);
	assert_int_equal(settled, want_settled);
	assert_int_equal(left, want_left);
}

static inline void
run(unsigned want_settled, unsigned want_left)
{
	run_at(MADE_NOW, want_settled, want_left);
}

/* The entry of rec, and the note that goes back about it. */
static inline struct entry
entry_of(void)
{
	struct entry e;

	assert_int_equal(m.store->ops->entry_by_rid(m.store, &rec->rid, &e),
	    ERR_OK);
	return e;
}

static inline void
assert_outcome(enum outcome_kind kind, enum err why)
{
	assert_int_equal(entry_of().outcome, kind);
	assert_int_equal(entry_of().reason,
	    why == ERR_OK ? 0 : err_number(why));
}

static inline enum loan
loan_of(uint32_t number)
{
	enum loan loan;

	assert_int_equal(m.store->ops->loan_find(m.store, MADE_TERMINAL,
	    number, &loan), ERR_OK);
	return loan;
}

/* How many dossiers there are, and the last of them. */
struct listed {
	unsigned n;
	struct dossier last;
};

static inline enum err
see_dossier(const struct dossier *d, void *user)
{
	struct listed *l = user;

	l->n++;
	l->last = *d;
	return ERR_OK;
}

static inline struct listed
listed(void)
{
	struct listed l;

	memset(&l, 0, sizeof(l));
	assert_int_equal(vault_each(vault, see_dossier, &l), ERR_OK);
	return l;
}

static inline unsigned
dossiers(void)
{
	return listed().n;
}

static inline uint64_t
traces(void)
{
	uint64_t n;

	assert_int_equal(vault_check(vault, &n), ERR_OK);
	return n;
}

#endif
