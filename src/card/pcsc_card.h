/*
 * pcsc_card: one card behind pcscd, and no waiting for it without end.
 *
 * SCardConnect blocks for as long as another program holds a transaction
 * (facts/card.md 9.2), so a thread of its own does it. When it takes too
 * long, the caller is told that the card is busy, and asks again later. The
 * same thread leaves the card, while the caller goes on with what was read.
 */
#ifndef GUICHET_CARD_PCSC_CARD_H
#define GUICHET_CARD_PCSC_CARD_H

#include <time.h>

#include "card/card_io.h"

struct pcsc_card;

/* ERR_MEMORY. Start the thread; free lets it leave the card and ends it,
 * unless it is stuck. */
enum err pcsc_card_new(struct pcsc_card **out);
void pcsc_card_free(struct pcsc_card *c);

/* As struct card_io says. */
enum err pcsc_card_begin(struct pcsc_card *c, const char *reader);
enum err pcsc_card_transmit(struct pcsc_card *c, const uint8_t *command,
    size_t n, uint8_t reply[REPLY_ROOM], size_t *len);
void pcsc_card_end(struct pcsc_card *c);

/* That many milliseconds from now, for a timed wait on CLOCK_MONOTONIC. */
void pcsc_moment(struct timespec *t, int ms);

/* What PC/SC answers, in our words. */
enum err pcsc_err(long rc);

#endif
