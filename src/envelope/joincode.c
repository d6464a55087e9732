/* joincode: two ids written one behind the other, and a proof. */
#include <string.h>

#include "base/secret.h"
#include "envelope/joincode.h"

#define HALF (RID_TEXT - 1) /* digits */

void
join_code_text(const struct join_code *c, char out[JOIN_TEXT])
{
	struct rid half;

	memcpy(half.b, c->secret, JOIN_SECRET);
	rid_text(&half, out);
	out[HALF] = '-';
	memcpy(half.b, c->pin, JOIN_PIN);
	rid_text(&half, out + HALF + 1);
}

enum err
join_code_read(const char *text, struct join_code *out)
{
	char first[RID_TEXT];
	struct rid secret, pin;
	enum err r;

	if (strlen(text) != 2 * HALF + 1 || text[HALF] != '-')
		return ERR_TEXT;
	memcpy(first, text, HALF);
	first[HALF] = '\0';
	if ((r = rid_read(first, &secret)) != ERR_OK ||
	    (r = rid_read(text + HALF + 1, &pin)) != ERR_OK)
		return r;
	memcpy(out->secret, secret.b, JOIN_SECRET);
	memcpy(out->pin, pin.b, JOIN_PIN);
	return ERR_OK;
}

struct proof {
	uint8_t bytes[JOIN_SECRET + SIGN_PUBLIC_LEN + DIGEST_LEN];
};

static void
make_proof(struct proof *p, const uint8_t secret[JOIN_SECRET],
    const void *request, size_t n, const uint8_t public[SIGN_PUBLIC_LEN])
{
	memcpy(p->bytes, secret, JOIN_SECRET);
	memcpy(p->bytes + JOIN_SECRET, public, SIGN_PUBLIC_LEN);
	digest(request, n, p->bytes + JOIN_SECRET + SIGN_PUBLIC_LEN);
}

enum err
join_prove(const uint8_t secret[JOIN_SECRET], const void *request, size_t n,
    const uint8_t key[SIGN_SECRET_LEN], uint8_t signature[SIGNATURE_LEN])
{
	uint8_t public[SIGN_PUBLIC_LEN];
	struct proof p;

	sign_public(key, public);
	make_proof(&p, secret, request, n, public);
	return sign(JOIN_DOMAIN, p.bytes, sizeof(p.bytes), key, signature);
}

enum err
join_check(const uint8_t secret[JOIN_SECRET], const void *request, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN],
    const uint8_t signature[SIGNATURE_LEN])
{
	struct proof p;

	make_proof(&p, secret, request, n, public);
	return sign_check(JOIN_DOMAIN, p.bytes, sizeof(p.bytes), signature,
	    public);
}
