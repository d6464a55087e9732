/* crypt: signatures with a domain, sealed boxes, symmetric seals. */
#include <sodium.h>
#include <string.h>

#include "base/crypt.h"
#include "base/secret.h"

_Static_assert(SIGN_SECRET_LEN == crypto_sign_SECRETKEYBYTES, "sign secret");
_Static_assert(SIGN_PUBLIC_LEN == crypto_sign_PUBLICKEYBYTES, "sign public");
_Static_assert(SIGNATURE_LEN == crypto_sign_BYTES, "signature");
_Static_assert(BOX_SECRET_LEN == crypto_box_SECRETKEYBYTES, "box secret");
_Static_assert(BOX_PUBLIC_LEN == crypto_box_PUBLICKEYBYTES, "box public");
_Static_assert(BOX_OVERHEAD == crypto_box_SEALBYTES, "sealed box");
_Static_assert(SYM_KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    "key");
_Static_assert(VERIFIER_LEN == crypto_pwhash_STRBYTES, "verifier");

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES
};
_Static_assert(SYM_OVERHEAD == NONCE + TAG, "seal");

void
sign_keypair(uint8_t secret[SIGN_SECRET_LEN], uint8_t public[SIGN_PUBLIC_LEN])
{
	(void)crypto_sign_keypair(public, secret);
}

void
sign_public(const uint8_t secret[SIGN_SECRET_LEN],
    uint8_t public[SIGN_PUBLIC_LEN])
{
	(void)crypto_sign_ed25519_sk_to_pk(public, secret);
}

/* What is signed: the domain, its NUL, then the bytes. */
static enum err
signed_bytes(const char *domain, const void *p, size_t n, struct buf *b)
{
	enum err r;

	buf_init(b);
	if ((r = buf_put(b, domain, strlen(domain) + 1)) == ERR_OK)
		r = buf_put(b, p, n);
	return r;
}

enum err
sign(const char *domain, const void *p, size_t n,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t signature[SIGNATURE_LEN])
{
	struct buf b;
	enum err r;

	if ((r = signed_bytes(domain, p, n, &b)) == ERR_OK)
		(void)crypto_sign_detached(signature, NULL, b.p, b.len, secret);
	buf_clear(&b);
	return r;
}

enum err
sign_check(const char *domain, const void *p, size_t n,
    const uint8_t signature[SIGNATURE_LEN],
    const uint8_t public[SIGN_PUBLIC_LEN])
{
	struct buf b;
	enum err r;

	if ((r = signed_bytes(domain, p, n, &b)) == ERR_OK &&
	    crypto_sign_verify_detached(signature, b.p, b.len, public) != 0)
		r = ERR_ENV_SIGNATURE;
	buf_clear(&b);
	return r;
}

void
box_keypair(uint8_t secret[BOX_SECRET_LEN], uint8_t public[BOX_PUBLIC_LEN])
{
	(void)crypto_box_keypair(public, secret);
}

void
box_public(const uint8_t secret[BOX_SECRET_LEN],
    uint8_t public[BOX_PUBLIC_LEN])
{
	(void)crypto_scalarmult_base(public, secret);
}

enum err
box_seal(const void *p, size_t n, const uint8_t public[BOX_PUBLIC_LEN],
    struct buf *out)
{
	enum err r;

	if ((r = buf_reserve(out, n + BOX_OVERHEAD)) != ERR_OK)
		return r;
	if (crypto_box_seal(out->p + out->len, p, n, public) != 0)
		return ERR_KEY_FORM;
	out->len += n + BOX_OVERHEAD;
	return ERR_OK;
}

/* Making a public key costs as much as opening a box: the last one is kept,
 * under the digest of its secret. */
static const uint8_t *
public_of(const uint8_t secret[BOX_SECRET_LEN])
{
	static _Thread_local struct {
		uint8_t digest[DIGEST_LEN], public[BOX_PUBLIC_LEN];
	} last;
	uint8_t d[DIGEST_LEN];

	digest(secret, BOX_SECRET_LEN, d);
	if (memcmp(d, last.digest, sizeof(d)) != 0) {
		box_public(secret, last.public);
		memcpy(last.digest, d, sizeof(d));
	}
	return last.public;
}

enum err
box_open(const void *p, size_t n, const uint8_t secret[BOX_SECRET_LEN],
    struct buf *out)
{
	enum err r;

	if (n < BOX_OVERHEAD)
		return ERR_ENV_OPEN;
	if ((r = buf_reserve(out, n - BOX_OVERHEAD)) != ERR_OK)
		return r;
	if (crypto_box_seal_open(out->p + out->len, p, n, public_of(secret),
	    secret) != 0)
		return ERR_ENV_OPEN;
	out->len += n - BOX_OVERHEAD;
	return ERR_OK;
}

enum err
sym_seal(const void *p, size_t n, const void *ad, size_t adlen,
    const uint8_t key[SYM_KEY_LEN], struct buf *out)
{
	uint8_t *nonce;
	enum err r;

	if ((r = buf_reserve(out, n + SYM_OVERHEAD)) != ERR_OK)
		return r;
	nonce = out->p + out->len;
	randombytes_buf(nonce, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, NULL,
	    p, n, ad, adlen, NULL, nonce, key);
	out->len += n + SYM_OVERHEAD;
	return ERR_OK;
}

enum err
sym_open(const void *p, size_t n, const void *ad, size_t adlen,
    const uint8_t key[SYM_KEY_LEN], struct buf *out)
{
	const uint8_t *nonce = p;
	enum err r;

	if (n < SYM_OVERHEAD)
		return ERR_ENV_OPEN;
	if ((r = buf_reserve(out, n - SYM_OVERHEAD)) != ERR_OK)
		return r;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out->p + out->len, NULL,
	    NULL, nonce + NONCE, n - NONCE, ad, adlen, nonce, key) != 0)
		return ERR_ENV_OPEN;
	out->len += n - SYM_OVERHEAD;
	return ERR_OK;
}

void
keyed_digest(const uint8_t key[SYM_KEY_LEN], const void *p, size_t n,
    uint8_t out[32])
{
	(void)crypto_generichash(out, 32, p, n, key, SYM_KEY_LEN);
}

enum err
verifier_make(const char *text, size_t n, char out[VERIFIER_LEN])
{
	if (crypto_pwhash_str_alg(out, text, n,
	    crypto_pwhash_OPSLIMIT_INTERACTIVE,
	    crypto_pwhash_MEMLIMIT_INTERACTIVE,
	    crypto_pwhash_ALG_ARGON2ID13) != 0)
		return ERR_MEMORY;
	return ERR_OK;
}

enum err
verifier_check(const char verifier[VERIFIER_LEN], const char *text, size_t n)
{
	return crypto_pwhash_str_verify(verifier, text, n) == 0 ? ERR_OK
	    : ERR_NOT_FOUND;
}
