/*
 * flow: what must hold over the whole table (DESIGN section 3, STYLE 4.2),
 * and that the proofs have teeth: each row deleted, doubled, sent elsewhere
 * or given another effect is noticed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden.h"
#include "tests/screens/world.h"

#define EACH_SCREEN(s)	for (int s = 0; s < SCREEN_COUNT; s++)
#define EACH_OUTCOME(o) for (int o = OUT_STAY + 1; o < OUT_COUNT; o++)
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* The row that will be taken there, or NULL. */
static const struct step *
row(const struct flow *f, int from, int on)
{
	return flow_find(f, from, (enum outcome)on);
}

/* A journey: what for, and where. The laws differ in what is offered only. */
struct journey {
	enum record_kind kind;
	enum profile profile;
};

#define EACH_JOURNEY(j)							\
	for (struct journey j = { 0, 0 }; j.kind < RECORD_KIND_COUNT;	\
	    j.profile == PROFILE_ACCUEIL ? (j.kind++, j.profile = 0) :	\
	    j.profile++)

/* The row, if a journey of that kind may take it. */
static const struct step *
row_in(const struct flow *f, const struct journey *j, int from, int on)
{
	return j == NULL || world_may_say(j->kind, j->profile, from,
	    (enum outcome)on) ? row(f, from, on) : NULL;
}

/* Edges that a walk of the graph does not take. */
struct shut {
	int at, say; /* say -1: none of that screen's */
};

/* Mark all that can be reached from there but through what is shut. */
static void
reach_in(const struct flow *f, const struct journey *j,
    bool seen[SCREEN_COUNT], int from, const struct shut *shut)
{
	if (seen[from])
		return;
	seen[from] = true;
	EACH_OUTCOME(o) {
		const struct step *st = row_in(f, j, from, o);

		if (st != NULL && !(shut != NULL && from == shut->at &&
		    (shut->say == -1 || o == shut->say)))
			reach_in(f, j, seen, st->to, shut);
	}
}

static void
reach(const struct flow *f, bool seen[SCREEN_COUNT], int from,
    const struct shut *shut)
{
	reach_in(f, NULL, seen, from, shut);
}

/* Can a row of that effect be taken with that door shut? */
static bool
happens_without(const struct flow *f, const struct journey *j,
    enum effect fx, const struct shut *shut)
{
	bool seen[SCREEN_COUNT] = { false };

	reach_in(f, j, seen, f->first, shut);
	EACH_SCREEN(s) EACH_OUTCOME(o) {
		const struct step *st = row_in(f, j, s, o);

		if (st != NULL && st->fx == fx && seen[s] &&
		    !(s == shut->at && (shut->say == -1 || o == shut->say)))
			return true;
	}
	return false;
}

/* 1. Every outcome a screen declares has exactly one row, its own or the one
 * for any; and no row is for what nobody there can say. */
static bool
rows_and_outcomes_match(const struct flow *f)
{
	size_t own[SCREEN_COUNT][OUT_COUNT] = { { 0 } }, any[OUT_COUNT] = { 0 };
	size_t used[OUT_COUNT] = { 0 };

	for (size_t i = 0; i < f->nsteps; i++)
		if (f->steps[i].from == FROM_ANY)
			any[f->steps[i].on]++;
		else
			own[f->steps[i].from][f->steps[i].on]++;
	EACH_SCREEN(s) for (int o = 0; o < OUT_COUNT; o++) {
		bool can = (f->screens[s]->outcomes >> o) & 1;

		if (own[s][o] > 1 || (own[s][o] == 1 && !can) ||
		    (can && own[s][o] == 0 && any[o] != 1))
			return false;
		used[o] += can && own[s][o] == 0;
	}
	for (int o = 0; o < OUT_COUNT; o++)
		if (any[o] > 1 || (any[o] == 1 && used[o] == 0))
			return false;
	return own[f->first][OUT_STAY] == 0;
}

/* 2. Every screen is reachable from welcome, and welcome from every screen. */
static bool
no_screen_is_a_trap(const struct flow *f)
{
	bool all[SCREEN_COUNT] = { false };

	reach(f, all, f->first, NULL);
	EACH_SCREEN(s) {
		bool seen[SCREEN_COUNT] = { false };

		reach(f, seen, s, NULL);
		if (!all[s] || !seen[f->first])
			return false;
	}
	return true;
}

/* The straight way of a journey, said here once more. */
static size_t
straight_way(const struct journey *j, int out[16])
{
	const struct { int at; bool is; } all[] = {
		{ SCR_WELCOME, true },
		{ SCR_LAW, j->profile == PROFILE_ACCUEIL },
		{ SCR_CARD, true }, { SCR_WHO, true }, { SCR_IDENTITY, true },
		{ SCR_INFORMATION, record_has(j->kind, "notice") },
		{ SCR_CONSENT, true },
		{ SCR_CERTIFY, j->profile != PROFILE_BORNE },
		{ SCR_EMERGENCY, record_has(j->kind, "access") },
		{ SCR_CONTACT, record_has(j->kind, "contact") },
		{ SCR_REVIEW, true }, { SCR_SAVING, true },
	};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].is)
			out[n++] = all[i].at;
	return n;
}

/* 3. In each journey, nothing is sealed past any screen of its way. */
static bool
nothing_is_saved_without(const struct flow *f)
{
	int way[16];

	EACH_JOURNEY(j) {
		size_t n = straight_way(&j, way);

		if (!permit_place(j.kind, j.profile)) {
			const struct shut none = { -1, -1 };

			if (happens_without(f, &j, FX_SAVE, &none))
				return false;
			continue;
		}
		for (size_t i = 0; i + 1 < n; i++) {
			const struct shut door = { way[i], -1 };

			if (happens_without(f, &j, FX_SAVE, &door))
				return false;
		}
	}
	return true;
}

/* With nobody signed in welcome says one word only, and the one door behind
 * it is a PIN that was looked at: nothing else gets a person served. */
static bool
nobody_is_served_by_nobody(const struct flow *f)
{
	bool seen[SCREEN_COUNT] = { false };
	const struct step *in = row(f, SCR_WELCOME, OUT_SIGN_IN);

	if (in == NULL)
		return false;
	seen[f->first] = true; /* its other words are not said */
	reach(f, seen, in->to, NULL);
	EACH_SCREEN(s)
		if (seen[s] != (s == f->first || world_is_staff(s)) ||
		    (world_is_staff(s) && !f->screens[s]->staff))
			return false;
	EACH_SCREEN(s) EACH_OUTCOME(o) {
		const struct step *st = row(f, s, o);

		if (st == NULL)
			continue;
		/* Nobody in the middle of a journey is led there. */
		if (world_is_staff(st->to) && s != f->first &&
		    !world_is_staff(s))
			return false;
		if (f->screens[s]->staff != world_is_staff(s))
			return false;
	}
	return row(f, SCR_CHECKING, OUT_AGAIN)->to == SCR_PIN &&
	    row(f, SCR_CHECKING, OUT_OK)->to == f->first &&
	    row(f, SCR_PIN, OUT_BACK)->to == in->to &&
	    row(f, SCR_SHIFT, OUT_OK)->to == SCR_PIN;
}

/* 4. Forgetting is on the way into welcome and every goodbye, and only there;
 * whoever leaves before the save is led to the goodbye that says why. */
static bool
every_way_out_forgets(const struct flow *f)
{
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *st = &f->steps[i];
		bool out = st->to == f->first || world_is_goodbye(st->to);

		if ((st->fx == FX_FORGET) != out)
			return false;
		if (world_is_goodbye(st->to) != f->screens[st->to]->ends)
			return false;
	}
	EACH_SCREEN(s) EACH_OUTCOME(o) {
		const struct step *st = row(f, s, o);

		if (st == NULL)
			continue;
		if ((o == OUT_ABANDON && st->to != SCR_FORGOTTEN) ||
		    (o == OUT_CARD_GONE && st->to != SCR_GONE) ||
		    (o == OUT_REFUSE && st->to != SCR_REFUSED) ||
		    (o == OUT_MINOR && st->to != SCR_REPRESENTATIVE) ||
		    (o == OUT_DESK && st->to != (s == SCR_WELCOME ? SCR_DESK :
		    SCR_MINOR)) ||
		    (o == OUT_NOT_ME && st->to != (s == SCR_WHO ? SCR_NOT_MINE :
		    SCR_WHO)) ||
		    (o == OUT_FAILED && s != SCR_PRINTING && s != SCR_FORM &&
		    st->to != SCR_PROBLEM) ||
		    (o == OUT_BAD_CARD && st->to != SCR_BAD_CARD) ||
		    (o == OUT_IDLE && st->to != (s == SCR_SECRETS ||
		    s == SCR_COPY ? SCR_END : SCR_WELCOME)))
			return false;
		if (world_is_goodbye(s) && st->to != f->first)
			return false;
	}
	return true;
}

/* 5. Nothing is printed or shown as kept that was not saved first. */
static bool
nothing_is_handed_over_unsaved(const struct flow *f)
{
	static const int kept[] = { SCR_PRINTING, SCR_SECRETS, SCR_COPY,
		SCR_END, SCR_END_PLAIN, SCR_END_LATER, SCR_DONE };
	const struct shut unsaved = { SCR_REVIEW, OUT_OK };
	const struct shut unanswered = { SCR_SAVING, -1 };
	bool seen[SCREEN_COUNT] = { false };

	reach(f, seen, f->first, &unanswered);
	for (size_t i = 0; i < COUNT(kept); i++)
		if (seen[kept[i]])
			return false;
	return !happens_without(f, NULL, FX_PRINT, &unsaved) &&
	    !happens_without(f, NULL, FX_PRINT, &unanswered) &&
	    row(f, SCR_SAVING, OUT_FAILED) != NULL &&
	    row(f, SCR_SAVING, OUT_FAILED)->to == SCR_PROBLEM;
}

/* 6. Each effect is on the way into the screen that waits for it. */
static bool
effects_have_their_screens(const struct flow *f)
{
	static const struct { int to; enum effect fx; } of[] = {
		{ SCR_CARD, FX_WATCH }, { SCR_SAVING, FX_SAVE },
		{ SCR_PRINTING, FX_PRINT }, { SCR_CHECKING, FX_SIGN_IN },
		{ SCR_FORM, FX_FORM }, { SCR_LEAFLET, FX_LEAFLET },
		{ SCR_LOOKING, FX_ASK }, { SCR_SENDING, FX_SEND },
		{ SCR_PROVING, FX_CHECK },
	};

	for (size_t i = 0; i < f->nsteps; i++)
		for (size_t k = 0; k < COUNT(of); k++)
			if ((f->steps[i].to == of[k].to) !=
			    (f->steps[i].fx == of[k].fx))
				return false;
	return true;
}

/* Nobody is asked about whose card was not read and who did not say who they
 * are; no code goes anywhere without their consent, or is checked that did not
 * go. */
static bool
the_centre_is_asked_in_time(const struct flow *f)
{
	static const struct { enum effect fx; int door; } late[] = {
		{ FX_ASK, SCR_CARD }, { FX_ASK, SCR_WHO },
		{ FX_ASK, SCR_IDENTITY }, { FX_SEND, SCR_CONSENT },
		{ FX_SEND, SCR_CONTACT }, { FX_CHECK, SCR_SENDING },
	};

	EACH_JOURNEY(j)
		for (size_t i = 0; i < COUNT(late); i++) {
			const struct shut door = { late[i].door, -1 };

			if (happens_without(f, &j, late[i].fx, &door))
				return false;
		}
	return true;
}

/* Is that a word by which a journey goes on, from there? */
static bool
is_onward(int at, int on)
{
	return on == OUT_OK || on == OUT_LAW || on == OUT_REQUEST ||
	    on == OUT_AGREE || on == OUT_REACH || on == OUT_SETTLED ||
	    (on == OUT_CHOICES && at != SCR_REVIEW);
}

/* 7. Each journey goes on along its way, and back along it: one step, or to
 * the question that what stands between has answered. */
static bool
goes_its_way(const struct flow *f, const struct journey *j)
{
	int way[16];
	size_t n = straight_way(j, way);

	for (size_t i = 0; i + 1 < n; i++) EACH_OUTCOME(o) {
		const struct step *st = row_in(f, j, way[i], o);

		if (st == NULL)
			continue;
		if (is_onward(way[i], o) && st->to != way[i + 1])
			return false;
		if (o == OUT_BACK && st->to != way[i - 1] &&
		    st->to != f->first)
			return false;
		if (o == OUT_RETURN && st->to != (way[i] == SCR_CONSENT ?
		    SCR_IDENTITY : SCR_CONSENT))
			return false;
		if (o == OUT_CHOICES && way[i] == SCR_REVIEW &&
		    st->to != SCR_EMERGENCY)
			return false;
	}
	return true;
}

/* The turns: where each leads, and back. */
static bool
turns_lead_there(const struct flow *f)
{
	static const struct { int at, on, to; } turns[] = {
		{ SCR_IDENTITY, OUT_PROTECTED, SCR_MEASURE },
		{ SCR_MEASURE, OUT_REPRESENTED, SCR_REPRESENTATIVE },
		{ SCR_MEASURE, OUT_OK, SCR_INFORMATION },
		{ SCR_MEASURE, OUT_REQUEST, SCR_CONSENT },
		{ SCR_MEASURE, OUT_BACK, SCR_IDENTITY },
		{ SCR_REPRESENTATIVE, OUT_OK, SCR_INFORMATION },
		{ SCR_REPRESENTATIVE, OUT_REQUEST, SCR_CONSENT },
		{ SCR_REPRESENTATIVE, OUT_BACK, SCR_IDENTITY },
		{ SCR_INFORMATION, OUT_ASK, SCR_READBACK },
		{ SCR_INFORMATION, OUT_MORE, SCR_DETAIL },
		{ SCR_DETAIL, OUT_BACK, SCR_INFORMATION },
		{ SCR_DETAIL, OUT_LEAFLET, SCR_LEAFLET },
		{ SCR_LEAFLET, OUT_OK, SCR_DETAIL },
		{ SCR_LEAFLET, OUT_BACK, SCR_DETAIL },
		{ SCR_READBACK, OUT_OK, SCR_CONSENT },
		{ SCR_READBACK, OUT_BACK, SCR_INFORMATION },
		{ SCR_CONSENT, OUT_REREAD, SCR_INFORMATION },
		{ SCR_CONSENT, OUT_SIGN, SCR_FORM },
		{ SCR_FORM, OUT_OK, SCR_SIGN },
		{ SCR_FORM, OUT_FAILED, SCR_CONSENT },
		{ SCR_FORM, OUT_BACK, SCR_CONSENT },
		{ SCR_SIGN, OUT_AGREE, SCR_CERTIFY },
		{ SCR_SIGN, OUT_BACK, SCR_CONSENT },
		{ SCR_EMERGENCY, OUT_MORE, SCR_PEOPLE },
		{ SCR_PEOPLE, OUT_OK, SCR_KIN },
		{ SCR_PEOPLE, OUT_BACK, SCR_EMERGENCY },
		{ SCR_KIN, OUT_OK, SCR_PRIVACY },
		{ SCR_KIN, OUT_BACK, SCR_PEOPLE },
		{ SCR_PRIVACY, OUT_OK, SCR_CONTACT },
		{ SCR_PRIVACY, OUT_SETTLED, SCR_REVIEW },
		{ SCR_PRIVACY, OUT_BACK, SCR_KIN },
		{ SCR_IDENTITY, OUT_ASK, SCR_LOOKING },
		{ SCR_MEASURE, OUT_ASK, SCR_LOOKING },
		{ SCR_REPRESENTATIVE, OUT_ASK, SCR_LOOKING },
		{ SCR_LOOKING, OUT_OK, SCR_INFORMATION },
		{ SCR_LOOKING, OUT_REQUEST, SCR_CONSENT },
		{ SCR_LOOKING, OUT_MORE, SCR_ALREADY },
		{ SCR_LOOKING, OUT_BACK, SCR_IDENTITY },
		{ SCR_ALREADY, OUT_OK, SCR_INFORMATION },
		{ SCR_ALREADY, OUT_REQUEST, SCR_CONSENT },
		{ SCR_ALREADY, OUT_BACK, SCR_IDENTITY },
		{ SCR_CONTACT, OUT_ASK, SCR_SENDING },
		{ SCR_SENDING, OUT_OK, SCR_CODE },
		{ SCR_SENDING, OUT_MORE, SCR_SENDING },
		{ SCR_SENDING, OUT_SETTLED, SCR_REVIEW },
		{ SCR_SENDING, OUT_BACK, SCR_CONTACT },
		{ SCR_CODE, OUT_OK, SCR_PROVING },
		{ SCR_CODE, OUT_AGAIN, SCR_SENDING },
		{ SCR_CODE, OUT_SETTLED, SCR_REVIEW },
		{ SCR_CODE, OUT_BACK, SCR_CONTACT },
		{ SCR_PROVING, OUT_AGAIN, SCR_CODE },
		{ SCR_PROVING, OUT_MORE, SCR_SENDING },
		{ SCR_PROVING, OUT_SETTLED, SCR_REVIEW },
		{ SCR_PROVING, OUT_BACK, SCR_CODE },
	};

	for (size_t i = 0; i < COUNT(turns); i++) {
		const struct step *st = row(f, turns[i].at, turns[i].on);

		if (st == NULL || st->to != turns[i].to)
			return false;
	}
	return true;
}

/* After the save each word leads to the goodbye that says what it says. */
static bool
goodbyes_are_right(const struct flow *f)
{
	static const struct { int at, on, to; } ends[] = {
		{ SCR_SAVING, OUT_OK, SCR_PRINTING },
		{ SCR_SAVING, OUT_NO_PAPER, SCR_COPY },
		{ SCR_SAVING, OUT_NO_ACCOUNT, SCR_PRINTING },
		{ SCR_SAVING, OUT_NO_IDENTIFIER, SCR_PRINTING },
		{ SCR_SAVING, OUT_SETTLED, SCR_PRINTING },
		{ SCR_PRINTING, OUT_NO_ACCOUNT, SCR_END_PLAIN },
		{ SCR_PRINTING, OUT_NO_IDENTIFIER, SCR_END_LATER },
		{ SCR_PRINTING, OUT_SETTLED, SCR_DONE },
		{ SCR_PRINTING, OUT_OK, SCR_SECRETS },
		{ SCR_PRINTING, OUT_FAILED, SCR_COPY },
		{ SCR_SECRETS, OUT_OK, SCR_END },
		{ SCR_SECRETS, OUT_NO_PAPER, SCR_COPY },
		{ SCR_COPY, OUT_OK, SCR_END },
		{ SCR_COPY, OUT_AGAIN, SCR_PRINTING },
	};

	for (size_t i = 0; i < COUNT(ends); i++) {
		const struct step *st = row(f, ends[i].at, ends[i].on);

		if (st == NULL || st->to != ends[i].to)
			return false;
	}
	return true;
}

static bool
forward_and_back(const struct flow *f)
{
	bool after[SCREEN_COUNT] = { false };

	EACH_JOURNEY(j)
		if (permit_place(j.kind, j.profile) && !goes_its_way(f, &j))
			return false;
	if (!turns_lead_there(f) || !goodbyes_are_right(f))
		return false;
	after[f->first] = true; /* a new session may save again */
	reach(f, after, SCR_SAVING, NULL);
	for (int s = SCR_CARD; s <= SCR_REVIEW; s++)
		if (after[s])
			return false;
	return true;
}

/* 8. From the card to the save one can always leave, and idle time ends it;
 * after the save nothing is lost by leaving the card or pressing F10. */
static bool
one_can_leave(const struct flow *f)
{
	EACH_SCREEN(s) {
		unsigned can = f->screens[s]->outcomes;
		bool before = s >= SCR_WHO && s <= SCR_REVIEW;

		if (before && (!(can & CAN(ABANDON)) ||
		    !(can & CAN(CARD_GONE)) || !(can & CAN(BACK))))
			return false;
		if (world_is_after(s) && (can & (CAN(ABANDON) |
		    CAN(CARD_GONE) | CAN(BACK))))
			return false;
		if (!(can & CAN(IDLE)) && s != f->first &&
		    s != SCR_SHIFT && !f->screens[s]->waits)
			return false;
	}
	return true;
}

/* Those first that are soon done: most spoilt tables go no further. */
static const struct {
	const char *name;
	bool (*holds)(const struct flow *f);
} proofs[] = {
	{ "rows and outcomes match", rows_and_outcomes_match },
	{ "effects have their screens", effects_have_their_screens },
	{ "every way out forgets", every_way_out_forgets },
	{ "one can leave", one_can_leave },
	{ "forward and back", forward_and_back },
	{ "nobody is served by nobody", nobody_is_served_by_nobody },
	{ "nothing is handed over unsaved", nothing_is_handed_over_unsaved },
	{ "the centre is asked in time", the_centre_is_asked_in_time },
	{ "no screen is a trap", no_screen_is_a_trap },
	{ "nothing is saved without its doors", nothing_is_saved_without },
};

static bool
all_hold(const struct flow *f)
{
	for (size_t i = 0; i < COUNT(proofs); i++)
		if (!proofs[i].holds(f))
			return false;
	return true;
}

static void
the_table_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(proofs); i++) {
		if (!proofs[i].holds(&screens_flow))
			print_error("broken: %s\n", proofs[i].name);
		assert_true(proofs[i].holds(&screens_flow));
	}
}

/* The picture as text; free it. */
static char *
picture(const struct flow *f)
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	flow_dot(f, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
the_picture_is_the_committed_one(void **state)
{
	char *text = picture(&screens_flow);

	(void)state;
	golden_equal("flow.dot", text, strlen(text));
	free(text);
}

/* A table that a test may spoil. */
struct copy {
	struct step steps[160];
	struct flow flow;
};

static void
copy_table(struct copy *c)
{
	assert_true(screens_flow.nsteps < COUNT(c->steps));
	memcpy(c->steps, screens_flow.steps,
	    screens_flow.nsteps * sizeof(c->steps[0]));
	c->flow = screens_flow;
	c->flow.steps = c->steps;
}

static void
a_deleted_row_is_noticed(void **state)
{
	struct copy c;

	(void)state;
	for (size_t i = 0; i < screens_flow.nsteps; i++) {
		copy_table(&c);
		memmove(&c.steps[i], &c.steps[i + 1],
		    (screens_flow.nsteps - i - 1) * sizeof(c.steps[0]));
		c.flow.nsteps--;
		assert_false(all_hold(&c.flow));
	}
}

static void
a_doubled_row_is_noticed(void **state)
{
	struct copy c;

	(void)state;
	for (size_t i = 0; i < screens_flow.nsteps; i++) {
		copy_table(&c);
		c.steps[c.flow.nsteps++] = c.steps[i];
		assert_false(all_hold(&c.flow));
	}
}

/* By the proofs, or else by the picture; how many by the proofs alone is
 * said, and may not fall. */
static bool
is_noticed(const struct copy *c, size_t *by_proof)
{
	char *want, *is;
	bool other;

	if (!all_hold(&c->flow)) {
		++*by_proof;
		return true;
	}
	want = picture(&screens_flow);
	is = picture(&c->flow);
	other = strcmp(want, is) != 0;
	free(want);
	free(is);
	return other;
}

static void
a_row_that_leads_elsewhere_is_noticed(void **state)
{
	size_t tried = 0, by_proof = 0;
	struct copy c;

	(void)state;
	for (size_t i = 0; i < screens_flow.nsteps; i++) EACH_SCREEN(to) {
		copy_table(&c);
		if (c.steps[i].to == to)
			continue;
		c.steps[i].to = to;
		tried++;
		assert_true(is_noticed(&c, &by_proof));
	}
	print_message("# %zu of %zu by the proofs alone\n", by_proof, tried);
	assert_true(by_proof * 100 >= tried * 95);
}

static void
a_row_with_another_effect_is_noticed(void **state)
{
	size_t tried = 0, by_proof = 0;
	struct copy c;

	(void)state;
	for (size_t i = 0; i < screens_flow.nsteps; i++)
		for (int fx = FX_NONE; fx <= FX_FORGET; fx++) {
			copy_table(&c);
			if (c.steps[i].fx == (enum effect)fx)
				continue;
			c.steps[i].fx = (enum effect)fx;
			tried++;
			assert_true(is_noticed(&c, &by_proof));
		}
	assert_int_equal(by_proof, tried);
}

/* xorshift: the same walks on every machine. */
static uint32_t
draw(void *source)
{
	uint32_t *x = source;

	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x >> 8;
}

#define WALKS	   200
#define WALK_STEPS 4096

/* Every place under every law. */
static void
walks_never_break_an_invariant(void **state)
{
	static struct world w;

	(void)state;
	world_open(&w, &screens_flow);
	for (uint32_t i = 1; i <= WALKS; i++) {
		uint32_t seed = i * 2654435761u;

		w.set.profile = (int)(i % 3);
		w.set.regime = (int)(i / 3 % 2);
		w.shifts = i % 4 != 0;
		w.asks = i % 5 != 0;
		w.set.consent_methods = 1 << CONSENT_SCREEN |
		    (int)(i / 4 % 4) << CONSENT_ORAL;
		world_begin(&w);
		w.next = draw;
		w.source = &seed;
		world_walk(&w, WALK_STEPS);
	}
	for (size_t k = 0; k < RECORD_KIND_COUNT; k++)
		assert_true(w.kinds[k] > 10);
	EACH_SCREEN(s) {
		if (w.visits[s] == 0)
			print_error("never at %s\n",
			    screens_flow.screens[s]->name);
		assert_true(w.visits[s] > 0);
	}
	assert_true(w.saves > WALKS && w.prints > WALKS);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_holds),
		cmocka_unit_test(the_picture_is_the_committed_one),
		cmocka_unit_test(a_deleted_row_is_noticed),
		cmocka_unit_test(a_doubled_row_is_noticed),
		cmocka_unit_test(a_row_that_leads_elsewhere_is_noticed),
		cmocka_unit_test(a_row_with_another_effect_is_noticed),
		cmocka_unit_test(walks_never_break_an_invariant),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
