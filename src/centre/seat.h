/*
 * seat: where a terminal stands, as its centre says: what its settings then
 * say of the place, and what the switch judges it by (centre/store.h).
 */
#ifndef GUICHET_CENTRE_SEAT_H
#define GUICHET_CENTRE_SEAT_H

#include "base/err.h"

#define SITE_ROOM 32

struct seat {
	char site[SITE_ROOM];
	/* What the centre was not told is "". */
	char name[128], profile[16], department[4];
};

/* Which of its words is meant. */
enum seat_word { SEAT_SITE, SEAT_NAME, SEAT_PROFILE, SEAT_DEPARTMENT };

/*
 * Put that word; NULL leaves what is there. ERR_USAGE for what no settings
 * could say: an empty or too long text, one that is not clean or has a ";", a
 * profile or a département that there is not.
 */
enum err seat_put(struct seat *s, enum seat_word which, const char *text);

#endif
