/*
 * identity: the two files of a carte Vitale → the people on it.
 *
 * Names and births stand in one file, numbers in the other, and the i-th
 * person of one is the i-th of the other (facts/card.md 1.4). Counts that
 * differ would give somebody another one's number: the card is refused.
 */
#ifndef GUICHET_CARD_IDENTITY_H
#define GUICHET_CARD_IDENTITY_H

#include "base/buf.h"
#include "card/bearer.h"

/*
 * Fill out[BEARERS_MAX] and *n. ERR_CARD_DATA when an object is cut, given
 * twice or too long (no room for it in struct bearer, or to be altered and
 * more than RAWNAME_MAX bytes), when the counts differ, when there is
 * nobody or there are too many; ERR_MEMORY.
 */
enum err identity_read(struct cursor names, struct cursor numbers,
    struct bearer out[BEARERS_MAX], size_t *n);

/* Does the file hold people, and their names, or their numbers? */
bool identity_has_names(struct cursor file);
bool identity_has_numbers(struct cursor file);

#endif
