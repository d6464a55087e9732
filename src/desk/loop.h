/*
 * loop: the terminal's one loop: events in, the table followed, the page
 * painted, then the effect carried out.
 *
 * Painting comes before the effect, so that "please wait" is on the glass
 * while Argon2id, the commit or the printer take their time.
 */
#ifndef GUICHET_DESK_LOOP_H
#define GUICHET_DESK_LOOP_H

#include <stdbool.h>

#include "desk/asklink.h"
#include "desk/cardlink.h"
#include "desk/face.h"
#include "desk/flow.h"
#include "desk/printlink.h"
#include "desk/save.h"

/* What the loop is handed; all borrowed, print may be NULL (no printer). */
struct desk {
	const struct flow *flow;
	struct session *session;
	struct face *face;
	struct cardlink *card;
	struct printlink *print;
	struct queue *queue;
	struct operators *operators; /* NULL: nobody signs in */
	struct desk_keys *keys;
	struct asklink *ask; /* NULL: nothing is asked of the centre */
	struct asking {
		uint64_t next_ms, until_ms; /* elapsed; 0: no code to follow */
		uint64_t wait_ms;
	} following; /* of asking.c */

	/* Told of each end: saved RID, or the word why not. May be NULL. */
	void (*saved)(const char *rid);
	void (*refused)(const char *word, enum err problem);

	/* A file answers: insert the played card when one is asked for, and
	 * stop at the first screen once the file is used up. */
	bool answers;
};

/*
 * Run until the face ends, a signal to stop comes, or a child has ended and
 * nobody is in a session. The person is forgotten on every way out. ERR_OK,
 * ERR_CHILD, ERR_UNANSWERED, ERR_ANSWERS, ERR_TERMINAL.
 */
enum err desk_run(struct desk *d);

#endif
