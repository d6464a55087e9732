/*
 * world: all that stands around the flow, played: a card, a clock, effects.
 *
 * Events come from a happy journey, one in sixteen replaced by any other, as
 * the bytes of a source say: a generator in tests/screens/flow.c, a file in
 * tests/fuzz/flow.c. After each step the invariants of DESIGN section 3 are
 * looked at; a broken one is named on stderr and ends the program.
 */
#ifndef GUICHET_TESTS_WORLD_H
#define GUICHET_TESTS_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "desk/demo.h"
#include "envelope/age.h"
#include "screens/screens.h"

#define WORLD_NOW_MS ((uint64_t)1795270800000) /* 2026-11-21 */
#define SURNAME	     "ESSAI"

struct world {
	const struct flow *flow;
	struct desk_settings set;
	struct tongues tongues;
	struct notice notice; /* the French one, borrowed */
	struct session s;
	struct page *page;
	struct card_news news; /* of the card that is in */
	bool in;
	uint32_t epoch;
	enum err done; /* of the last effect */
	size_t visits[SCREEN_COUNT], saves, prints;
	uint32_t (*next)(void *source); /* a byte, or anything above */
	void *source;
};

static inline void
world_bearer(struct bearer *b, const char *given, const char *birth,
    const char *nir, const char *key)
{
	memset(b, 0, sizeof(*b));
	(void)snprintf(b->family, sizeof(b->family), "%s", SURNAME);
	(void)snprintf(b->given, sizeof(b->given), "%s", given);
	(void)snprintf(b->birth, sizeof(b->birth), "%s", birth);
	(void)snprintf(b->nir, sizeof(b->nir), "%s", nir);
	(void)snprintf(b->key, sizeof(b->key), "%s", key);
	(void)snprintf(b->country, sizeof(b->country), "FR");
	b->key_right = true;
}

/* An adult with a lunar date, and a child. */
static inline void
world_insert(struct world *w)
{
	memset(&w->news, 0, sizeof(w->news));
	w->news.kind = NEWS_CARD;
	w->news.epoch = ++w->epoch;
	w->news.n = 2;
	(void)snprintf(w->news.reader, sizeof(w->news.reader), "slot 0");
	world_bearer(&w->news.bearers[0], "ALAINBIS", "19421901",
	    "1421962965167", "94");
	world_bearer(&w->news.bearers[1], "LAURENCE", "20150820",
	    "1421962965167", "94");
	w->in = true;
}

/* A terminal just switched on, at welcome, with nobody. */
static inline void
world_begin(struct world *w)
{
	struct session *s = &w->s;

	session_forget(s);
	*s = (struct session){ .at = w->flow->first, .set = &w->set,
		.tongues = &w->tongues, .notice = s->notice, .face = "curses",
		.now_ms = WORLD_NOW_MS, .elapsed_ms = 1000000,
		.identifiers = 180, .last_sent_ms = WORLD_NOW_MS - 120000,
		.reader = READER_EMPTY, .paper = true,
		.person = s->person };
	session_operator_reset(s);
	session_speak(s, 0);
	w->in = false;
	w->epoch = 0;
	w->done = ERR_OK;
}

/* Where make put the translations: build/locale. */
static inline const char *
world_locales(void)
{
	static char path[PATH_ROOM];
	const char *b = getenv("B");

	(void)snprintf(path, sizeof(path), "%s/locale",
	    b == NULL ? "build" : b);
	return path;
}

static inline void
world_open(struct world *w, const struct flow *f)
{
	memset(w, 0, sizeof(*w));
	w->flow = f;
	w->set.mode = MODE_TRAINING;
	w->set.adult_age = 18;
	w->set.idle_warn = 60;
	w->set.idle_grace = 30;
	w->set.lease_low = 20;
	(void)snprintf(w->set.printer, sizeof(w->set.printer), "file:paper");
	(void)snprintf(w->set.site_name, sizeof(w->set.site_name),
	    "Pharmacie du Marché, Nantes");
	(void)snprintf(w->set.operator_id, sizeof(w->set.operator_id),
	    "99700024450");
	(void)snprintf(w->set.operator_name, sizeof(w->set.operator_name),
	    "Camille MARTIN");
	(void)snprintf(w->set.operator_profession,
	    sizeof(w->set.operator_profession), "pharmacien");
	(void)snprintf(w->set.support, sizeof(w->set.support),
	    "01 99 00 12 34");
	if (tongues_load("screens/text", world_locales(), &w->tongues) !=
	    ERR_OK || session_init(&w->s, &w->set, NULL) != ERR_OK ||
	    (w->page = page_new()) == NULL)
		abort();
	w->notice = w->tongues.tongue[0].notice[NOTICE_DMP];
	world_begin(w);
}

static inline void
world_close(struct world *w)
{
	page_free(w->page);
	session_clear(&w->s);
	i18n_use(NULL);
	tongues_clear(&w->tongues);
}

static inline void
world_must(bool holds, const char *what, const struct world *w)
{
	if (holds)
		return;
	(void)fprintf(stderr, "broken at %s: %s\n",
	    w->flow->screens[w->s.at]->name, what);
	abort();
}

/* The goodbyes, said here once more on purpose: the screens' own flag is
 * not asked. */
static inline bool
world_is_goodbye(int at)
{
	static const bool over[SCREEN_COUNT] = {
		[SCR_END] = true, [SCR_END_PLAIN] = true,
		[SCR_END_LATER] = true, [SCR_NOT_MINE] = true,
		[SCR_MINOR] = true, [SCR_BAD_CARD] = true,
		[SCR_REFUSED] = true, [SCR_FORGOTTEN] = true,
		[SCR_GONE] = true, [SCR_PROBLEM] = true,
	};

	return over[at];
}

/* Where a person may find the codes, and where one is being saved. */
static inline bool
world_is_after(int at)
{
	return at == SCR_SAVING || at == SCR_PRINTING || at == SCR_SECRETS ||
	    at == SCR_COPY;
}

/* Is that the notice of one of the languages? */
static inline bool
world_knows(const struct world *w, const char *sha)
{
	for (size_t i = 0; i < w->tongues.n; i++)
		for (size_t k = 0; k < NOTICE_COUNT; k++)
			if (strcmp(w->tongues.tongue[i].notice[k].sha,
			    sha) == 0)
				return true;
	return false;
}

static inline void
world_check_save(const struct world *w)
{
	const struct person *p = w->s.person;
	const struct record *rec = &p->rec;

	world_must(w->in && p->epoch == w->epoch, "save of another card", w);
	world_must(p->chosen && p->confirmed, "save without identity", w);
	world_must(age_at(rec->identity.birth, w->s.now_ms) >= 18,
	    "save of a minor", w);
	world_must(strcmp(rec->identity.birth,
	    p->bearers[p->which].birth) == 0, "save of someone else", w);
	world_must(p->informed && rec->notice.whole &&
	    world_knows(w, rec->notice.sha), "save without information", w);
	world_must(p->box && rec->consent.given &&
	    rec->consent.wording[0] != '\0', "save without consent", w);
	world_must(rec->certified.given &&
	    strcmp(rec->certified.operator_id, w->set.operator_id) == 0,
	    "save without certification", w);
	world_must(p->reviewed, "save without review", w);
	world_must(p->contact_no == (rec->contact.mobile[0] == '\0' &&
	    rec->contact.email[0] == '\0'), "save without contact", w);
	world_must(p->password[0] == '\0', "secret before the save", w);
}

/* What desk/save.c does, without a queue. */
static inline void
world_save(struct world *w)
{
	struct person *p = w->s.person;

	w->done = w->next(w->source) % 8 == 0 ? ERR_QUEUE_WRITE : ERR_OK;
	if (w->done != ERR_OK)
		return;
	w->saves++;
	p->saved = true;
	p->rec.account.wanted = !p->contact_no && w->s.identifiers > 0;
	if (p->rec.account.wanted) {
		memcpy(p->identifier, "4821KFTP", 9);
		memcpy(p->password, "aB3-x9!z", 9);
	}
	memcpy(w->s.reference, "01JD-7Q4M", RID_SHORT);
}

static inline void world_step(struct world *w, const struct event *ev);

static inline void
world_effect(struct world *w, enum effect fx)
{
	const struct person *p = w->s.person;

	switch (fx) {
	case FX_NONE:
		break;
	case FX_WATCH:
		if (w->in)
			world_step(w, &(struct event){ .kind = EV_CARD,
			    .news = &w->news });
		break;
	case FX_SAVE:
		world_check_save(w);
		world_save(w);
		break;
	case FX_PRINT:
		world_must(p->saved, "print of what is not saved", w);
		w->prints++;
		w->done = w->next(w->source) % 4 == 0 ? ERR_PRINT_WRITE :
		    ERR_OK;
		break;
	case FX_FORGET:
		world_must(secret_is_zero(p, sizeof(*p)), "not forgotten", w);
		break;
	}
}

static inline bool
world_shows(const struct page *p, const char *text)
{
	for (size_t i = 0; i < p->n; i++)
		if ((p->item[i].label != NULL &&
		    strstr(p->item[i].label, text) != NULL) ||
		    (p->item[i].value != NULL &&
		    strstr(p->item[i].value, text) != NULL))
			return true;
	return false;
}

static inline void
world_check(struct world *w)
{
	const struct session *s = &w->s;
	const struct person *p = s->person;
	const struct page *page = w->page;
	bool covered = s->elapsed_ms >= p->reveal_until_ms;

	w->visits[s->at]++;
	flow_show(w->flow, s, w->page);
	world_must(page->title != NULL && page->n > 0, "empty page", w);
	if (s->at == SCR_WELCOME || world_is_goodbye(s->at))
		world_must(p->epoch == 0 && !p->chosen && p->nbearers == 0 &&
		    p->password[0] == '\0', "a person at rest", w);
	if (!world_is_after(s->at))
		world_must(!p->saved && p->password[0] == '\0',
		    "a secret too early", w);
	if (!w->flow->screens[s->at]->private)
		world_must(!world_shows(page, SURNAME), "a name shown", w);
	if (p->password[0] != '\0' && covered)
		world_must(!world_shows(page, "aB3-") &&
		    !world_shows(page, "x9!z"), "a password uncovered", w);
	if (p->epoch != 0 && s->at != SCR_SAVING && !p->saved)
		world_must(session_card_holds(s), "facts of another card", w);
}

static inline void
world_step(struct world *w, const struct event *from)
{
	struct event ev = *from;
	const struct step *taken;
	enum effect fx;

	ev.now_ms = w->s.now_ms + 40;
	ev.elapsed_ms = w->s.elapsed_ms + 40;
	fx = flow_step(w->flow, &w->s, &ev, &taken);
	world_must(taken == NULL ? fx == FX_NONE : taken->to == w->s.at,
	    "a step that is not the table's", w);
	world_check(w);
	world_effect(w, fx);
}

/* The ids and values of all screens, and some of none. */
static const char *const world_ids[] = { "open", "a", "b", "t", "none", "yes",
	"no", "not-me", "continue", "again", "box", "agree",
	"refuse", "reread", "answer", "samu", "break-glass", "mobile", "email", "back",
	"save", "show", "copied", "no-paper", "print", "ok", "close",
	NOTICE_ID, "", "nothing" };
static const char *const world_values[] = { "yes", "no", "end", "",
	"06 39 98 12 41", "0639981241", "0239981241", "nom@exemple.fr",
	"nom@exemple", "\xff\xfe", "e\xcc\x81\xe2\x80\xae",
	"111111111111111111111111111111111111111111111111111111111111" };
#define WORLD_PICK(list, r) ((list)[(r) % (sizeof(list) / sizeof((list)[0]))])

static inline void
world_card(struct world *w, uint32_t r)
{
	struct event ev = { .kind = EV_CARD, .news = &w->news };
	struct card_news other = { .kind = NEWS_READER,
		.state = (enum reader_state)(r / 8 % 10), .reader = "slot 1" };

	switch (r % 4) {
	case 0: /* in, or out */
		if (!w->in) {
			world_insert(w);
			world_step(w, &ev);
			break;
		}
		w->in = false;
		other = (struct card_news){ .kind = NEWS_GONE,
			.epoch = w->epoch };
		ev.news = &other;
		world_step(w, &ev);
		break;
	case 1: /* another card, within one look */
		world_insert(w);
		world_step(w, &ev);
		break;
	case 2: /* one that is not of this mode, or empty */
		world_insert(w);
		w->news.n = r / 4 % 2;
		memcpy(w->news.bearers[0].nir, "1690172181372", 14);
		world_step(w, &ev);
		break;
	case 3:
		ev.news = &other;
		world_step(w, &ev);
		break;
	}
}

/* Anything that can happen to a terminal. */
static inline void
world_odd(struct world *w)
{
	uint32_t r = w->next(w->source), q = w->next(w->source);
	struct event ev = { .kind = EV_NONE };

	switch (r % 10) {
	case 0: case 1:
		ev.kind = EV_PICK;
		ev.id = WORLD_PICK(world_ids, q);
		break;
	case 2: case 3:
		ev.kind = EV_SET;
		ev.id = WORLD_PICK(world_ids, q);
		ev.value = WORLD_PICK(world_values, w->next(w->source));
		break;
	case 4:
		ev.kind = EV_BACK;
		break;
	case 5:
		ev.kind = EV_HELP;
		break;
	case 6:
		ev.kind = q % 4 == 0 ? EV_ABANDON : q % 4 == 1 ?
		    EV_LANGUAGE : EV_NONE;
		break;
	case 7:
		if (q % 4 == 0)
			world_card(w, q / 4);
		return;
	case 8:
		ev.kind = EV_TICK;
		ev.idle_s = q % 16 == 0 ? 90 : q % 16 == 1 ? 70 : 0;
		break;
	case 9:
		ev.kind = EV_DONE;
		ev.result = w->s.at == SCR_SAVING || w->s.at == SCR_PRINTING ?
		    w->done : (enum err)(q % ERR_COUNT);
		w->s.identifiers = q / 8 % 4 == 0 ? 0 : 180;
		w->s.paper = q / 32 % 4 != 0;
		break;
	}
	world_step(w, &ev);
}

/* The event that leads on from here. */
static inline void
world_happy(struct world *w)
{
	static const char *const go[SCREEN_COUNT] = {
		[SCR_WELCOME] = "open", [SCR_WHO] = "a",
		[SCR_IDENTITY] = "yes", [SCR_INFORMATION] = "continue",
		[SCR_READBACK] = "continue", [SCR_CONSENT] = "agree", [SCR_CERTIFY] = "yes",
		[SCR_EMERGENCY] = "continue", [SCR_CONTACT] = "continue",
		[SCR_REVIEW] = "save", [SCR_SECRETS] = "yes",
		[SCR_COPY] = "copied",
	};
	static const struct event set[SCREEN_COUNT] = {
		[SCR_INFORMATION] = { .kind = EV_SET, .id = NOTICE_ID,
		    .value = "end" },
		[SCR_CONSENT] = { .kind = EV_SET, .id = "box",
		    .value = "yes" },
		[SCR_EMERGENCY] = { .kind = EV_SET, .id = "samu",
		    .value = "no" },
		[SCR_CONTACT] = { .kind = EV_SET, .id = "mobile",
		    .value = "06 39 98 12 41" },
	};
	struct event ev = { .kind = EV_PICK, .id = go[w->s.at] };

	if (set[w->s.at].kind == EV_SET)
		world_step(w, &set[w->s.at]);
	if (w->s.at == SCR_CARD) {
		world_insert(w);
		ev = (struct event){ .kind = EV_CARD, .news = &w->news };
	} else if (w->s.at == SCR_SAVING || w->s.at == SCR_PRINTING) {
		ev = (struct event){ .kind = EV_DONE, .result = w->done };
	} else if (world_is_goodbye(w->s.at)) {
		ev.id = "ok";
	}
	world_step(w, &ev);
}

/* n events, one in sixteen of them odd. */
static inline void
world_walk(struct world *w, size_t n)
{
	while (n-- > 0) {
		if (w->next(w->source) % 16 == 0)
			world_odd(w);
		else
			world_happy(w);
	}
}

#endif
