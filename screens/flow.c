/* flow: THE table of transitions: (screen, outcome) → (next screen, effect). */
#include "screens/screens.h"

#define SCREEN_POINTER(name, file) [SCR_##name] = &screen_##file,
static const struct screen *const all[] = { SCREENS(SCREEN_POINTER) };

#define ROW(from, on, to, fx) { SCR_##from, OUT_##on, SCR_##to, FX_##fx },
#define ANY(on, to, fx)	      { FROM_ANY, OUT_##on, SCR_##to, FX_##fx },

/* clang-format off */
static const struct step steps[] = {
	/* the card */
	ROW(WELCOME,     OK,            CARD,        WATCH)
	ROW(WELCOME,     FAILED,        PROBLEM,     FORGET)
	ROW(CARD,        OK,            WHO,         NONE)
	ROW(CARD,        BAD_CARD,      BAD_CARD,    FORGET)
	ROW(CARD,        BACK,          WELCOME,     FORGET)
	ROW(WHO,         OK,            IDENTITY,    NONE)
	ROW(WHO,         NOT_ME,        NOT_MINE,    FORGET)
	ROW(WHO,         BACK,          WELCOME,     FORGET)
	ROW(IDENTITY,    OK,            INFORMATION, NONE)
	ROW(IDENTITY,    NOT_ME,        WHO,         NONE)
	ROW(IDENTITY,    BACK,          WHO,         NONE)
	ROW(IDENTITY,    MINOR,         MINOR,       FORGET)
	ROW(IDENTITY,    FAILED,        PROBLEM,     FORGET)

	/* what it is, and the answer */
	ROW(INFORMATION, OK,            CONSENT,     NONE)
	ROW(INFORMATION, ASK,           READBACK,    NONE)
	ROW(INFORMATION, BACK,          IDENTITY,    NONE)
	ROW(READBACK,    OK,            CONSENT,     NONE)
	ROW(READBACK,    BACK,          INFORMATION, NONE)
	ROW(CONSENT,     AGREE,         CERTIFY,     NONE)
	ROW(CONSENT,     REFUSE,        REFUSED,     FORGET)
	ROW(CONSENT,     REREAD,        INFORMATION, NONE)
	ROW(CONSENT,     BACK,          INFORMATION, NONE)
	ROW(CERTIFY,     OK,            EMERGENCY,   NONE)
	ROW(CERTIFY,     BACK,          CONSENT,     NONE)

	/* the choices */
	ROW(EMERGENCY,   OK,            CONTACT,     NONE)
	ROW(EMERGENCY,   BACK,          CERTIFY,     NONE)
	ROW(CONTACT,     OK,            REVIEW,      NONE)
	ROW(CONTACT,     BACK,          EMERGENCY,   NONE)
	ROW(REVIEW,      OK,            SAVING,      SAVE)
	ROW(REVIEW,      BACK,          CONTACT,     NONE)

	/* kept: from here on, there is something to hand over */
	ROW(SAVING,      OK,            PRINTING,    PRINT)
	ROW(SAVING,      NO_PAPER,      COPY,        NONE)
	ROW(SAVING,      NO_ACCOUNT,    PRINTING,    PRINT)
	ROW(SAVING,      NO_IDENTIFIER, PRINTING,    PRINT)
	ROW(SAVING,      FAILED,        PROBLEM,     FORGET)
	ROW(PRINTING,    OK,            SECRETS,     NONE)
	ROW(PRINTING,    FAILED,        COPY,        NONE)
	ROW(PRINTING,    NO_ACCOUNT,    END_PLAIN,   FORGET)
	ROW(PRINTING,    NO_IDENTIFIER, END_LATER,   FORGET)
	ROW(SECRETS,     OK,            END,         FORGET)
	ROW(SECRETS,     NO_PAPER,      COPY,        NONE)
	ROW(SECRETS,     IDLE,          END,         FORGET)
	ROW(COPY,        OK,            END,         FORGET)
	ROW(COPY,        AGAIN,         PRINTING,    PRINT)
	ROW(COPY,        IDLE,          END,         FORGET)

	/* goodbyes */
	ROW(END,         OK,            WELCOME,     FORGET)
	ROW(END_PLAIN,   OK,            WELCOME,     FORGET)
	ROW(END_LATER,   OK,            WELCOME,     FORGET)
	ROW(NOT_MINE,    OK,            WELCOME,     FORGET)
	ROW(MINOR,       OK,            WELCOME,     FORGET)
	ROW(BAD_CARD,    OK,            WELCOME,     FORGET)
	ROW(REFUSED,     OK,            WELCOME,     FORGET)
	ROW(FORGOTTEN,   OK,            WELCOME,     FORGET)
	ROW(GONE,        OK,            WELCOME,     FORGET)
	ROW(PROBLEM,     OK,            WELCOME,     FORGET)

	/* wherever they can be said */
	ANY(ABANDON,                    FORGOTTEN,   FORGET)
	ANY(CARD_GONE,                  GONE,        FORGET)
	ANY(IDLE,                       WELCOME,     FORGET)
};
/* clang-format on */

const struct flow screens_flow = {
	.screens = all,
	.nscreens = SCREEN_COUNT,
	.steps = steps,
	.nsteps = sizeof(steps) / sizeof(steps[0]),
	.first = SCR_WELCOME,
};
