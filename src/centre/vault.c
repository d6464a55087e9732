/* vault: the file, decisions made before, and who has what. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/secret.h"
#include "centre/inquiry.h"
#include "centre/person.h"
#include "centre/trace.h"
#include "centre/vault_own.h"

/*
 * dossier names nobody without its key: who it is stands in the sealed
 * documents, and the person's index under the vault's own key.
 */
static const char schema[] =
	"CREATE TABLE dossier ("
	" number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
	" person BLOB UNIQUE, rid BLOB NOT NULL UNIQUE,"
	" state INTEGER NOT NULL, master INTEGER NOT NULL, data_key BLOB,"
	" opened_ms INTEGER NOT NULL, closed_ms INTEGER NOT NULL DEFAULT 0,"
	" changed_ms INTEGER NOT NULL DEFAULT 0,"
	" acts INTEGER NOT NULL DEFAULT 0,"
	" subject TEXT NOT NULL DEFAULT '',"
	" represented INTEGER NOT NULL DEFAULT 0,"
	" consent_ms INTEGER NOT NULL DEFAULT 0,"
	" method TEXT NOT NULL DEFAULT '',"
	" notice_id TEXT NOT NULL DEFAULT '',"
	" notice_version TEXT NOT NULL DEFAULT '',"
	" notice_lang TEXT NOT NULL DEFAULT '',"
	" notice_sha TEXT NOT NULL DEFAULT '',"
	" samu_opposed INTEGER NOT NULL DEFAULT 0,"
	" break_glass_opposed INTEGER NOT NULL DEFAULT 0,"
	" masked INTEGER NOT NULL DEFAULT 0,"
	" sensitive INTEGER NOT NULL DEFAULT 0,"
	" allowed INTEGER NOT NULL DEFAULT 0,"
	" blocked INTEGER NOT NULL DEFAULT 0,"
	" doctor INTEGER NOT NULL DEFAULT 0,"
	" emergency INTEGER NOT NULL DEFAULT 0,"
	" alerts TEXT NOT NULL DEFAULT '',"
	" confirmation TEXT NOT NULL DEFAULT '',"
	" account INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX dossier_closed ON dossier (closed_ms)"
	" WHERE state = 2;"
	"CREATE TABLE document ("
	" number INTEGER PRIMARY KEY,"
	" dossier INTEGER NOT NULL REFERENCES dossier,"
	" rid BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,"
	" at_ms INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;"
	"CREATE INDEX document_dossier ON document (dossier);"
	"CREATE TABLE account ("
	" identifier INTEGER PRIMARY KEY, rid BLOB NOT NULL,"
	" dossier INTEGER REFERENCES dossier, verifier BLOB) STRICT;"
	"CREATE INDEX account_dossier ON account (dossier);"
	"CREATE TABLE act ("
	" rid BLOB PRIMARY KEY, terminal INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, reason INTEGER NOT NULL,"
	" at_ms INTEGER NOT NULL, identifier INTEGER NOT NULL)"
	" STRICT, WITHOUT ROWID;" ANNULLED_SCHEMA TRACE_SCHEMA;

_Static_assert(DOSSIER_OPENED == 1 && DOSSIER_CLOSED == 2 &&
    DOSSIER_DECEASED == 5, "SQL names these states");

static const char *const steps[] = {
	/* 2: what was done with one dossier, or on one day */
	"CREATE INDEX trace_subject ON trace (subject);"
	"CREATE INDEX trace_at ON trace (at_ms);",
	/* 3: the end of a life, and of a childhood */
	"ALTER TABLE dossier ADD COLUMN deceased INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX dossier_minor ON dossier (number)"
	" WHERE state = 1 AND subject = 'minor';",
	/* 4: what people asked to be told (centre/announce.h) */
	"CREATE TABLE outbox ("
	" number INTEGER PRIMARY KEY, rid BLOB NOT NULL UNIQUE,"
	" way INTEGER NOT NULL, state INTEGER NOT NULL,"
	" made_ms INTEGER NOT NULL, next_ms INTEGER NOT NULL,"
	" done_ms INTEGER NOT NULL DEFAULT 0,"
	" tries INTEGER NOT NULL DEFAULT 0,"
	" reason INTEGER NOT NULL DEFAULT 0, sealed BLOB) STRICT;"
	"CREATE INDEX outbox_waiting ON outbox (number) WHERE state = 1;",
	/* 5: keys that change */
	"ALTER TABLE dossier ADD COLUMN keyed_ms INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE turned (what TEXT PRIMARY KEY, value INTEGER NOT NULL)"
	" STRICT;",
	/* 6: questions (centre/inquiry.h) */
	INQUIRY_SCHEMA,
	/* 7: what became of a code (its row's rid), and of a contact */
	"ALTER TABLE outbox ADD COLUMN code INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE code ADD COLUMN row BLOB NOT NULL DEFAULT x'';"
	"ALTER TABLE dossier ADD COLUMN mobile TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE dossier ADD COLUMN email TEXT NOT NULL DEFAULT '';",
	/* 8: codes that did not leave, and what is due found at once */
	INQUIRY_SENDING
	"DROP INDEX outbox_waiting;"
	"CREATE INDEX outbox_due ON outbox (code, way, next_ms)"
	" WHERE state = 1;",
};

_Static_assert(VAULT_VERSION == 1 + sizeof(steps) / sizeof(steps[0]),
    "each version after the first has its step");

static const struct db_form form = {
	.schema = schema,
	.version = VAULT_VERSION,
	.steps = steps,
	.fault = ERR_VAULT,
	.cache_kib = 16384,
	.secure_delete = true,
};

const char *
dossier_state_word(enum dossier_state s)
{
#define STATE_WORD(name, word) [DOSSIER_##name] = word,
	static const char *const words[] = { DOSSIER_STATES(STATE_WORD) };

	return words[s];
}

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
	secret_free(v->telling);
	parcel_free(v->parcel);
	free(v);
}

/* What is known within a transaction only. */
static void
forget(struct vault *v)
{
	parcel_end(v->parcel);
	v->end.known = v->within = v->has_stranger = false;
}

enum err
vault_begin(struct vault *v)
{
	enum err r;

	forget(v);
	if ((r = db_begin(v->db)) == ERR_OK && v->keys != NULL &&
	    (r = vault_check_master(v)) != ERR_OK)
		db_rollback(v->db);
	v->within = r == ERR_OK;
	return r;
}

enum err
vault_commit(struct vault *v)
{
	forget(v);
	return db_commit(v->db);
}

void
vault_rollback(struct vault *v)
{
	forget(v);
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

enum err
vault_unwrap(struct vault *v, struct db_ask *a, int first)
{
	const struct vault_keys *k = v->keys;
	const uint64_t number = db_u64(a, first + 2);
	const uint8_t *master = NULL;
	uint8_t id[DOSSIER_ID_LEN];
	struct buf wrapped;
	enum err r;

	if (number == k->master_number)
		master = k->master;
	else if (k->before != NULL && number == k->before_number)
		master = k->before;
	if (master == NULL)
		return err_about(ERR_MASTER_KEY, "%llu",
		    (unsigned long long)number);
	buf_init(&wrapped);
	if ((r = db_copy(a, first, id, sizeof(id))) == ERR_OK &&
	    (r = db_bytes(a, first + 1, &wrapped)) == ERR_OK)
		r = datakey_unwrap(id, master, &wrapped, &v->key);
	buf_clear(&wrapped);
	return r;
}

/* The place that a row (number, state, id, data_key, master) tells. */
static enum err
read_place(struct vault *v, struct db_ask *a, bool unwrap,
    struct dossier_place *out)
{
	enum err r;

	out->number = db_u64(a, 0);
	out->state = (enum dossier_state)db_u64(a, 1);
	if ((r = db_copy(a, 2, out->id, sizeof(out->id))) != ERR_OK ||
	    !unwrap)
		return r;
	return vault_unwrap(v, a, 2);
}

/* Nobody else writes while a transaction is under way: who was found nowhere
 * is there only once it was put there by us (vault_keep.c). */
static bool
is_stranger(const struct vault *v, const uint8_t person[PERSON_LEN])
{
	return v->has_stranger && memcmp(v->stranger, person,
	    sizeof(v->stranger)) == 0;
}

enum err
vault_place(struct vault *v, const struct record *rec, bool unwrap,
    struct dossier_place *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	memset(out, 0, sizeof(*out));
	if ((r = person_index(rec, v->keys->index, &v->work, out->person)) !=
	    ERR_OK || is_stranger(v, out->person) ||
	    (r = db_ask(v->db, &a, "SELECT number, " STATE_COLUMN
	    ", id, data_key, master FROM dossier WHERE person = ?", "b",
	    (const void *)out->person, sizeof(out->person))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row)
		r = read_place(v, a, unwrap, out);
	db_done(a);
	if (r == ERR_OK && v->within && !row) {
		memcpy(v->stranger, out->person, sizeof(v->stranger));
		v->has_stranger = true;
	}
	return r;
}

enum err
vault_find(struct vault *v, const struct record *rec,
    enum dossier_state *out)
{
	struct dossier_place place;
	enum err r;

	if ((r = vault_place(v, rec, false, &place)) == ERR_OK)
		*out = place.state;
	return r;
}

enum err
vault_identifier_used(struct vault *v, uint32_t identifier, bool *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT 1 FROM account"
	    " WHERE identifier = ?", "u", (uint64_t)identifier)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		*out = row;
	db_done(a);
	return r;
}
