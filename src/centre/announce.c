/* announce: the document, and the outbox of the vault. */
#include <stdio.h>
#include <string.h>

#include "centre/announce.h"
#include "centre/inquiry.h"
#include "centre/vault_own.h"
#include "envelope/field.h"

#define ANNOUNCE_VERSION 1

#define AT(member)                                                           \
	offsetof(struct announcement, member),                               \
	    sizeof(((struct announcement *)0)->member)

static const struct field fields[] = {
	{ "at_ms", &field_ms, AT(at_ms), NULL },
	{ "family", &field_text, AT(family), NULL },
	{ "given", &field_text, AT(given), NULL },
	{ "lang", &field_text, AT(lang), NULL },
	{ "place", &field_text, AT(place), NULL },
	{ "rid", &field_rid, AT(rid), NULL },
	{ "to", &field_text, AT(to), NULL },
	{ "training", &field_bool, AT(training), NULL },
	{ "way", &field_u32, AT(way), NULL },
	{ .name = NULL },
};
#define NFIELDS (sizeof(fields) / sizeof(fields[0]) - 1)

/* There when a code is told. */
static const struct field code_field[] = {
	{ "code", &field_text, AT(code), NULL },
	{ .name = NULL },
};

#define WAY_WORD(name, number, word) [number] = word,
static const char *const ways[] = { WAYS(WAY_WORD) };
#define NOTICE_WORD(name, number, word) [number] = word,
static const char *const states[] = { NOTICE_STATES(NOTICE_WORD) };

const char *
way_word(enum way w)
{
	return ways[w];
}

const char *
notice_state_word(enum notice_state s)
{
	return states[s];
}

enum err
announce_write(const struct announcement *a, struct buf *out)
{
	json_t *doc = json_pack("{s:i}", "version", ANNOUNCE_VERSION);
	enum err r;

	if (doc == NULL)
		return ERR_MEMORY;
	if ((r = fields_make(fields, a, doc)) == ERR_OK &&
	    (a->code[0] == '\0' ||
	    (r = fields_make(code_field, a, doc)) == ERR_OK))
		r = json_write(doc, out);
	json_decref(doc);
	return r;
}

static enum err
take(const json_t *doc, struct announcement *a)
{
	const bool code = json_object_get(doc, "code") != NULL;
	json_int_t version;
	enum err r;

	if (!json_is_object(doc) || json_get_int(doc, "version",
	    ANNOUNCE_VERSION, ANNOUNCE_VERSION, &version) != ERR_OK ||
	    json_object_size(doc) != 1 + NFIELDS + code)
		return err_about(ERR_RECORD_FORM, "announcement");
	if ((r = fields_take(fields, "announcement", doc, a)) != ERR_OK ||
	    !code)
		return r;
	return fields_take(code_field, "announcement", doc, a);
}

enum err
announce_read(const void *p, size_t n, struct announcement *out)
{
	json_t *doc = NULL;
	enum err r;

	secret_wipe(out, sizeof(*out));
	if (json_read(p, n, &doc) != ERR_OK)
		return err_about(ERR_RECORD_FORM, "JSON");
	if ((r = take(doc, out)) == ERR_OK &&
	    (out->way < WAY_SMS || out->way > WAY_POST))
		r = err_about(ERR_RECORD_FORM, "way");
	if (r != ERR_OK)
		secret_wipe(out, sizeof(*out));
	json_decref(doc);
	return r;
}

static void
set_text(char *out, size_t room, const char *text)
{
	(void)snprintf(out, room, "%s", text);
}

/* False when the record asks for nothing. A letter finds its way by the
 * name: the post room has the addresses of the insured. */
static bool
describe(const struct act *act, const struct record *rec,
    struct announcement *a)
{
	a->rid = act->rid;
	a->at_ms = act->at_ms;
	a->training = rec->training;
	set_text(a->lang, sizeof(a->lang), rec->notice.lang);
	set_text(a->place, sizeof(a->place), rec->place.site_name);
	switch (rec->news.confirmation) {
	case CONFIRM_SMS:
		a->way = WAY_SMS;
		set_text(a->to, sizeof(a->to), rec->contact.mobile);
		return true;
	case CONFIRM_EMAIL:
		a->way = WAY_EMAIL;
		set_text(a->to, sizeof(a->to), rec->contact.email);
		return true;
	case CONFIRM_POST:
		a->way = WAY_POST;
		set_text(a->family, sizeof(a->family), rec->identity.family);
		set_text(a->given, sizeof(a->given), rec->identity.given);
		return true;
	default:
		return false;
	}
}

static enum err
seal_for_notice(struct vault *v, const struct announcement *a,
    struct buf *out)
{
	enum err r;

	if (v->parcel == NULL && (r = parcel_new(&v->parcel)) != ERR_OK)
		return r;
	buf_reset(&v->work);
	if ((r = announce_write(a, &v->work)) == ERR_OK)
		r = parcel_seal(v->parcel, v->keys->notice, v->work.p,
		    v->work.len, out);
	buf_reset(&v->work);
	return r;
}

enum err
vault_tell(struct vault *v, const struct announcement *a)
{
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = seal_for_notice(v, a, &sealed)) == ERR_OK)
		r = db_do(v->db, "INSERT INTO outbox (rid, way, state,"
		    " made_ms, next_ms, code, sealed)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?)",
		    "buuuuub", (const void *)a->rid.b, sizeof(a->rid.b),
		    (uint64_t)a->way, (uint64_t)NOTICE_WAITING, a->at_ms,
		    a->at_ms, (uint64_t)(a->code[0] != '\0'),
		    (const void *)sealed.p, sealed.len);
	buf_clear(&sealed);
	return r;
}

enum err
vault_announce(struct vault *v, const struct act *act,
    const struct record *rec)
{
	enum err r = ERR_OK;

	if (v->keys->notice == NULL || act->kind != OUTCOME_OPENED)
		return ERR_OK;
	if (v->telling == NULL &&
	    (v->telling = secret_alloc(sizeof(*v->telling))) == NULL)
		return ERR_MEMORY;
	if (describe(act, rec, v->telling))
		r = vault_tell(v, v->telling);
	secret_wipe(v->telling, sizeof(*v->telling));
	return r;
}

#define COLUMNS "number, rid, way, state, made_ms, next_ms, done_ms, tries," \
	" reason, code"

static enum err
read_row(struct db_ask *a, struct notice_row *out)
{
	memset(out, 0, sizeof(*out));
	out->number = db_u64(a, 0);
	out->way = (enum way)db_u64(a, 2);
	out->state = (enum notice_state)db_u64(a, 3);
	out->made_ms = db_u64(a, 4);
	out->next_ms = db_u64(a, 5);
	out->done_ms = db_u64(a, 6);
	out->tries = (uint32_t)db_u64(a, 7);
	out->reason = (int)db_u64(a, 8);
	out->code = db_u64(a, 9) != 0;
	return db_copy(a, 1, out->rid.b, sizeof(out->rid.b));
}

_Static_assert(NOTICE_WAITING == 1 && WAY_POST == 3, "SQL names these");

/* A row and its sealed bytes, or ERR_NOT_FOUND. */
static enum err
next_sealed(struct db_ask *a, struct notice_row *out, struct buf *sealed)
{
	bool row;
	enum err r;

	if ((r = db_next(a, &row)) != ERR_OK)
		return r;
	if (!row)
		return ERR_NOT_FOUND;
	if ((r = read_row(a, out)) != ERR_OK)
		return r;
	return db_bytes(a, 10, sealed);
}

enum err
vault_notice_due(struct vault *v, enum way way, bool code, uint64_t now_ms,
    struct notice_row *out, struct buf *sealed)
{
	struct db_ask *a;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT " COLUMNS ", sealed FROM outbox"
	    " WHERE state = 1 AND code = ? AND way = ? AND next_ms <= ?"
	    " ORDER BY next_ms LIMIT 1", "uuu", (uint64_t)code,
	    (uint64_t)way, now_ms)) != ERR_OK)
		return r;
	r = next_sealed(a, out, sealed);
	db_done(a);
	return r;
}

enum err
vault_notice_count(struct vault *v, enum way way, uint64_t now_ms,
    unsigned *out)
{
	uint64_t n;
	enum err r;

	if ((r = db_number(v->db, &n, "SELECT count(*) FROM outbox WHERE"
	    " state = 1 AND code = 0 AND way = ? AND next_ms <= ?", "uu",
	    (uint64_t)way, now_ms)) == ERR_OK)
		*out = (unsigned)n;
	return r;
}

static enum err
keep_row(struct vault *v, const struct notice_row *row)
{
	const bool over = row->state != NOTICE_WAITING;
	enum err r;

	if ((r = db_do(v->db, "UPDATE outbox SET state = ?, next_ms = ?,"
	    " done_ms = ?, tries = ?, reason = ?, sealed = CASE ? WHEN 1"
	    " THEN sealed ELSE NULL END WHERE number = ? AND state = 1",
	    "uuuuuuu", (uint64_t)row->state, row->next_ms, row->done_ms,
	    (uint64_t)row->tries, (uint64_t)row->reason,
	    (uint64_t)row->state, row->number)) != ERR_OK)
		return r;
	if (db_changed(v->db) == 0)
		return ERR_NOT_FOUND;
	return row->code && over ?
	    inquiry_came(v, &row->rid, row->state == NOTICE_SENT) : ERR_OK;
}

enum err
vault_notice_keep(struct vault *v, const struct notice_row *row)
{
	enum err r;

	if ((r = db_begin(v->db)) == ERR_OK &&
	    (r = keep_row(v, row)) == ERR_OK)
		r = db_commit(v->db);
	db_rollback(v->db);
	return r;
}

enum err
vault_letters(struct vault *v, vault_see_letter *see, void *user)
{
	struct notice_row row;
	struct buf sealed;
	struct db_ask *a;
	enum err r;

	buf_init(&sealed);
	if ((r = db_ask(v->db, &a, "SELECT " COLUMNS ", sealed FROM outbox"
	    " WHERE state = 1 AND code = 0 AND way = 3 ORDER BY number",
	    "")) == ERR_OK) {
		while ((r = next_sealed(a, &row, &sealed)) == ERR_OK &&
		    (r = see(&sealed, user)) == ERR_OK)
			buf_reset(&sealed);
		db_done(a);
	}
	buf_clear(&sealed);
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

enum err
vault_notice_find(struct vault *v, const struct rid *rid,
    struct notice_row *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT " COLUMNS " FROM outbox"
	    " WHERE rid = ?", "b", (const void *)rid->b, sizeof(rid->b))) !=
	    ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? read_row(a, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
vault_notice_each(struct vault *v, vault_see_notice *see, void *user)
{
	struct notice_row one;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT " COLUMNS " FROM outbox"
	    " ORDER BY number", "")) != ERR_OK)
		return r;
	while ((r = db_next(a, &row)) == ERR_OK && row)
		if ((r = read_row(a, &one)) != ERR_OK ||
		    (r = see(&one, user)) != ERR_OK)
			break;
	db_done(a);
	return r;
}
