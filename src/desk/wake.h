/*
 * wake: a descriptor that is readable when another is, or when a bell rang.
 *
 * So a face can ask to be called although nobody typed: the size changed, or
 * painting itself made an event.
 */
#ifndef GUICHET_DESK_WAKE_H
#define GUICHET_DESK_WAKE_H

#include "base/err.h"

struct wake {
	int fd;	  /* to poll */
	int bell; /* -1: the descriptor is always ready, as a file is */
};

/* ERR_TERMINAL. `in` stays the caller's. */
enum err wake_open(struct wake *w, int in);
void wake_close(struct wake *w);

/* Safe in a signal handler. */
void wake_ring(const struct wake *w);

/* The bell was heard. */
void wake_hush(const struct wake *w);

#endif
