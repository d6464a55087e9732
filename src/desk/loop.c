/* loop: poll(2) on the face, the card and the clock. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/asking.h"
#include "desk/effect.h"
#include "desk/handover.h"
#include "desk/loop.h"

#define TICK_MS	 250
#define FACTS_MS 2000
#define ALONE_MS 10000 /* a file waits no longer for a card */

/* One run of the loop. */
struct run {
	struct desk *d;
	struct page *page;
	uint64_t key_ms, tick_ms, facts_ms; /* elapsed: the last of each */
	uint64_t news_ms;		    /* of anything but a tick */
	bool orphan;			    /* the card program has ended */
};

static volatile sig_atomic_t stopping;

static void
on_stop(int sig)
{
	(void)sig;
	stopping = 1;
}

/* In training the program is left from its first screen; a real terminal is
 * left to systemd. */
static bool
may_leave(const struct desk *d)
{
	return d->session->set->mode == MODE_TRAINING &&
	    flow_rests(d->flow, d->session) && !d->session->helping;
}

static enum err
paint(struct run *run)
{
	struct desk *d = run->d;

	flow_show(d->flow, d->session, run->page);
	if (may_leave(d))
		page_key(run->page, "F10", _("Quitter la formation"));
	return d->face->kind->paint(d->face, run->page);
}

/* A session that ended without a save is counted, and said. */
static void
say_end(struct desk *d, const struct step *step)
{
	const char *word = outcome_of_screen_word(step->on);

	effect_tally(d, word);
	log_event("session-ended", "why=%s", word);
	if (d->refused != NULL)
		d->refused(word, d->session->problem);
}

/* One event through the table; the effect that it asks for. */
static enum effect
follow(struct run *run, struct event *ev)
{
	struct desk *d = run->d;
	struct session *s = d->session;
	const struct screen *scr = d->flow->screens[s->at];
	bool over = s->person->saved || scr->ends || scr->staff;
	const struct step *step;
	enum effect fx;

	ev->now_ms = clock_wall_ms();
	ev->elapsed_ms = clock_elapsed_ms();
	ev->idle_s = (unsigned)((ev->elapsed_ms - run->key_ms) / 1000);
	if (ev->kind != EV_TICK)
		run->news_ms = ev->elapsed_ms;
	fx = flow_step(d->flow, s, ev, &step);
	/* An answer belongs to the screen that waits for it. */
	if (step != NULL)
		asking_drop(d);
	if (fx == FX_FORGET && !over)
		say_end(d, step);
	return fx;
}

/*
 * One event, the page painted, its effect carried out, and again while
 * effects end in events of their own. Forgetting comes before the next page
 * is painted, every other effect after it.
 */
static enum err
turn(struct run *run, struct event *ev)
{
	struct event done = { .kind = EV_DONE };
	bool again = true;
	enum effect fx;
	enum err r;

	while (again) {
		fx = follow(run, ev);
		if (fx == FX_FORGET && (r = effect_run(run->d, fx, &again,
		    &done.result)) != ERR_OK)
			return r;
		if ((r = paint(run)) != ERR_OK)
			return r;
		again = false;
		if (fx != FX_FORGET && (r = effect_run(run->d, fx, &again,
		    &done.result)) != ERR_OK)
			return r;
		ev = &done;
	}
	return ERR_OK;
}

/* The keys of demonstration cards never reach a screen. */
static bool
is_card_key(struct run *run, const struct event *ev)
{
	static const struct { const char *id, *verb; } keys[] = {
		{ "card-insert-pull", NULL }, { "card-swap", "swap" },
	};
	struct desk *d = run->d;

	if (ev->kind != EV_PICK)
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *verb = keys[i].verb;

		if (strcmp(ev->id, keys[i].id) != 0)
			continue;
		if (verb == NULL)
			verb = d->session->epoch == 0 ? "insert" : "pull";
		if (d->session->set->mode == MODE_TRAINING &&
		    cardlink_say(d->card, verb) != ERR_OK)
			run->orphan = true;
		return true;
	}
	return false;
}

static enum err
from_face(struct run *run)
{
	struct desk *d = run->d;
	struct event ev;
	enum err r;

	for (;;) {
		memset(&ev, 0, sizeof(ev));
		if ((r = d->face->kind->next(d->face, run->page, &ev)) !=
		    ERR_OK || ev.kind == EV_NONE)
			return r;
		run->key_ms = clock_elapsed_ms();
		if (ev.kind == EV_ABANDON && may_leave(d)) {
			stopping = 1;
			return ERR_OK;
		}
		if (is_card_key(run, &ev))
			continue;
		if ((r = turn(run, &ev)) != ERR_OK)
			return r;
		/* A file waits for the card that it asked for. */
		if (d->answers)
			return ERR_OK;
	}
}

/* The card's program is gone: whatever it said no longer holds. */
static enum err
orphaned(struct run *run)
{
	struct session *s = run->d->session;
	struct card_news *gone = secret_alloc(sizeof(*gone));
	struct event ev = { .kind = EV_CARD, .news = gone };
	enum err r = ERR_MEMORY;

	run->orphan = true;
	if (gone == NULL)
		return r;
	gone->kind = NEWS_READER;
	gone->state = READER_ERROR;
	gone->code = err_number(ERR_CHILD);
	if ((r = turn(run, &ev)) == ERR_OK && s->epoch != 0) {
		gone->kind = NEWS_GONE;
		gone->epoch = s->epoch;
		r = turn(run, &ev);
	}
	secret_free(gone);
	return r;
}

static enum err
from_card(struct run *run)
{
	struct cardlink *l = run->d->card;
	const struct card_news *news;
	struct event ev;
	enum err r;

	if (cardlink_feed(l) != ERR_OK)
		return orphaned(run);
	for (;;) {
		if (cardlink_next(l, &news) != ERR_OK)
			return orphaned(run);
		if (news == NULL)
			return ERR_OK;
		ev = (struct event){ .kind = EV_CARD, .news = news };
		r = turn(run, &ev);
		cardlink_forget(l);
		if (r != ERR_OK)
			return r;
	}
}

static enum err
from_centre(struct run *run)
{
	struct event ev = { .kind = EV_DONE };

	return asking_ended(run->d, &ev.result) ? turn(run, &ev) : ERR_OK;
}

static enum err
tick(struct run *run)
{
	uint64_t now = clock_elapsed_ms();
	struct event ev = { .kind = EV_TICK };

	if (now - run->tick_ms < TICK_MS)
		return ERR_OK;
	run->tick_ms = now;
	if (now - run->facts_ms >= FACTS_MS) {
		run->facts_ms = now;
		effect_facts(run->d);
	}
	if (run->d->answers && now - run->news_ms >= ALONE_MS)
		return err_about(ERR_UNANSWERED, "%s", run->page->name);
	return turn(run, &ev);
}

/* Nobody is served and there is nothing left to do. */
static bool
is_over(struct run *run)
{
	struct desk *d = run->d;

	if (stopping)
		return true;
	if (run->orphan && flow_rests(d->flow, d->session))
		return true;
	return d->answers && d->session->at == d->flow->first &&
	    face_answers_finish(d->face) == ERR_OK;
}

static enum err
loop(struct run *run)
{
	struct desk *d = run->d;
	struct event first = { .kind = EV_TICK };
	struct pollfd p[3];
	enum err r = turn(run, &first);

	while (r == ERR_OK && !is_over(run)) {
		p[0] = (struct pollfd){ .fd = d->face->fd, .events = POLLIN };
		p[1] = (struct pollfd){ .fd = cardlink_fd(d->card),
			.events = POLLIN };
		p[2] = (struct pollfd){ .fd = asklink_fd(d->ask),
			.events = POLLIN };
		if (poll(p, 3, d->answers ? 20 : TICK_MS) == -1 &&
		    errno != EINTR)
			return ERR_TERMINAL;
		if (p[1].revents != 0 && !run->orphan)
			r = from_card(run);
		if (r == ERR_OK)
			r = from_face(run);
		if (r == ERR_OK)
			r = from_centre(run);
		if (r == ERR_OK)
			r = tick(run);
	}
	if (r == ERR_OK && run->orphan)
		r = err_about(ERR_CHILD, "guichet-card");
	return r;
}

enum err
desk_run(struct desk *d)
{
	struct run run = { .d = d, .page = page_new(),
		.key_ms = clock_elapsed_ms(),
		.news_ms = clock_elapsed_ms() };
	struct sigaction sa = { .sa_handler = on_stop };
	enum err r;

	if (run.page == NULL)
		return ERR_MEMORY;
	stopping = 0;
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGHUP, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	effect_look_back(d);
	effect_facts(d);
	if ((r = handover_recover(d->session, d->queue, d->keys)) == ERR_OK)
		r = loop(&run);
	session_forget(d->session);
	(void)handover_settle(d->session, d->queue, d->keys);
	cardlink_forget(d->card);
	d->face->kind->forget(d->face);
	page_free(run.page);
	return r;
}
