/*
 * person: who is meant by a record, as a number that tells nothing without the
 * vault's key.
 */
#ifndef GUICHET_CENTRE_PERSON_H
#define GUICHET_CENTRE_PERSON_H

#include "base/buf.h"
#include "base/crypt.h"
#include "envelope/record.h"

#define PERSON_LEN  32
#define PERSON_ROOM 4096 /* of the secret buffer to work in */

/*
 * The keyed digest of number, birth date and names, the names folded so that
 * "Élodie" and "ELODIE" are one; work is wiped before and after. The number
 * on a card is its holder's (facts/card.md 4.2): names and birth tell the
 * bearers of a card apart.
 * ERR_TEXT when a name is not UTF-8, ERR_TOO_LONG when work is too small.
 */
enum err person_index(const struct record *rec,
    const uint8_t key[SYM_KEY_LEN], struct buf *work,
    uint8_t out[PERSON_LEN]);

#endif
