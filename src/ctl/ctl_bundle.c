/* ctl_bundle: the queue by hand: envelopes out on a stick, answers back in. */
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "ctl/ctl_queue.h"
#include "ctl/list.h"
#include "envelope/bundle.h"
#include "envelope/refusal.h"
#include "sync/errand.h"

static const char *const no_names[] = { NULL };

/* What is gathered, what no longer fits one file, what an operator keeps
 * back; and the opening key that the centre must have until all has come. */
struct gather {
	struct queue *q;
	struct buf *envelopes;
	uint32_t count, left, held, sealing;
	uint64_t sent; /* as far as it has all already */
	struct queue_switch place;
};

static enum err
gather_ready(const struct queue_row *row, void *user)
{
	struct gather *g = user;
	struct buf one;
	enum err r;

	g->held += row->state == QUEUE_HELD;
	if (row->state != QUEUE_READY)
		return ERR_OK;
	if (g->envelopes->len + row->bytes > BUNDLE_ROOM) {
		g->left++;
		return ERR_OK;
	}
	buf_init(&one);
	if ((r = queue_bytes(g->q, &row->rid, &one)) == ERR_OK &&
	    (r = bundle_add(one.p, one.len, g->envelopes)) == ERR_OK)
		g->count++;
	buf_clear(&one);
	return r;
}

/* Head, envelopes, signature. */
static enum err
make_bundle(const struct desk_settings *set, const struct gather *g,
    struct buf *out)
{
	struct bundle b = { .terminal = (uint32_t)set->terminal,
		.at_ms = clock_wall_ms(), .sealing = g->sealing,
		.sent = g->sent, .told = g->place.told, .count = g->count };
	uint8_t *secret;
	enum err r;

	if ((r = ctl_sign_key(set, g->q, &secret,
	    &b.sign_key)) != ERR_OK)
		return r;
	if ((r = bundle_begin(&b, out)) == ERR_OK &&
	    (r = buf_put(out, g->envelopes->p, g->envelopes->len)) == ERR_OK)
		r = bundle_end(secret, out);
	secret_free(secret);
	return r;
}

static enum err
say_exported(struct ctl *c, const struct gather *g, const char *path)
{
	struct list l = { .c = c };
	json_t *o;

	if (!c->json) {
		fprintf(c->out, "%u enveloppe(s) dans %s", g->count, path);
		if (g->left != 0)
			fprintf(c->out, " ; %u attendront le lot suivant",
			    g->left);
		fputs(".\n", c->out);
		if (g->held != 0)
			fprintf(c->out, "%u enveloppe(s) retenue(s) ici n'y "
			    "sont pas. Tant qu'elles restent, le centre doit\n"
			    "garder la clé d'ouverture %u : libérez-les par "
			    "guichetctl queue release.\n", g->held,
			    g->sealing);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "file", path);
	list_number(o, "envelopes", g->count);
	list_number(o, "left", g->left);
	list_number(o, "held", g->held);
	list_number(o, "sealing", g->sealing);
	return list_object(&l, o);
}

enum err
ctl_queue_export(struct ctl *c)
{
	struct desk_settings set;
	struct queue *q = NULL;
	struct buf envelopes, out;
	struct gather g = { .envelopes = &envelopes };
	enum err r;

	buf_init(&envelopes);
	buf_init(&out);
	if ((r = ctl_words(c, no_names, 1)) != ERR_OK ||
	    (r = ctl_queue_open(c, &set, &q)) != ERR_OK)
		goto out;
	g.q = q;
	if ((r = errand_sealing(set.state, q, &g.sealing,
	    &g.sent)) == ERR_OK &&
	    (r = queue_switch(q, &g.place)) == ERR_OK &&
	    (r = queue_each(q, gather_ready, &g)) == ERR_OK &&
	    (r = make_bundle(&set, &g, &out)) == ERR_OK &&
	    (r = file_replace(c->argv[0], out.p, out.len, 0600)) == ERR_OK)
		r = say_exported(c, &g, c->argv[0]);
out:
	queue_close(q);
	buf_clear(&envelopes);
	buf_clear(&out);
	return r;
}

/* What a reply is taken with, as sync does, and what was not good in it. */
struct taking {
	struct courier courier;
	uint32_t refused;
	enum err why; /* of the last one refused */
};

static enum err
take_receipt(struct taking *t, const struct cursor *one)
{
	struct receipt rc;
	enum err r;

	if ((r = receipt_read(one->p, one->n, t->courier.centre, &rc)) !=
	    ERR_OK)
		return r;
	return queue_receipt(t->courier.queue, &rc, one->p,
	    t->courier.until);
}

/* As one that comes by the line (sync/attempt.c), but that it proves itself:
 * it is of this terminal and of just these bytes. */
static enum err
take_refusal(struct taking *t, const struct cursor *one)
{
	struct queue_row row;
	struct refusal f;
	enum err r;

	if ((r = refusal_read(one->p, one->n, t->courier.centre, &f)) !=
	    ERR_OK ||
	    (r = queue_find(t->courier.queue, &f.rid, &row)) != ERR_OK)
		return r;
	if (f.terminal != t->courier.terminal ||
	    memcmp(f.hash, row.hash, sizeof(f.hash)) != 0)
		return ERR_RECEIPT;
	return queue_refuse(t->courier.queue, &f.rid, f.code);
}

static enum err
take_outcome(struct taking *t, const struct cursor *one)
{
	struct outcome_note o;
	enum err r;

	if ((r = outcome_read(one->p, one->n, t->courier.opener, &o)) !=
	    ERR_OK)
		return r;
	return queue_outcome(t->courier.queue, &o);
}

static enum err
take_lease(struct taking *t, const struct cursor *one)
{
	struct lease l;
	enum err r;

	if ((r = lease_read(one->p, one->n, t->courier.centre, &l)) != ERR_OK)
		return r;
	return l.terminal == t->courier.terminal
	    ? queue_add_lease(t->courier.queue, &l) : ERR_LEASE;
}

static enum err
take_badge(struct taking *t, const struct cursor *one)
{
	return courier_badge(&t->courier, one->p, one->n);
}

static enum err
take_opening(struct taking *t, const struct cursor *one)
{
	return courier_opening(&t->courier, one->p, one->n);
}

static enum err
take_switch(struct taking *t, const struct cursor *one)
{
	return courier_switch(&t->courier, one->p, one->n);
}

/* A reply's kinds; how many of each were taken. */
static struct taken {
	const char *magic, *name;
	enum err (*take)(struct taking *t, const struct cursor *one);
	uint32_t n;
} kinds[] = {
	{ "GUR1", "receipts", take_receipt, 0 },
	{ "GUO1", "outcomes", take_outcome, 0 },
	{ "GUL1", "leases", take_lease, 0 },
	{ "GUK1", "badges", take_badge, 0 },
	{ "GUS1", "openings", take_opening, 0 },
	{ "GUX1", "refusals", take_refusal, 0 },
	{ "GUD1", "switches", take_switch, 0 },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static enum err
take_one(struct taking *t, const struct cursor *one)
{
	for (int i = 0; i < KINDS; i++) {
		enum err r;

		if (one->n < 4 || memcmp(one->p, kinds[i].magic, 4) != 0)
			continue;
		if ((r = kinds[i].take(t, one)) == ERR_OK)
			kinds[i].n++;
		return r;
	}
	return ERR_ENV_FORM;
}

/* Each for itself: one that is not good keeps none of the others back. */
static enum err
take_reply(struct taking *t, const struct buf *file)
{
	struct cursor items, one;
	uint32_t count;
	enum err r;

	if ((r = reply_open(file->p, file->len, &count, &items)) != ERR_OK)
		return r;
	while (items.n != 0) {
		if ((r = bundle_next(&items, &one)) != ERR_OK)
			return r;
		if ((r = take_one(t, &one)) != ERR_OK) {
			t->refused++;
			t->why = r;
		}
	}
	return ERR_OK;
}

static enum err
say_imported(struct ctl *c, const struct taking *t)
{
	struct list l = { .c = c };
	json_t *o;

	if (!c->json) {
		fprintf(c->out, "%u reçu(s), %u suite(s), %u lot(s) "
		    "d'identifiants, %u refus du centre ; %u non "
		    "valable(s).\n", kinds[0].n, kinds[1].n, kinds[2].n,
		    kinds[5].n, t->refused);
		return ERR_OK;
	}
	o = json_object();
	for (int i = 0; i < KINDS; i++)
		list_number(o, kinds[i].name, kinds[i].n);
	list_number(o, "refused", t->refused);
	return list_object(&l, o);
}

enum err
ctl_queue_import(struct ctl *c)
{
	struct taking t = { .why = ERR_OK };
	struct desk_settings set;
	struct queue *q = NULL;
	struct buf file;
	enum err r;

	buf_init(&file);
	for (int i = 0; i < KINDS; i++)
		kinds[i].n = 0;
	if ((r = ctl_words(c, no_names, 1)) == ERR_OK &&
	    (r = file_read(c->argv[0], BUF_MAX - 1, &file)) == ERR_OK &&
	    (r = ctl_queue_open(c, &set, &q)) == ERR_OK &&
	    (r = courier_init(&t.courier, &set, q, NULL)) == ERR_OK &&
	    (r = take_reply(&t, &file)) == ERR_OK &&
	    (r = say_imported(c, &t)) == ERR_OK && t.refused != 0)
		r = err_about(t.why, "%s", c->argv[0]);
	queue_close(q);
	buf_clear(&file);
	return r;
}
