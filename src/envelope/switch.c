/* switch: 86 signed bytes. */
#include <string.h>

#include "envelope/stamp.h"
#include "envelope/switch.h"

enum { SAYS_OPEN = 1, SAYS_CLOSED = 2 };

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'D', '1' },
	.version = SWITCH_VERSION,
	.domain = SWITCH_DOMAIN,
};

_Static_assert(STAMP_LEN + 4 + 4 + 8 + 1 == SWITCH_LEN, "switch");

static bool
canonical(const struct switched *w)
{
	return w->terminal != 0 && w->centre_key != 0 && w->at_ms <= INT64_MAX;
}

static enum err
put_all(const struct switched *w, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put_u32(b, w->terminal)) != ERR_OK ||
	    (r = buf_put_u32(b, w->centre_key)) != ERR_OK ||
	    (r = buf_put_u64(b, w->at_ms)) != ERR_OK ||
	    (r = buf_put_u8(b, w->open ? SAYS_OPEN : SAYS_CLOSED)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, b);
}

enum err
switch_write(const struct switched *w, const uint8_t secret[SIGN_SECRET_LEN],
    uint8_t out[SWITCH_LEN])
{
	struct buf b;
	enum err r;

	if (!canonical(w))
		return ERR_RECEIPT;
	buf_init(&b);
	if ((r = put_all(w, secret, &b)) == ERR_OK)
		memcpy(out, b.p, SWITCH_LEN);
	buf_clear(&b);
	return r;
}

enum err
switch_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct switched *out)
{
	struct switched w;
	struct cursor c;
	uint8_t says;

	if (stamp_open(&stamp, p, n, public, &c) != ERR_OK ||
	    cursor_u32(&c, &w.terminal) != ERR_OK ||
	    cursor_u32(&c, &w.centre_key) != ERR_OK ||
	    cursor_u64(&c, &w.at_ms) != ERR_OK ||
	    cursor_u8(&c, &says) != ERR_OK || cursor_end(&c) != ERR_OK ||
	    (says != SAYS_OPEN && says != SAYS_CLOSED) || !canonical(&w))
		return ERR_RECEIPT;
	w.open = says == SAYS_OPEN;
	*out = w;
	return ERR_OK;
}
