/* line: questions that get lost, come twice or late, answers that are cut. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/world.h"

/* Who asks is known by its certificate. */
static enum err
say_opening(struct world *w, uint32_t terminal, const char *path,
    struct buf *out)
{
	unsigned long long sent, told;
	struct opening_ask ask;
	char word[8];
	struct terminal t;
	enum err r;

	if (sscanf(path, "/v1/opening?sealing=%u&sent=%llu&%7[a-z]=%llu",
	    &ask.sealing, &sent, word, &told) != 4)
		return ERR_REQUEST;
	ask.sent = sent;
	ask.told = (struct switch_told){ .open = strcmp(word, "open") == 0,
		.at_ms = told };
	r = w->store->ops->terminal_find(w->store, terminal, &t);
	return r == ERR_OK ? gateway_opening(&w->gateway, &t, &ask,
	    w->now_ms, out) : r;
}

/* The gateway's answer to one question, or its trouble, as HTTP says it. */
static long
hear(struct world *w, uint32_t terminal, const char *path, const void *p,
    size_t n, struct buf *out)
{
	static const char posted[] = "/v1/envelopes",
	    after[] = "/v1/outcomes", opening[] = "/v1/opening";
	const char *missing = strchr(path, '=');
	uint64_t number = missing == NULL ? 0 :
	    strtoull(missing + 1, NULL, 10);
	struct gateway *g = &w->gateway;
	enum err r;

	if (w->store == NULL || w->centre_host->dead)
		return 0;
	if (strncmp(path, posted, sizeof(posted) - 1) == 0)
		r = gateway_envelopes(g, terminal, cursor_of(p, n), number,
		    w->now_ms, out);
	else if (strncmp(path, after, sizeof(after) - 1) == 0)
		r = gateway_outcomes(g, terminal, number, out);
	else if (strncmp(path, opening, sizeof(opening) - 1) == 0)
		r = say_opening(w, terminal, path, out);
	else
		r = gateway_lease(g, terminal, w->now_ms, out);
	if (w->centre_host->dead)
		return 0; /* nobody speaks any more */
	return r == ERR_OK ? 200 : err_http(r);
}

/* Kept, to come again when nobody waits for it any more. */
static void
remember(struct desk_sim *d, const void *p, size_t n)
{
	struct buf *b = &d->old[d->nold++ % OLD_MAX];

	buf_reset(b);
	if (buf_put(b, p, n) != ERR_OK)
		abort();
}

static void
come_again(struct world *w, struct desk_sim *d)
{
	const struct buf *b = &d->old[world_below(OLD_MAX)];
	struct buf unheard;

	buf_init(&unheard);
	if (b->len > 0)
		(void)hear(w, d->courier.terminal, "/v1/envelopes", b->p,
		    b->len, &unheard);
	buf_clear(&unheard);
}

/* An old question with one bit turned. */
static enum err
turn_bit(const struct buf *old, struct buf *out)
{
	enum err r = buf_put(out, old->p, old->len);

	if (r == ERR_OK && out->len > 0)
		out->p[world_below((uint32_t)out->len)] ^=
		    (uint8_t)(1u << world_below(8));
	return r;
}

/* Its envelopes, the last one first. */
static enum err
turn_round(const struct buf *old, struct buf *out)
{
	struct cursor c = cursor_of(old->p, old->len), one;
	size_t at = old->len;
	uint32_t len;
	enum err r;

	if ((r = buf_reserve(out, old->len)) != ERR_OK)
		return r;
	out->len = old->len;
	while (c.n > 0) {
		const uint8_t *from = c.p;

		if (cursor_u32(&c, &len) != ERR_OK ||
		    cursor_sub(&c, len, &one) != ERR_OK)
			return ERR_REQUEST;
		at -= 4 + (size_t)len;
		memcpy(out->p + at, from, 4 + (size_t)len);
	}
	return ERR_OK;
}

static enum err
noise(struct buf *out)
{
	uint32_t n = 1 + world_below(3000);
	enum err r = ERR_OK;

	while (r == ERR_OK && n-- > 0)
		r = buf_put_u8(out, (uint8_t)world_below(256));
	return r;
}

void
world_forge(struct world *w, unsigned t)
{
	const struct desk_sim *of = &w->desk[world_below(w->terminals)];
	const struct buf *old = &of->old[world_below(OLD_MAX)];
	struct buf said, unheard;
	enum err r;

	buf_init(&said);
	buf_init(&unheard);
	switch (world_below(4)) {
	case 0:
		r = turn_bit(old, &said);
		break;
	case 1:
		r = turn_round(old, &said);
		break;
	case 2:
		r = noise(&said);
		break;
	default:
		r = buf_put(&said, old->p, old->len);
		break;
	}
	if (r == ERR_OK && said.len > 0)
		(void)hear(w, t + 1, "/v1/envelopes", said.p, said.len,
		    &unheard);
	buf_clear(&said);
	buf_clear(&unheard);
}

/* Somebody else answers: 200, and nothing of the centre's. */
static enum err
lie(struct answer *out)
{
	static const char *const lies[] = { "{\"envelopes\":[]}", "{}",
		"<html>", "{\"envelopes\":[{\"status\":\"stored\"}]}", "" };

	out->status = 200;
	return buf_put_text(&out->body,
	    lies[world_below(sizeof(lies) / sizeof(lies[0]))]);
}

enum err
world_ask(struct transport *t, const char *path, const void *p, size_t n,
    struct answer *out)
{
	struct desk_sim *d = (struct desk_sim *)t;
	struct world *w = d->world;

	if (world_chance(w->line.lose))
		return ERR_SYNC_CONNECT;
	if (world_chance(w->line.lie))
		return lie(out);
	if (p != NULL && n > 0)
		remember(d, p, n);
	if (world_chance(w->line.repeat))
		come_again(w, d);
	out->status = hear(w, d->courier.terminal, path, p, n, &out->body);
	if (out->status == 0 || world_chance(w->line.lose_reply))
		return ERR_SYNC_CONNECT;
	if (world_chance(w->line.cut_reply)) {
		out->body.len = world_below((uint32_t)out->body.len);
		return world_chance(512) ? ERR_SYNC_ANSWER : ERR_OK;
	}
	return ERR_OK;
}
