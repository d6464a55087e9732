/* stamp: letters and version in front, signature behind. */
#include <string.h>

#include "envelope/stamp.h"

enum err
stamp_begin(const struct stamp *s, struct buf *out)
{
	enum err r;

	if ((r = buf_put(out, s->magic, sizeof(s->magic))) != ERR_OK)
		return r;
	return buf_put_u8(out, s->version);
}

enum err
stamp_end(const struct stamp *s, const uint8_t secret[SIGN_SECRET_LEN],
    struct buf *out)
{
	uint8_t signature[SIGNATURE_LEN];
	enum err r;

	if ((r = sign(s->domain, out->p, out->len, secret,
	    signature)) != ERR_OK)
		return r;
	return buf_put(out, signature, sizeof(signature));
}

/* The letters and the version are read away. */
static enum err
read_kind(const struct stamp *s, struct cursor *c)
{
	uint8_t magic[sizeof(s->magic)], version;

	if (cursor_copy(c, magic, sizeof(magic)) != ERR_OK ||
	    memcmp(magic, s->magic, sizeof(magic)) != 0 ||
	    cursor_u8(c, &version) != ERR_OK || version != s->version)
		return ERR_ENV_SIGNATURE;
	return ERR_OK;
}

enum err
stamp_open(const struct stamp *s, const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct cursor *body)
{
	struct cursor c = cursor_of(p, n), said;
	uint8_t signature[SIGNATURE_LEN];

	if (n < STAMP_LEN ||
	    cursor_sub(&c, n - SIGNATURE_LEN, &said) != ERR_OK ||
	    cursor_copy(&c, signature, sizeof(signature)) != ERR_OK ||
	    sign_check(s->domain, said.p, said.n, signature, public) !=
	    ERR_OK || read_kind(s, &said) != ERR_OK)
		return ERR_ENV_SIGNATURE;
	*body = said;
	return ERR_OK;
}

enum err
stamp_body(const struct stamp *s, const void *p, size_t n,
    struct cursor *body)
{
	struct cursor c = cursor_of(p, n), said;

	if (n < STAMP_LEN ||
	    cursor_sub(&c, n - SIGNATURE_LEN, &said) != ERR_OK ||
	    read_kind(s, &said) != ERR_OK)
		return ERR_ENV_SIGNATURE;
	*body = said;
	return ERR_OK;
}
