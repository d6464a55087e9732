/* vault: dossiers, accounts and decisions in one file. */
#include <stdlib.h>
#include <string.h>

#include "base/db.h"
#include "base/file.h"
#include "centre/datakey.h"
#include "centre/person.h"
#include "centre/trace.h"
#include "centre/vault_own.h"

/*
 * dossier names nobody without its key: who it is stands in the sealed
 * document, and the person's index under the vault's own key.
 */
static const char schema[] =
	"CREATE TABLE dossier ("
	" number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
	" person BLOB NOT NULL UNIQUE, rid BLOB NOT NULL UNIQUE,"
	" opened_ms INTEGER NOT NULL, master INTEGER NOT NULL,"
	" data_key BLOB, document BLOB,"
	" consent_ms INTEGER NOT NULL, method TEXT NOT NULL,"
	" notice_id TEXT NOT NULL, notice_version TEXT NOT NULL,"
	" notice_lang TEXT NOT NULL, notice_sha TEXT NOT NULL,"
	" samu_opposed INTEGER NOT NULL, break_glass_opposed INTEGER NOT NULL,"
	" account INTEGER NOT NULL) STRICT;"
	"CREATE TABLE account ("
	" identifier INTEGER PRIMARY KEY, rid BLOB NOT NULL,"
	" dossier INTEGER REFERENCES dossier, verifier BLOB) STRICT;"
	"CREATE TABLE act ("
	" rid BLOB PRIMARY KEY, terminal INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, reason INTEGER NOT NULL,"
	" at_ms INTEGER NOT NULL, identifier INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;" ANNULLED_SCHEMA TRACE_SCHEMA;

static const struct db_form form = {
	.schema = schema,
	.version = 1,
	.fault = ERR_VAULT,
};

enum err
vault_open(const char *folder, bool create, const struct vault_keys *keys,
    struct vault **out)
{
	struct vault *v;
	char path[PATH_ROOM] = ":memory:";
	enum err r = ERR_OK;

	if (strcmp(folder, ":memory:") != 0 &&
	    ((create && (r = folder_make(folder)) != ERR_OK) ||
	    (r = path_join(folder, "dossiers.db", path)) != ERR_OK))
		return r;
	if ((v = calloc(1, sizeof(*v))) == NULL)
		return ERR_MEMORY;
	v->keys = keys;
	if ((r = buf_init_secret(&v->work, PERSON_ROOM)) == ERR_OK &&
	    (r = buf_init_secret(&v->key, SYM_KEY_LEN)) == ERR_OK)
		r = db_open(path, &form, create, &v->db);
	if (r == ERR_OK)
		*out = v;
	else
		vault_close(v);
	return r;
}

void
vault_close(struct vault *v)
{
	if (v == NULL)
		return;
	db_close(v->db);
	buf_clear(&v->work);
	buf_clear(&v->key);
	free(v);
}

enum err
vault_begin(struct vault *v)
{
	return db_begin(v->db);
}

enum err
vault_commit(struct vault *v)
{
	return db_commit(v->db);
}

void
vault_rollback(struct vault *v)
{
	db_rollback(v->db);
}

enum err
vault_decided(struct vault *v, const struct rid *rid, struct act *out,
    uint32_t *identifier)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT terminal, kind, reason, at_ms,"
	    " identifier FROM act WHERE rid = ?", "b", (const void *)rid->b,
	    sizeof(rid->b))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && !row)
		r = ERR_NOT_FOUND;
	if (r == ERR_OK) {
		out->rid = *rid;
		out->terminal = (uint32_t)db_u64(a, 0);
		out->kind = (enum outcome_kind)db_u64(a, 1);
		out->reason = (uint16_t)db_u64(a, 2);
		out->at_ms = db_u64(a, 3);
		*identifier = (uint32_t)db_u64(a, 4);
	}
	db_done(a);
	return r;
}

/* Is there a row for that key? ERR_OK or ERR_NOT_FOUND. */
static enum err
has_row(struct db_ask *a)
{
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) == ERR_OK && !row)
		r = ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
vault_find(struct vault *v, const struct record *rec)
{
	uint8_t person[PERSON_LEN];
	struct db_ask *a;
	enum err r;

	if ((r = person_index(rec, v->keys->index, &v->work, person)) !=
	    ERR_OK || (r = db_ask(v->db, &a, "SELECT 1 FROM dossier"
	    " WHERE person = ?", "b", (const void *)person,
	    sizeof(person))) != ERR_OK)
		return r;
	return has_row(a);
}

enum err
vault_identifier_used(struct vault *v, uint32_t identifier, bool *out)
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT 1 FROM account"
	    " WHERE identifier = ?", "u", (uint64_t)identifier)) != ERR_OK)
		return r;
	r = has_row(a);
	if (r == ERR_OK || r == ERR_NOT_FOUND) {
		*out = r == ERR_OK;
		r = ERR_OK;
	}
	return r;
}

static enum err
insert_dossier(struct vault *v, const struct act *act,
    const struct record *rec, const uint8_t id[DOSSIER_ID_LEN],
    const struct buf *wrapped, const struct buf *sealed)
{
#define METHOD_WORD(name, word) [CONSENT_##name] = word,
	static const char *const methods[] = { CONSENT_METHODS(METHOD_WORD) };
	uint8_t person[PERSON_LEN];
	enum err r;

	if ((r = person_index(rec, v->keys->index, &v->work, person)) !=
	    ERR_OK)
		return r;
	return db_do(v->db, "INSERT INTO dossier (id, person, rid, opened_ms,"
	    " master, data_key, document, consent_ms, method, notice_id,"
	    " notice_version, notice_lang, notice_sha, samu_opposed,"
	    " break_glass_opposed, account) VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    "bbbuubbutttttuuu", (const void *)id, (size_t)DOSSIER_ID_LEN,
	    (const void *)person, sizeof(person),
	    (const void *)act->rid.b, sizeof(act->rid.b), act->at_ms,
	    (uint64_t)v->keys->master_number,
	    (const void *)wrapped->p, wrapped->len,
	    (const void *)sealed->p, sealed->len,
	    rec->consent.at_ms, methods[rec->consent.method],
	    rec->notice.id, rec->notice.version, rec->notice.lang,
	    rec->notice.sha, (uint64_t)rec->access.samu_opposed,
	    (uint64_t)rec->access.break_glass_opposed,
	    (uint64_t)rec->account.wanted);
}

/* The identifier with its verifier, sealed like everything of the person. */
static enum err
insert_account(struct vault *v, const struct act *act,
    const struct record *rec, const uint8_t id[DOSSIER_ID_LEN],
    uint32_t identifier)
{
	uint64_t dossier = db_inserted(v->db);
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = datakey_seal(id, PART_VERIFIER, &v->key,
	    rec->account.verifier, strlen(rec->account.verifier),
	    &sealed)) == ERR_OK)
		r = db_do(v->db, "INSERT INTO account (identifier, rid,"
		    " dossier, verifier) VALUES (?, ?, ?, ?)", "ubub",
		    (uint64_t)identifier, (const void *)act->rid.b,
		    sizeof(act->rid.b), dossier, (const void *)sealed.p,
		    sealed.len);
	buf_clear(&sealed);
	return r;
}

static enum err
insert_void(struct vault *v, const struct act *act, uint32_t identifier)
{
	return db_do(v->db, "INSERT INTO account (identifier, rid, dossier,"
	    " verifier) VALUES (?, ?, NULL, NULL)", "ub",
	    (uint64_t)identifier, (const void *)act->rid.b,
	    sizeof(act->rid.b));
}

static enum err
keep_dossier(struct vault *v, const struct act *act,
    const struct record *rec, const struct buf *document,
    uint32_t identifier, uint8_t id[DOSSIER_ID_LEN])
{
	struct buf wrapped, sealed;
	enum err r;

	secret_random(id, DOSSIER_ID_LEN);
	buf_init(&wrapped);
	buf_init(&sealed);
	if ((r = datakey_make(id, v->keys->master, &v->key, &wrapped)) ==
	    ERR_OK && (r = datakey_seal(id, PART_DOCUMENT, &v->key,
	    document->p, document->len, &sealed)) == ERR_OK &&
	    (r = insert_dossier(v, act, rec, id, &wrapped, &sealed)) ==
	    ERR_OK && rec->account.wanted)
		r = insert_account(v, act, rec, id, identifier);
	buf_reset(&v->key);
	buf_clear(&wrapped);
	buf_clear(&sealed);
	return r;
}

enum err
vault_keep(struct vault *v, const struct act *act, const struct record *rec,
    const struct buf *document, uint32_t identifier)
{
	uint8_t id[DOSSIER_ID_LEN] = { 0 };
	struct trace t = { .at_ms = act->at_ms, .rid = act->rid,
		.action = outcome_word(act->kind), .subject = id };
	enum err r = ERR_OK;

	if (rec != NULL) {
		t.who = rec->operator.id;
		t.profession = rec->operator.profession;
		t.site = rec->place.site_id;
	}
	if (act->kind == OUTCOME_OPENED)
		r = keep_dossier(v, act, rec, document, identifier, id);
	else if (identifier < IDENTIFIER_COUNT)
		r = insert_void(v, act, identifier);
	if (r != ERR_OK || (r = db_do(v->db, "INSERT INTO act (rid, terminal,"
	    " kind, reason, at_ms, identifier) VALUES (?, ?, ?, ?, ?, ?)",
	    "buuuuu", (const void *)act->rid.b, sizeof(act->rid.b),
	    (uint64_t)act->terminal, (uint64_t)act->kind,
	    (uint64_t)act->reason, act->at_ms, (uint64_t)identifier)) !=
	    ERR_OK || (r = vault_heed_annulled(v, act)) != ERR_OK)
		return r;
	return trace_add(v->db, &t);
}

/* The document of a row (id, data_key, document). */
static enum err
read_document(struct vault *v, struct db_ask *a, struct buf *out)
{
	uint8_t id[DOSSIER_ID_LEN];
	struct buf wrapped, sealed;
	enum err r;

	buf_init(&wrapped);
	buf_init(&sealed);
	if ((r = db_copy(a, 0, id, sizeof(id))) == ERR_OK &&
	    (r = db_bytes(a, 1, &wrapped)) == ERR_OK &&
	    (r = db_bytes(a, 2, &sealed)) == ERR_OK &&
	    (r = datakey_unwrap(id, v->keys->master, &wrapped, &v->key)) ==
	    ERR_OK)
		r = datakey_open(id, PART_DOCUMENT, &v->key, &sealed, out);
	buf_reset(&v->key);
	buf_clear(&wrapped);
	buf_clear(&sealed);
	return r;
}

enum err
vault_read(struct vault *v, const struct rid *rid, struct buf *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT id, data_key, document"
	    " FROM dossier WHERE rid = ?", "b", (const void *)rid->b,
	    sizeof(rid->b))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? read_document(v, a, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

static enum err
read_dossier(struct db_ask *a, struct dossier *d)
{
	enum err r;

	d->opened_ms = db_u64(a, 2);
	d->consent_ms = db_u64(a, 3);
	d->samu_opposed = db_u64(a, 9) != 0;
	d->break_glass_opposed = db_u64(a, 10) != 0;
	d->account = db_u64(a, 11) != 0;
	if ((r = db_copy(a, 0, d->id, sizeof(d->id))) != ERR_OK ||
	    (r = db_copy(a, 1, d->rid.b, sizeof(d->rid.b))) != ERR_OK ||
	    (r = db_text(a, 4, d->method, sizeof(d->method))) != ERR_OK ||
	    (r = db_text(a, 5, d->notice_id, sizeof(d->notice_id))) !=
	    ERR_OK || (r = db_text(a, 6, d->notice_version,
	    sizeof(d->notice_version))) != ERR_OK ||
	    (r = db_text(a, 7, d->notice_lang, sizeof(d->notice_lang))) !=
	    ERR_OK)
		return r;
	return db_text(a, 8, d->notice_sha, sizeof(d->notice_sha));
}

enum err
vault_each(struct vault *v, vault_see *see, void *user)
{
	struct dossier d;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT id, rid, opened_ms, consent_ms,"
	    " method, notice_id, notice_version, notice_lang, notice_sha,"
	    " samu_opposed, break_glass_opposed, account"
	    " FROM dossier ORDER BY number", "")) != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row)
		if ((r = read_dossier(a, &d)) != ERR_OK ||
		    (r = see(&d, user)) != ERR_OK)
			break;
	db_done(a);
	return r;
}

enum err
vault_check(struct vault *v, uint64_t *count)
{
	return trace_check(v->db, count);
}
