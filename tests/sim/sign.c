/*
 * sign: signatures that were made in this process are known to be good.
 *
 * A world checks each signature that it has made itself some times over, and
 * that is most of its work. Linked before libsodium (--wrap): what was signed
 * here is remembered by the digest of signature, message and public key, and
 * whatever is not just that goes to libsodium.
 */
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define PLACES 4096

static uint64_t made[PLACES][4];

int __real_crypto_sign_detached(unsigned char *sig, unsigned long long *siglen,
    const unsigned char *m, unsigned long long n, const unsigned char *secret);
int __real_crypto_sign_verify_detached(const unsigned char *sig,
    const unsigned char *m, unsigned long long n, const unsigned char *public);
int __wrap_crypto_sign_detached(unsigned char *sig, unsigned long long *siglen,
    const unsigned char *m, unsigned long long n, const unsigned char *secret);
int __wrap_crypto_sign_verify_detached(const unsigned char *sig,
    const unsigned char *m, unsigned long long n, const unsigned char *public);

static void
digest(const unsigned char *sig, const unsigned char *m, unsigned long long n,
    const unsigned char *public, uint64_t out[4])
{
	crypto_generichash_state st;

	(void)crypto_generichash_init(&st, NULL, 0, 32);
	(void)crypto_generichash_update(&st, sig, crypto_sign_BYTES);
	(void)crypto_generichash_update(&st, public,
	    crypto_sign_PUBLICKEYBYTES);
	(void)crypto_generichash_update(&st, m, n);
	(void)crypto_generichash_final(&st, (unsigned char *)out, 32);
}

int
__wrap_crypto_sign_detached(unsigned char *sig, unsigned long long *siglen,
    const unsigned char *m, unsigned long long n, const unsigned char *secret)
{
	int r = __real_crypto_sign_detached(sig, siglen, m, n, secret);
	uint64_t d[4];

	/* The public key is the secret's second half. */
	if (r == 0) {
		digest(sig, m, n, secret + crypto_sign_SEEDBYTES, d);
		memcpy(made[d[0] % PLACES], d, sizeof(d));
	}
	return r;
}

int
__wrap_crypto_sign_verify_detached(const unsigned char *sig,
    const unsigned char *m, unsigned long long n, const unsigned char *public)
{
	uint64_t d[4];

	digest(sig, m, n, public, d);
	if (memcmp(made[d[0] % PLACES], d, sizeof(d)) == 0)
		return 0;
	return __real_crypto_sign_verify_detached(sig, m, n, public);
}
