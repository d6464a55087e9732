/*
 * secret: the one home of secrets, memory that is locked, guarded and wiped.
 *
 * A door of libsodium. secret_alloc() gives pages that are never swapped nor
 * dumped (STYLE 1.6); past the RLIMIT_MEMLOCK of the account libsodium goes on
 * unlocked, so units and the package raise that limit.
 */
#ifndef GUICHET_BASE_SECRET_H
#define GUICHET_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Start libsodium. First in every main; may be called again. ERR_RANDOM. */
enum err secret_start(void);

/* n zeroed, locked, 16-byte aligned bytes, or NULL. Starts libsodium if need
 * be: without its start it ends the program. */
void *secret_alloc(size_t n);

/* Wipe and release; NULL is accepted. */
void secret_free(void *p);

void secret_wipe(void *p, size_t n);

/* Compare in constant time. */
bool secret_equal(const void *a, const void *b, size_t n);

/* True when all n bytes are zero, in constant time. */
bool secret_is_zero(const void *p, size_t n);

/* n unpredictable bytes; a number below the limit, without bias. */
void secret_random(void *p, size_t n);
uint32_t secret_below(uint32_t limit);

/* BLAKE2b-256 of the bytes. */
#define DIGEST_LEN 32
void digest(const void *p, size_t n, uint8_t out[DIGEST_LEN]);

/* Lower-case hexadecimal; out holds 2 * n + 1 characters. */
void hex_of(const void *p, size_t n, char *out);

/* Exactly n bytes from exactly 2 * n lower-case digits, or ERR_TEXT. */
enum err hex_read(const char *text, uint8_t *out, size_t n);

/* Base64 with padding (RFC 4648, 4); out holds BASE64_ROOM(n) characters. */
#define BASE64_ROOM(n) (((n) + 2) / 3 * 4 + 1)
void base64_of(const void *p, size_t n, char *out);

/*
 * Canonical base64 only, at most max bytes, their number in *n.
 * ERR_TEXT for anything else, ERR_TOO_LONG past max.
 */
enum err base64_read(const char *text, uint8_t *out, size_t max, size_t *n);

#endif
