/* badge: 129 signed bytes. */
#include <stdbool.h>
#include <string.h>

#include "envelope/badge.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'K', '1' },
	.version = BADGE_VERSION,
	.domain = BADGE_DOMAIN,
};

_Static_assert(STAMP_LEN + 4 + 4 + 4 + 8 + 8 + SIGN_PUBLIC_LEN == BADGE_LEN,
    "badge");

static bool
canonical(const struct badge *b)
{
	return b->terminal != 0 && b->sign_key != 0 && b->centre_key != 0 &&
	    b->from_ms < b->until_ms && b->until_ms <= INT64_MAX;
}

static enum err
put_all(const struct badge *b, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *out)
{
	enum err r;

	if ((r = stamp_begin(&stamp, out)) != ERR_OK ||
	    (r = buf_put_u32(out, b->terminal)) != ERR_OK ||
	    (r = buf_put_u32(out, b->sign_key)) != ERR_OK ||
	    (r = buf_put_u32(out, b->centre_key)) != ERR_OK ||
	    (r = buf_put_u64(out, b->from_ms)) != ERR_OK ||
	    (r = buf_put_u64(out, b->until_ms)) != ERR_OK ||
	    (r = buf_put(out, b->public, SIGN_PUBLIC_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, out);
}

enum err
badge_write(const struct badge *b, const uint8_t secret[SIGN_SECRET_LEN],
    uint8_t out[BADGE_LEN])
{
	struct buf bytes;
	enum err r;

	if (!canonical(b))
		return ERR_RECEIPT;
	buf_init(&bytes);
	if ((r = put_all(b, secret, &bytes)) == ERR_OK)
		memcpy(out, bytes.p, BADGE_LEN);
	buf_clear(&bytes);
	return r;
}

enum err
badge_look(const void *p, size_t n, struct badge *out)
{
	struct cursor c;
	struct badge b;

	if (stamp_body(&stamp, p, n, &c) != ERR_OK ||
	    cursor_u32(&c, &b.terminal) != ERR_OK ||
	    cursor_u32(&c, &b.sign_key) != ERR_OK ||
	    cursor_u32(&c, &b.centre_key) != ERR_OK ||
	    cursor_u64(&c, &b.from_ms) != ERR_OK ||
	    cursor_u64(&c, &b.until_ms) != ERR_OK ||
	    cursor_copy(&c, b.public, SIGN_PUBLIC_LEN) != ERR_OK ||
	    cursor_end(&c) != ERR_OK || !canonical(&b))
		return ERR_RECEIPT;
	*out = b;
	return ERR_OK;
}

enum err
badge_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct badge *out)
{
	struct cursor body;

	return stamp_open(&stamp, p, n, public, &body) != ERR_OK
	    ? ERR_RECEIPT : badge_look(p, n, out);
}
