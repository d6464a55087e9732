/*
 * vouch: the centre's word that who stood at a desk read a code that was sent
 * to this contact: bound to the record that says so, and to no other.
 *
 * The record carries it (its part "verified"), the opener checks it again.
 * src/PROTOCOL section 13.3.
 */
#ifndef GUICHET_ENVELOPE_VOUCH_H
#define GUICHET_ENVELOPE_VOUCH_H

#include <stdint.h>

#include "base/crypt.h"
#include "envelope/question.h"

#define VOUCH_DOMAIN "guichet-vouch-1"
#define VOUCH_LEN    (4 + 8 + SIGNATURE_LEN)
#define VOUCH_TEXT   (2 * VOUCH_LEN + 1) /* in hex, with its NUL */

struct vouch {
	uint32_t terminal;
	struct rid about; /* the record */
	enum reach reach;
	const char *to;	  /* borrowed */
	uint32_t opener_key; /* the number of the opener's outcome key */
	uint64_t at_ms;	     /* when the code came back */
};

/* ERR_RECEIPT when it would not be canonical. */
enum err vouch_write(const struct vouch *v,
    const uint8_t secret[SIGN_SECRET_LEN], uint8_t out[VOUCH_LEN]);

/* Fill v's number and time from the bytes. ERR_RECEIPT unless that key said
 * it of exactly the rest of *v. */
enum err vouch_check(const void *p, size_t n,
    const uint8_t public[SIGN_PUBLIC_LEN], struct vouch *v);

/* When a kept one, in hex, says that the code came back; whether it is the
 * centre's was for vouch_check to find. ERR_RECEIPT. */
enum err vouch_when(const char *hex, uint64_t *at_ms);

#endif
