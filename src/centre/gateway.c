/* gateway: one transaction a request, one document an answer. */
#include <string.h>

#include "base/json.h"
#include "base/keyfile.h"
#include "centre/gateway_own.h"

#define DAY_MS ((uint64_t)24 * 3600 * 1000)

enum err
gateway_init(struct gateway *g, struct store *store,
    const struct centre_settings *set)
{
	uint32_t number;
	enum err r;

	memset(g, 0, sizeof(*g));
	g->store = store;
	g->training = set->mode == MODE_TRAINING;
	g->lease_size = (uint16_t)set->lease_size;
	if ((g->keys = secret_alloc(SIGN_SECRET_LEN + SYM_KEY_LEN)) == NULL)
		return ERR_MEMORY;
	if ((r = keyfile_read_in(set->state, "receipt.key", "receipt-secret",
	    g->keys, SIGN_SECRET_LEN, &g->receipt.number)) != ERR_OK ||
	    (r = keyfile_read_in(set->state, "permutation.key",
	    "permutation-secret", g->keys + SIGN_SECRET_LEN, SYM_KEY_LEN,
	    &number)) != ERR_OK) {
		gateway_clear(g);
		return r;
	}
	g->receipt.secret = g->keys;
	g->permutation = g->keys + SIGN_SECRET_LEN;
	return ERR_OK;
}

void
gateway_clear(struct gateway *g)
{
	secret_free(g->keys);
	memset(g, 0, sizeof(*g));
}

/* A terminal that may speak here, or ERR_TERMINAL_UNKNOWN. */
static enum err
admit(const struct gateway *g, enum err found, const struct terminal *t)
{
	if (found == ERR_NOT_FOUND)
		return err_about(ERR_TERMINAL_UNKNOWN, "certificat");
	if (found != ERR_OK)
		return found;
	if (t->state != TERMINAL_ACTIVE || t->training != g->training)
		return err_about(ERR_TERMINAL_UNKNOWN, "poste %u", t->number);
	return ERR_OK;
}

enum err
gateway_whom(struct gateway *g, const uint8_t cert[CERT_LEN],
    struct terminal *out)
{
	struct terminal t = { .number = 0 };
	enum err r;

	r = g->store->ops->terminal_by_cert(g->store, cert, &t);
	if ((r = admit(g, r, &t)) == ERR_OK)
		*out = t;
	return r;
}

static const char *
verdict_word(enum verdict_kind k)
{
#define VERDICT_WORD(name, word) [VERDICT_##name] = word,
	static const char *const words[] = { VERDICTS(VERDICT_WORD) };

	return words[k];
}

static enum err
set_base64(json_t *o, const char *name, const void *p, size_t n)
{
	char text[BASE64_ROOM((size_t)8192)];

	if (n > 8192)
		return ERR_TOO_LONG;
	base64_of(p, n, text);
	return json_object_set_new(o, name, json_string(text)) == 0 ? ERR_OK :
	    ERR_MEMORY;
}

/* An answer as it grows. */
struct reply {
	json_t *doc, *list; /* the list is in the document */
	struct buf receipts;
};

static enum err
add_verdict(struct reply *to, const struct verdict *v)
{
	char rid[RID_TEXT];
	json_t *o = json_object();
	enum err r = ERR_OK;
	int bad;

	bad = json_object_set_new(o, "status",
	    json_string(verdict_word(v->kind)));
	if (v->known) {
		rid_text(&v->rid, rid);
		bad |= json_object_set_new(o, "rid", json_string(rid));
	}
	if (v->kind != VERDICT_STORED)
		bad |= json_object_set_new(o, "code",
		    json_integer(err_number(v->why)));
	if (v->kind == VERDICT_GAP)
		bad |= json_object_set_new(o, "next",
		    json_integer((json_int_t)v->next));
	if (v->kind == VERDICT_STORED &&
	    (r = set_base64(o, "receipt", v->receipt, RECEIPT_LEN)) == ERR_OK)
		r = buf_put(&to->receipts, v->receipt, RECEIPT_LEN);
	if (r == ERR_OK && v->badged)
		r = set_base64(o, "badge", v->badge, BADGE_LEN);
	/* json_array_append_new takes o also when it fails. */
	bad |= json_array_append_new(to->list, o);
	return bad != 0 ? ERR_MEMORY : r;
}

/* One signature more, so that the terminal need not check each. */
static enum err
sign_together(const struct gateway *g, struct reply *to)
{
	uint8_t signature[SIGNATURE_LEN];
	enum err r;

	if (to->receipts.len <= RECEIPT_LEN)
		return ERR_OK;
	if ((r = sign(RECEIPTS_DOMAIN, to->receipts.p, to->receipts.len,
	    g->receipt.secret, signature)) != ERR_OK)
		return r;
	return set_base64(to->doc, "signature", signature,
	    sizeof(signature));
}

/* The envelopes of a body, whose bytes they borrow. */
static enum err
open_body(struct cursor body, struct letter all[GATEWAY_BATCH], size_t *count)
{
	struct cursor one;
	uint32_t len;
	size_t n;

	for (n = 0; body.n > 0; n++) {
		if (n == GATEWAY_BATCH)
			return ERR_TOO_LARGE;
		if (cursor_u32(&body, &len) != ERR_OK ||
		    cursor_sub(&body, len, &one) != ERR_OK)
			return err_about(ERR_REQUEST, "enveloppe %u",
			    (unsigned)n + 1);
		letter_look(one.p, one.n, &all[n]);
	}
	*count = n;
	return ERR_OK;
}

/* The terminal is locked by now: whoever retires a key waits for us, or we
 * see that it is retired. */
enum err
gateway_case(struct gateway *g, uint64_t missing, uint64_t now_ms,
    struct intake_case *out)
{
	*out = (struct intake_case){ .key = &g->receipt, .missing = missing,
		.now_ms = now_ms };
	return g->store->ops->opening_span(g->store, &out->open);
}

/* Every envelope of the body. */
static enum err
take_all(struct gateway *g, struct terminal *t, struct cursor body,
    uint64_t missing, uint64_t now_ms, struct reply *to)
{
	struct letter all[GATEWAY_BATCH];
	struct intake_case by;
	struct verdict v;
	size_t n;
	enum err r;

	if ((r = open_body(body, all, &n)) != ERR_OK ||
	    (r = gateway_case(g, missing, now_ms, &by)) != ERR_OK)
		return r;
	letter_vouch(t, all, n);
	if (n > 1 && (r = letter_compare(g->store, all, n)) != ERR_OK)
		return r;
	for (size_t i = 0; i < n; i++)
		if ((r = intake(g->store, &by, t, &all[i], &v)) != ERR_OK ||
		    (r = add_verdict(to, &v)) != ERR_OK)
			return r;
	if ((r = g->store->ops->entries_added(g->store)) != ERR_OK)
		return r;
	/* Written also when every envelope was a repetition: a commit that
	 * writes nothing waits for no standby (facts/storage.md, finding 4). */
	t->seen_ms = now_ms;
	return g->store->ops->terminal_advance(g->store, t);
}

enum err
gateway_begin(struct gateway *g, uint32_t terminal, struct terminal *t)
{
	struct store *s = g->store;
	enum err r;

	if ((r = s->ops->begin(s)) != ERR_OK)
		return r;
	memset(t, 0, sizeof(*t));
	return admit(g, s->ops->terminal_find(s, terminal, t), t);
}

enum err
gateway_envelopes(struct gateway *g, uint32_t terminal, struct cursor body,
    uint64_t missing, uint64_t now_ms, struct buf *answer)
{
	struct store *s = g->store;
	struct reply to = { .doc = json_object(), .list = json_array() };
	struct terminal t;
	enum err r;

	buf_init(&to.receipts);
	if (json_object_set_new(to.doc, "envelopes", to.list) != 0) {
		json_decref(to.doc);
		return ERR_MEMORY;
	}
	if (body.n == 0)
		r = err_about(ERR_REQUEST, "envoi vide");
	else if (body.n > GATEWAY_BODY)
		r = ERR_TOO_LARGE;
	else if ((r = gateway_begin(g, terminal, &t)) == ERR_OK &&
	    (r = take_all(g, &t, body, missing, now_ms, &to)) == ERR_OK)
		/* The commit point: receipts leave only behind it. */
		r = s->ops->commit(s);
	s->ops->rollback(s);
	if (r == ERR_OK && (r = sign_together(g, &to)) == ERR_OK)
		r = json_write(to.doc, answer);
	json_decref(to.doc);
	buf_clear(&to.receipts);
	return r;
}

enum err
gateway_lend(struct gateway *g, struct lease *l, struct buf *out)
{
	struct store *s = g->store;
	uint64_t first, today;
	enum err r;

	if ((r = s->ops->lease_since(s, l->terminal,
	    l->at_ms < DAY_MS ? 0 : l->at_ms - DAY_MS, &today)) != ERR_OK)
		return r;
	if (today >= GATEWAY_DAY_LEASES)
		return err_about(ERR_NO_IDENTIFIER, "poste %u", l->terminal);
	if ((r = s->ops->lease_next(s, &l->block, &first)) != ERR_OK)
		return r;
	if (first + g->lease_size > IDENTIFIER_COUNT)
		return ERR_NO_IDENTIFIER;
	l->count = g->lease_size;
	for (uint16_t i = 0; i < l->count; i++)
		l->number[i] = identifier_permute(g->permutation,
		    (uint32_t)first + i);
	if ((r = lease_write(l, g->receipt.secret, out)) != ERR_OK)
		return r;
	return s->ops->lease_add(s, l, first);
}

static enum err
write_one(const char *name, const struct buf *bytes, struct buf *answer)
{
	json_t *doc = json_object();
	enum err r;

	if (doc == NULL)
		return ERR_MEMORY;
	if ((r = set_base64(doc, name, bytes->p, bytes->len)) == ERR_OK)
		r = json_write(doc, answer);
	json_decref(doc);
	return r;
}

enum err
gateway_lease(struct gateway *g, uint32_t terminal, uint64_t now_ms,
    struct buf *answer)
{
	struct store *s = g->store;
	struct lease l = { .terminal = terminal, .at_ms = now_ms,
		.centre_key = g->receipt.number };
	struct terminal t;
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if ((r = gateway_begin(g, terminal, &t)) == ERR_OK &&
	    (r = gateway_lend(g, &l, &bytes)) == ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	if (r == ERR_OK)
		r = write_one("lease", &bytes, answer);
	buf_clear(&bytes);
	return r;
}

static enum err
add_note(uint64_t number, const uint8_t note[OUTCOME_LEN], void *user)
{
	json_t *o = json_object();
	int bad;
	enum err r;

	bad = json_object_set_new(o, "number",
	    json_integer((json_int_t)number));
	r = set_base64(o, "note", note, OUTCOME_LEN);
	bad |= json_array_append_new(user, o);
	return bad != 0 ? ERR_MEMORY : r;
}

enum err
gateway_outcomes(struct gateway *g, uint32_t terminal, uint64_t after,
    struct buf *answer)
{
	json_t *doc = json_object(), *list = json_array();
	enum err r;

	if (json_object_set_new(doc, "outcomes", list) != 0) {
		json_decref(doc);
		return ERR_MEMORY;
	}
	r = g->store->ops->notes_after(g->store, terminal, after,
	    GATEWAY_NOTES, add_note, list);
	if (r == ERR_OK && json_object_set_new(doc, "more",
	    json_boolean(json_array_size(list) == GATEWAY_NOTES)) != 0)
		r = ERR_MEMORY;
	if (r == ERR_OK)
		r = json_write(doc, answer);
	json_decref(doc);
	return r;
}

static enum err
add_said(struct gateway *g, json_t *doc)
{
	uint8_t said[OPENING_LEN];
	enum err r = gateway_said(g, said);

	return r == ERR_OK ?
	    set_base64(doc, "opening", said, sizeof(said)) : r;
}

enum err
gateway_opening(struct gateway *g, const struct terminal *t, uint32_t sealing,
    uint64_t sent, struct buf *answer)
{
	struct store *s = g->store;
	struct opening_span open;
	json_t *doc = json_object();
	enum err r = gateway_sealing(g, t, sealing, sent);

	if (r == ERR_OK && (r = s->ops->opening_span(s, &open)) == ERR_OK &&
	    open.newest != 0 && open.newest != sealing)
		r = add_said(g, doc);
	if (r == ERR_OK)
		r = json_write(doc, answer);
	json_decref(doc);
	return r;
}
