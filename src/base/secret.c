/* secret: libsodium's locked memory, randomness and encodings. */
#include <sodium.h>
#include <string.h>

#include "base/secret.h"

enum err
secret_start(void)
{
	return sodium_init() < 0 ? ERR_RANDOM : ERR_OK;
}

void *
secret_alloc(size_t n)
{
	/* sodium_malloc ends at a page's end: only a round size is aligned. */
	size_t round = (n + 15) & ~(size_t)15;
	void *p;

	if (secret_start() != ERR_OK || round < n ||
	    (p = sodium_malloc(round == 0 ? 16 : round)) == NULL)
		return NULL;
	sodium_memzero(p, round);
	return p;
}

void
secret_free(void *p)
{
	sodium_free(p);
}

void
secret_wipe(void *p, size_t n)
{
	if (n != 0)
		sodium_memzero(p, n);
}

bool
secret_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

bool
secret_is_zero(const void *p, size_t n)
{
	return sodium_is_zero(p, n) == 1;
}

void
secret_random(void *p, size_t n)
{
	randombytes_buf(p, n);
}

uint32_t
secret_below(uint32_t limit)
{
	return randombytes_uniform(limit);
}

void
digest(const void *p, size_t n, uint8_t out[DIGEST_LEN])
{
	(void)crypto_generichash(out, DIGEST_LEN, p, n, NULL, 0);
}

void
hex_of(const void *p, size_t n, char *out)
{
	(void)sodium_bin2hex(out, 2 * n + 1, p, n);
}

enum err
hex_read(const char *text, uint8_t *out, size_t n)
{
	if (strlen(text) != 2 * n || strspn(text, "0123456789abcdef") != 2 * n)
		return ERR_TEXT;
	if (sodium_hex2bin(out, n, text, 2 * n, NULL, NULL, NULL) != 0)
		return ERR_TEXT;
	return ERR_OK;
}

void
base64_of(const void *p, size_t n, char *out)
{
	(void)sodium_bin2base64(out, BASE64_ROOM(n), p, n,
	    sodium_base64_VARIANT_ORIGINAL);
}

enum err
base64_read(const char *text, uint8_t *out, size_t max, size_t *n)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len = strlen(text), body = strspn(text, alphabet), got;

	/* libsodium 1.0.18 takes some bytes above 127 for digits. */
	if (len % 4 != 0 || len - body > 2 || strspn(text + body, "=") !=
	    len - body)
		return ERR_TEXT;
	if (len / 4 * 3 - (len - body) > max)
		return ERR_TOO_LONG;
	/* It refuses bits left over, so one text has one reading. */
	if (sodium_base642bin(out, max, text, len, NULL, &got, NULL,
	    sodium_base64_VARIANT_ORIGINAL) != 0)
		return ERR_TEXT;
	*n = got;
	return ERR_OK;
}
