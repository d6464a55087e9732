/* vouch: number, time, and a signature over them and what the record says. */
#include <string.h>

#include "base/secret.h"
#include "envelope/vouch.h"

static bool
canonical(const struct vouch *v)
{
	return v->terminal != 0 && v->reach != REACH_NONE &&
	    v->to[0] != '\0' && v->opener_key != 0 && v->at_ms <= INT64_MAX;
}

/* What is signed: never the contact itself. */
static enum err
say(const struct vouch *v, struct buf *out)
{
	uint8_t contact[DIGEST_LEN];
	enum err r;

	digest(v->to, strlen(v->to), contact);
	if ((r = buf_put_u32(out, v->opener_key)) != ERR_OK ||
	    (r = buf_put_u64(out, v->at_ms)) != ERR_OK ||
	    (r = buf_put_u32(out, v->terminal)) != ERR_OK ||
	    (r = buf_put(out, v->about.b, RID_LEN)) != ERR_OK ||
	    (r = buf_put_u8(out, (uint8_t)v->reach)) != ERR_OK)
		return r;
	return buf_put(out, contact, sizeof(contact));
}

enum err
vouch_write(const struct vouch *v, const uint8_t secret[SIGN_SECRET_LEN],
    uint8_t out[VOUCH_LEN])
{
	struct buf said;
	enum err r;

	if (!canonical(v))
		return ERR_RECEIPT;
	buf_init(&said);
	if ((r = say(v, &said)) == ERR_OK &&
	    (r = sign(VOUCH_DOMAIN, said.p, said.len, secret, out + 4 + 8)) ==
	    ERR_OK)
		memcpy(out, said.p, 4 + 8);
	buf_clear(&said);
	return r;
}

enum err
vouch_check(const void *p, size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    struct vouch *v)
{
	struct cursor c = cursor_of(p, n);
	uint8_t signature[SIGNATURE_LEN];
	struct vouch got = *v;
	struct buf said;
	enum err r;

	if (cursor_u32(&c, &got.opener_key) != ERR_OK ||
	    cursor_u64(&c, &got.at_ms) != ERR_OK ||
	    cursor_copy(&c, signature, sizeof(signature)) != ERR_OK ||
	    cursor_end(&c) != ERR_OK || !canonical(&got))
		return ERR_RECEIPT;
	buf_init(&said);
	if ((r = say(&got, &said)) == ERR_OK &&
	    sign_check(VOUCH_DOMAIN, said.p, said.len, signature, public) !=
	    ERR_OK)
		r = ERR_RECEIPT;
	buf_clear(&said);
	if (r == ERR_OK)
		*v = got;
	return r;
}

enum err
vouch_when(const char *hex, uint64_t *at_ms)
{
	uint8_t bytes[VOUCH_LEN] = { 0 };
	struct cursor c = cursor_of(bytes, sizeof(bytes));
	uint32_t number;

	return hex_read(hex, bytes, sizeof(bytes)) == ERR_OK &&
	    cursor_u32(&c, &number) == ERR_OK &&
	    cursor_u64(&c, at_ms) == ERR_OK ? ERR_OK : ERR_RECEIPT;
}
