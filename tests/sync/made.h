/*
 * made: a queue with records, and a centre made of prepared answers.
 */
#ifndef GUICHET_TESTS_SYNC_MADE_H
#define GUICHET_TESTS_SYNC_MADE_H

#include "base/json.h"
#include "envelope/envelope.h"
#include "sync/attempt.h"
#include "tests/queue/made.h"

#define SCRIPT_MAX 200

struct sync_made;

/* What the centre does with a question: fill the answer, or fail. */
typedef enum err playing(struct sync_made *m, const char *path,
    struct cursor body, struct answer *out);

struct sync_made {
	struct transport transport; /* first: the centre finds us by it */
	struct made q;
	struct queue *queue;
	struct courier courier;
	uint8_t centre[SIGN_SECRET_LEN], opener[SIGN_SECRET_LEN];
	uint8_t stranger[SIGN_SECRET_LEN];
	playing *play;
	unsigned asked;
	char path[64]; /* of the last question */
	struct rid rid[SCRIPT_MAX];
	uint64_t sequence;
};

static inline enum err
made_ask(struct transport *t, const char *path, const void *p, size_t n,
    struct answer *out)
{
	struct sync_made *m = (struct sync_made *)t;

	m->asked++;
	(void)snprintf(m->path, sizeof(m->path), "%s", path);
	buf_reset(&out->body);
	out->status = 200;
	out->retry_after_ms = 0;
	return m->play(m, path, cursor_of(p, p == NULL ? 0 : n), out);
}

static inline void
made_no_close(struct transport *t)
{
	(void)t;
}

static inline int
sync_made_open(struct sync_made *m, unsigned records)
{
	uint8_t unused[SIGN_PUBLIC_LEN];

	memset(m, 0, sizeof(*m));
	if (made_init(&m->q) != 0 ||
	    queue_open(m->q.state, false, &m->queue) != ERR_OK)
		return -1;
	m->transport.ask = made_ask;
	m->transport.close = made_no_close;
	m->courier.queue = m->queue;
	m->courier.transport = &m->transport;
	m->courier.terminal = MADE_TERMINAL;
	m->courier.until = LEVEL_STORED;
	m->courier.lease_low = 5;
	sign_keypair(m->centre, m->courier.centre);
	sign_keypair(m->opener, m->courier.opener);
	sign_keypair(m->stranger, unused);
	for (unsigned i = 0; i < records; i++)
		if (made_put(&m->q, m->queue, &m->rid[i], &m->sequence) !=
		    ERR_OK)
			return -1;
	return 0;
}

static inline void
sync_made_close(struct sync_made *m)
{
	queue_close(m->queue);
	made_clear(&m->q);
}

/* The next envelope of a body, taken apart. */
static inline enum err
made_next(struct cursor *body, struct envelope *e, struct cursor *bytes)
{
	uint32_t n;
	enum err r;

	if ((r = cursor_u32(body, &n)) != ERR_OK ||
	    (r = cursor_sub(body, n, bytes)) != ERR_OK)
		return r;
	return envelope_read(bytes->p, bytes->n, e);
}

/* The receipt that a centre with that key gives for it, as base64. */
static inline enum err
made_receipt(const struct envelope *e, const struct cursor *bytes,
    const uint8_t *secret, char out[BASE64_ROOM(RECEIPT_LEN)])
{
	struct receipt rc = { .level = LEVEL_STORED,
		.terminal = e->terminal, .centre_key = 1,
		.sequence = e->sequence, .at_ms = 1795271600000,
		.rid = e->rid };
	uint8_t signed_bytes[RECEIPT_LEN];
	enum err r;

	envelope_hash(bytes->p, bytes->n, rc.hash);
	if ((r = receipt_write(&rc, secret, signed_bytes)) == ERR_OK)
		base64_of(signed_bytes, RECEIPT_LEN, out);
	return r;
}

/* Every envelope of the body as `one` says, in a JSON list. */
typedef enum err saying(struct sync_made *m, unsigned i,
    const struct envelope *e, const struct cursor *bytes, struct buf *out);

static inline enum err
say_each(struct sync_made *m, struct cursor body, struct answer *out,
    saying *one)
{
	struct envelope e;
	struct cursor bytes;
	enum err r = buf_put_text(&out->body, "{\"envelopes\":[");

	for (unsigned i = 0; r == ERR_OK && body.n > 0; i++) {
		if (i > 0)
			r = buf_put_text(&out->body, ",");
		if (r == ERR_OK &&
		    (r = made_next(&body, &e, &bytes)) == ERR_OK)
			r = one(m, i, &e, &bytes, &out->body);
	}
	return r == ERR_OK ? buf_put_text(&out->body, "]}") : r;
}

static inline enum err
say_stored(struct sync_made *m, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	char receipt[BASE64_ROOM(RECEIPT_LEN)], rid[RID_TEXT];

	(void)i;
	rid_text(&e->rid, rid);
	if (made_receipt(e, bytes, m->centre, receipt) != ERR_OK)
		return ERR_MEMORY;
	return buf_putf(out, "{\"rid\":\"%s\",\"status\":\"stored\","
	    "\"receipt\":\"%s\"}", rid, receipt);
}

static inline enum err
say_gap(struct sync_made *mm, unsigned i, const struct envelope *e,
    const struct cursor *bytes, struct buf *out)
{
	(void)mm;
	(void)e;
	(void)bytes;
	return buf_putf(out, "{\"status\":\"gap\",\"code\":706,"
	    "\"next\":%u}", 9 - i);
}

static inline enum err
play_gap(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)path;
	return say_each(mm, body, out, say_gap);
}

static inline enum err
play_nobody(struct sync_made *mm, const char *path, struct cursor body,
    struct answer *out)
{
	(void)mm;
	(void)path;
	(void)body;
	(void)out;
	return ERR_SYNC_CONNECT;
}

static inline unsigned
made_count(struct sync_made *m, enum queue_state s)
{
	struct queue_counts c;

	return queue_count(m->queue, &c) == ERR_OK ?
	    (unsigned)c.by_state[s] : 999;
}

#endif
