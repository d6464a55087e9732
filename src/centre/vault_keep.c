/* vault_keep: what each decision makes of a dossier. */
#include <string.h>

#include "base/secret.h"
#include "centre/announce.h"
#include "centre/person.h"
#include "centre/trace.h"
#include "centre/vault_own.h"

/* A decision on its way into the file. */
struct keeping {
	struct vault *v;
	const struct act *act;
	const struct record *rec;
	const struct buf *document;
	uint32_t identifier; /* IDENTIFIER_COUNT: none */
	struct dossier_place place;
	bool used; /* an account was made with the identifier */
};

/* A new dossier of that person under a new key, which stays in v->key. An
 * opened one is told at once what the record says. */
static enum err
insert_dossier(struct keeping *k, enum dossier_state state)
{
	struct vault *v = k->v;
	struct buf wrapped;
	struct rid id;
	enum err r;

	k->place.state = state;
	v->has_stranger = false;
	/* Ordered by time, as ids of records are, so that indexes grow at
	 * their end. */
	rid_make(k->act->at_ms, &id);
	memcpy(k->place.id, id.b, DOSSIER_ID_LEN);
	buf_init(&wrapped);
	if ((r = datakey_make(k->place.id, v->keys->master, &v->key,
	    &wrapped)) == ERR_OK)
		r = state == DOSSIER_OPENED ? vault_insert_told(v, k->act,
		    &k->place, &wrapped, k->rec) : vault_insert(v, k->act,
		    &k->place, &wrapped);
	buf_clear(&wrapped);
	k->place.number = db_inserted(v->db);
	return r;
}

/* The record as it came. */
static enum err
insert_document(struct keeping *k)
{
	struct vault *v = k->v;
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = datakey_seal(k->place.id, PART_DOCUMENT, &v->key,
	    k->document->p, k->document->len, &sealed)) == ERR_OK)
		r = db_do(v->db, "INSERT INTO document (dossier, rid, kind,"
		    " at_ms, sealed) VALUES (?, ?, ?, ?, ?)", "ubtub",
		    k->place.number, (const void *)k->act->rid.b,
		    sizeof(k->act->rid.b), record_kind_word(k->rec->kind),
		    k->act->at_ms, (const void *)sealed.p, sealed.len);
	buf_clear(&sealed);
	return r;
}

/* The same of a dossier that was there. */
static enum err
add_document(struct keeping *k)
{
	enum err r;

	if ((r = insert_document(k)) != ERR_OK ||
	    (r = vault_tell_act(k->v, k->act, k->rec, k->place.number)) !=
	    ERR_OK || !record_has(k->rec->kind, "contact"))
		return r;
	return vault_tell_contact(k->v, k->rec, k->place.number);
}

enum err
vault_end_accounts(struct vault *v, uint64_t number)
{
	enum err r;

	if ((r = db_do(v->db, "UPDATE account SET dossier = NULL,"
	    " verifier = NULL WHERE dossier = ?", "u", number)) != ERR_OK)
		return r;
	return db_do(v->db, "UPDATE dossier SET account = 0"
	    " WHERE number = ?", "u", number);
}

/* The identifier with its verifier, sealed like everything of the person. */
static enum err
insert_account(struct keeping *k)
{
	const char *verifier = k->rec->account.verifier;
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = datakey_seal(k->place.id, PART_VERIFIER, &k->v->key,
	    verifier, strlen(verifier), &sealed)) == ERR_OK)
		r = db_do(k->v->db, "INSERT INTO account (identifier, rid,"
		    " dossier, verifier) VALUES (?, ?, ?, ?)", "ubub",
		    (uint64_t)k->identifier, (const void *)k->act->rid.b,
		    sizeof(k->act->rid.b), k->place.number,
		    (const void *)sealed.p, sealed.len);
	buf_clear(&sealed);
	k->used = r == ERR_OK;
	return r;
}

static enum err
make_account(struct keeping *k)
{
	enum err r;

	if (!k->rec->account.wanted)
		return ERR_OK;
	if ((r = insert_account(k)) != ERR_OK)
		return r;
	return db_do(k->v->db, "UPDATE dossier SET account = 1"
	    " WHERE number = ?", "u", k->place.number);
}

/* Instead of what it had. */
static enum err
renew_account(struct keeping *k)
{
	enum err r = vault_end_accounts(k->v, k->place.number);

	return r == ERR_OK ? make_account(k) : r;
}

static enum err
set_state(struct keeping *k, enum dossier_state state, uint64_t closed_ms)
{
	return db_do(k->v->db, "UPDATE dossier SET state = ?, closed_ms = ?"
	    " WHERE number = ?", "uuu", (uint64_t)state, closed_ms,
	    k->place.number);
}

static enum err
keep_opened(struct keeping *k)
{
	enum err r;

	if ((r = insert_dossier(k, DOSSIER_OPENED)) != ERR_OK ||
	    (r = insert_document(k)) != ERR_OK)
		return r;
	return k->rec->account.wanted ? insert_account(k) : ERR_OK;
}

static enum err
keep_reissued(struct keeping *k)
{
	enum err r = add_document(k);

	return r == ERR_OK ? renew_account(k) : r;
}

static enum err
keep_updated(struct keeping *k)
{
	enum err r = add_document(k);

	return r == ERR_OK ? vault_tell_choices(k->v, k->rec,
	    k->place.number) : r;
}

static enum err
keep_closed(struct keeping *k)
{
	enum err r;

	if ((r = add_document(k)) != ERR_OK ||
	    (r = vault_end_accounts(k->v, k->place.number)) != ERR_OK)
		return r;
	return set_state(k, DOSSIER_CLOSED, k->act->at_ms);
}

/* Its content and its choices are as they were. */
static enum err
keep_reopened(struct keeping *k)
{
	enum err r;

	if ((r = add_document(k)) != ERR_OK ||
	    (r = vault_tell_consent(k->v, k->rec,
	    k->place.number)) != ERR_OK ||
	    (r = set_state(k, DOSSIER_OPENED, 0)) != ERR_OK)
		return r;
	return renew_account(k);
}

/* Said once or again. */
static enum err
keep_opposed(struct keeping *k)
{
	enum err r = ERR_OK;

	if (k->place.state == DOSSIER_NONE)
		r = insert_dossier(k, DOSSIER_OPPOSED);
	if (r != ERR_OK || (r = add_document(k)) != ERR_OK)
		return r;
	return vault_tell_consent(k->v, k->rec, k->place.number);
}

/* How, and in which states of the dossier. */
static const struct deed {
	enum err (*keep)(struct keeping *k);
	unsigned from;
} deeds[] = {
#define FROM(state) (1u << DOSSIER_##state)
	[OUTCOME_OPENED] = { keep_opened, FROM(NONE) },
	[OUTCOME_ALREADY_OPEN] = { NULL, 0 },
	[OUTCOME_REFUSED] = { NULL, 0 },
	[OUTCOME_REISSUED] = { keep_reissued, FROM(OPENED) },
	[OUTCOME_UPDATED] = { keep_updated, FROM(OPENED) },
	[OUTCOME_CLOSED] = { keep_closed, FROM(OPENED) },
	[OUTCOME_REOPENED] = { keep_reopened, FROM(CLOSED) },
	[OUTCOME_OPPOSED] = { keep_opposed, FROM(NONE) | FROM(OPPOSED) },
	[OUTCOME_VOIDED] = { NULL, 0 },
};

/* Of an act without a record: the dossier that its secrets were for. */
static enum err
find_about(struct keeping *k)
{
	enum err r = ERR_NOT_FOUND;

	if (k->act->kind == OUTCOME_VOIDED)
		r = vault_dossier_of(k->v, &k->act->about, k->place.id);
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

/* Find the person's dossier, with its key when it is to be changed. Names
 * that cannot be folded belong to nobody here. */
static enum err
find_place(struct keeping *k, const struct deed *d)
{
	enum err r;

	if (k->rec == NULL)
		return find_about(k);
	r = vault_place(k->v, k->rec, d->keep != NULL, &k->place);
	if (d->keep == NULL)
		return r == ERR_TEXT || r == ERR_TOO_LONG ? ERR_OK : r;
	if (r == ERR_OK && (d->from & 1u << k->place.state) == 0)
		r = err_about(ERR_VAULT, "%s, %s", outcome_word(k->act->kind),
		    dossier_state_word(k->place.state));
	return r;
}

static enum err
insert_act(const struct keeping *k)
{
	const struct act *act = k->act;
	enum err r = ERR_OK;

	if (k->identifier < IDENTIFIER_COUNT && !k->used)
		r = db_do(k->v->db, "INSERT INTO account (identifier, rid,"
		    " dossier, verifier) VALUES (?, ?, NULL, NULL)", "ub",
		    (uint64_t)k->identifier, (const void *)act->rid.b,
		    sizeof(act->rid.b));
	if (r != ERR_OK)
		return r;
	return db_do(k->v->db, "INSERT INTO act (rid, terminal, kind, reason,"
	    " at_ms, identifier) VALUES (?, ?, ?, ?, ?, ?)", "buuuuu",
	    (const void *)act->rid.b, sizeof(act->rid.b),
	    (uint64_t)act->terminal, (uint64_t)act->kind,
	    (uint64_t)act->reason, act->at_ms, (uint64_t)k->identifier);
}

static enum err
trace_it(const struct keeping *k)
{
	const struct record *rec = k->rec;
	struct trace t = { .at_ms = k->act->at_ms, .rid = k->act->rid,
		.action = outcome_word(k->act->kind),
		.subject = k->place.id };

	if (rec != NULL) {
		t.who = rec->operator.id;
		t.profession = rec->operator.profession;
		t.site = rec->place.site_id;
	}
	return trace_add(k->v->db, &k->v->end, &t);
}

enum err
vault_keep(struct vault *v, const struct act *act, const struct record *rec,
    const struct buf *document, uint32_t identifier)
{
	const struct deed *d = &deeds[act->kind];
	struct keeping k = { .v = v, .act = act, .rec = rec,
		.document = document, .identifier = identifier };
	enum err r;

	if ((r = find_place(&k, d)) == ERR_OK && d->keep != NULL)
		r = d->keep(&k);
	buf_reset(&v->key);
	if (r == ERR_OK && d->keep != NULL)
		r = vault_announce(v, act, rec);
	if (r != ERR_OK || (r = insert_act(&k)) != ERR_OK ||
	    (r = vault_heed_annulled(v, act)) != ERR_OK)
		return r;
	return trace_it(&k);
}
