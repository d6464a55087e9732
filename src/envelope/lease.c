/* lease: blocks of identifiers, signed. */
#include <string.h>

#include "envelope/lease.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'L', '1' },
	.version = LEASE_VERSION,
	.domain = LEASE_DOMAIN,
};

/* The number at i is in range and was not given before in this block. */
static bool
fresh(const struct lease *l, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (l->number[k] == l->number[i])
			return false;
	return l->number[i] < IDENTIFIER_COUNT;
}

static bool
canonical(const struct lease *l)
{
	if (l->terminal == 0 || l->block == 0 || l->centre_key == 0 ||
	    l->at_ms > INT64_MAX || l->count == 0 || l->count > LEASE_MAX)
		return false;
	for (size_t i = 0; i < l->count; i++)
		if (!fresh(l, i))
			return false;
	return true;
}

static enum err
put_head(const struct lease *l, struct buf *b)
{
	enum err r;

	if ((r = stamp_begin(&stamp, b)) != ERR_OK ||
	    (r = buf_put_u32(b, l->terminal)) != ERR_OK ||
	    (r = buf_put_u32(b, l->block)) != ERR_OK ||
	    (r = buf_put_u32(b, l->centre_key)) != ERR_OK ||
	    (r = buf_put_u64(b, l->at_ms)) != ERR_OK)
		return r;
	return buf_put_u16(b, l->count);
}

enum err
lease_write(const struct lease *l, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *out)
{
	struct buf b;
	enum err r;

	if (!canonical(l))
		return ERR_LEASE;
	buf_init(&b);
	r = put_head(l, &b);
	for (size_t i = 0; r == ERR_OK && i < l->count; i++)
		r = buf_put_u32(&b, l->number[i]);
	if (r == ERR_OK && (r = stamp_end(&stamp, secret, &b)) == ERR_OK)
		r = buf_put(out, b.p, b.len);
	buf_clear(&b);
	return r;
}

enum err
lease_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct lease *out)
{
	struct cursor c;
	struct lease l;

	if (stamp_open(&stamp, p, n, public, &c) != ERR_OK ||
	    cursor_u32(&c, &l.terminal) != ERR_OK ||
	    cursor_u32(&c, &l.block) != ERR_OK ||
	    cursor_u32(&c, &l.centre_key) != ERR_OK ||
	    cursor_u64(&c, &l.at_ms) != ERR_OK ||
	    cursor_u16(&c, &l.count) != ERR_OK || l.count > LEASE_MAX)
		return ERR_LEASE;
	for (size_t i = 0; i < l.count; i++)
		if (cursor_u32(&c, &l.number[i]) != ERR_OK)
			return ERR_LEASE;
	if (cursor_end(&c) != ERR_OK || !canonical(&l))
		return ERR_LEASE;
	*out = l;
	return ERR_OK;
}
