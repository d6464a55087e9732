/* refusal: 127 signed bytes. */
#include <stdbool.h>
#include <string.h>

#include "envelope/refusal.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'X', '1' },
	.version = REFUSAL_VERSION,
	.domain = REFUSAL_DOMAIN,
};

_Static_assert(STAMP_LEN + 4 + 4 + 2 + RID_LEN + DIGEST_LEN == REFUSAL_LEN,
    "refusal");

static bool
canonical(const struct refusal *f)
{
	return f->terminal != 0 && f->centre_key != 0 && f->code >= 1 &&
	    f->code <= 999;
}

static enum err
put_all(const struct refusal *f, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put_u32(b, f->terminal)) != ERR_OK ||
	    (r = buf_put_u32(b, f->centre_key)) != ERR_OK ||
	    (r = buf_put_u16(b, f->code)) != ERR_OK ||
	    (r = buf_put(b, f->rid.b, RID_LEN)) != ERR_OK ||
	    (r = buf_put(b, f->hash, DIGEST_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, b);
}

enum err
refusal_write(const struct refusal *f,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[REFUSAL_LEN])
{
	struct buf b;
	enum err r;

	if (!canonical(f))
		return ERR_RECEIPT;
	buf_init(&b);
	if ((r = put_all(f, secret, &b)) == ERR_OK)
		memcpy(out, b.p, REFUSAL_LEN);
	buf_clear(&b);
	return r;
}

enum err
refusal_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct refusal *out)
{
	struct refusal f;
	struct cursor c;

	if (stamp_open(&stamp, p, n, public, &c) != ERR_OK ||
	    cursor_u32(&c, &f.terminal) != ERR_OK ||
	    cursor_u32(&c, &f.centre_key) != ERR_OK ||
	    cursor_u16(&c, &f.code) != ERR_OK ||
	    cursor_copy(&c, f.rid.b, RID_LEN) != ERR_OK ||
	    cursor_copy(&c, f.hash, DIGEST_LEN) != ERR_OK ||
	    cursor_end(&c) != ERR_OK || !canonical(&f))
		return ERR_RECEIPT;
	*out = f;
	return ERR_OK;
}
