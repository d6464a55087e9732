/* gateway_group: requests that came at one time, in one transaction. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "centre/gateway_own.h"

/* A request on its way. */
struct way {
	struct gateway_post *post;
	struct terminal t;
	struct letter *letter;
	size_t n; /* letters */
	struct gateway_reply to;
};

/* Those that are taken together. */
struct group {
	struct gateway *g;
	uint64_t now_ms;
	struct intake_case by;
	struct way way[GATEWAY_GROUP];
	unsigned n;
	struct letter *letter; /* of all of them, one behind the other */
	size_t letters;
	bool shared; /* what fails now fails for all of them */
};

/* How many envelopes a body has, and that it is whole. */
static enum err
count_body(struct cursor body, size_t *count)
{
	struct cursor one;
	uint32_t len;
	size_t n;

	if (body.n == 0)
		return err_about(ERR_REQUEST, "envoi vide");
	if (body.n > GATEWAY_BODY)
		return ERR_TOO_LARGE;
	for (n = 0; body.n > 0; n++) {
		if (n == GATEWAY_BATCH)
			return ERR_TOO_LARGE;
		if (cursor_u32(&body, &len) != ERR_OK ||
		    cursor_sub(&body, len, &one) != ERR_OK)
			return err_about(ERR_REQUEST, "enveloppe %u",
			    (unsigned)n + 1);
	}
	*count = n;
	return ERR_OK;
}

/* The envelopes of a body that is whole, whose bytes they borrow. What takes
 * most of the time is done here: the opener waits for the ledger when we have
 * it. */
static void
look_at_body(const struct group *u, const struct gateway_post *p,
    struct letter *l)
{
	struct cursor body = p->body, one;
	uint32_t len;

	for (; cursor_u32(&body, &len) == ERR_OK &&
	    cursor_sub(&body, len, &one) == ERR_OK; l++) {
		letter_look(one.p, one.n, l);
		intake_prepare(&u->g->receipt, u->g->store->level,
		    p->terminal, u->now_ms, l);
	}
}

/* What came of one, and about what. */
static void
conclude(struct gateway_post *p, enum err r)
{
	p->came = r;
	(void)snprintf(p->about, sizeof(p->about), "%s", r == ERR_OK ? "" :
	    err_subject());
}

static bool
goes_on(const struct way *w)
{
	return w->post->came == ERR_OK;
}

/* Whoever locks several terminals locks them in this order. */
static int
by_terminal(const void *a, const void *b)
{
	const struct way *x = a, *y = b;

	return (x->post->terminal > y->post->terminal) -
	    (x->post->terminal < y->post->terminal);
}

/* Those that can be understood go on their way. */
static enum err
set_out(struct group *u, struct gateway_post *const *post, unsigned n)
{
	struct way *w;

	for (unsigned i = 0; i < n; i++) {
		w = &u->way[u->n];
		err_say("%s", "");
		conclude(post[i], count_body(post[i]->body, &w->n));
		if (post[i]->came != ERR_OK)
			continue;
		w->post = post[i];
		gateway_reply_init(&w->to);
		u->letters += w->n;
		u->n++;
	}
	if (u->n > 0 && (u->letter = malloc(u->letters *
	    sizeof(*u->letter))) == NULL)
		return ERR_MEMORY;
	qsort(u->way, u->n, sizeof(u->way[0]), by_terminal);
	u->letters = 0;
	for (w = u->way; w < u->way + u->n; w++) {
		w->letter = u->letter + u->letters;
		look_at_body(u, w->post, w->letter);
		u->letters += w->n;
	}
	return ERR_OK;
}

/* Read the terminals inside: one may have been revoked meanwhile. */
static enum err
find_terminals(struct group *u)
{
	uint32_t number[GATEWAY_GROUP];
	struct terminal t[GATEWAY_GROUP];
	struct way *w;
	enum err r;

	for (unsigned i = 0; i < u->n; i++)
		number[i] = u->way[i].post->terminal;
	if ((r = u->g->store->ops->terminals_find(u->g->store, number, u->n,
	    t)) != ERR_OK)
		return r;
	for (unsigned i = 0; i < u->n; i++) {
		w = &u->way[i];
		w->t = t[i];
		r = gateway_admit(u->g, t[i].number == 0 ? ERR_NOT_FOUND :
		    ERR_OK, &w->t);
		if (r != ERR_OK)
			conclude(w->post, r);
	}
	return ERR_OK;
}

/* Every envelope of one request. */
static enum err
take_in(struct group *u, struct way *w)
{
	struct verdict v;
	enum err r;

	u->by.missing = w->post->missing;
	for (size_t i = 0; i < w->n; i++)
		if ((r = intake(u->g->store, &u->by, &w->t, &w->letter[i],
		    &v)) != ERR_OK ||
		    (r = gateway_reply_add(&w->to, &v)) != ERR_OK)
			return r;
	return ERR_OK;
}

/* Written also when every envelope was a repetition: a commit that writes
 * nothing waits for no standby (facts/storage.md, finding 4). */
static enum err
advance_terminals(struct group *u)
{
	struct terminal t[GATEWAY_GROUP];
	unsigned n = 0;

	for (struct way *w = u->way; w < u->way + u->n; w++)
		if (goes_on(w)) {
			w->t.seen_ms = u->now_ms;
			t[n++] = w->t;
		}
	return u->g->store->ops->terminals_advance(u->g->store, t, n);
}

static enum err
take_all(struct group *u)
{
	struct store *s = u->g->store;
	enum err r;

	if ((r = find_terminals(u)) != ERR_OK ||
	    (r = gateway_case(u->g, 0, u->now_ms, &u->by)) != ERR_OK)
		return r;
	for (struct way *w = u->way; w < u->way + u->n; w++)
		if (goes_on(w))
			letter_vouch(&w->t, w->letter, w->n);
	if (u->letters > 1 && (r = letter_compare(s, u->letter,
	    u->letters)) != ERR_OK)
		return r;
	for (struct way *w = u->way; w < u->way + u->n; w++)
		if (goes_on(w) && (r = take_in(u, w)) != ERR_OK)
			return r;
	r = s->ops->entries_added(s);
	return r == ERR_OK ? advance_terminals(u) : r;
}

static enum err
keep_all(struct group *u)
{
	struct store *s = u->g->store;
	enum err r;

	u->shared = true;
	if ((r = s->ops->begin(s)) == ERR_OK) {
		u->shared = false;
		if ((r = take_all(u)) == ERR_OK) {
			u->shared = true;
			/* The commit point: receipts leave only behind it. */
			r = s->ops->commit(s);
		}
	}
	s->ops->rollback(s);
	return r;
}

/* One of them failed, and not all shall because of it. */
static void
each_alone(struct group *u)
{
	for (struct way *w = u->way; w < u->way + u->n; w++) {
		w->post->came = ERR_OK;
		gateway_group(u->g, &w->post, 1, u->now_ms);
	}
}

static void
answer_all(struct group *u, enum err r)
{
	enum err own;

	for (struct way *w = u->way; w < u->way + u->n; w++) {
		if (!goes_on(w))
			continue;
		if ((own = r) == ERR_OK)
			own = gateway_reply_end(&w->to, u->g, w->post->answer);
		conclude(w->post, own);
	}
}

void
gateway_group(struct gateway *g, struct gateway_post *const *post, unsigned n,
    uint64_t now_ms)
{
	struct group u = { .g = g, .now_ms = now_ms };
	enum err r;

	if ((r = set_out(&u, post, n)) != ERR_OK) {
		for (unsigned i = 0; i < n; i++)
			conclude(post[i], r);
	} else if (u.n > 0) {
		r = keep_all(&u);
		if (r != ERR_OK && !u.shared && u.n > 1)
			each_alone(&u);
		else
			answer_all(&u, r);
	}
	for (struct way *w = u.way; w < u.way + u.n; w++)
		gateway_reply_clear(&w->to);
	free(u.letter);
}

enum err
gateway_envelopes(struct gateway *g, uint32_t terminal, struct cursor body,
    uint64_t missing, uint64_t now_ms, struct buf *answer)
{
	struct gateway_post post = { .terminal = terminal, .body = body,
		.missing = missing, .answer = answer }, *one = &post;

	gateway_group(g, &one, 1, now_ms);
	return post.came;
}
