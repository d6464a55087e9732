/* flow: THE table of transitions: (screen, outcome) → (next screen, effect). */
#include "screens/screens.h"

#define SCREEN_POINTER(name, file) [SCR_##name] = &screen_##file,
static const struct screen *const all[] = { SCREENS(SCREEN_POINTER) };

#define ROW(from, on, to, fx) { SCR_##from, OUT_##on, SCR_##to, FX_##fx },
#define ANY(on, to, fx)	      { FROM_ANY, OUT_##on, SCR_##to, FX_##fx },

/* clang-format off */
static const struct step steps[] = {
	/* who serves; nobody else gets past welcome */
	ROW(WELCOME,     SIGN_IN,       SHIFT,          NONE)
	ROW(SHIFT,       OK,            PIN,            NONE)
	ROW(SHIFT,       SETTLED,       WELCOME,        FORGET)
	ROW(PIN,         OK,            CHECKING,       SIGN_IN)
	ROW(PIN,         BACK,          SHIFT,          NONE)
	ROW(CHECKING,    OK,            WELCOME,        FORGET)
	ROW(CHECKING,    AGAIN,         PIN,            NONE)

	/* what for, and the card */
	ROW(WELCOME,     OK,            CARD,           WATCH)
	ROW(WELCOME,     LAW,           LAW,            NONE)
	ROW(WELCOME,     FAILED,        PROBLEM,        FORGET)
	ROW(WELCOME,     DESK,          DESK,           FORGET)
	ROW(LAW,         OK,            CARD,           WATCH)
	ROW(LAW,         BACK,          WELCOME,        FORGET)
	ROW(CARD,        OK,            WHO,            NONE)
	ROW(CARD,        BAD_CARD,      BAD_CARD,       FORGET)
	ROW(CARD,        BACK,          WELCOME,        FORGET)

	/* who it is, and who decides */
	ROW(WHO,         OK,            IDENTITY,       NONE)
	ROW(WHO,         NOT_ME,        NOT_MINE,       FORGET)
	ROW(WHO,         BACK,          WELCOME,        FORGET)
	ROW(IDENTITY,    OK,            INFORMATION,    NONE)
	ROW(IDENTITY,    REQUEST,       CONSENT,        NONE)
	ROW(IDENTITY,    MINOR,         REPRESENTATIVE, NONE)
	ROW(IDENTITY,    PROTECTED,     MEASURE,        NONE)
	ROW(IDENTITY,    DESK,          MINOR,          FORGET)
	ROW(IDENTITY,    NOT_ME,        WHO,            NONE)
	ROW(IDENTITY,    BACK,          WHO,            NONE)
	ROW(IDENTITY,    FAILED,        PROBLEM,        FORGET)
	ROW(MEASURE,     OK,            INFORMATION,    NONE)
	ROW(MEASURE,     REQUEST,       CONSENT,        NONE)
	ROW(MEASURE,     REPRESENTED,   REPRESENTATIVE, NONE)
	ROW(MEASURE,     BACK,          IDENTITY,       NONE)
	ROW(REPRESENTATIVE, OK,         INFORMATION,    NONE)
	ROW(REPRESENTATIVE, REQUEST,    CONSENT,        NONE)
	ROW(REPRESENTATIVE, BACK,       IDENTITY,       NONE)

	/* does the centre know them already? Only where it can be asked */
	ROW(IDENTITY,    ASK,           LOOKING,        ASK)
	ROW(MEASURE,     ASK,           LOOKING,        ASK)
	ROW(REPRESENTATIVE, ASK,        LOOKING,        ASK)
	ROW(LOOKING,     OK,            INFORMATION,    NONE)
	ROW(LOOKING,     REQUEST,       CONSENT,        NONE)
	ROW(LOOKING,     MORE,          ALREADY,        NONE)
	ROW(LOOKING,     BACK,          IDENTITY,       NONE)
	ROW(ALREADY,     OK,            INFORMATION,    NONE)
	ROW(ALREADY,     REQUEST,       CONSENT,        NONE)
	ROW(ALREADY,     BACK,          IDENTITY,       NONE)

	/* what it is, and the answer */
	ROW(INFORMATION, OK,            CONSENT,        NONE)
	ROW(INFORMATION, ASK,           READBACK,       NONE)
	ROW(INFORMATION, MORE,          DETAIL,         NONE)
	ROW(INFORMATION, BACK,          IDENTITY,       NONE)
	ROW(DETAIL,      LEAFLET,       LEAFLET,        LEAFLET)
	ROW(DETAIL,      BACK,          INFORMATION,    NONE)
	ROW(LEAFLET,     OK,            DETAIL,         NONE)
	ROW(LEAFLET,     BACK,          DETAIL,         NONE)
	ROW(READBACK,    OK,            CONSENT,        NONE)
	ROW(READBACK,    BACK,          INFORMATION,    NONE)
	ROW(CONSENT,     AGREE,         CERTIFY,        NONE)
	ROW(CONSENT,     SIGN,          FORM,           FORM)
	ROW(CONSENT,     CHOICES,       EMERGENCY,      NONE)
	ROW(CONSENT,     REACH,         CONTACT,        NONE)
	ROW(CONSENT,     SETTLED,       REVIEW,         NONE)
	ROW(CONSENT,     REFUSE,        REFUSED,        FORGET)
	ROW(CONSENT,     REREAD,        INFORMATION,    NONE)
	ROW(CONSENT,     BACK,          INFORMATION,    NONE)
	ROW(CONSENT,     RETURN,        IDENTITY,       NONE)
	ROW(CONSENT,     FAILED,        PROBLEM,        FORGET)
	ROW(FORM,        OK,            SIGN,           NONE)
	ROW(FORM,        FAILED,        CONSENT,        NONE)
	ROW(FORM,        BACK,          CONSENT,        NONE)
	ROW(SIGN,        AGREE,         CERTIFY,        NONE)
	ROW(SIGN,        REFUSE,        REFUSED,        FORGET)
	ROW(SIGN,        BACK,          CONSENT,        NONE)
	ROW(CERTIFY,     CHOICES,       EMERGENCY,      NONE)
	ROW(CERTIFY,     REACH,         CONTACT,        NONE)
	ROW(CERTIFY,     SETTLED,       REVIEW,         NONE)
	ROW(CERTIFY,     BACK,          CONSENT,        NONE)

	/* the choices */
	ROW(EMERGENCY,   OK,            CONTACT,        NONE)
	ROW(EMERGENCY,   SETTLED,       REVIEW,         NONE)
	ROW(EMERGENCY,   MORE,          PEOPLE,         NONE)
	ROW(EMERGENCY,   BACK,          CERTIFY,        NONE)
	ROW(EMERGENCY,   RETURN,        CONSENT,        NONE)
	ROW(PEOPLE,      OK,            KIN,            NONE)
	ROW(PEOPLE,      BACK,          EMERGENCY,      NONE)
	ROW(KIN,         OK,            PRIVACY,        NONE)
	ROW(KIN,         BACK,          PEOPLE,         NONE)
	ROW(PRIVACY,     OK,            CONTACT,        NONE)
	ROW(PRIVACY,     SETTLED,       REVIEW,         NONE)
	ROW(PRIVACY,     BACK,          KIN,            NONE)
	ROW(CONTACT,     OK,            REVIEW,         NONE)
	ROW(CONTACT,     BACK,          EMERGENCY,      NONE)
	ROW(CONTACT,     RETURN,        CONSENT,        NONE)
	ROW(CONTACT,     ASK,           SENDING,        SEND)
	ROW(SENDING,     OK,            CODE,           NONE)
	ROW(SENDING,     MORE,          SENDING,        SEND)
	ROW(SENDING,     SETTLED,       REVIEW,         NONE)
	ROW(SENDING,     BACK,          CONTACT,        NONE)
	ROW(CODE,        OK,            PROVING,        CHECK)
	ROW(CODE,        AGAIN,         SENDING,        SEND)
	ROW(CODE,        SETTLED,       REVIEW,         NONE)
	ROW(CODE,        BACK,          CONTACT,        NONE)
	ROW(PROVING,     AGAIN,         CODE,           NONE)
	ROW(PROVING,     MORE,          SENDING,        SEND)
	ROW(PROVING,     SETTLED,       REVIEW,         NONE)
	ROW(PROVING,     BACK,          CODE,           NONE)
	ROW(REVIEW,      OK,            SAVING,         SAVE)
	ROW(REVIEW,      BACK,          CONTACT,        NONE)
	ROW(REVIEW,      CHOICES,       EMERGENCY,      NONE)
	ROW(REVIEW,      RETURN,        CONSENT,        NONE)

	/* kept: from here on, there is something to hand over */
	ROW(SAVING,      OK,            PRINTING,       PRINT)
	ROW(SAVING,      NO_PAPER,      COPY,           NONE)
	ROW(SAVING,      NO_ACCOUNT,    PRINTING,       PRINT)
	ROW(SAVING,      NO_IDENTIFIER, PRINTING,       PRINT)
	ROW(SAVING,      SETTLED,       PRINTING,       PRINT)
	ROW(SAVING,      FAILED,        PROBLEM,        FORGET)
	ROW(PRINTING,    OK,            SECRETS,        NONE)
	ROW(PRINTING,    FAILED,        COPY,           NONE)
	ROW(PRINTING,    NO_ACCOUNT,    END_PLAIN,      FORGET)
	ROW(PRINTING,    NO_IDENTIFIER, END_LATER,      FORGET)
	ROW(PRINTING,    SETTLED,       DONE,           FORGET)
	ROW(SECRETS,     OK,            END,            FORGET)
	ROW(SECRETS,     NO_PAPER,      COPY,           NONE)
	ROW(SECRETS,     IDLE,          END,            FORGET)
	ROW(COPY,        OK,            END,            FORGET)
	ROW(COPY,        AGAIN,         PRINTING,       PRINT)
	ROW(COPY,        IDLE,          END,            FORGET)

	/* goodbyes */
	ROW(END,         OK,            WELCOME,        FORGET)
	ROW(END_PLAIN,   OK,            WELCOME,        FORGET)
	ROW(END_LATER,   OK,            WELCOME,        FORGET)
	ROW(DONE,        OK,            WELCOME,        FORGET)
	ROW(DESK,        OK,            WELCOME,        FORGET)
	ROW(NOT_MINE,    OK,            WELCOME,        FORGET)
	ROW(MINOR,       OK,            WELCOME,        FORGET)
	ROW(BAD_CARD,    OK,            WELCOME,        FORGET)
	ROW(REFUSED,     OK,            WELCOME,        FORGET)
	ROW(FORGOTTEN,   OK,            WELCOME,        FORGET)
	ROW(GONE,        OK,            WELCOME,        FORGET)
	ROW(PROBLEM,     OK,            WELCOME,        FORGET)

	/* wherever they can be said */
	ANY(ABANDON,                       FORGOTTEN,      FORGET)
	ANY(CARD_GONE,                     GONE,           FORGET)
	ANY(IDLE,                          WELCOME,        FORGET)
};
/* clang-format on */

const struct flow screens_flow = {
	.screens = all,
	.nscreens = SCREEN_COUNT,
	.steps = steps,
	.nsteps = sizeof(steps) / sizeof(steps[0]),
	.first = SCR_WELCOME,
};
