/*
 * shift: who serves at this desk: nobody, until somebody has signed in.
 *
 * At a counter each has an account and a PIN (desk/operator.h), in production
 * always, in training once there is an account. A borne has no shift: the
 * patient is alone, and the operator of the settings answers for the place.
 *
 * A shift ends when its operator hands over, when their account is taken
 * away, or when the desk has rested for as long as the setting says. It ends
 * between two persons only: while one is served its clock stands still, for
 * whoever leaves is forgotten long before (idle-warn, idle-grace). So a lock
 * never loses a session half-way, and never leaves one behind it.
 *
 * A PIN is one key to shift_open(); a professional card would be another, and
 * end in the same call.
 */
#ifndef GUICHET_DESK_SHIFT_H
#define GUICHET_DESK_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/operator.h"

struct session;

struct shift {
	bool needed;	/* nobody is served until somebody has signed in */
	bool open;	/* somebody has: session.operator */
	bool rested;	/* the last one ended by itself */
	bool waived;	/* answers come from a file: the settings' serves */
	const struct operator *all; /* the accounts, borrowed */
	size_t n;
	enum err list;	/* why there is no list; ERR_OK: there is */
	struct operator asked; /* whose PIN is asked for */
	enum err why;	/* of the last try; ERR_OK: there was none */
	uint64_t until_ms; /* elapsed: no try is looked at before */
};

/* The accounts as they are now; r when they cannot be read, and then nobody
 * serves. Whoever has none any more has no shift. */
void shift_accounts(struct session *s, const struct operator *all, size_t n,
    enum err r);

/* Whose PIN was right serves from now on; and no longer. */
void shift_open(struct session *s);
void shift_close(struct session *s);

/* May a person be served? */
bool shift_serves(const struct session *s);

/* Seconds before the next try is looked at; 0: now. */
unsigned shift_wait(const struct session *s);

#endif
