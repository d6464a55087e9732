/* join: a code given out, and taken back against a certificate. */
#include <string.h>

#include "base/json.h"
#include "base/keyfile.h"
#include "centre/cert.h"
#include "centre/gateway_own.h"
#include "centre/issue.h"
#include "centre/join.h"

#define HOUR_MS	  3600000u
#define TEXT_ROOM BASE64_ROOM(ISSUE_PEM_MAX)

/* The ledger never holds what would let somebody join. */
static void
hash_secret(const uint8_t secret[JOIN_SECRET], uint8_t out[DIGEST_LEN])
{
	digest(secret, JOIN_SECRET, out);
}

static enum err
check_authority(const struct centre_settings *set)
{
	return set->tls_ca[0] != '\0' && set->tls_ca_key[0] != '\0' ? ERR_OK :
	    err_about(ERR_USAGE, "tls-ca, tls-ca-key");
}

enum err
join_invite(struct store *s, const struct centre_settings *set,
    const struct seat *seat, uint64_t now_ms, uint32_t *number,
    char out[JOIN_TEXT])
{
	struct joining j = { .training = set->mode == MODE_TRAINING,
		.seat = *seat, .expires_ms = now_ms + JOIN_HOURS * HOUR_MS };
	uint8_t authority[CERT_LEN];
	struct join_code code;
	enum err r;

	if ((r = check_authority(set)) != ERR_OK ||
	    (r = cert_of_file(set->tls_ca, authority)) != ERR_OK)
		return r;
	secret_random(code.secret, JOIN_SECRET);
	memcpy(code.pin, authority, JOIN_PIN);
	hash_secret(code.secret, j.hash);
	if ((r = s->ops->begin(s)) == ERR_OK &&
	    (r = s->ops->join_add(s, &j)) == ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	if (r != ERR_OK)
		return r;
	join_code_text(&code, out);
	*number = j.terminal;
	return ERR_OK;
}

enum err
join_authority(const struct centre_settings *set, struct buf *answer)
{
	enum err r;

	if ((r = check_authority(set)) != ERR_OK)
		return err_about(ERR_NOT_FOUND, "tls-ca-key");
	return file_read(set->tls_ca, ISSUE_PEM_MAX, answer);
}

/* What a terminal sends. */
struct request {
	uint8_t secret[JOIN_SECRET], public[SIGN_PUBLIC_LEN],
	    proof[SIGNATURE_LEN];
	struct buf csr;
};

static enum err
get_bytes(const json_t *doc, const char *name, void *out, size_t want)
{
	char text[BASE64_ROOM((size_t)256)];
	uint8_t bytes[256];
	size_t n;

	if (json_get_text(doc, name, text, sizeof(text) - 1) != ERR_OK ||
	    base64_read(text, bytes, sizeof(bytes), &n) != ERR_OK ||
	    n != want)
		return err_about(ERR_REQUEST, "%s", name);
	memcpy(out, bytes, want);
	return ERR_OK;
}

static enum err
get_csr(const json_t *doc, struct buf *out)
{
	char text[TEXT_ROOM];
	uint8_t bytes[ISSUE_PEM_MAX];
	size_t n;

	if (json_get_text(doc, "request", text, sizeof(text) - 1) != ERR_OK ||
	    base64_read(text, bytes, sizeof(bytes), &n) != ERR_OK)
		return err_about(ERR_REQUEST, "request");
	return buf_put(out, bytes, n);
}

static enum err
read_request(struct cursor body, struct request *q)
{
	json_t *doc = NULL;
	enum err r;

	if (json_read(body.p, body.n, &doc) != ERR_OK)
		return err_about(ERR_REQUEST, "JSON");
	if ((r = get_bytes(doc, "secret", q->secret, JOIN_SECRET)) ==
	    ERR_OK &&
	    (r = get_bytes(doc, "sign", q->public, SIGN_PUBLIC_LEN)) ==
	    ERR_OK &&
	    (r = get_bytes(doc, "proof", q->proof, SIGNATURE_LEN)) ==
	    ERR_OK && (r = get_csr(doc, &q->csr)) == ERR_OK &&
	    join_check(q->secret, q->csr.p, q->csr.len, q->public,
	    q->proof) != ERR_OK)
		r = err_about(ERR_REQUEST, "proof");
	json_decref(doc);
	return r;
}

static enum err
set_bytes(json_t *o, const char *name, const void *p, size_t n)
{
	char text[TEXT_ROOM];

	if (n > ISSUE_PEM_MAX)
		return ERR_TOO_LONG;
	base64_of(p, n, text);
	return json_object_set_new(o, name, json_string(text)) == 0 ? ERR_OK :
	    ERR_MEMORY;
}

static enum err
set_key(json_t *o, const char *name, uint32_t number, const uint8_t *public)
{
	json_t *key = json_object();
	enum err r;

	r = json_object_set_new(key, "number", json_integer(number)) == 0 ?
	    set_bytes(key, "public", public, SIGN_PUBLIC_LEN) : ERR_MEMORY;
	return json_object_set_new(o, name, key) == 0 ? r : ERR_MEMORY;
}

/* The public half of the opener's key lies beside the gateway's own. */
static enum err
set_outcome_key(json_t *o, const char *state)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	uint32_t number;
	enum err r;

	if ((r = keyfile_read_in(state, "outcome.pub", "outcome-public",
	    public, sizeof(public), &number)) != ERR_OK)
		return r;
	return set_key(o, "outcome", number, public);
}

/* The newest one that the opener announced; a centre that never changed it
 * has it beside the gateway's own keys. */
static enum err
find_opening(struct gateway *g, const struct centre_settings *set,
    struct opening *out)
{
	uint8_t said[OPENING_LEN], outcome[SIGN_PUBLIC_LEN];
	uint32_t number;
	enum err r;

	if ((r = gateway_said(g, said)) == ERR_NOT_FOUND)
		return keyfile_read_in(set->state, "opening.pub",
		    "opening-public", out->public, sizeof(out->public),
		    &out->number);
	if (r != ERR_OK || (r = keyfile_read_in(set->state, "outcome.pub",
	    "outcome-public", outcome, sizeof(outcome), &number)) != ERR_OK)
		return r;
	return opening_read(said, sizeof(said), outcome, out);
}

/* What the centre knows of the place. */
static enum err
set_seat(json_t *o, const struct seat *seat)
{
	const struct {
		const char *name, *text;
	} words[] = { { "site", seat->site }, { "site_name", seat->name },
		{ "profile", seat->profile },
		{ "department", seat->department } };
	int bad = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (i == 0 || words[i].text[0] != '\0')
			bad |= json_object_set_new(o, words[i].name,
			    json_string(words[i].text));
	return bad == 0 ? ERR_OK : ERR_MEMORY;
}

static enum err
write_answer(const struct gateway *g, const struct centre_settings *set,
    const struct terminal *t, const struct opening *open,
    const struct buf *pem, struct buf *answer)
{
	uint8_t receipt[SIGN_PUBLIC_LEN];
	json_t *o = json_object();
	enum err r = ERR_MEMORY;

	sign_public(g->receipt.secret, receipt);
	if (json_object_set_new(o, "terminal", json_integer(t->number)) ==
	    0 && json_object_set_new(o, "training",
	    json_boolean(t->training)) == 0 &&
	    (r = set_seat(o, &t->seat)) == ERR_OK &&
	    (r = set_bytes(o, "certificate", pem->p, pem->len)) ==
	    ERR_OK &&
	    (r = set_key(o, "receipt", g->receipt.number, receipt)) ==
	    ERR_OK &&
	    (r = set_key(o, "opening", open->number, open->public)) ==
	    ERR_OK && (r = set_outcome_key(o, set->state)) == ERR_OK)
		r = json_write(o, answer);
	json_decref(o);
	return r;
}

/* Inside a transaction: the code is used up, and the terminal is there. */
static enum err
admit(struct gateway *g, const struct centre_settings *set,
    const struct request *q, uint64_t now_ms, struct terminal *t,
    struct opening *open, struct buf *pem)
{
	struct store *s = g->store;
	struct joining j = { .terminal = 0 };
	uint8_t hash[DIGEST_LEN];
	enum err r;

	hash_secret(q->secret, hash);
	r = s->ops->join_use(s, hash, &j);
	if (r == ERR_NOT_FOUND || (r == ERR_OK && (j.expires_ms <= now_ms ||
	    j.training != g->training)))
		return err_about(ERR_TERMINAL_UNKNOWN, "code");
	if (r != ERR_OK)
		return r;
	if ((r = find_opening(g, set, open)) != ERR_OK)
		return r;
	*t = (struct terminal){ .number = j.terminal, .sign_key = 1,
		.state = TERMINAL_ACTIVE, .training = j.training,
		.seat = j.seat, .opening_key = open->number };
	memcpy(t->sign_public, q->public, SIGN_PUBLIC_LEN);
	if ((r = issue_make(set->tls_ca, set->tls_ca_key, q->csr.p,
	    q->csr.len, t->number, JOIN_DAYS, now_ms, pem, t->cert)) !=
	    ERR_OK)
		return r;
	return s->ops->terminal_add(s, t);
}

enum err
join_take(struct gateway *g, const struct centre_settings *set,
    struct cursor body, uint64_t now_ms, struct buf *answer)
{
	struct store *s = g->store;
	struct request q;
	struct terminal t;
	struct opening open;
	struct buf pem, text;
	enum err r;

	memset(&q, 0, sizeof(q));
	buf_init(&q.csr);
	buf_init(&pem);
	buf_init(&text);
	if (check_authority(set) != ERR_OK)
		r = err_about(ERR_NOT_FOUND, "tls-ca-key");
	else if ((r = read_request(body, &q)) == ERR_OK &&
	    (r = s->ops->begin(s)) == ERR_OK &&
	    (r = admit(g, set, &q, now_ms, &t, &open, &pem)) == ERR_OK &&
	    (r = write_answer(g, set, &t, &open, &pem, &text)) == ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	if (r == ERR_OK)
		r = buf_put(answer, text.p, text.len);
	secret_wipe(q.secret, sizeof(q.secret));
	buf_clear(&q.csr);
	buf_clear(&pem);
	buf_clear(&text);
	return r;
}

static enum err
renew(struct gateway *g, const struct centre_settings *set, uint32_t number,
    const uint8_t came_by[CERT_LEN], struct cursor body, uint64_t now_ms,
    json_t *answer)
{
	struct store *s = g->store;
	uint8_t cert[CERT_LEN];
	struct terminal t;
	struct buf pem;
	enum err r;

	/* Inside: it may have been revoked meanwhile. */
	if ((r = s->ops->terminal_find(s, number, &t)) != ERR_OK)
		return r;
	if (t.state != TERMINAL_ACTIVE)
		return err_about(ERR_TERMINAL_UNKNOWN, "poste %u", number);
	buf_init(&pem);
	if ((r = issue_make(set->tls_ca, set->tls_ca_key, body.p, body.n,
	    number, JOIN_DAYS, now_ms, &pem, cert)) == ERR_OK &&
	    (r = s->ops->terminal_renew(s, number, came_by, cert)) == ERR_OK)
		r = set_bytes(answer, "certificate", pem.p, pem.len);
	buf_clear(&pem);
	return r;
}

enum err
join_renew(struct gateway *g, const struct centre_settings *set,
    uint32_t terminal, const uint8_t came_by[CERT_LEN], struct cursor body,
    uint64_t now_ms, struct buf *answer)
{
	struct store *s = g->store;
	json_t *o;
	enum err r;

	if (check_authority(set) != ERR_OK)
		return err_about(ERR_NOT_FOUND, "tls-ca-key");
	o = json_object();
	if ((r = s->ops->begin(s)) == ERR_OK &&
	    (r = renew(g, set, terminal, came_by, body, now_ms, o)) ==
	    ERR_OK)
		r = s->ops->commit(s);
	s->ops->rollback(s);
	if (r == ERR_OK)
		r = json_write(o, answer);
	json_decref(o);
	return r;
}
