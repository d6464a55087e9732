/*
 * errand: what the centre has for the terminal: identifiers and outcomes.
 *
 * After the sending, never before: no upload waits for a download.
 */
#ifndef GUICHET_SYNC_ERRAND_H
#define GUICHET_SYNC_ERRAND_H

#include "sync/attempt.h"

/* Ask for blocks while fewer than lease_low identifiers are left. ERR_SYNC_*;
 * ERR_LEASE when a block is not valid or not ours. */
enum err errand_lease(struct courier *c);

/* Fetch the outcomes behind the last one kept. ERR_SYNC_*; ERR_RECEIPT when
 * one is not the opener's word or not for us. */
enum err errand_outcomes(struct courier *c);

#endif
