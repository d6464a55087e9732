/*
 * event: what can happen to a screen; the same for every face.
 *
 * A face turns keys into these; the card link, the clock and the effects make
 * the rest. Pointers are borrowed for the one call.
 */
#ifndef GUICHET_DESK_EVENT_H
#define GUICHET_DESK_EVENT_H

#include <stdint.h>

#include "base/err.h"
#include "card/bearer.h"

enum event_kind {
	EV_NONE,
	EV_ENTER,   /* the screen has just been entered */
	EV_PICK,    /* the choice `id` was made */
	EV_SET,	    /* the option or field `id` now has `value` */
	EV_BACK,    /* Escape */
	EV_HELP,    /* F1 */
	EV_ABANDON, /* F10 */
	EV_LANGUAGE, /* F2 */
	EV_CARD,    /* `news` from the card's program */
	EV_TICK,    /* about four a second; idle_s seconds without a key */
	EV_DONE	    /* the effect that this screen waited for: `result` */
};

struct event {
	enum event_kind kind;
	const char *id, *value;
	const struct card_news *news;
	enum err result;
	unsigned idle_s;
	uint64_t now_ms;     /* wall time, in every event */
	uint64_t elapsed_ms; /* CLOCK_BOOTTIME, in every event */
};

#endif
