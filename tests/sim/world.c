/* world: a seed's chance, setting up, dying and coming back. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/world.h"

static uint64_t chance_state = 1;

/* splitmix64: every seed is a good one. */
static uint64_t
next(void)
{
	uint64_t z = chance_state += 0x9E3779B97F4A7C15u;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint32_t
world_below(uint32_t n)
{
	return n == 0 ? 0 : (uint32_t)(next() % n);
}

bool
world_chance(unsigned n)
{
	return world_below(1024) < n;
}

static const char *
chance_name(void)
{
	return "sim";
}

static uint32_t
chance_word(void)
{
	return (uint32_t)next();
}

static void
chance_fill(void *const p, const size_t n)
{
	for (size_t i = 0; i < n; i++)
		((unsigned char *)p)[i] = (unsigned char)next();
}

/* Keys, ids and jitter come from the seed too. */
static randombytes_implementation chances = {
	.implementation_name = chance_name,
	.random = chance_word,
	.buf = chance_fill,
};

void
world_seed(uint64_t seed)
{
	static bool installed;

	if (!installed && randombytes_set_implementation(&chances) != 0)
		abort();
	installed = true;
	chance_state = seed;
}

static void
no_close(struct transport *t)
{
	(void)t;
}

static enum err
add_terminal(struct world *w, unsigned t)
{
	struct desk_sim *d = &w->desk[t];
	struct terminal row = { .number = t + 1, .sign_key = 1,
		.state = TERMINAL_ACTIVE, .training = true,
		.seat = { .site = "sim" } };

	memset(row.cert, (int)t + 1, sizeof(row.cert));
	sign_keypair(d->ring.sign_secret, row.sign_public);
	d->ring.envelope.sign_secret = d->ring.sign_secret;
	d->ring.envelope.sign_number = 1;
	d->world = w;
	d->host = &w->hosts[t];
	d->line.ask = world_ask;
	d->line.close = no_close;
	d->courier = (struct courier){ .transport = &d->line,
		.terminal = t + 1, .lease_low = 3,
		.until = w->keep ? LEVEL_REPLICATED : LEVEL_STORED };
	for (unsigned i = 0; i < OLD_MAX; i++)
		buf_init(&d->old[i]);
	return w->store->ops->terminal_add(w->store, &row);
}

static enum err
open_centre(struct world *w)
{
	enum err r = store_sqlite_open(w->centre_host->folder, true,
	    &w->store);

	w->gateway.store = r == ERR_OK ? w->store : NULL;
	return r;
}

static void
close_centre(struct world *w)
{
	store_close(w->store);
	w->store = NULL;
	w->gateway.store = NULL;
}

/* The commit says which of two keys there is (queue/signer.h). */
static enum err
settle_key(struct desk_sim *d)
{
	struct queue_epoch e;
	enum err r;

	if ((r = queue_epoch(d->queue, &e)) != ERR_OK)
		return r;
	if (d->handing && e.number == d->ring.envelope.sign_number + 1) {
		memcpy(d->ring.sign_secret, d->next, sizeof(d->next));
		d->ring.envelope.sign_number++;
	}
	d->handing = false;
	return ERR_OK;
}

static enum err
open_desk(struct desk_sim *d)
{
	enum err r = queue_open(d->host->folder, false, &d->queue);

	d->courier.queue = d->queue;
	return r == ERR_OK ? settle_key(d) : r;
}

enum err
world_hand_over(struct world *w, unsigned t)
{
	struct desk_sim *d = &w->desk[t];
	uint8_t public[SIGN_PUBLIC_LEN];
	uint64_t sequence;
	struct rid rid;
	enum err r;

	rid_make(w->now_ms, &rid);
	sign_keypair(d->next, public);
	d->handing = true;
	r = queue_put_epoch(d->queue, t + 1, &rid, &d->ring.envelope, d->next,
	    &sequence);
	if (r == ERR_QUEUE_UNKNOWN || d->host->dead)
		return r;
	return settle_key(d);
}

enum err
world_open(struct world *w, const char *top)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	enum err r;

	memset(w, 0, sizeof(*w));
	w->terminals = 1 + world_below(TERMINALS_MAX);
	w->keep = world_chance(512);
	w->liars = world_chance(256);
	w->now_ms = 1795271600000 + next() % 1000000000;
	for (unsigned i = 0; i <= w->terminals; i++) {
		(void)snprintf(w->hosts[i].folder, sizeof(w->hosts[i].folder),
		    "%s/h%u", top, i);
		w->hosts[i].below = world_below;
		w->hosts[i].torn = world_chance(512);
	}
	w->centre_host = &w->hosts[w->terminals];
	disk_hosts(w->hosts, w->terminals + 1);
	sign_keypair(w->receipt, public);
	secret_random(w->permutation, sizeof(w->permutation));
	w->gateway.training = true;
	w->gateway.lease_size = 5;
	w->gateway.receipt.number = 1;
	w->gateway.receipt.secret = w->receipt;
	w->gateway.permutation = w->permutation;
	if ((r = keys_begin(w, top)) != ERR_OK ||
	    (r = open_centre(w)) != ERR_OK)
		return r;
	for (unsigned t = 0; t < w->terminals; t++) {
		if ((r = add_terminal(w, t)) != ERR_OK ||
		    (r = open_desk(&w->desk[t])) != ERR_OK)
			return r;
		memcpy(w->desk[t].courier.centre, public, sizeof(public));
		if ((r = keys_of_desk(w, &w->desk[t])) != ERR_OK)
			return r;
	}
	return ERR_OK;
}

void
world_close(struct world *w)
{
	for (unsigned t = 0; t < w->terminals; t++) {
		queue_close(w->desk[t].queue);
		for (unsigned i = 0; i < OLD_MAX; i++)
			buf_clear(&w->desk[t].old[i]);
	}
	close_centre(w);
	for (unsigned i = 0; i < KEYS_MAX; i++)
		buf_clear(&w->sealed[i]);
	disk_clear();
}

enum err
world_boot_desk(struct world *w, unsigned t, bool cut)
{
	struct desk_sim *d = &w->desk[t];

	d->host->dead = true;
	queue_close(d->queue);
	d->queue = NULL;
	disk_revive(d->host, cut);
	return open_desk(d);
}

enum err
world_boot_centre(struct world *w, bool cut)
{
	w->centre_host->dead = true;
	close_centre(w);
	disk_revive(w->centre_host, cut);
	return open_centre(w);
}
