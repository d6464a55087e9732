/*
 * crypt: the few operations of libsodium that guichet is made of.
 *
 * With secret.h the only door of libsodium. Ed25519 signatures carry a domain
 * string, so that no signature of one kind can stand for another kind.
 */
#ifndef GUICHET_BASE_CRYPT_H
#define GUICHET_BASE_CRYPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define SIGN_SECRET_LEN	 64 /* Ed25519 seed and public key */
#define SIGN_PUBLIC_LEN	 32
#define SIGNATURE_LEN	 64
#define BOX_SECRET_LEN	 32 /* X25519 */
#define BOX_PUBLIC_LEN	 32
#define BOX_OVERHEAD	 48 /* what a sealed box adds */
#define SYM_KEY_LEN	 32 /* XChaCha20-Poly1305, keyed BLAKE2b */
#define SYM_OVERHEAD	 40 /* nonce and tag */
#define VERIFIER_LEN	 128 /* an Argon2id string and its NUL */

void sign_keypair(uint8_t secret[SIGN_SECRET_LEN],
    uint8_t public[SIGN_PUBLIC_LEN]);
void sign_public(const uint8_t secret[SIGN_SECRET_LEN],
    uint8_t public[SIGN_PUBLIC_LEN]);

/* Sign domain, a NUL, then the n bytes. */
enum err sign(const char *domain, const void *p, size_t n,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t signature[SIGNATURE_LEN]);

/* ERR_ENV_SIGNATURE unless it is what sign() made with that key's secret. */
enum err sign_check(const char *domain, const void *p, size_t n,
    const uint8_t signature[SIGNATURE_LEN],
    const uint8_t public[SIGN_PUBLIC_LEN]);

void box_keypair(uint8_t secret[BOX_SECRET_LEN],
    uint8_t public[BOX_PUBLIC_LEN]);
void box_public(const uint8_t secret[BOX_SECRET_LEN],
    uint8_t public[BOX_PUBLIC_LEN]);

/* Append n + BOX_OVERHEAD bytes that only the holder of the secret opens. */
enum err box_seal(const void *p, size_t n,
    const uint8_t public[BOX_PUBLIC_LEN], struct buf *out);

/* Append the n - BOX_OVERHEAD bytes sealed; ERR_ENV_OPEN when it is not ours
 * or was altered. Give a secret buffer. */
enum err box_open(const void *p, size_t n,
    const uint8_t secret[BOX_SECRET_LEN], struct buf *out);

/* Append nonce, ciphertext and tag of n bytes, bound to the ad bytes. */
enum err sym_seal(const void *p, size_t n, const void *ad, size_t adlen,
    const uint8_t key[SYM_KEY_LEN], struct buf *out);

/* Append what was sealed, or ERR_ENV_OPEN. Give a secret buffer. */
enum err sym_open(const void *p, size_t n, const void *ad, size_t adlen,
    const uint8_t key[SYM_KEY_LEN], struct buf *out);

/* BLAKE2b-256 under a key: a blind index to who does not hold it. */
void keyed_digest(const uint8_t key[SYM_KEY_LEN], const void *p, size_t n,
    uint8_t out[32]);

/* The Argon2id verifier of a secret text (libsodium's interactive cost:
 * 64 MiB, about 85 ms, facts/storage.md section 4). ERR_MEMORY. */
enum err verifier_make(const char *text, size_t n, char out[VERIFIER_LEN]);

/* ERR_OK when the text is the one of the verifier, else ERR_NOT_FOUND. */
enum err verifier_check(const char verifier[VERIFIER_LEN], const char *text,
    size_t n);

#endif
