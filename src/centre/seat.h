/*
 * seat: where a terminal stands, as its centre says: what its settings then
 * say of the place, and what the switch judges it by.
 */
#ifndef GUICHET_CENTRE_SEAT_H
#define GUICHET_CENTRE_SEAT_H

#include <stdbool.h>
#include <stdint.h>

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

/* What is opened and closed in one word, the least precise first: the most
 * precise word about a terminal is the one that counts, and with none it is
 * open. One whose place the centre was not told is judged by what it knows. */
#define SWITCH_SCOPES(X)						\
	X(ALL, 1, "all") X(PROFILE, 2, "profile")			\
	X(DEPARTMENT, 3, "department") X(SITE, 4, "site")
#define SWITCH_ENUM(name, number, word) SWITCH_##name = number,
enum switch_scope { SWITCH_SCOPES(SWITCH_ENUM) };
#undef SWITCH_ENUM

struct switch_word {
	enum switch_scope scope;
	char what[SITE_ROOM]; /* "" of all */
	bool open;
	uint64_t at_ms;
	char who[64]; /* said it: an account of the machine */
};

/* Static storage. */
const char *switch_scope_word(enum switch_scope w);

#endif
