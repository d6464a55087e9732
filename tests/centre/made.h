/*
 * made: a centre in memory with one terminal, and envelopes of that terminal.
 */
#ifndef GUICHET_TESTS_CENTRE_MADE_H
#define GUICHET_TESTS_CENTRE_MADE_H

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "centre/gateway.h"
#include "centre/opener_keys.h"
#include "centre/store_pg_link.h"
#include "envelope/epoch.h"
#include "tests/envelope/made.h"

#define MADE_NOW      1795271600000ull
#define MADE_TERMINAL 7

struct made {
	struct store *store;
	struct gateway g;
	struct opener_keys opener; /* all but their locked memory */
	struct centre_settings set;
	uint32_t sign_key; /* the number of its key */
	uint32_t number; /* of the terminal that makes envelopes */
	uint8_t receipt[SIGN_SECRET_LEN], receipt_public[SIGN_PUBLIC_LEN];
	uint8_t outcome_public[SIGN_PUBLIC_LEN];
	uint8_t permutation[SYM_KEY_LEN];
	uint8_t sign[SIGN_SECRET_LEN], sign_public[SIGN_PUBLIC_LEN];
	uint32_t opening; /* what its envelopes are sealed to */
	uint8_t opening_public[BOX_PUBLIC_LEN];
	uint8_t cert[CERT_LEN];
	uint64_t sequence;		/* of the last envelope made */
	uint8_t previous[DIGEST_LEN];	/* its hash */
};

static inline void
made_keys(struct made *m)
{
	sign_keypair(m->receipt, m->receipt_public);
	sign_keypair(m->sign, m->sign_public);
	m->sign_key = 1;
	secret_random(m->permutation, SYM_KEY_LEN);
	m->g.receipt.number = 3;
	m->g.receipt.secret = m->receipt;
	m->g.permutation = m->permutation;
	m->opener.opening.number = m->opening = 2;
	m->opener.outcome_number = 4;
	box_keypair(m->opener.opening.secret, m->opening_public);
	sign_keypair(m->opener.outcome, m->outcome_public);
	secret_random(m->opener.master, SYM_KEY_LEN);
	secret_random(m->opener.index, SYM_KEY_LEN);
	m->opener.vault.master_number = 1;
	m->opener.vault.master = m->opener.master;
	m->opener.vault.index = m->opener.index;
}

/* A terminal of that number in training, with the made sign key. */
static inline enum err
made_terminal(struct made *m, uint32_t number)
{
	struct terminal t;

	memset(&t, 0, sizeof(t));
	t.number = number;
	t.sign_key = 1;
	t.state = TERMINAL_ACTIVE;
	t.training = true;
	MADE_COPY(t.seat.site, "2A0000017");
	memset(t.cert, (int)number, sizeof(t.cert));
	memcpy(t.sign_public, m->sign_public, sizeof(t.sign_public));
	return m->store->ops->terminal_add(m->store, &t);
}

/* A database without anything in it. */
static inline enum err
made_empty(const char *address)
{
	struct link *k;
	enum err r;

	if ((r = link_open(address, &k)) != ERR_OK)
		return r;
	r = link_plain(k, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	link_close(k);
	return r;
}

/*
 * place: ":memory:", the folder where the ledger is to be, or the address of
 * a database, which is emptied. The variable MADE_STORE, when there is one,
 * stands for ":memory:".
 */
static inline enum err
made_open(struct made *m, const char *place)
{
	const char *other = getenv("MADE_STORE");
	enum err r;

	if (other != NULL && strcmp(place, ":memory:") == 0)
		place = other;
	memset(m, 0, sizeof(*m));
	if ((r = secret_start()) != ERR_OK)
		return r;
	if (strncmp(place, "postgresql:", 11) != 0)
		r = store_sqlite_open(place, true, &m->store);
	else if ((r = made_empty(place)) == ERR_OK)
		r = store_pg_open(place, true, &m->store);
	if (r != ERR_OK)
		return r;
	m->set.mode = MODE_TRAINING;
	m->set.adult_age = 18;
	m->set.consent_methods = 7;
	m->number = MADE_TERMINAL;
	m->g.store = m->store;
	m->g.training = true;
	m->g.lease_size = 20;
	made_keys(m);
	memset(m->cert, MADE_TERMINAL, sizeof(m->cert));
	return made_terminal(m, MADE_TERMINAL);
}

static inline void
made_close(struct made *m)
{
	store_close(m->store);
	m->store = NULL;
}

struct made_waiting {
	struct entry *entry;
	struct buf *envelope;
	bool found;
};

static inline enum err
made_take(const struct entry *e, const void *envelope, size_t n, void *user)
{
	struct made_waiting *w = user;

	*w->entry = *e;
	w->found = true;
	return buf_put(w->envelope, envelope, n);
}

/* The first that waits behind that id, or ERR_NOT_FOUND. */
static inline enum err
made_waiting(struct made *m, uint64_t after, struct entry *e, struct buf *b)
{
	struct made_waiting w = { .entry = e, .envelope = b };
	enum err r;

	r = m->store->ops->waiting_each(m->store, after, 1, made_take, &w);
	return r == ERR_OK && !w.found ? ERR_NOT_FOUND : r;
}

/* The next envelope of the chain around that document: its bytes. */
static inline enum err
made_seal(struct made *m, const struct rid *rid, struct buf *document,
    struct buf *out)
{
	struct envelope_keys keys = { .sign_number = m->sign_key,
		.opening_number = m->opening, .sign_secret = m->sign };
	struct envelope e = { .suite = ENVELOPE_SUITE,
		.terminal = m->number, .sign_key = m->sign_key,
		.opening_key = m->opening, .rid = *rid };
	struct buf sealed;
	size_t start = out->len;
	enum err r;

	memcpy(keys.opening_public, m->opening_public, BOX_PUBLIC_LEN);
	memcpy(e.previous, m->previous, sizeof(e.previous));
	e.sequence = m->sequence + 1;
	buf_init(&sealed);
	if ((r = envelope_seal(document, &keys, &sealed)) == ERR_OK) {
		e.sealed = cursor_of(sealed.p, sealed.len);
		r = envelope_write(&e, &keys, out);
	}
	buf_clear(&sealed);
	if (r == ERR_OK) {
		m->sequence++;
		envelope_hash(out->p + start, out->len - start, m->previous);
	}
	return r;
}

/* The same around a record; it gets an id of its own when `fresh`. */
static inline enum err
made_envelope(struct made *m, struct record *rec, bool fresh, struct buf *out)
{
	static uint64_t ms = MADE_NOW;
	struct buf document;
	enum err r;

	if (fresh)
		rid_make(ms++, &rec->rid);
	buf_init(&document);
	if ((r = record_write(rec, &document)) == ERR_OK)
		r = made_seal(m, &rec->rid, &document, out);
	buf_clear(&document);
	return r;
}

/* An envelope whose content does not matter. */
static inline enum err
made_any(struct made *m, struct rid *rid, struct buf *out)
{
	static uint64_t ms = MADE_NOW;
	struct buf document;
	enum err r;

	rid_make(ms++, rid);
	buf_init(&document);
	if ((r = buf_put_text(&document, "{}")) == ERR_OK)
		r = made_seal(m, rid, &document, out);
	buf_clear(&document);
	return r;
}

/* Hand over to a new key, by which all that follows is made. */
static inline enum err
made_hand_over(struct made *m, struct buf *out)
{
	const struct envelope_keys keys = { .sign_number = m->sign_key,
		.sign_secret = m->sign };
	struct envelope e = { .terminal = m->number,
		.sign_key = m->sign_key, .sequence = m->sequence + 1 };
	static uint64_t ms = MADE_NOW;
	uint8_t next[SIGN_SECRET_LEN];
	enum err r;

	rid_make(ms++, &e.rid);
	memcpy(e.previous, m->previous, sizeof(e.previous));
	sign_keypair(next, m->sign_public);
	if ((r = epoch_write(&e, &keys, next, out)) == ERR_OK) {
		m->sequence++;
		envelope_hash(out->p, out->len, m->previous);
		memcpy(m->sign, next, sizeof(next));
		m->sign_key++;
	}
	return r;
}

/* Append an envelope to a body, behind its length. */
static inline enum err
made_add(struct buf *body, const struct buf *envelope)
{
	enum err r = buf_put_u32(body, (uint32_t)envelope->len);

	return r != ERR_OK ? r : buf_put(body, envelope->p, envelope->len);
}

/* Send a body; the answer's list, to be released with json_decref(*doc). */
static inline enum err
made_send(struct made *m, const struct buf *body, uint64_t missing,
    json_t **doc, json_t **list)
{
	struct buf answer;
	enum err r;

	buf_init(&answer);
	*doc = NULL;
	if ((r = gateway_envelopes(&m->g, MADE_TERMINAL,
	    cursor_of(body->p, body->len), missing, MADE_NOW, &answer)) ==
	    ERR_OK && (r = json_read(answer.p, answer.len, doc)) == ERR_OK)
		r = json_get_array(*doc, "envelopes", list);
	buf_clear(&answer);
	return r;
}

/* Send one envelope alone; its status as a word and its code. */
static inline const char *
made_status(struct made *m, const struct buf *envelope, uint64_t missing,
    int *code)
{
	static char word[16];
	struct buf body;
	json_t *doc, *list;
	json_int_t n = 0;

	buf_init(&body);
	word[0] = '\0';
	if (made_add(&body, envelope) == ERR_OK &&
	    made_send(m, &body, missing, &doc, &list) == ERR_OK) {
		(void)json_get_text(json_array_get(list, 0), "status", word,
		    sizeof(word) - 1);
		(void)json_get_int(json_array_get(list, 0), "code", 0, 999,
		    &n);
		json_decref(doc);
	}
	buf_clear(&body);
	*code = (int)n;
	return word;
}

#endif
