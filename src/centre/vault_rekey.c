/* vault_rekey: dossiers wrapped by another master key, and sealed by other
 * keys of their own, a few at a time. */
#include "centre/vault_own.h"

/* What is written under that name; 0 when nothing is. */
static enum err
turned(struct vault *v, const char *what, uint64_t *out)
{
	return db_number(v->db, out, "SELECT value FROM turned"
	    " WHERE what = ?", "t", what);
}

static enum err
turn(struct vault *v, const char *what, uint64_t value)
{
	return db_do(v->db, "INSERT INTO turned (what, value) VALUES (?, ?)"
	    " ON CONFLICT (what) DO UPDATE SET value = excluded.value", "tu",
	    what, value);
}

/* Who has both keys may be ahead of the turn, but never behind it. */
enum err
vault_check_master(struct vault *v)
{
	const struct vault_keys *k = v->keys;
	uint64_t number;
	enum err r;

	if ((r = turned(v, "master", &number)) != ERR_OK)
		return r;
	return number == 0 || number == k->master_number ||
	    (k->before != NULL && number == k->before_number) ? ERR_OK
	    : err_about(ERR_MASTER_KEY, "%llu", (unsigned long long)number);
}

/* Not vault_begin, which asks for what is only now being said. */
enum err
vault_turn(struct vault *v)
{
	enum err r;

	if ((r = db_begin(v->db)) == ERR_OK &&
	    (r = turn(v, "master", v->keys->master_number)) == ERR_OK)
		r = db_commit(v->db);
	db_rollback(v->db);
	return r;
}

enum err
vault_renewal(struct vault *v, uint64_t *before_ms)
{
	return turned(v, "renewal", before_ms);
}

enum err
vault_set_renewal(struct vault *v, uint64_t before_ms)
{
	return turn(v, "renewal", before_ms);
}

enum err
vault_wrapped_by_others(struct vault *v, uint64_t *count)
{
	return db_number(v->db, count, "SELECT count(*) FROM dossier"
	    " WHERE data_key IS NOT NULL AND master <> ?", "u",
	    (uint64_t)v->keys->master_number);
}

/* A dossier whose key is in v->key, until it is wiped. */
struct holder {
	uint64_t number;
	uint8_t id[DOSSIER_ID_LEN];
};

/* The next of a question's rows (number, id, data_key, master), closed before
 * anything is changed. *there false: none. */
static enum err
next_holder(struct vault *v, struct db_ask *a, struct holder *out,
    bool *there)
{
	enum err r;

	if ((r = db_next(a, there)) == ERR_OK && *there) {
		out->number = db_u64(a, 0);
		if ((r = db_copy(a, 1, out->id, sizeof(out->id))) == ERR_OK)
			r = vault_unwrap(v, a, 1);
	}
	db_done(a);
	return r;
}

/* v->key, wrapped as the dossier's. */
static enum err
wrap(struct vault *v, const struct holder *h)
{
	struct buf wrapped;
	enum err r;

	buf_init(&wrapped);
	if ((r = datakey_wrap(h->id, v->keys->master, &v->key, &wrapped)) ==
	    ERR_OK)
		r = db_do(v->db, "UPDATE dossier SET data_key = ?, master = ?"
		    " WHERE number = ?", "buu", (const void *)wrapped.p,
		    wrapped.len, (uint64_t)v->keys->master_number,
		    h->number);
	buf_clear(&wrapped);
	return r;
}

enum err
vault_rewrap(struct vault *v, uint64_t *after, bool *left)
{
	struct db_ask *a;
	struct holder h;
	enum err r = ERR_OK;

	*left = true;
	for (int i = 0; r == ERR_OK && *left && i < VAULT_REWRAPS; i++) {
		if ((r = db_ask(v->db, &a, "SELECT number, id, data_key,"
		    " master FROM dossier WHERE number > ? AND master <> ?"
		    " AND data_key IS NOT NULL ORDER BY number LIMIT 1", "uu",
		    *after, (uint64_t)v->keys->master_number)) != ERR_OK)
			return r;
		if ((r = next_holder(v, a, &h, left)) == ERR_OK && *left &&
		    (r = wrap(v, &h)) == ERR_OK)
			*after = h.number;
		buf_reset(&v->key);
	}
	return r;
}

/* What one key sealed, under another; both secret. */
struct renewing {
	struct vault *v;
	const struct holder *h;
	struct buf fresh;
	struct buf text;
};

/* The cell of that row of a table, sealed anew. */
static enum err
reseal(struct renewing *w, enum datakey_part part, const char *update,
    uint64_t number, const struct buf *sealed)
{
	struct buf again;
	enum err r;

	buf_init(&again);
	buf_reset(&w->text);
	if ((r = datakey_open(w->h->id, part, &w->v->key, sealed, &w->text))
	    == ERR_OK && (r = datakey_seal(w->h->id, part, &w->fresh,
	    w->text.p, w->text.len, &again)) == ERR_OK)
		r = db_do(w->v->db, update, "bu", (const void *)again.p,
		    again.len, number);
	buf_clear(&again);
	return r;
}

/* All rows that `select` finds, one behind the other by its number. */
static enum err
reseal_all(struct renewing *w, enum datakey_part part, const char *select,
    const char *update)
{
	struct db_ask *a;
	struct buf sealed;
	uint64_t number = 0, behind = 0;
	bool row = true;
	enum err r = ERR_OK;

	buf_init(&sealed);
	while (r == ERR_OK && row) {
		buf_reset(&sealed);
		if ((r = db_ask(w->v->db, &a, select, "uu", w->h->number,
		    behind)) != ERR_OK)
			break;
		if ((r = db_next(a, &row)) == ERR_OK && row) {
			number = db_u64(a, 0);
			r = db_bytes(a, 1, &sealed);
		}
		db_done(a);
		if (r == ERR_OK && row)
			r = reseal(w, part, update, number, &sealed);
		behind = number + 1;
	}
	buf_clear(&sealed);
	return r;
}

/* The dossier whose old key is in v->key. */
static enum err
renew(struct renewing *w, uint64_t now_ms)
{
	struct vault *v = w->v;
	enum err r;

	buf_reset(&w->fresh);
	if ((r = datakey_fresh(&w->fresh)) != ERR_OK ||
	    (r = reseal_all(w, PART_DOCUMENT, "SELECT number, sealed FROM"
	    " document WHERE dossier = ? AND number >= ? ORDER BY number"
	    " LIMIT 1", "UPDATE document SET sealed = ? WHERE number = ?")) !=
	    ERR_OK || (r = reseal_all(w, PART_VERIFIER, "SELECT identifier,"
	    " verifier FROM account WHERE dossier = ? AND identifier >= ?"
	    " AND verifier IS NOT NULL ORDER BY identifier LIMIT 1",
	    "UPDATE account SET verifier = ? WHERE identifier = ?")) !=
	    ERR_OK)
		return r;
	buf_reset(&v->key);
	if ((r = buf_put(&v->key, w->fresh.p, w->fresh.len)) != ERR_OK ||
	    (r = wrap(v, w->h)) != ERR_OK)
		return r;
	return db_do(v->db, "UPDATE dossier SET keyed_ms = ?"
	    " WHERE number = ?", "uu", now_ms, w->h->number);
}

enum err
vault_renew(struct vault *v, uint64_t before_ms, uint64_t now_ms,
    uint64_t *after, bool *left)
{
	struct holder h;
	struct renewing w = { .v = v, .h = &h };
	struct db_ask *a;
	enum err r;

	*left = true;
	if ((r = buf_init_secret(&w.fresh, SYM_KEY_LEN)) == ERR_OK)
		r = buf_init_secret(&w.text, RECORD_ROOM);
	for (int i = 0; r == ERR_OK && *left && i < VAULT_RENEWS; i++) {
		if ((r = db_ask(v->db, &a, "SELECT number, id, data_key,"
		    " master FROM dossier WHERE number > ? AND keyed_ms < ?"
		    " AND data_key IS NOT NULL ORDER BY number LIMIT 1", "uu",
		    *after, before_ms)) != ERR_OK)
			break;
		if ((r = next_holder(v, a, &h, left)) == ERR_OK && *left &&
		    (r = renew(&w, now_ms)) == ERR_OK)
			*after = h.number;
		buf_reset(&v->key);
	}
	buf_clear(&w.fresh);
	buf_clear(&w.text);
	return r;
}
