/* feed: lines counted, hashes compared. */
#include <stdio.h>
#include <string.h>

#include "centre/feed.h"
#include "centre/inquiry.h"

#define MARK	 "g1-"
#define MARK_LEN 3
#define SEEN_LEN 16 /* of the hash */

static void
write_cursor(const struct trace_line *l, char out[CURSOR_TEXT])
{
	uint8_t b[8 + SEEN_LEN];

	for (size_t i = 0; i < 8; i++)
		b[i] = (uint8_t)(l->number >> (56 - 8 * i));
	memcpy(b + 8, l->hash, SEEN_LEN);
	memcpy(out, MARK, MARK_LEN);
	hex_of(b, sizeof(b), out + MARK_LEN);
}

static enum err
read_cursor(const char *text, uint64_t *number, uint8_t seen[SEEN_LEN])
{
	uint8_t b[8 + SEEN_LEN];
	struct cursor c;

	if (strncmp(text, MARK, MARK_LEN) != 0 ||
	    hex_read(text + MARK_LEN, b, sizeof(b)) != ERR_OK)
		return ERR_CURSOR;
	c = cursor_of(b, sizeof(b));
	if (cursor_u64(&c, number) != ERR_OK || *number == 0 ||
	    *number >= TRACE_LAST)
		return ERR_CURSOR;
	return cursor_copy(&c, seen, SEEN_LEN);
}

struct meeting {
	const uint8_t *seen;
	bool met;
};

static enum err
meet(const struct trace_line *l, void *user)
{
	struct meeting *m = user;

	m->met = memcmp(l->hash, m->seen, SEEN_LEN) == 0;
	return ERR_OK;
}

enum err
feed_since(struct feed *f, struct vault *v, const char *cursor)
{
	uint8_t seen[SEEN_LEN];
	struct meeting m = { .seen = seen };
	uint64_t number;
	enum err r;

	*f = (struct feed){ .vault = v, .last = TRACE_LAST,
		.to_ms = UINT64_MAX };
	if (strcmp(cursor, FEED_BEGIN) == 0)
		return ERR_OK;
	if ((r = read_cursor(cursor, &number, seen)) != ERR_OK ||
	    (r = vault_traces(v, NULL, number - 1, number, meet, &m)) !=
	    ERR_OK)
		return r;
	f->after = number;
	return m.met ? ERR_OK : ERR_CURSOR;
}

enum err
feed_between(struct feed *f, struct vault *v, uint64_t from_ms,
    uint64_t to_ms)
{
	uint64_t first = 1, last = 0;
	enum err r = vault_between(v, from_ms, to_ms, &first, &last);

	if (r != ERR_OK && r != ERR_NOT_FOUND)
		return r;
	*f = (struct feed){ .vault = v, .after = first - 1, .last = last,
		.from_ms = from_ms, .to_ms = to_ms };
	return ERR_OK;
}

struct gathering {
	struct feed *feed;
	struct feed_item *out;
	unsigned n;
};

static bool
is_item(const struct feed *f, const struct trace_line *l)
{
	return l->at_ms >= f->from_ms && l->at_ms < f->to_ms &&
	    strcmp(l->action, FEED_LOOK) != 0 &&
	    strcmp(l->action, FEED_READ) != 0 &&
	    !inquiry_is_action(l->action) &&
	    !secret_is_zero(l->subject, sizeof(l->subject));
}

/* ERR_TOO_LONG: this one is for the next time. */
static enum err
gather(const struct trace_line *l, void *user)
{
	struct gathering *g = user;
	struct feed_item *it = &g->out[g->n];

	if (is_item(g->feed, l)) {
		if (g->n == FEED_MAX)
			return ERR_TOO_LONG;
		it->number = l->number;
		memcpy(it->dossier, l->subject, sizeof(it->dossier));
		write_cursor(l, it->cursor);
		g->n++;
	}
	g->feed->after = l->number;
	return ERR_OK;
}

enum err
feed_next(struct feed *f, struct feed_item out[FEED_MAX], unsigned *n)
{
	struct gathering g = { .feed = f, .out = out };
	enum err r = vault_traces(f->vault, NULL, f->after, f->last, gather,
	    &g);

	if (r != ERR_OK && r != ERR_TOO_LONG)
		return r;
	*n = g.n;
	return ERR_OK;
}
