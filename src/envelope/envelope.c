/* envelope: pad, seal, sign; and take apart again, strictly. */
#include <string.h>

#include "envelope/envelope.h"
#include "envelope/epoch.h"

static const char magic[4] = { 'G', 'U', 'E', '1' };

enum { PAD_MARK = 0x80 }; /* ISO/IEC 7816-4: 80, then zeros */

/* The length without its filling, which is at most one step long. */
static enum err
unpad(const uint8_t *p, size_t n, size_t *len)
{
	size_t least = n - ENVELOPE_STEP;

	do
		n--;
	while (n > least && p[n] == 0);
	if (p[n] != PAD_MARK)
		return ERR_ENV_FORM;
	*len = n;
	return ERR_OK;
}

static bool
whole_steps(size_t sealed)
{
	return sealed > BOX_OVERHEAD && sealed <= ENVELOPE_SEALED_MAX &&
	    (sealed - BOX_OVERHEAD) % ENVELOPE_STEP == 0;
}

enum err
envelope_seal(struct buf *document, const struct envelope_keys *keys,
    struct buf *out)
{
	size_t len = document->len;
	size_t fill = ENVELOPE_STEP - len % ENVELOPE_STEP;
	enum err r;

	if (len + fill > ENVELOPE_SEALED_MAX - BOX_OVERHEAD)
		return ERR_TOO_LONG;
	/* In its own memory: a copy would be one more to lock and to wipe. */
	if ((r = buf_reserve(document, fill)) != ERR_OK)
		return r;
	memset(document->p + len, 0, fill);
	document->p[len] = PAD_MARK;
	return box_seal(document->p, len + fill, keys->opening_public, out);
}

/* A box for the centre, or the next key, which is for all to read. */
static bool
has_content(const struct envelope *e)
{
	return e->suite == ENVELOPE_EPOCH ? e->opening_key == 0 &&
	    e->sign_key != UINT32_MAX && e->sealed.n == EPOCH_LEN :
	    e->suite == ENVELOPE_SUITE && e->opening_key != 0 &&
	    whole_steps(e->sealed.n);
}

/* One form only: the same rules for what is written and what is read. */
static bool
canonical(const struct envelope *e)
{
	bool first = secret_is_zero(e->previous, sizeof(e->previous));

	return e->terminal != 0 && e->sign_key != 0 && has_content(e) &&
	    e->sequence >= 1 && e->sequence <= INT64_MAX &&
	    first == (e->sequence == 1);
}

enum err
envelope_header(const struct envelope *e, struct buf *out)
{
	enum err r;

	if ((r = buf_put(out, magic, sizeof(magic))) != ERR_OK ||
	    (r = buf_put_u8(out, ENVELOPE_VERSION)) != ERR_OK ||
	    (r = buf_put_u8(out, e->suite)) != ERR_OK ||
	    (r = buf_put_u32(out, e->terminal)) != ERR_OK ||
	    (r = buf_put_u32(out, e->sign_key)) != ERR_OK ||
	    (r = buf_put_u64(out, e->sequence)) != ERR_OK ||
	    (r = buf_put(out, e->previous, DIGEST_LEN)) != ERR_OK ||
	    (r = buf_put(out, e->rid.b, RID_LEN)) != ERR_OK ||
	    (r = buf_put_u32(out, e->opening_key)) != ERR_OK)
		return r;
	return buf_put_u32(out, (uint32_t)e->sealed.n);
}

enum err
envelope_write(const struct envelope *e, const struct envelope_keys *keys,
    struct buf *out)
{
	uint8_t signature[SIGNATURE_LEN];
	size_t start = out->len;
	enum err r;

	if (!canonical(e))
		return ERR_ENV_FORM;
	if ((r = envelope_header(e, out)) != ERR_OK ||
	    (r = buf_put(out, e->sealed.p, e->sealed.n)) != ERR_OK ||
	    (r = sign(ENVELOPE_DOMAIN, out->p + start, out->len - start,
	    keys->sign_secret, signature)) != ERR_OK ||
	    (r = buf_put(out, signature, sizeof(signature))) != ERR_OK)
		out->len = start;
	return r;
}

/* The first six bytes say whether the rest is for us to read. */
static enum err
read_kind(struct cursor *c, uint8_t *suite)
{
	uint8_t seen[sizeof(magic)], version;

	if (cursor_copy(c, seen, sizeof(seen)) != ERR_OK ||
	    memcmp(seen, magic, sizeof(magic)) != 0 ||
	    cursor_u8(c, &version) != ERR_OK || cursor_u8(c, suite) != ERR_OK)
		return ERR_ENV_FORM;
	return version == ENVELOPE_VERSION && (*suite == ENVELOPE_SUITE ||
	    *suite == ENVELOPE_EPOCH) ? ERR_OK : ERR_ENV_VERSION;
}

enum err
envelope_read(const void *p, size_t n, struct envelope *out)
{
	struct cursor c = cursor_of(p, n), signature;
	struct envelope e;
	uint32_t sealed;
	enum err r;

	if ((r = read_kind(&c, &e.suite)) != ERR_OK)
		return r;
	if (cursor_u32(&c, &e.terminal) != ERR_OK ||
	    cursor_u32(&c, &e.sign_key) != ERR_OK ||
	    cursor_u64(&c, &e.sequence) != ERR_OK ||
	    cursor_copy(&c, e.previous, DIGEST_LEN) != ERR_OK ||
	    cursor_copy(&c, e.rid.b, RID_LEN) != ERR_OK ||
	    cursor_u32(&c, &e.opening_key) != ERR_OK ||
	    cursor_u32(&c, &sealed) != ERR_OK ||
	    cursor_sub(&c, sealed, &e.sealed) != ERR_OK ||
	    cursor_sub(&c, SIGNATURE_LEN, &signature) != ERR_OK ||
	    cursor_end(&c) != ERR_OK || !canonical(&e))
		return ERR_ENV_FORM;
	*out = e;
	return ERR_OK;
}

enum err
envelope_check(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN])
{
	struct cursor c = cursor_of(p, n), body;
	uint8_t signature[SIGNATURE_LEN];

	if (n < SIGNATURE_LEN ||
	    cursor_sub(&c, n - SIGNATURE_LEN, &body) != ERR_OK ||
	    cursor_copy(&c, signature, sizeof(signature)) != ERR_OK)
		return ERR_ENV_SIGNATURE;
	return sign_check(ENVELOPE_DOMAIN, body.p, body.n, signature, public);
}

void
envelope_hash(const void *p, size_t n, uint8_t out[DIGEST_LEN])
{
	digest(p, n, out);
}

enum err
envelope_open(const struct envelope *e,
    const uint8_t opening_secret[BOX_SECRET_LEN], struct buf *out)
{
	size_t start = out->len, len;
	enum err r;

	if (e->suite != ENVELOPE_SUITE || !whole_steps(e->sealed.n))
		return ERR_ENV_FORM;
	if ((r = box_open(e->sealed.p, e->sealed.n, opening_secret,
	    out)) != ERR_OK)
		return r;
	r = unpad(out->p + start, out->len - start, &len);
	if (r != ERR_OK)
		secret_wipe(out->p + start, out->len - start);
	out->len = start + (r == ERR_OK ? len : 0);
	return r;
}
