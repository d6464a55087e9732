/* question: a document of fixed length, sealed, behind a few signed numbers. */
#include <string.h>

#include "base/secret.h"
#include "envelope/field.h"
#include "envelope/question.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'Q', '1' },
	.version = QUESTION_VERSION,
	.domain = QUESTION_DOMAIN,
};

_Static_assert(STAMP_LEN + QUESTION_HEAD + QUESTION_SEALED == QUESTION_LEN,
    "question");
_Static_assert(sizeof(enum question_kind) == sizeof(unsigned) &&
    sizeof(enum reach) == sizeof(unsigned), "field_word keeps an unsigned");

enum { PAD_MARK = 0x80 }; /* ISO/IEC 7816-4, as in an envelope */

#define WORD(name, word) word,
static const char *const kinds[] = { QUESTIONS(WORD) NULL };
static const char *const reaches[] = { REACHES(WORD) NULL };

/* The document's fields; the key of the answer stands apart, in hex. */
struct document {
	struct question q;
	char reply[2 * BOX_PUBLIC_LEN + 1];
};

#define AT(member)                                                           \
	offsetof(struct document, member),                                   \
	    sizeof(((struct document *)0)->member)

static const struct field fields[] = {
	{ "about", &field_rid, AT(q.about), NULL },
	{ "birth", &field_text, AT(q.birth), NULL },
	{ "reach", &field_word, AT(q.reach), reaches },
	{ "code", &field_text, AT(q.code), NULL },
	{ "family", &field_text, AT(q.family), NULL },
	{ "given", &field_text, AT(q.given), NULL },
	{ "kind", &field_word, AT(q.kind), kinds },
	{ "lang", &field_text, AT(q.lang), NULL },
	{ "nir", &field_text, AT(q.nir), NULL },
	{ "operator_id", &field_text, AT(q.operator_id), NULL },
	{ "profession", &field_text, AT(q.profession), NULL },
	{ "reply", &field_hash, AT(reply), NULL },
	{ "site_id", &field_text, AT(q.site_id), NULL },
	{ "site_name", &field_text, AT(q.site_name), NULL },
	{ "to", &field_text, AT(q.to), NULL },
	{ "training", &field_bool, AT(q.training), NULL },
	{ .name = NULL },
};
#define NFIELDS (sizeof(fields) / sizeof(fields[0]) - 1)

/* Each kind has what it asks about, and no more. */
static bool
canonical(const struct question *q)
{
	const bool one = q->kind != QUESTION_DOSSIER;
	const bool checks = q->kind == QUESTION_CHECK;

	return q->terminal != 0 && q->at_ms <= INT64_MAX &&
	    (q->reach != REACH_NONE) == one &&
	    (q->to[0] != '\0') == one &&
	    (q->lang[0] != '\0') == one &&
	    strlen(q->code) == (checks ? CODE_LEN : 0) &&
	    strspn(q->code, "0123456789") == strlen(q->code) &&
	    q->family[0] != '\0' && q->nir[0] != '\0';
}

/* The document and its padding, in a secret buffer of QUESTION_PLAIN. */
static enum err
write_document(const struct question *q, struct buf *out)
{
	struct document *d = secret_alloc(sizeof(*d));
	json_t *doc = json_object();
	enum err r = ERR_MEMORY;

	if (d == NULL || doc == NULL)
		goto out;
	d->q = *q;
	hex_of(q->reply, sizeof(q->reply), d->reply);
	if ((r = fields_make(fields, d, doc)) != ERR_OK ||
	    (r = json_write(doc, out)) != ERR_OK)
		goto out;
	if (out->len >= QUESTION_PLAIN) {
		r = ERR_TOO_LONG;
		goto out;
	}
	if ((r = buf_reserve(out, QUESTION_PLAIN - out->len)) != ERR_OK)
		goto out;
	memset(out->p + out->len, 0, QUESTION_PLAIN - out->len);
	out->p[out->len] = PAD_MARK;
	out->len = QUESTION_PLAIN;
out:
	json_decref(doc);
	secret_free(d);
	return r;
}

static enum err
put_head(const struct question *q, const struct envelope_keys *keys,
    struct buf *out)
{
	enum err r;

	if ((r = stamp_begin(&stamp, out)) != ERR_OK ||
	    (r = buf_put_u32(out, q->terminal)) != ERR_OK ||
	    (r = buf_put_u32(out, keys->sign_number)) != ERR_OK ||
	    (r = buf_put_u32(out, keys->opening_number)) != ERR_OK ||
	    (r = buf_put(out, q->id.b, RID_LEN)) != ERR_OK)
		return r;
	return buf_put_u64(out, q->at_ms);
}

enum err
question_write(const struct question *q, const struct envelope_keys *keys,
    struct buf *out)
{
	struct buf plain, all;
	enum err r;

	if (!canonical(q))
		return err_about(ERR_RECORD_FORM, "question");
	buf_init(&all);
	if ((r = buf_init_secret(&plain, QUESTION_PLAIN)) != ERR_OK)
		return r;
	if ((r = write_document(q, &plain)) == ERR_OK &&
	    (r = put_head(q, keys, &all)) == ERR_OK &&
	    (r = box_seal(plain.p, plain.len, keys->opening_public, &all)) ==
	    ERR_OK && (r = stamp_end(&stamp, keys->sign_secret, &all)) ==
	    ERR_OK)
		r = buf_put(out, all.p, all.len);
	buf_clear(&plain);
	buf_clear(&all);
	return r;
}

/* The numbers in front, from a cursor that stands behind the version. */
static enum err
read_head(struct cursor *c, struct question *q)
{
	if (cursor_u32(c, &q->terminal) != ERR_OK ||
	    cursor_u32(c, &q->sign_key) != ERR_OK ||
	    cursor_u32(c, &q->opening_key) != ERR_OK ||
	    cursor_copy(c, q->id.b, RID_LEN) != ERR_OK ||
	    cursor_u64(c, &q->at_ms) != ERR_OK)
		return ERR_ENV_FORM;
	return ERR_OK;
}

enum err
question_look(const void *p, size_t n, struct question *out)
{
	struct cursor body;

	if (n != QUESTION_LEN || stamp_body(&stamp, p, n, &body) != ERR_OK)
		return ERR_ENV_FORM;
	return read_head(&body, out);
}

/* The length of the document before its padding, or ERR_ENV_FORM. */
static enum err
unpad(const struct buf *b, size_t *n)
{
	size_t i = b->len;

	while (i > 0 && b->p[i - 1] == 0)
		i--;
	if (i == 0 || b->p[i - 1] != PAD_MARK)
		return ERR_ENV_FORM;
	*n = i - 1;
	return ERR_OK;
}

static enum err
read_document(const struct buf *plain, struct question *out)
{
	struct document *d = secret_alloc(sizeof(*d));
	json_t *doc = NULL;
	size_t n;
	enum err r = ERR_MEMORY;

	if (d == NULL)
		return r;
	d->q = *out;
	if ((r = unpad(plain, &n)) != ERR_OK)
		goto out;
	if (json_read(plain->p, n, &doc) != ERR_OK || !json_is_object(doc) ||
	    json_object_size(doc) != NFIELDS) {
		r = err_about(ERR_RECORD_FORM, "question");
		goto out;
	}
	if ((r = fields_take(fields, "question", doc, d)) != ERR_OK)
		goto out;
	if (hex_read(d->reply, d->q.reply, sizeof(d->q.reply)) != ERR_OK ||
	    !canonical(&d->q))
		r = err_about(ERR_RECORD_FORM, "question");
	else
		*out = d->q;
out:
	json_decref(doc);
	secret_free(d);
	return r;
}

enum err
question_open(const void *p, size_t n,
    const uint8_t sign_public[SIGN_PUBLIC_LEN],
    const uint8_t opening_secret[BOX_SECRET_LEN], struct question *out)
{
	struct cursor body;
	struct buf plain;
	enum err r;

	secret_wipe(out, sizeof(*out));
	if (n != QUESTION_LEN)
		return ERR_ENV_FORM;
	if ((r = stamp_open(&stamp, p, n, sign_public, &body)) != ERR_OK)
		return r;
	if ((r = buf_init_secret(&plain, QUESTION_PLAIN)) != ERR_OK)
		return r;
	if ((r = read_head(&body, out)) == ERR_OK &&
	    (r = box_open(body.p, body.n, opening_secret, &plain)) == ERR_OK)
		r = read_document(&plain, out);
	if (r != ERR_OK)
		secret_wipe(out, sizeof(*out));
	buf_clear(&plain);
	return r;
}
