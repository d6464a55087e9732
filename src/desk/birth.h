/*
 * birth: a card's birth date in words; its age is in envelope/age.h.
 *
 * A date on a card is eight digits AAAAMMJJ, and may be no date of a calendar:
 * lunar dates exist (facts/card.md 4.3). It is kept as text and never mended.
 */
#ifndef GUICHET_DESK_BIRTH_H
#define GUICHET_DESK_BIRTH_H

#include <stddef.h>

/* "19 janvier 1942", "1er mars 2001"; the card's digits as they are when they
 * are no day of the calendar. Cut to room. */
void birth_words(const char *birth, char *out, size_t room);

#endif
