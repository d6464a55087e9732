/* bundle: many in one file. */
#include <string.h>

#include "envelope/bundle.h"
#include "envelope/envelope.h"
#include "envelope/stamp.h"

#define MAGIC { 'G', 'U', 'B', '1' }

/* By their version. All are still read: a terminal may be older than its
 * centre. */
static const struct stamp stamps[BUNDLE_VERSION + 1] = {
	[1] = { MAGIC, 1, BUNDLE_DOMAIN },
	[2] = { MAGIC, 2, BUNDLE_DOMAIN },
	[3] = { MAGIC, 3, BUNDLE_DOMAIN },
	[4] = { MAGIC, 4, BUNDLE_DOMAIN },
};
static const struct stamp *const newest = &stamps[BUNDLE_VERSION];

static const uint8_t reply_magic[5] = { 'G', 'U', 'A', '1', 1 };

enum err
bundle_begin(const struct bundle *b, struct buf *out)
{
	enum err r;

	if ((r = stamp_begin(newest, out)) != ERR_OK ||
	    (r = buf_put_u32(out, b->terminal)) != ERR_OK ||
	    (r = buf_put_u32(out, b->sign_key)) != ERR_OK ||
	    (r = buf_put_u64(out, b->at_ms)) != ERR_OK ||
	    (r = buf_put_u32(out, b->sealing)) != ERR_OK ||
	    (r = buf_put_u64(out, b->sent)) != ERR_OK ||
	    (r = buf_put_u8(out, b->told.open)) != ERR_OK ||
	    (r = buf_put_u64(out, b->told.at_ms)) != ERR_OK)
		return r;
	return buf_put_u32(out, b->count);
}

enum err
bundle_add(const void *p, size_t n, struct buf *out)
{
	enum err r;

	if ((r = buf_put_u32(out, (uint32_t)n)) != ERR_OK)
		return r;
	return buf_put(out, p, n);
}

enum err
bundle_end(const uint8_t secret[SIGN_SECRET_LEN], struct buf *out)
{
	return stamp_end(newest, secret, out);
}

enum err
bundle_next(struct cursor *items, struct cursor *one)
{
	uint32_t n;

	if (cursor_u32(items, &n) != ERR_OK || n == 0 || n > ENVELOPE_MAX ||
	    cursor_sub(items, n, one) != ERR_OK)
		return ERR_ENV_FORM;
	return ERR_OK;
}

/* There are exactly that many, to the last byte. */
static enum err
check_count(struct cursor items, uint32_t count)
{
	struct cursor one;
	uint32_t n = 0;

	for (; items.n != 0; n++)
		if (n == count || bundle_next(&items, &one) != ERR_OK)
			return ERR_ENV_FORM;
	return n == count ? ERR_OK : ERR_ENV_FORM;
}

/* What it was told of its place; 1 is open. */
static enum err
read_told(struct cursor *c, struct switch_told *out)
{
	uint8_t open;
	enum err r;

	if ((r = cursor_u8(c, &open)) != ERR_OK)
		return r;
	out->open = open == 1;
	return open > 1 ? ERR_ENV_FORM : cursor_u64(c, &out->at_ms);
}

/* What stands between version and signature. */
static enum err
read_body(const struct stamp *s, struct cursor c, struct bundle *out,
    struct cursor *items)
{
	struct bundle b = { .sealing = 0, .sent = SENT_UNSAID,
		.told = { .at_ms = SWITCH_UNSAID } };

	if (cursor_u32(&c, &b.terminal) != ERR_OK ||
	    cursor_u32(&c, &b.sign_key) != ERR_OK ||
	    cursor_u64(&c, &b.at_ms) != ERR_OK ||
	    (s->version > 1 && cursor_u32(&c, &b.sealing) != ERR_OK) ||
	    (s->version > 2 && cursor_u64(&c, &b.sent) != ERR_OK) ||
	    (s->version > 3 && read_told(&c, &b.told) != ERR_OK) ||
	    cursor_u32(&c, &b.count) != ERR_OK ||
	    check_count(c, b.count) != ERR_OK)
		return ERR_ENV_FORM;
	*out = b;
	*items = c;
	return ERR_OK;
}

/* By its letters and version; NULL when it is none. */
static const struct stamp *
stamp_of(const void *p, size_t n, struct cursor *body)
{
	for (int v = BUNDLE_VERSION; v > 0; v--)
		if (stamp_body(&stamps[v], p, n, body) == ERR_OK)
			return &stamps[v];
	return NULL;
}

enum err
bundle_look(const void *p, size_t n, struct bundle *out,
    struct cursor *items)
{
	struct cursor c;
	const struct stamp *s = stamp_of(p, n, &c);

	return s == NULL ? ERR_ENV_FORM : read_body(s, c, out, items);
}

enum err
bundle_open(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct bundle *out, struct cursor *items)
{
	struct cursor c;
	const struct stamp *s = stamp_of(p, n, &c);
	enum err r;

	if (s == NULL)
		return ERR_ENV_SIGNATURE;
	if ((r = stamp_open(s, p, n, public, &c)) != ERR_OK)
		return r;
	return read_body(s, c, out, items);
}

enum err
reply_begin(uint32_t count, struct buf *out)
{
	enum err r;

	if ((r = buf_put(out, reply_magic, sizeof(reply_magic))) != ERR_OK)
		return r;
	return buf_put_u32(out, count);
}

enum err
reply_open(const void *p, size_t n, uint32_t *count, struct cursor *items)
{
	struct cursor c = cursor_of(p, n);
	uint8_t head[sizeof(reply_magic)];
	uint32_t number;

	if (cursor_copy(&c, head, sizeof(head)) != ERR_OK ||
	    memcmp(head, reply_magic, sizeof(head)) != 0 ||
	    cursor_u32(&c, &number) != ERR_OK ||
	    check_count(c, number) != ERR_OK)
		return ERR_ENV_FORM;
	*count = number;
	*items = c;
	return ERR_OK;
}
