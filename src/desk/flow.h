/*
 * flow: the engine under the table of transitions.
 *
 * The engine is handed the table and the screens (screens/screens.h exports
 * them as screens_flow); it knows neither. A row is
 * (screen, outcome) → (next screen, effect). Effects stand nowhere else.
 */
#ifndef GUICHET_DESK_FLOW_H
#define GUICHET_DESK_FLOW_H

#include <stddef.h>
#include <stdio.h>

#include "desk/screen.h"
#include "desk/session.h"

/* X(NAME, word): what the world does on the way into the next screen. */
#define EFFECTS(X)							\
	X(NONE, "")							\
	X(WATCH, "watch card")	 /* look at what the reader holds now */ \
	X(SAVE, "seal and save") /* then EV_DONE */			\
	X(FORM, "print form")	 /* to be signed; then EV_DONE */	\
	X(LEAFLET, "print text") /* the notice; then EV_DONE */		\
	X(PRINT, "print")	 /* then EV_DONE */			\
	X(SIGN_IN, "check PIN")	 /* then EV_DONE */			\
	X(ASK, "ask: a dossier?") /* then EV_DONE, within seconds */	\
	X(SEND, "send a code")	 /* the same */				\
	X(CHECK, "check the code") /* the same */			\
	X(FORGET, "forget")	 /* the person, glass and scrollback */

#define FX_ENUM(name, word) FX_##name,
enum effect { EFFECTS(FX_ENUM) };
#undef FX_ENUM

/* The word of an effect; static storage. */
const char *effect_word(enum effect fx);

#define FROM_ANY -1 /* a row for every screen that can say it */

struct step {
	int from; /* index of a screen, or FROM_ANY */
	enum outcome on;
	int to;
	enum effect fx;
};

struct flow {
	const struct screen *const *screens;
	size_t nscreens;
	const struct step *steps;
	size_t nsteps;
	int first; /* where a session begins and ends */
};

/* The row for that outcome there: its own, else the one for any; NULL when
 * the screen cannot say it. */
const struct step *flow_find(const struct flow *f, int from,
    enum outcome on);

/*
 * One event: hand it to the screen (F1, idle, abandon and a pulled card are
 * answered here), follow the table, forget where it says so, enter the next
 * screen. The effect is returned for the loop to carry out, the row that was
 * taken goes to *taken (NULL: nothing happened) unless taken is NULL.
 */
enum effect flow_step(const struct flow *f, struct session *s,
    const struct event *ev, const struct step **taken);

/* Is nobody served: at the first screen, or at one of the operator's own? */
bool flow_rests(const struct flow *f, const struct session *s);

/* Build the page of where the session is: the screen's, or its help. */
void flow_show(const struct flow *f, const struct session *s,
    struct page *p);

/* The table as a picture in Graphviz's language. */
void flow_dot(const struct flow *f, FILE *out);

#endif
