/*
 * readers: what a slot says of itself → the one word for it, and what to do.
 *
 * Nothing is connected to here. No model of reader is ever filtered.
 */
#ifndef GUICHET_CARD_READERS_H
#define GUICHET_CARD_READERS_H

#include "card/card_io.h"

/* From the flags and the ATR alone. */
enum reader_state slot_state(const struct slot *s);

/* The error whose words explain that state: ERR_OK for READER_VITALE, and
 * ERR_CARD_TALK for READER_ERROR, which has an error of its own. */
enum err reader_err(enum reader_state s);

/*
 * How much a state tells somebody who wants a card read; larger is more.
 * Of several slots, the line that tells most is said last.
 */
#define READER_WEIGHT_MAX 8
int reader_weight(enum reader_state s);

#endif
