/* vault_annul: secrets that a terminal takes back, whichever comes first. */
#include "centre/vault_own.h"

/* Take the verifier from what that terminal gave; the dossier has no account
 * unless other secrets were given for it. */
static enum err
annul_account(struct vault *v, const struct rid *about, uint32_t terminal)
{
	enum err r;

	if ((r = db_do(v->db, "UPDATE account SET verifier = NULL"
	    " WHERE rid = ?1 AND EXISTS (SELECT 1 FROM act WHERE rid = ?1"
	    " AND terminal = ?2)", "bu", (const void *)about->b,
	    sizeof(about->b), (uint64_t)terminal)) != ERR_OK ||
	    db_changed(v->db) == 0)
		return r;
	return db_do(v->db, "UPDATE dossier SET account = 0 WHERE number ="
	    " (SELECT dossier FROM account WHERE rid = ?) AND NOT EXISTS"
	    " (SELECT 1 FROM account WHERE dossier = dossier.number"
	    " AND verifier IS NOT NULL)", "b", (const void *)about->b,
	    sizeof(about->b));
}

enum err
vault_annul(struct vault *v, const struct rid *about, uint32_t terminal,
    uint64_t at_ms)
{
	enum err r;

	if ((r = db_do(v->db, "INSERT INTO annulled (rid, terminal, at_ms)"
	    " VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "buu",
	    (const void *)about->b, sizeof(about->b), (uint64_t)terminal,
	    at_ms)) != ERR_OK)
		return r;
	return annul_account(v, about, terminal);
}

enum err
vault_heed_annulled(struct vault *v, const struct act *act)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT 1 FROM annulled WHERE rid = ?"
	    " AND terminal = ?", "bu", (const void *)act->rid.b,
	    sizeof(act->rid.b), (uint64_t)act->terminal)) != ERR_OK)
		return r;
	r = db_next(a, &row);
	db_done(a);
	return r == ERR_OK && row
	    ? annul_account(v, &act->rid, act->terminal) : r;
}
