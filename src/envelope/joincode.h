/*
 * joincode: the one-time code with which a terminal joins a centre, and what
 * it signs to prove that it holds its key. src/PROTOCOL section 8.5.
 *
 * The code says two things: a secret that only the centre's operator was
 * shown, and by what the terminal knows that it talks to that centre.
 */
#ifndef GUICHET_ENVELOPE_JOINCODE_H
#define GUICHET_ENVELOPE_JOINCODE_H

#include "base/crypt.h"
#include "envelope/rid.h"

#define JOIN_DOMAIN "guichet-join-1"
#define JOIN_SECRET 16
#define JOIN_PIN    16 /* of the SHA-256 of the authority's certificate */
#define JOIN_TEXT   (2 * RID_TEXT) /* two times 26 digits, a "-", a NUL */

struct join_code {
	uint8_t secret[JOIN_SECRET], pin[JOIN_PIN];
};

void join_code_text(const struct join_code *c, char out[JOIN_TEXT]);

/* Capitals only, as it is printed; ERR_TEXT otherwise. */
enum err join_code_read(const char *text, struct join_code *out);

/* What is signed: the secret, the key itself, and the hash of the request for
 * a certificate (its PEM text). */
enum err join_prove(const uint8_t secret[JOIN_SECRET], const void *request,
    size_t n, const uint8_t key[SIGN_SECRET_LEN],
    uint8_t signature[SIGNATURE_LEN]);
enum err join_check(const uint8_t secret[JOIN_SECRET], const void *request,
    size_t n, const uint8_t public[SIGN_PUBLIC_LEN],
    const uint8_t signature[SIGNATURE_LEN]);

#endif
