/* gateway: who may speak; identifiers lent, outcomes handed on. */
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

enum err
gateway_admit(const struct gateway *g, enum err found, const struct terminal *t)
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
	if ((r = gateway_admit(g, r, &t)) == ERR_OK)
		*out = t;
	return r;
}

enum err
gateway_base64(json_t *o, const char *name, const void *p, size_t n)
{
	char text[BASE64_ROOM((size_t)8192)];

	if (n > 8192)
		return ERR_TOO_LONG;
	base64_of(p, n, text);
	return json_object_set_new(o, name, json_string(text)) == 0 ? ERR_OK :
	    ERR_MEMORY;
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

enum err
gateway_begin(struct gateway *g, uint32_t terminal, struct terminal *t)
{
	struct store *s = g->store;
	enum err r;

	if ((r = s->ops->begin(s)) != ERR_OK)
		return r;
	memset(t, 0, sizeof(*t));
	return gateway_admit(g, s->ops->terminal_find(s, terminal, t), t);
}

enum err
gateway_lend(struct gateway *g, struct lease *l, struct buf *out)
{
	struct store *s = g->store;
	uint64_t first, today;
	bool open;
	enum err r;

	if ((r = s->ops->switch_of(s, l->terminal, &open)) != ERR_OK)
		return r;
	if (!open)
		return err_about(ERR_CLOSED, "poste %u", l->terminal);
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
	if ((r = gateway_base64(doc, name, bytes->p, bytes->len)) == ERR_OK)
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
	r = gateway_base64(o, "note", note, OUTCOME_LEN);
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
	    gateway_base64(doc, "opening", said, sizeof(said)) : r;
}

static enum err
add_switch(struct gateway *g, uint32_t terminal,
    const struct switch_told *told, uint64_t now_ms, json_t *doc)
{
	uint8_t out[SWITCH_LEN];
	enum err r = gateway_switched(g, terminal, told, now_ms, out);

	if (r == ERR_NOT_FOUND)
		return ERR_OK;
	return r == ERR_OK ?
	    gateway_base64(doc, "switch", out, sizeof(out)) : r;
}

enum err
gateway_opening(struct gateway *g, const struct terminal *t,
    const struct opening_ask *ask, uint64_t now_ms, struct buf *answer)
{
	struct store *s = g->store;
	struct opening_span open;
	json_t *doc = json_object();
	enum err r = gateway_sealing(g, t, ask->sealing, ask->sent);

	if (r == ERR_OK && (r = s->ops->opening_span(s, &open)) == ERR_OK &&
	    open.newest != 0 && open.newest != ask->sealing)
		r = add_said(g, doc);
	if (r == ERR_OK)
		r = add_switch(g, t->number, &ask->told, now_ms, doc);
	if (r == ERR_OK)
		r = json_write(doc, answer);
	json_decref(doc);
	return r;
}
