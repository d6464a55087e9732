/* opening: 117 signed bytes. */
#include <stdbool.h>
#include <string.h>

#include "envelope/opening.h"
#include "envelope/stamp.h"

static const struct stamp stamp = {
	.magic = { 'G', 'U', 'S', '1' },
	.version = OPENING_VERSION,
	.domain = OPENING_DOMAIN,
};

_Static_assert(STAMP_LEN + 4 + 4 + 8 + BOX_PUBLIC_LEN == OPENING_LEN,
    "opening");

static bool
canonical(const struct opening *o)
{
	return o->number != 0 && o->outcome_key != 0 &&
	    o->from_ms <= INT64_MAX;
}

static enum err
put_all(const struct opening *o, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *out)
{
	enum err r;

	if ((r = stamp_begin(&stamp, out)) != ERR_OK ||
	    (r = buf_put_u32(out, o->number)) != ERR_OK ||
	    (r = buf_put_u32(out, o->outcome_key)) != ERR_OK ||
	    (r = buf_put_u64(out, o->from_ms)) != ERR_OK ||
	    (r = buf_put(out, o->public, BOX_PUBLIC_LEN)) != ERR_OK)
		return r;
	return stamp_end(&stamp, secret, out);
}

enum err
opening_write(const struct opening *o, const uint8_t secret[SIGN_SECRET_LEN],
    uint8_t out[OPENING_LEN])
{
	struct buf bytes;
	enum err r;

	if (!canonical(o))
		return ERR_OPENING_SAID;
	buf_init(&bytes);
	if ((r = put_all(o, secret, &bytes)) == ERR_OK)
		memcpy(out, bytes.p, OPENING_LEN);
	buf_clear(&bytes);
	return r;
}

enum err
opening_read(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct opening *out)
{
	struct opening o;
	struct cursor c;

	if (stamp_open(&stamp, p, n, public, &c) != ERR_OK ||
	    cursor_u32(&c, &o.number) != ERR_OK ||
	    cursor_u32(&c, &o.outcome_key) != ERR_OK ||
	    cursor_u64(&c, &o.from_ms) != ERR_OK ||
	    cursor_copy(&c, o.public, BOX_PUBLIC_LEN) != ERR_OK ||
	    cursor_end(&c) != ERR_OK || !canonical(&o))
		return ERR_OPENING_SAID;
	*out = o;
	return ERR_OK;
}

enum err
opening_follows(const struct opening *o, uint32_t number,
    const uint8_t public[BOX_PUBLIC_LEN])
{
	if (o->number > number)
		return ERR_OK;
	if (o->number < number)
		return err_about(ERR_OPENING_OLD, "%u, %u", o->number,
		    number);
	return memcmp(o->public, public, BOX_PUBLIC_LEN) == 0 ?
	    ERR_NOT_FOUND : err_about(ERR_OPENING_SAID, "%u", number);
}
