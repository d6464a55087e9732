/*
 * atr: the first bytes of a card → what kind of card it is.
 *
 * Known before anything is sent to the card, so that a CPS is never
 * disturbed (facts/card.md 2 and 9.4).
 */
#ifndef GUICHET_CARD_ATR_H
#define GUICHET_CARD_ATR_H

#include <stddef.h>
#include <stdint.h>

#include "card/bearer.h"

/* READER_VITALE, READER_VITALE1, READER_CPS or READER_FOREIGN. */
enum reader_state atr_kind(const uint8_t *atr, size_t n);

#endif
