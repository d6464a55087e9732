/* effect: look at the card, save, print, forget. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/asking.h"
#include "desk/effect.h"
#include "desk/handover.h"
#include "desk/papers.h"

#define LOOK_BACK 1000 /* rows that a start looks at: half a second */

static enum err
save(struct desk *d)
{
	char rid[RID_TEXT];
	enum err r = desk_save(d->session, d->queue, d->keys);

	if (r != ERR_OK) {
		log_error(r, "save");
		return r;
	}
	rid_text(&d->session->person->rec.rid, rid);
	log_event("record-saved", "rid=%s", rid);
	effect_tally(d, "saved");
	if (d->saved != NULL)
		d->saved(rid);
	return ERR_OK;
}

/* The PIN is gone whatever came of it. */
static enum err
sign_in(struct desk *d)
{
	struct session *s = d->session;
	unsigned wait = 0;
	enum err r = ERR_OPERATORS;

	if (d->operators != NULL)
		r = operator_check(d->operators, s->shift.asked.id,
		    s->person->pin, clock_elapsed_ms(), &wait);
	secret_wipe(s->person->pin, sizeof(s->person->pin));
	s->shift.until_ms = wait == 0 ? 0 :
	    clock_elapsed_ms() + (uint64_t)1000 * wait;
	if (r == ERR_OK)
		log_event("shift-open", "operator=%s", s->shift.asked.id);
	else
		log_error(r, "sign-in");
	return r;
}

/* Its end comes later, unless it cannot begin: that is not the person's
 * trouble. */
static enum err
ask(struct desk *d, enum question_kind kind, bool *done, enum err *result)
{
	*result = asking_begin(d, kind);
	*done = *result != ERR_OK;
	if (*result != ERR_OK && *result != ERR_SYNC_DOOR)
		log_error(*result, "question");
	return ERR_OK;
}

enum err
effect_run(struct desk *d, enum effect fx, bool *done, enum err *result)
{
	*done = false;
	switch (fx) {
	case FX_NONE:
		return ERR_OK;
	case FX_WATCH:
		if (d->answers && d->session->epoch == 0)
			return cardlink_say(d->card, "insert");
		return cardlink_say(d->card, "read");
	case FX_SAVE:
		*result = save(d);
		*done = true;
		effect_facts(d);
		return ERR_OK;
	case FX_FORM:
		*result = papers_form(d->session, d->print);
		*done = true;
		if (*result != ERR_OK)
			log_error(*result, "form");
		return ERR_OK;
	case FX_LEAFLET:
		*result = papers_leaflet(d->session, d->print);
		*done = true;
		if (*result != ERR_OK)
			log_error(*result, "leaflet");
		return ERR_OK;
	case FX_PRINT:
		*result = papers_print(d->session, d->print, d->queue,
		    d->keys);
		*done = true;
		if (*result != ERR_OK)
			log_error(*result, "print");
		return ERR_OK;
	case FX_SIGN_IN:
		*result = sign_in(d);
		*done = true;
		return ERR_OK;
	case FX_ASK:
		return ask(d, QUESTION_DOSSIER, done, result);
	case FX_SEND:
		return ask(d, QUESTION_SEND, done, result);
	case FX_CHECK:
		return ask(d, QUESTION_CHECK, done, result);
	case FX_FORGET:
		/* A trouble here is logged, and made good at the next start. */
		(void)handover_settle(d->session, d->queue, d->keys);
		cardlink_forget(d->card);
		d->face->kind->forget(d->face);
		return ERR_OK;
	}
	return ERR_OK;
}

/* Whose account is gone, or whose list, has no shift. */
static void
look_at_accounts(struct desk *d)
{
	const struct operator *all = NULL;
	struct shift *sh = &d->session->shift;
	enum err before = sh->list, r;
	bool open = sh->open;
	size_t n = 0;

	if (d->operators == NULL)
		return;
	r = operator_list(d->operators, &all, &n);
	shift_accounts(d->session, all, n, r);
	if (r != before && r != ERR_OK)
		log_error(r, "operators");
	/* cppcheck-suppress incorrectLogicOperator # shift_accounts wrote */
	if (open && !sh->open)
		log_event("shift-ended", "no account");
}

/* Said once when it comes, and once when it goes. */
static void
set_trouble(struct session *s, enum err r)
{
	if (r != s->trouble && r != ERR_OK)
		log_error(r, "room");
	else if (r != s->trouble)
		log_event("trouble-over", "G-%03d", err_number(s->trouble));
	s->trouble = r;
}

/* What can wait until nobody does. */
static void
be_idle(struct desk *d)
{
	enum err r;

	if (d->session->trouble == ERR_OK)
		desk_keys_renew(d->keys, d->session->set, d->queue,
		    clock_wall_ms());
	if ((r = queue_rest(d->queue)) != ERR_OK)
		log_error(r, "rest");
}

/* What the centre told last, by way of the queue. */
static void
look_at_switch(struct desk *d)
{
	struct queue_switch place;

	if (queue_switch(d->queue, &place) != ERR_OK)
		return; /* as before: the queue's own trouble is said */
	d->session->closed = !place.told.open;
	d->session->closed_ms = place.since_ms;
}

void
effect_facts(struct desk *d)
{
	struct queue_counts n;
	enum err r = queue_count(d->queue, &n);

	set_trouble(d->session, r != ERR_OK ? r : queue_room(d->queue));
	if (flow_rests(d->flow, d->session))
		look_at_accounts(d);
	if (r != ERR_OK)
		return;
	if (d->session->at == d->flow->first)
		be_idle(d);
	look_at_switch(d);
	d->session->oldest_ms = n.oldest_ready_ms;
	d->session->waiting = n.by_state[QUEUE_READY];
	d->session->refused = n.by_state[QUEUE_REFUSED];
	d->session->last_sent_ms = n.last_sent_ms;
	d->session->identifiers = n.identifiers;
}

void
effect_look_back(struct desk *d)
{
	uint8_t public[SIGN_PUBLIC_LEN];
	uint64_t damaged = 0;
	enum err r;

	sign_public(d->keys->sign_secret, public);
	if ((r = queue_verify_last(d->queue, LOOK_BACK,
	    d->keys->envelope.sign_number, public, &damaged)) != ERR_OK)
		log_error(r, "self-check");
	if (damaged > 0)
		log_event("rows-aside", "%llu", (unsigned long long)damaged);
}

void
effect_tally(struct desk *d, const char *word)
{
	char day[9];
	enum err r;

	clock_day(clock_wall_ms(), day);
	if ((r = queue_tally(d->queue, day, word)) != ERR_OK)
		log_error(r, "tally");
}
