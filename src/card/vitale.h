/*
 * vitale: a card that begin() has given us → the people on it.
 *
 * Sequence A (facts/card.md 1.2): the short file 2 of the root holds names,
 * that of the application VITALE holds numbers: four commands. Where that
 * does not serve, sequence B (1.3): the application's directory says where
 * to look. A card is a Vitale only when the application answers; every ISO
 * card has a root.
 */
#ifndef GUICHET_CARD_VITALE_H
#define GUICHET_CARD_VITALE_H

#include "base/buf.h"
#include "card/card_io.h"

#define VITALE_FILE_ROOM ((size_t)8 * 1024)

/* Room for the files while they are read: locked, and empty in between. */
struct vitale {
	struct buf names, numbers, other;
};

/* ERR_MEMORY. */
enum err vitale_init(struct vitale *v);
void vitale_clear(struct vitale *v);

/*
 * Fill out[BEARERS_MAX] and *n. ERR_CARD_FOREIGN when there is no such
 * application, ERR_CARD_PROTECTED when it shows nothing, ERR_CARD_DATA as
 * identity_read, or what transmit says. Leaves v empty.
 */
enum err vitale_read(struct vitale *v, const struct card_io *io,
    struct bearer out[BEARERS_MAX], size_t *n);

#endif
