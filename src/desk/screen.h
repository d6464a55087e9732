/*
 * screen: a name, what it can say, and two pure functions.
 *
 * A screen reaches nothing but the session. handle() says what happened, in
 * one of the outcomes; it never says where to go: the table does that
 * (screens/flow.c). show() describes a page.
 */
#ifndef GUICHET_DESK_SCREEN_H
#define GUICHET_DESK_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/event.h"
#include "desk/page.h"

/* X(NAME, word): what a screen can say. The first means: nothing yet. */
#define OUTCOMES_OF_SCREENS(X)						\
	X(STAY, "stay")							\
	X(OK, "ok") X(BACK, "back")					\
	X(ABANDON, "abandon") X(IDLE, "idle") X(CARD_GONE, "card-gone")	\
	X(AGREE, "agree") X(REFUSE, "refuse") X(REREAD, "reread")	\
	X(ASK, "ask") X(SIGN, "sign") X(LEAFLET, "leaflet")		\
	X(NOT_ME, "not-me") X(MINOR, "minor") X(BAD_CARD, "bad-card")	\
	X(NO_ACCOUNT, "no-account") X(NO_IDENTIFIER, "no-identifier")	\
	X(FAILED, "failed") X(NO_PAPER, "no-paper") X(AGAIN, "again")	\
	X(LAW, "law") X(DESK, "desk") X(PROTECTED, "protected")		\
	X(REPRESENTED, "represented") X(REQUEST, "request")		\
	X(CHOICES, "choices") X(REACH, "reach") X(SETTLED, "settled")	\
	X(MORE, "more") X(RETURN, "return") X(SIGN_IN, "sign-in")

#define OUT_ENUM(name, word) OUT_##name,
enum outcome { OUTCOMES_OF_SCREENS(OUT_ENUM) };
#undef OUT_ENUM
#define OUT_ONE(name, word) +1
#define OUT_COUNT (0 OUTCOMES_OF_SCREENS(OUT_ONE))
#define CAN(name) (1u << OUT_##name)

/* The word of an outcome; static storage. */
const char *outcome_of_screen_word(enum outcome o);

/* The six parts of the journey, as the step line names them; their time is
 * measured. Of none: the first page, the goodbyes, the operator's own. */
enum part {
	PART_NONE,
	PART_CARD,
	PART_INFORMATION,
	PART_CONSENT,
	PART_CHOICES,
	PART_REVIEW,
	PART_SECRETS
};
#define PARTS PART_SECRETS

struct session;

struct screen {
	const char *name; /* as in answers, golden files and the picture */
	enum part part;
	unsigned outcomes; /* CAN(OK) | CAN(BACK) …: all it may say */
	bool private;	   /* shows a person */
	bool ends;	   /* a goodbye: the session is over already */
	bool staff;	   /* the operator's own: nobody is served */
	bool waits;	   /* work goes on here: idle time does not count */
	const char *help;  /* what F1 says, in French: N_("…") */
	enum outcome (*handle)(struct session *s, const struct event *ev);
	void (*show)(const struct session *s, struct page *p);
};

#endif
