/*
 * epoch: a terminal's signing key hands over to the next one.
 *
 * An envelope of suite ENVELOPE_EPOCH in the terminal's chain, signed by the
 * old key: what it holds is the next key, whose number is one more, and that
 * key's own signature. Behind it only the next key signs, and the old one is
 * destroyed: who steals the terminal cannot write its past anew.
 * src/PROTOCOL section 3.3.
 */
#ifndef GUICHET_ENVELOPE_EPOCH_H
#define GUICHET_ENVELOPE_EPOCH_H

#include "envelope/envelope.h"

#define EPOCH_DOMAIN "guichet-epoch-1"
#define EPOCH_LEN    (SIGN_PUBLIC_LEN + SIGNATURE_LEN)

/* Append the whole envelope; of *e all but suite, opening_key and sealed is
 * given. ERR_ENV_FORM. */
enum err epoch_write(const struct envelope *e,
    const struct envelope_keys *keys,
    const uint8_t next_secret[SIGN_SECRET_LEN], struct buf *out);

/* The next key in an envelope that was read. ERR_ENV_SIGNATURE unless that
 * key signed it too; ERR_ENV_FORM when it is no hand-over. */
enum err epoch_next(const struct envelope *e,
    uint8_t public[SIGN_PUBLIC_LEN]);

#endif
