/* flow: the engine under the table of transitions. */
#include <stdlib.h>
#include <string.h>

#include "desk/flow.h"
#include "desk/frame.h"

#define FX_WORD(name, word) [FX_##name] = (word),
static const char *const effect_words[] = { EFFECTS(FX_WORD) };

const char *
effect_word(enum effect fx)
{
	return effect_words[fx];
}

const struct step *
flow_find(const struct flow *f, int from, enum outcome on)
{
	const struct step *any = NULL;

	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *st = &f->steps[i];

		if (st->on != on)
			continue;
		if (st->from == from)
			return st;
		if (st->from == FROM_ANY)
			any = st;
	}
	return f->screens[from]->outcomes & (1u << on) ? any : NULL;
}

/* Another slot's professional card is no news about the slot we watch. */
static bool
is_beside(const struct session *s, const struct card_news *n)
{
	if (s->reader_name[0] == '\0' ||
	    strcmp(n->reader, s->reader_name) == 0)
		return false;
	return n->state == READER_CPS || s->epoch != 0;
}

static void
hear_card(struct session *s, const struct card_news *n)
{
	switch (n->kind) {
	case NEWS_CARD:
		s->epoch = n->epoch;
		s->reader = READER_VITALE;
		s->reader_err = ERR_OK;
		memcpy(s->reader_name, n->reader, sizeof(s->reader_name));
		break;
	case NEWS_GONE:
		if (n->epoch == s->epoch)
			s->epoch = 0;
		break;
	case NEWS_READER:
		if (is_beside(s, n))
			break;
		s->reader = n->state;
		s->reader_err = err_of_number(n->code);
		memcpy(s->reader_name, n->reader, sizeof(s->reader_name));
		break;
	}
}

/* What the terminal itself learns from any event. */
static void
hear(struct session *s, const struct event *ev)
{
	s->now_ms = ev->now_ms;
	s->elapsed_ms = ev->elapsed_ms;
	if (ev->kind == EV_CARD)
		hear_card(s, ev->news);
	if (ev->kind == EV_TICK)
		s->tick++;
}

static bool
is_key(const struct event *ev)
{
	return ev->kind == EV_PICK || ev->kind == EV_BACK ||
	    ev->kind == EV_HELP || ev->kind == EV_ABANDON ||
	    ev->kind == EV_LANGUAGE;
}

/*
 * The idle warning and the help lie over the screen: the key that answers
 * them does nothing else. True when the event was theirs. What is typed
 * (EV_SET) still reaches the field below the warning: it cannot be undone
 * by the face that shows it.
 */
static bool
answer_above(struct session *s, const struct screen *scr,
    const struct event *ev)
{
	if (s->idle_left > 0 && (is_key(ev) || ev->kind == EV_SET)) {
		s->idle_left = 0;
		if (ev->kind != EV_SET)
			return true;
	}
	if (s->helping && is_key(ev) && ev->kind != EV_ABANDON &&
	    ev->kind != EV_LANGUAGE) {
		s->helping = false;
		return true;
	}
	if (ev->kind == EV_HELP) {
		s->helping = scr->help != NULL;
		return true;
	}
	return s->helping && ev->kind == EV_SET;
}

static enum outcome
count_idle(struct session *s, const struct event *ev)
{
	unsigned warn = (unsigned)s->set->idle_warn;
	unsigned end = warn + (unsigned)s->set->idle_grace;

	s->idle_left = 0;
	if (ev->idle_s >= end)
		return OUT_IDLE;
	if (ev->idle_s >= warn)
		s->idle_left = end - ev->idle_s;
	return OUT_STAY;
}

/* What any screen would say: the person left, or took the card away. */
static enum outcome
common(struct session *s, const struct screen *scr, const struct event *ev)
{
	enum outcome out;

	if (s->person->epoch != 0 && !s->person->saved &&
	    !session_card_holds(s) && (scr->outcomes & CAN(CARD_GONE)))
		return OUT_CARD_GONE;
	if (ev->kind == EV_BACK && (scr->outcomes & CAN(BACK)))
		return (out = scr->handle(s, ev)) == OUT_STAY ? OUT_BACK : out;
	if (ev->kind == EV_ABANDON && (scr->outcomes & CAN(ABANDON)))
		return OUT_ABANDON;
	if (ev->kind == EV_TICK && (scr->outcomes & CAN(IDLE)) && !scr->waits)
		return count_idle(s, ev);
	return OUT_STAY;
}

/* To its part of the journey, the time on this screen; the help's too. */
static void
spend(const struct flow *f, struct session *s)
{
	enum part part = f->screens[s->at]->part;

	if (part != PART_NONE)
		s->person->spent_ms[part] += s->elapsed_ms - s->entered_ms;
}

static void
enter(const struct flow *f, struct session *s, int to)
{
	const struct event ev = { .kind = EV_ENTER, .now_ms = s->now_ms,
		.elapsed_ms = s->elapsed_ms };

	if (to == f->first && s->at != to)
		session_speak(s, 0); /* the next person may speak French */
	s->at = to;
	s->entered_ms = s->elapsed_ms;
	s->helping = false;
	s->idle_left = 0;
	if (f->screens[to]->handle(s, &ev) != OUT_STAY)
		abort(); /* a screen only opens: tests/screens/flow.c */
}

/*
 * The next language, on any screen. What the screen asks is asked anew, for
 * an answer belongs to the words that it was given to; the help stays open.
 */
static void
change_language(const struct flow *f, struct session *s)
{
	bool helping = s->helping;

	if (s->tongues == NULL || s->tongues->n < 2)
		return;
	spend(f, s);
	session_speak(s, (s->tongue + 1) % s->tongues->n);
	enter(f, s, s->at);
	s->helping = helping;
}

bool
flow_rests(const struct flow *f, const struct session *s)
{
	return s->at == f->first || f->screens[s->at]->staff;
}

/* Nobody is left: French again after a while. */
static void
rest(const struct flow *f, struct session *s, const struct event *ev)
{
	if (flow_rests(f, s) && ev->kind == EV_TICK && s->tongue != 0 &&
	    ev->idle_s >= (unsigned)s->set->idle_warn)
		session_speak(s, 0);
}

enum effect
flow_step(const struct flow *f, struct session *s, const struct event *ev,
    const struct step **taken)
{
	const struct screen *scr = f->screens[s->at];
	const struct step *step;
	enum outcome out;

	if (taken != NULL)
		*taken = NULL;
	hear(s, ev);
	rest(f, s, ev);
	if (answer_above(s, scr, ev))
		return FX_NONE;
	if (ev->kind == EV_LANGUAGE) {
		change_language(f, s);
		return FX_NONE;
	}
	if ((out = common(s, scr, ev)) == OUT_STAY &&
	    (out = scr->handle(s, ev)) == OUT_STAY)
		return FX_NONE;
	if ((step = flow_find(f, s->at, out)) == NULL)
		abort(); /* tests/screens/flow.c shows that this cannot be */
	if (taken != NULL)
		*taken = step;
	spend(f, s);
	if (step->fx == FX_FORGET)
		session_forget(s);
	enter(f, s, step->to);
	return step->fx;
}

void
flow_show(const struct flow *f, const struct session *s, struct page *p)
{
	frame_page(f->screens[s->at], s, p);
}

static const char *
from_name(const struct flow *f, int from)
{
	return from == FROM_ANY ? "*" : f->screens[from]->name;
}

void
flow_dot(const struct flow *f, FILE *out)
{
	(void)fputs("digraph guichet {\n\trankdir=TB;\n"
	    "\tnode [shape=box, fontname=\"sans-serif\"];\n"
	    "\tedge [fontname=\"sans-serif\", fontsize=10];\n"
	    "\t\"*\" [shape=plaintext, label=\"any screen\"];\n", out);
	for (size_t i = 0; i < f->nscreens; i++)
		(void)fprintf(out, "\t\"%s\"%s;\n", f->screens[i]->name,
		    (int)i == f->first ? " [peripheries=2]" : "");
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *st = &f->steps[i];

		(void)fprintf(out, "\t\"%s\" -> \"%s\" [label=\"%s%s%s\"%s];\n",
		    from_name(f, st->from), f->screens[st->to]->name,
		    outcome_of_screen_word(st->on),
		    st->fx == FX_NONE ? "" : "\\n/ ", effect_word(st->fx),
		    st->fx == FX_FORGET ? ", style=dashed" : "");
	}
	(void)fputs("}\n", out);
}
