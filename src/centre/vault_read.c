/* vault_read: what is kept, read back and listed. */
#include <stdlib.h>
#include <string.h>

#include "centre/trace.h"
#include "centre/vault_own.h"

/* The document of a row (id, data_key, master, sealed). */
static enum err
read_document(struct vault *v, struct db_ask *a, struct buf *out)
{
	uint8_t id[DOSSIER_ID_LEN];
	struct buf sealed;
	enum err r;

	buf_init(&sealed);
	if ((r = db_copy(a, 0, id, sizeof(id))) == ERR_OK &&
	    (r = db_bytes(a, 3, &sealed)) == ERR_OK &&
	    (r = vault_unwrap(v, a, 0)) == ERR_OK)
		r = datakey_open(id, PART_DOCUMENT, &v->key, &sealed, out);
	buf_reset(&v->key);
	buf_clear(&sealed);
	return r;
}

enum err
vault_read(struct vault *v, const struct rid *rid, struct buf *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT d.id, d.data_key, d.master,"
	    " p.sealed"
	    " FROM document p JOIN dossier d ON d.number = p.dossier"
	    " WHERE p.rid = ?", "b", (const void *)rid->b,
	    sizeof(rid->b))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? read_document(v, a, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

/* Where a column goes: a text of that size, a number, or a yes and no. */
enum column_kind { TEXT, NUMBER, YES };
static const struct column {
	enum column_kind kind;
	size_t offset, size;
} columns[] = {
#define COLUMN(kind, member)						\
	{ kind, offsetof(struct dossier, member),			\
	  sizeof(((struct dossier *)0)->member) }
	COLUMN(NUMBER, opened_ms), COLUMN(NUMBER, closed_ms),
	COLUMN(NUMBER, changed_ms), COLUMN(NUMBER, acts),
	COLUMN(TEXT, subject), COLUMN(YES, represented),
	COLUMN(NUMBER, consent_ms), COLUMN(TEXT, method),
	COLUMN(TEXT, notice_id), COLUMN(TEXT, notice_version),
	COLUMN(TEXT, notice_lang), COLUMN(TEXT, notice_sha),
	COLUMN(YES, samu_opposed), COLUMN(YES, break_glass_opposed),
	COLUMN(YES, masked), COLUMN(YES, sensitive),
	COLUMN(NUMBER, allowed), COLUMN(NUMBER, blocked),
	COLUMN(YES, doctor), COLUMN(YES, emergency), COLUMN(TEXT, alerts),
	COLUMN(TEXT, confirmation), COLUMN(TEXT, mobile),
	COLUMN(TEXT, email), COLUMN(YES, account),
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), AFTER_IDS = 3 };

static enum err
read_column(struct db_ask *a, int i, struct dossier *d)
{
	const struct column *c = &columns[i];
	char *at = (char *)d + c->offset;
	uint64_t n;

	if (c->kind == TEXT)
		return db_text(a, i + AFTER_IDS, at, c->size);
	n = db_u64(a, i + AFTER_IDS);
	if (c->kind == YES)
		*at = n != 0;
	else
		memcpy(at, &n, sizeof(n));
	return ERR_OK;
}

static enum err
read_dossier(struct db_ask *a, struct dossier *d)
{
	enum err r;

	if ((r = db_copy(a, 0, d->id, sizeof(d->id))) != ERR_OK ||
	    (r = db_copy(a, 1, d->rid.b, sizeof(d->rid.b))) != ERR_OK)
		return r;
	d->state = (enum dossier_state)db_u64(a, 2);
	for (int i = 0; r == ERR_OK && i < COLUMNS; i++)
		r = read_column(a, i, d);
	return r;
}

#define DOSSIER_COLUMNS							\
	"SELECT id, rid, " STATE_COLUMN ","				\
	" opened_ms, closed_ms, changed_ms, acts, subject, represented,"\
	" consent_ms, method, notice_id, notice_version, notice_lang,"	\
	" notice_sha, samu_opposed, break_glass_opposed, masked,"	\
	" sensitive, allowed, blocked, doctor, emergency, alerts,"	\
	" confirmation, mobile, email, account FROM dossier "

enum err
vault_dossier(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct dossier *out)
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, DOSSIER_COLUMNS "WHERE id = ?", "b",
	    (const void *)id, (size_t)DOSSIER_ID_LEN)) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? read_dossier(a, out) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
vault_dossier_of(struct vault *v, const struct rid *rid,
    uint8_t id[DOSSIER_ID_LEN])
{
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, "SELECT id FROM dossier WHERE rid = ?1"
	    " OR number = (SELECT dossier FROM document WHERE rid = ?1)", "b",
	    (const void *)rid->b, sizeof(rid->b))) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK)
		r = row ? db_copy(a, 0, id, DOSSIER_ID_LEN) : ERR_NOT_FOUND;
	db_done(a);
	return r;
}

enum err
vault_each(struct vault *v, vault_see *see, void *user)
{
	struct dossier d;
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(v->db, &a, DOSSIER_COLUMNS "ORDER BY number", "")) !=
	    ERR_OK)
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

enum err
vault_traces(struct vault *v, const uint8_t *id, uint64_t after,
    uint64_t last, trace_see *see, void *user)
{
	return trace_each(v->db, id, after, last, see, user);
}

enum err
vault_between(struct vault *v, uint64_t from_ms, uint64_t to_ms,
    uint64_t *first, uint64_t *last)
{
	return trace_between(v->db, from_ms, to_ms, first, last);
}

enum err
vault_witness(struct vault *v, const struct trace *t)
{
	return trace_add(v->db, &v->end, t);
}
