/* attempt: a batch, an answer, a verdict for each. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "sync/attempt.h"

#define PATH_OF_BATCH "/v1/envelopes"
#define WORD_ROOM     16
#define BYTES_MAX     ((size_t)RECEIPT_LEN) /* the longest of an answer */

enum err
courier_init(struct courier *c, const struct desk_settings *set,
    struct queue *queue, struct transport *transport)
{
	uint32_t number;
	enum err r;

	memset(c, 0, sizeof(*c));
	c->queue = queue;
	c->transport = transport;
	c->terminal = (uint32_t)set->terminal;
	(void)snprintf(c->state, sizeof(c->state), "%s", set->state);
	c->lease_low = (uint32_t)set->lease_low;
	c->retries = (uint32_t)set->sync_retries;
	c->until = set->keep_until == UNTIL_REPLICATED ? LEVEL_REPLICATED :
	    LEVEL_STORED;
	if ((r = keyfile_read_in(set->state, "centre.pub", "receipt-public",
	    c->centre, sizeof(c->centre), &number)) != ERR_OK)
		return r;
	return keyfile_read_in(set->state, "opener.pub", "outcome-public",
	    c->opener, sizeof(c->opener), &number);
}

/* Anything but what was agreed on is the centre's trouble, not a record's. */
static enum err
strange(const char *what)
{
	return err_about(ERR_SYNC_ANSWER, "%s", what);
}

enum err
courier_badge(struct courier *c, const void *p, size_t n)
{
	struct badge b;
	enum err r;

	if ((r = badge_read(p, n, c->centre, &b)) != ERR_OK)
		return err_about(r, "badge");
	if (b.terminal != c->terminal)
		return err_about(ERR_RECEIPT, "poste %u", b.terminal);
	return queue_keep_badge(c->queue, &b, p);
}

enum err
courier_opening(struct courier *c, const void *p, size_t n)
{
	uint8_t mine[BOX_PUBLIC_LEN];
	struct opening o;
	uint32_t number;
	enum err r;

	if ((r = opening_read(p, n, c->opener, &o)) != ERR_OK)
		return err_about(r, "clé opener.pub");
	if ((r = keyfile_read_in(c->state, "opening.pub", "opening-public",
	    mine, sizeof(mine), &number)) != ERR_OK)
		return r;
	r = opening_follows(&o, number, mine);
	if (r == ERR_OK)
		return queue_keep_opening(c->queue, o.number, p);
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

enum err
courier_switch(struct courier *c, const void *p, size_t n)
{
	struct queue_switch before, now;
	struct switched w;
	enum err r;

	if ((r = switch_read(p, n, c->centre, &w)) != ERR_OK)
		return err_about(r, "clé centre.pub");
	if (w.terminal != c->terminal)
		return err_about(ERR_RECEIPT, "poste %u", w.terminal);
	if ((r = queue_switch(c->queue, &before)) != ERR_OK ||
	    (r = queue_keep_switch(c->queue, &w)) != ERR_OK ||
	    (r = queue_switch(c->queue, &now)) != ERR_OK)
		return r;
	if (now.told.open != before.told.open)
		log_event(now.told.open ? "place-opened" : "place-closed",
		    "%llu", (unsigned long long)now.told.at_ms);
	return ERR_OK;
}

/* That member, exactly n bytes. */
static enum err
get_bytes(const json_t *o, const char *name, uint8_t *out, size_t n)
{
	char text[BASE64_ROOM(BYTES_MAX)];
	size_t got;

	return json_get_text(o, name, text, sizeof(text) - 1) == ERR_OK &&
	    base64_read(text, out, n, &got) == ERR_OK && got == n ? ERR_OK :
	    strange(name);
}

/* With the receipt of a hand-over comes the badge of the next key. One that is
 * not good keeps nothing else back. */
static void
take_badge(struct courier *c, const json_t *o)
{
	uint8_t bytes[BADGE_LEN];
	enum err r;

	if (json_object_get(o, "badge") == NULL)
		return;
	if ((r = get_bytes(o, "badge", bytes, sizeof(bytes))) != ERR_OK ||
	    (r = courier_badge(c, bytes, sizeof(bytes))) != ERR_OK)
		log_error(r, "badge");
}

/* Did the centre sign all receipts of the answer together? When it did not,
 * each is asked for its own signature. */
static bool
signed_together(const struct courier *c, const json_t *doc,
    const json_t *list)
{
	uint8_t signature[SIGNATURE_LEN], one[RECEIPT_LEN];
	struct buf all;
	size_t i;
	json_t *o;
	enum err r;

	if (json_object_get(doc, "signature") == NULL)
		return false;
	buf_init(&all);
	r = get_bytes(doc, "signature", signature, sizeof(signature));
	json_array_foreach(list, i, o)
		if (r == ERR_OK && json_object_get(o, "receipt") != NULL &&
		    (r = get_bytes(o, "receipt", one, sizeof(one))) == ERR_OK)
			r = buf_put(&all, one, sizeof(one));
	if (r == ERR_OK)
		r = sign_check(RECEIPTS_DOMAIN, all.p, all.len, signature,
		    c->centre);
	buf_clear(&all);
	return r == ERR_OK;
}

static enum err
take_receipt(struct courier *c, const struct rid *rid, const json_t *o,
    struct attempt *out)
{
	struct kept_receipt *k = &c->said[c->nsaid];
	enum err r;

	(void)out;
	if (c->nsaid == BATCH_MAX)
		return strange("envelopes");
	if ((r = get_bytes(o, "receipt", k->bytes, RECEIPT_LEN)) != ERR_OK)
		return r;
	r = c->together ?
	    receipt_read_one_of(k->bytes, RECEIPT_LEN, &k->receipt) :
	    receipt_read(k->bytes, RECEIPT_LEN, c->centre, &k->receipt);
	if (r != ERR_OK)
		return err_about(r, "clé centre.pub");
	if (k->receipt.terminal != c->terminal ||
	    memcmp(k->receipt.rid.b, rid->b, sizeof(rid->b)) != 0)
		return err_about(ERR_RECEIPT, "référence ou poste");
	c->nsaid++;
	take_badge(c, o);
	return ERR_OK;
}

/* Compares sequence and hash with the rows'. What was understood is kept also
 * when what came behind it was not. */
static enum err
keep_said(struct courier *c, struct attempt *out, enum err came)
{
	size_t kept;
	enum err r;

	if (c->nsaid == 0)
		return came;
	r = queue_receipts(c->queue, c->said, c->nsaid, c->until, &kept);
	out->sent += (unsigned)kept;
	c->nsaid = 0;
	return r != ERR_OK ? r : came;
}

static enum err
take_refusal(struct courier *c, const struct rid *rid, const json_t *o,
    struct attempt *out)
{
	char text[RID_TEXT];
	json_int_t code;
	enum err r;

	if (json_get_int(o, "code", 1, 999, &code) != ERR_OK)
		return strange("code");
	if ((r = queue_refuse(c->queue, rid, (int)code)) != ERR_OK)
		return r;
	rid_text(rid, text);
	log_event("envelope-refused", "%s G-%03d", text, (int)code);
	out->refused++;
	return ERR_OK;
}

/* The centre names what it expects; the lowest of a batch counts. */
static enum err
take_gap(struct courier *c, const struct rid *rid, const json_t *o,
    struct attempt *out)
{
	json_int_t next;

	(void)c;
	(void)rid;
	if (json_get_int(o, "next", 1, INT64_MAX, &next) != ERR_OK)
		return strange("next");
	if (!out->gap || (uint64_t)next < out->next)
		out->next = (uint64_t)next;
	out->gap = true;
	return ERR_OK;
}

static const struct {
	const char *status;
	enum err (*take)(struct courier *c, const struct rid *rid,
	    const json_t *o, struct attempt *out);
} statuses[] = {
	{ "stored", take_receipt },
	{ "refused", take_refusal },
	{ "gap", take_gap },
};

/* What was said of one envelope. An id, when there is one, must be its. */
static enum err
take_one(struct courier *c, const struct rid *rid, const json_t *o,
    struct attempt *out)
{
	char mine[RID_TEXT], said[RID_TEXT], word[WORD_ROOM];

	rid_text(rid, mine);
	if (json_object_get(o, "rid") != NULL &&
	    (json_get_text(o, "rid", said, sizeof(said) - 1) != ERR_OK ||
	    strcmp(said, mine) != 0))
		return strange("rid");
	if (json_get_text(o, "status", word, sizeof(word) - 1) != ERR_OK)
		return strange("status");
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (strcmp(statuses[i].status, word) == 0)
			return statuses[i].take(c, rid, o, out);
	return strange("status");
}

static enum err
take_all(struct courier *c, const struct batch *b, const struct buf *body,
    struct attempt *out)
{
	json_t *doc = NULL, *list;
	enum err r = ERR_OK;

	if (json_read(body->p, body->len, &doc) != ERR_OK)
		return strange("JSON");
	if (json_get_array(doc, "envelopes", &list) != ERR_OK ||
	    json_array_size(list) != b->n)
		r = strange("envelopes");
	else
		c->together = signed_together(c, doc, list);
	for (size_t i = 0; r == ERR_OK && i < b->n; i++)
		r = take_one(c, &b->rids[i], json_array_get(list, i), out);
	json_decref(doc);
	return keep_said(c, out, r);
}

/* The path, and with `declare` the number up to which holes are holes. */
static enum err
make_path(struct courier *c, const struct batch *b, bool declare, char *out,
    size_t room)
{
	struct queue_row last;
	enum err r;

	(void)snprintf(out, room, "%s", PATH_OF_BATCH);
	if (!declare)
		return ERR_OK;
	if ((r = queue_find(c->queue, &b->rids[b->n - 1], &last)) == ERR_OK)
		(void)snprintf(out, room, "%s?missing=%llu", PATH_OF_BATCH,
		    (unsigned long long)last.sequence);
	return r;
}

static enum err
ask_line(struct courier *c, const char *path, const struct batch *b,
    struct answer *answer)
{
	enum err r = c->transport->ask(c->transport, path, b->bytes.p,
	    b->bytes.len, answer);

	if (r == ERR_OK)
		batch_line_held(&c->line);
	else if (r == ERR_SYNC_CONNECT)
		batch_line_failed(&c->line, b->n);
	return r;
}

/* *understood is false when the centre could make nothing of the question:
 * something is in it that is no envelope. */
static enum err
send_batch(struct courier *c, const struct batch *b, bool declare,
    struct attempt *out, bool *understood)
{
	struct answer answer = { .status = 0 };
	char path[64];
	enum err r;

	buf_init(&answer.body);
	if ((r = make_path(c, b, declare, path, sizeof(path))) == ERR_OK &&
	    (r = ask_line(c, path, b, &answer)) == ERR_OK) {
		out->retry_after_ms = answer.retry_after_ms;
		*understood = answer.status != 400 && answer.status != 413;
		if ((r = answer_check(&answer)) == ERR_OK)
			r = take_all(c, b, &answer.body, out);
	}
	buf_clear(&answer.body);
	return r;
}

/* The first of b alone is not understood. When the next one is, whatever is
 * then said of it, the first is what is wrong, and not the centre. */
static enum err
blame_first(struct courier *c, const struct batch *b, struct attempt *out,
    enum err why)
{
	struct batch next = { .n = 0 };
	struct attempt unused = { .sent = 0 };
	char text[RID_TEXT];
	bool understood = false;
	enum err r = why;

	if (b->n < 2)
		return why;
	buf_init(&next.bytes);
	if (batch_part(b, 1, 1, &next) == ERR_OK)
		(void)send_batch(c, &next, false, &unused, &understood);
	buf_clear(&next.bytes);
	if (understood && (r = queue_refuse(c->queue, &b->rids[0],
	    err_number(ERR_REQUEST))) == ERR_OK) {
		rid_text(&b->rids[0], text);
		log_event("envelope-poison", "%s", text);
		out->refused++;
	}
	return r;
}

/* Half of it, half of that: until the centre understands, or the one is
 * found that it does not. */
static enum err
send_parts(struct courier *c, const struct batch *b, bool declare,
    struct attempt *out)
{
	struct batch part = { .n = 0 };
	bool understood = true;
	size_t n = b->n;
	enum err r = send_batch(c, b, declare, out, &understood);

	buf_init(&part.bytes);
	while (!understood && n > 1) {
		n /= 2;
		if ((r = batch_part(b, 0, n, &part)) != ERR_OK)
			break;
		understood = true;
		r = send_batch(c, &part, declare, out, &understood);
	}
	buf_clear(&part.bytes);
	return understood ? r : blame_first(c, b, out, r);
}

enum err
attempt_send(struct courier *c, bool declare, uint64_t now_ms,
    struct attempt *out)
{
	struct batch b = { .n = 0 };
	enum err r;

	memset(out, 0, sizeof(*out));
	buf_init(&b.bytes);
	r = queue_batch(c->queue, now_ms, batch_line_most(&c->line), &b.bytes,
	    &b.n, b.rids);
	if (r == ERR_OK && b.n > 0)
		r = send_parts(c, &b, declare, out);
	buf_clear(&b.bytes);
	return r;
}
