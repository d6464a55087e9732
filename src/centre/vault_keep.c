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

/* A new dossier of that person under a new key, which stays in v->key. */
static enum err
insert_dossier(struct keeping *k, enum dossier_state state)
{
	struct vault *v = k->v;
	struct buf wrapped;
	struct rid id;
	enum err r;

	k->place.state = state;
	/* Ordered by time, as ids of records are, so that indexes grow at
	 * their end. */
	rid_make(k->act->at_ms, &id);
	memcpy(k->place.id, id.b, DOSSIER_ID_LEN);
	buf_init(&wrapped);
	if ((r = datakey_make(k->place.id, v->keys->master, &v->key,
	    &wrapped)) == ERR_OK)
		r = db_do(v->db, "INSERT INTO dossier (id, person, rid, state,"
		    " master, data_key, opened_ms, keyed_ms)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "bbbuubuu",
		    (const void *)k->place.id, (size_t)DOSSIER_ID_LEN,
		    (const void *)k->place.person, sizeof(k->place.person),
		    (const void *)k->act->rid.b, sizeof(k->act->rid.b),
		    (uint64_t)state, (uint64_t)v->keys->master_number,
		    (const void *)wrapped.p, wrapped.len,
		    state == DOSSIER_OPENED ? k->act->at_ms : 0,
		    k->act->at_ms);
	buf_clear(&wrapped);
	k->place.number = db_inserted(v->db);
	return r;
}

static const char *
contact_word(const char *contact, const char *vouch)
{
	return contact[0] == '\0' ? "" : vouch[0] == '\0' ? "unverified" :
	    "verified";
}

/* Whether there is one, and whether a code was read there: never which. */
static enum err
set_contact(struct keeping *k)
{
	const struct record *rec = k->rec;

	return db_do(k->v->db, "UPDATE dossier SET mobile = ?, email = ?"
	    " WHERE number = ?", "ttu",
	    contact_word(rec->contact.mobile, rec->verified.mobile),
	    contact_word(rec->contact.email, rec->verified.email),
	    k->place.number);
}

/* The record as it came, and for whom. */
static enum err
add_document(struct keeping *k)
{
#define SUBJECT_WORD(name, word) [SUBJECT_##name] = word,
	static const char *const subjects[] = { SUBJECTS(SUBJECT_WORD) };
	struct vault *v = k->v;
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = datakey_seal(k->place.id, PART_DOCUMENT, &v->key,
	    k->document->p, k->document->len, &sealed)) == ERR_OK &&
	    (r = db_do(v->db, "INSERT INTO document (dossier, rid, kind,"
	    " at_ms, sealed) VALUES (?, ?, ?, ?, ?)", "ubtub",
	    k->place.number, (const void *)k->act->rid.b,
	    sizeof(k->act->rid.b), record_kind_word(k->rec->kind),
	    k->act->at_ms, (const void *)sealed.p, sealed.len)) == ERR_OK)
		r = db_do(v->db, "UPDATE dossier SET acts = acts + 1,"
		    " changed_ms = ?, subject = ?, represented = ?"
		    " WHERE number = ?", "utuu", k->act->at_ms,
		    subjects[k->rec->subject.status],
		    (uint64_t)k->rec->representative.there, k->place.number);
	buf_clear(&sealed);
	return r == ERR_OK && record_has(k->rec->kind, "contact") ?
	    set_contact(k) : r;
}

static enum err
set_consent(struct keeping *k)
{
#define METHOD_WORD(name, word) [CONSENT_##name] = word,
	static const char *const methods[] = { CONSENT_METHODS(METHOD_WORD) };
	const struct record *rec = k->rec;

	return db_do(k->v->db, "UPDATE dossier SET consent_ms = ?, method = ?,"
	    " notice_id = ?, notice_version = ?, notice_lang = ?,"
	    " notice_sha = ? WHERE number = ?", "utttttu",
	    rec->consent.at_ms, methods[rec->consent.method], rec->notice.id,
	    rec->notice.version, rec->notice.lang, rec->notice.sha,
	    k->place.number);
}

static uint64_t
count(const char list[RPPS_LIST][RPPS_TEXT])
{
	uint64_t n = 0;

	while (n < RPPS_LIST && list[n][0] != '\0')
		n++;
	return n;
}

/* All of them: what came last holds. */
static enum err
set_choices(struct keeping *k)
{
#define ALERTS_WORD(name, word)	 [ALERTS_##name] = word,
#define CONFIRM_WORD(name, word) [CONFIRM_##name] = word,
	static const char *const alerts[] = { ALERTS(ALERTS_WORD) };
	static const char *const confirms[] = { CONFIRMATIONS(CONFIRM_WORD) };
	const struct record *rec = k->rec;

	return db_do(k->v->db, "UPDATE dossier SET samu_opposed = ?,"
	    " break_glass_opposed = ?, masked = ?, sensitive = ?,"
	    " allowed = ?, blocked = ?, doctor = ?, emergency = ?,"
	    " alerts = ?, confirmation = ? WHERE number = ?", "uuuuuuuuttu",
	    (uint64_t)rec->access.samu_opposed,
	    (uint64_t)rec->access.break_glass_opposed,
	    (uint64_t)rec->access.masked, (uint64_t)rec->access.sensitive,
	    count(rec->access.allowed), count(rec->access.blocked),
	    (uint64_t)(rec->doctor.rpps[0] != '\0'),
	    (uint64_t)(rec->emergency.name[0] != '\0'),
	    alerts[rec->news.alerts], confirms[rec->news.confirmation],
	    k->place.number);
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
	    (r = add_document(k)) != ERR_OK ||
	    (r = set_consent(k)) != ERR_OK || (r = set_choices(k)) != ERR_OK)
		return r;
	return make_account(k);
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

	return r == ERR_OK ? set_choices(k) : r;
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
	    (r = set_consent(k)) != ERR_OK ||
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
	return set_consent(k);
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
	return trace_add(k->v->db, &t);
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
