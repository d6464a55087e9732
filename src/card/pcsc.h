/*
 * pcsc: real readers → a card_io. With pcsc_card.c, the door of winscard.
 *
 * Nothing is polled: waiting is a blocking SCardGetStatusChange over all
 * readers and the pseudo-reader that announces new ones. A service that goes
 * away is noticed, and found again by the next wait (facts/card.md 9).
 */
#ifndef GUICHET_CARD_PCSC_H
#define GUICHET_CARD_PCSC_H

#include "card/card_io.h"

/*
 * stop: a descriptor whose end ends the watch, or -1. A line written to it
 * asks to hear of the card that is in once more. Starts two threads, which
 * are shut in with the program only when it has shut itself in before.
 * ERR_MEMORY.
 */
enum err pcsc_open(int stop, struct card_io *out);

#endif
