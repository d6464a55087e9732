/* epoch: the next key, in an envelope of the one before. */
#include <string.h>

#include "envelope/epoch.h"

/* What the next key signs: the header with all it says, and itself. */
static enum err
put_claim(const struct envelope *e, const uint8_t public[SIGN_PUBLIC_LEN],
    struct buf *out)
{
	enum err r;

	if ((r = envelope_header(e, out)) != ERR_OK)
		return r;
	return buf_put(out, public, SIGN_PUBLIC_LEN);
}

enum err
epoch_write(const struct envelope *given, const struct envelope_keys *keys,
    const uint8_t next_secret[SIGN_SECRET_LEN], struct buf *out)
{
	struct envelope e = *given;
	uint8_t content[EPOCH_LEN] = { 0 };
	struct buf claim;
	enum err r;

	e.suite = ENVELOPE_EPOCH;
	e.opening_key = 0;
	e.sealed = cursor_of(content, sizeof(content));
	sign_public(next_secret, content);
	buf_init(&claim);
	if ((r = put_claim(&e, content, &claim)) == ERR_OK &&
	    (r = sign(EPOCH_DOMAIN, claim.p, claim.len, next_secret,
	    content + SIGN_PUBLIC_LEN)) == ERR_OK)
		r = envelope_write(&e, keys, out);
	buf_clear(&claim);
	return r;
}

enum err
epoch_next(const struct envelope *e, uint8_t public[SIGN_PUBLIC_LEN])
{
	struct cursor c = e->sealed;
	uint8_t next[SIGN_PUBLIC_LEN], signature[SIGNATURE_LEN];
	struct buf claim;
	enum err r;

	if (e->suite != ENVELOPE_EPOCH ||
	    cursor_copy(&c, next, sizeof(next)) != ERR_OK ||
	    cursor_copy(&c, signature, sizeof(signature)) != ERR_OK)
		return ERR_ENV_FORM;
	buf_init(&claim);
	if ((r = put_claim(e, next, &claim)) == ERR_OK)
		r = sign_check(EPOCH_DOMAIN, claim.p, claim.len, signature,
		    next);
	buf_clear(&claim);
	if (r == ERR_OK)
		memcpy(public, next, sizeof(next));
	return r;
}
