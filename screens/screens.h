/*
 * screens: the list of all screens, in the order of the journey, and the flow
 * that joins them (screens/flow.c).
 */
#ifndef GUICHET_SCREENS_SCREENS_H
#define GUICHET_SCREENS_SCREENS_H

#include "desk/flow.h"

/* X(NAME, name): screens/name.c defines screen_name. */
#define SCREENS(X)							\
	X(WELCOME, welcome)						\
	X(SHIFT, shift) X(PIN, pin) X(CHECKING, checking)		\
	X(LAW, law)							\
	X(CARD, card) X(WHO, who) X(IDENTITY, identity)			\
	X(MEASURE, measure) X(REPRESENTATIVE, representative)		\
	X(LOOKING, looking) X(ALREADY, already)				\
	X(INFORMATION, information) X(DETAIL, detail)			\
	X(LEAFLET, leaflet) X(READBACK, readback)			\
	X(CONSENT, consent) X(FORM, form) X(SIGN, sign)			\
	X(CERTIFY, certify)						\
	X(EMERGENCY, emergency)						\
	X(PEOPLE, people) X(KIN, kin) X(PRIVACY, privacy)		\
	X(CONTACT, contact)						\
	X(SENDING, sending) X(CODE, code) X(PROVING, proving)		\
	X(REVIEW, review)						\
	X(SAVING, saving) X(PRINTING, printing)				\
	X(SECRETS, secrets) X(COPY, copy)				\
	X(END, end) X(END_PLAIN, end_plain) X(END_LATER, end_later)	\
	X(DONE, done) X(DESK, desk)					\
	X(NOT_MINE, not_mine) X(MINOR, minor) X(BAD_CARD, bad_card)	\
	X(REFUSED, refused) X(FORGOTTEN, forgotten) X(GONE, gone)	\
	X(PROBLEM, problem)

#define SCREEN_ENUM(name, file) SCR_##name,
enum screen_id { SCREENS(SCREEN_ENUM) };
#undef SCREEN_ENUM
#define SCREEN_ONE(name, file) +1
#define SCREEN_COUNT (0 SCREENS(SCREEN_ONE))

#define SCREEN_EXTERN(name, file) extern const struct screen screen_##file;
SCREENS(SCREEN_EXTERN)
#undef SCREEN_EXTERN

/* THE table and its screens; a session begins and ends at welcome. */
extern const struct flow screens_flow;

#endif
