/* receipt: 142 signed bytes. */
#include <string.h>

#include "envelope/receipt.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'R', '1' },
	.version = RECEIPT_VERSION,
	.domain = RECEIPT_DOMAIN,
};

_Static_assert(STAMP_LEN + 1 + 4 + 4 + 8 + 8 + RID_LEN + DIGEST_LEN ==
    RECEIPT_LEN, "receipt");

static bool
canonical(const struct receipt *rc)
{
	return (rc->level == LEVEL_STORED || rc->level == LEVEL_REPLICATED) &&
	    rc->terminal != 0 && rc->centre_key != 0 && rc->sequence >= 1 &&
	    rc->sequence <= INT64_MAX && rc->at_ms <= INT64_MAX;
}

static enum err
put_all(const struct receipt *rc, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put_u8(b, (uint8_t)rc->level)) != ERR_OK ||
	    (r = buf_put_u32(b, rc->terminal)) != ERR_OK ||
	    (r = buf_put_u32(b, rc->centre_key)) != ERR_OK ||
	    (r = buf_put_u64(b, rc->sequence)) != ERR_OK ||
	    (r = buf_put_u64(b, rc->at_ms)) != ERR_OK ||
	    (r = buf_put(b, rc->rid.b, RID_LEN)) != ERR_OK ||
	    (r = buf_put(b, rc->hash, DIGEST_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, b);
}

enum err
receipt_write(const struct receipt *rc,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[RECEIPT_LEN])
{
	struct buf b;
	enum err r;

	if (!canonical(rc))
		return ERR_RECEIPT;
	buf_init(&b);
	if ((r = put_all(rc, secret, &b)) == ERR_OK)
		memcpy(out, b.p, RECEIPT_LEN);
	buf_clear(&b);
	return r;
}

/* What stands between stamp and signature. */
static enum err
read_body(struct cursor c, struct receipt *out)
{
	struct receipt rc;
	uint8_t level;

	if (cursor_u8(&c, &level) != ERR_OK ||
	    cursor_u32(&c, &rc.terminal) != ERR_OK ||
	    cursor_u32(&c, &rc.centre_key) != ERR_OK ||
	    cursor_u64(&c, &rc.sequence) != ERR_OK ||
	    cursor_u64(&c, &rc.at_ms) != ERR_OK ||
	    cursor_copy(&c, rc.rid.b, RID_LEN) != ERR_OK ||
	    cursor_copy(&c, rc.hash, DIGEST_LEN) != ERR_OK ||
	    cursor_end(&c) != ERR_OK)
		return ERR_RECEIPT;
	rc.level = (enum receipt_level)level;
	if (!canonical(&rc))
		return ERR_RECEIPT;
	*out = rc;
	return ERR_OK;
}

enum err
receipt_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct receipt *out)
{
	struct cursor c;

	return stamp_open(&stamp, p, n, public, &c) == ERR_OK ?
	    read_body(c, out) : ERR_RECEIPT;
}

enum err
receipt_read_one_of(const void *p, size_t n, struct receipt *out)
{
	struct cursor c;

	return stamp_body(&stamp, p, n, &c) == ERR_OK ? read_body(c, out) :
	    ERR_RECEIPT;
}
