/* gateway_bundle: what was carried by hand, and what is carried back. */
#include <string.h>

#include "centre/gateway_own.h"
#include "envelope/bundle.h"
#include "envelope/epoch.h"
#include "envelope/refusal.h"

#define NOTES 10000 /* outcomes in one reply: the last ones */

/* A bundle on its way. */
struct post {
	struct gateway *g;
	struct terminal t;
	struct intake_case by;
	struct buf items; /* of the reply */
	uint32_t count;	  /* of these */
	uint64_t skip;	  /* notes before the last ones */
	struct gateway_bundle *out;
};

static enum err
add(struct post *po, const void *p, size_t n)
{
	po->count++;
	return bundle_add(p, n, &po->items);
}

/* The key after *k, if one of these envelopes hands over to it. */
static bool
next_key(struct cursor items, uint32_t terminal, struct epoch_key *k)
{
	struct cursor one;
	struct envelope e;

	while (bundle_next(&items, &one) == ERR_OK)
		if (envelope_read(one.p, one.n, &e) == ERR_OK &&
		    e.terminal == terminal && e.sign_key == k->number &&
		    envelope_check(one.p, one.n, k->public) == ERR_OK &&
		    epoch_next(&e, k->public) == ERR_OK) {
			k->number++;
			return true;
		}
	return false;
}

/* The key that signs the bundle: one that is known, or that the hand-overs in
 * it lead to. */
static enum err
find_key(struct post *po, uint32_t number, struct cursor items,
    struct epoch_key *k)
{
	struct store *s = po->g->store;
	enum err r;

	r = s->ops->epoch_find(s, po->t.number, number, k);
	if (r != ERR_NOT_FOUND)
		return r;
	k->number = po->t.sign_key;
	memcpy(k->public, po->t.sign_public, SIGN_PUBLIC_LEN);
	while (k->number < number && next_key(items, po->t.number, k))
		;
	return k->number == number ? ERR_OK : ERR_ENV_SIGNATURE;
}

/* Of an envelope that could be read: without an id nobody can be told. */
static enum err
add_refusal(struct post *po, const struct cursor *one,
    const struct verdict *v)
{
	struct refusal f = { .terminal = po->t.number,
		.centre_key = po->g->receipt.number,
		.code = (uint16_t)err_number(v->why), .rid = v->rid };
	uint8_t bytes[REFUSAL_LEN];
	enum err r;

	envelope_hash(one->p, one->n, f.hash);
	if ((r = refusal_write(&f, po->g->receipt.secret, bytes)) != ERR_OK)
		return r;
	return add(po, bytes, sizeof(bytes));
}

static enum err
take_one(struct post *po, const struct cursor *one)
{
	struct letter l;
	struct verdict v;
	enum err r;

	letter_look(one->p, one->n, &l);
	if ((r = intake(po->g->store, &po->by, &po->t, &l, &v)) != ERR_OK)
		return r;
	if ((r = po->g->store->ops->entries_added(po->g->store)) != ERR_OK)
		return r;
	if (v.kind != VERDICT_STORED) {
		po->out->refused++;
		po->out->why = v.why;
		return v.known ? add_refusal(po, one, &v) : ERR_OK;
	}
	po->out->stored++;
	if ((r = add(po, v.receipt, RECEIPT_LEN)) == ERR_OK && v.badged)
		r = add(po, v.badge, BADGE_LEN);
	return r;
}

static enum err
count_note(uint64_t number, const uint8_t note[OUTCOME_LEN], void *user)
{
	struct post *po = user;

	(void)number;
	(void)note;
	po->skip++;
	return ERR_OK;
}

static enum err
add_note(uint64_t number, const uint8_t note[OUTCOME_LEN], void *user)
{
	struct post *po = user;

	(void)number;
	if (po->skip > 0) {
		po->skip--;
		return ERR_OK;
	}
	po->out->outcomes++;
	return add(po, note, OUTCOME_LEN);
}

static enum err
add_notes(struct post *po)
{
	struct store *s = po->g->store;
	enum err r;

	if ((r = s->ops->notes_after(s, po->t.number, 0, INT32_MAX,
	    count_note, po)) != ERR_OK)
		return r;
	po->skip = po->skip > NOTES ? po->skip - NOTES : 0;
	return s->ops->notes_after(s, po->t.number, 0, INT32_MAX, add_note,
	    po);
}

static enum err
add_lease(struct post *po)
{
	struct lease l = { .terminal = po->t.number,
		.at_ms = po->by.now_ms,
		.centre_key = po->g->receipt.number };
	struct buf bytes;
	enum err r;

	buf_init(&bytes);
	if ((r = gateway_lend(po->g, &l, &bytes)) == ERR_OK)
		r = add(po, bytes.p, bytes.len);
	buf_clear(&bytes);
	/* What was enrolled is taken all the same. */
	po->out->closed = r == ERR_CLOSED;
	return r == ERR_CLOSED ? ERR_OK : r;
}

/* The newest opening key: on this way nobody asks for it. */
static enum err
add_opening(struct post *po)
{
	uint8_t said[OPENING_LEN];
	enum err r = gateway_said(po->g, said);

	if (r == ERR_OK)
		return add(po, said, sizeof(said));
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

static enum err
add_switch(struct post *po, const struct bundle *b)
{
	uint8_t out[SWITCH_LEN];
	enum err r = gateway_switched(po->g, po->t.number, &b->told,
	    po->by.now_ms, out);

	if (r == ERR_OK)
		return add(po, out, sizeof(out));
	return r == ERR_NOT_FOUND ? ERR_OK : r;
}

/* Which opening key all that stayed there needs is what the bundle says, and
 * not its envelopes: one may be held back under an earlier key. */
static enum err
advance(struct post *po, const struct bundle *b)
{
	enum err r;

	if (b->sealing != 0 && (r = gateway_sealing(po->g, &po->t, b->sealing,
	    b->sent)) != ERR_OK)
		return r;
	po->t.seen_ms = po->by.now_ms;
	return po->g->store->ops->terminal_advance(po->g->store, &po->t);
}

/* Inside a transaction: checked as a whole, then envelope by envelope. */
static enum err
take_all(struct post *po, const void *p, size_t n, bool lend)
{
	struct cursor items, one;
	struct epoch_key k;
	struct bundle b;
	enum err r;

	if ((r = bundle_look(p, n, &b, &items)) != ERR_OK ||
	    (r = find_key(po, b.sign_key, items, &k)) != ERR_OK ||
	    (r = bundle_open(p, n, k.public, &b, &items)) != ERR_OK)
		return r;
	while (r == ERR_OK && items.n > 0)
		if ((r = bundle_next(&items, &one)) == ERR_OK)
			r = take_one(po, &one);
	if (r != ERR_OK || (r = add_notes(po)) != ERR_OK ||
	    (r = add_opening(po)) != ERR_OK ||
	    (r = add_switch(po, &b)) != ERR_OK ||
	    (lend && (r = add_lease(po)) != ERR_OK))
		return r;
	return advance(po, &b);
}

enum err
gateway_bundle(struct gateway *g, const void *p, size_t n, bool lend,
    uint64_t now_ms, struct buf *reply, struct gateway_bundle *out)
{
	struct gateway_bundle said = { .why = ERR_OK };
	struct post po = { .g = g, .out = &said };
	struct cursor items;
	struct bundle b;
	enum err r;

	if ((r = bundle_look(p, n, &b, &items)) != ERR_OK)
		return r;
	said.terminal = b.terminal;
	buf_init(&po.items);
	/* All that its terminal can send is in the bundle. */
	if ((r = gateway_begin(g, b.terminal, &po.t)) == ERR_OK &&
	    (r = gateway_case(g, INT64_MAX, now_ms, &po.by)) == ERR_OK &&
	    (r = take_all(&po, p, n, lend)) == ERR_OK)
		/* The commit point: receipts leave only behind it. */
		r = g->store->ops->commit(g->store);
	g->store->ops->rollback(g->store);
	if (r == ERR_OK && (r = reply_begin(po.count, reply)) == ERR_OK &&
	    (r = buf_put(reply, po.items.p, po.items.len)) == ERR_OK)
		*out = said;
	buf_clear(&po.items);
	return r;
}
