/* effect: look at the card, save, print, forget. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/birth.h"
#include "desk/effect.h"
#include "desk/handover.h"
#include "slip/slip_secrets.h"

#define LOOK_BACK 1000 /* rows that a start looks at: half a second */

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

/* "21 novembre 2026, 14:32" */
static void
date_words(uint64_t wall_ms, char *out, size_t room)
{
	char digits[9], day[48], hour[6];

	clock_day(wall_ms, digits);
	clock_hour(wall_ms, hour);
	birth_words(digits, day, sizeof(day));
	(void)snprintf(out, room, "%s, %s", day, hour);
}

/* What stands on the paper. */
static void
fill_facts(const struct session *s, struct slip_facts *f)
{
	const struct record *rec = &s->person->rec;

	rid_text(&rec->rid, f->ref);
	COPY(f->reference, s->reference);
	COPY(f->family, rec->identity.family);
	COPY(f->given, rec->identity.given);
	birth_words(rec->identity.birth, f->birth, sizeof(f->birth));
	COPY(f->nir, rec->identity.nir);
	COPY(f->key, rec->identity.key);
	COPY(f->identifier, s->person->identifier);
	COPY(f->password, s->person->password);
	f->by_sms = rec->contact.mobile[0] != '\0';
	f->by_email = rec->contact.email[0] != '\0';
	COPY(f->site, s->set->site_name);
	date_words(rec->made_ms, f->date, sizeof(f->date));
	COPY(f->support, s->set->support);
	f->training = s->set->mode == MODE_TRAINING;
}

static enum err
print(struct desk *d)
{
	struct slip_facts *facts = secret_alloc(sizeof(*facts));
	struct slip *slip = slip_new();
	enum err r = ERR_MEMORY;

	if (facts == NULL || slip == NULL)
		goto out;
	if (d->print == NULL) {
		r = ERR_PRINT_NONE;
		goto out;
	}
	/* Known on the disk before the printer has a byte of it. */
	if ((r = queue_print_intent(d->queue, &d->session->owed)) != ERR_OK)
		goto out;
	fill_facts(d->session, facts);
	slip_secrets(slip, facts);
	r = printlink_print(d->print, slip);
out:
	slip_free(slip);
	secret_free(facts);
	return r;
}

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
	case FX_PRINT:
		*result = print(d);
		*done = true;
		if (*result != ERR_OK)
			log_error(*result, "print");
		return ERR_OK;
	case FX_FORGET:
		/* A trouble here is logged, and made good at the next start. */
		(void)handover_settle(d->session, d->queue, d->keys);
		cardlink_forget(d->card);
		d->face->kind->forget(d->face);
		return ERR_OK;
	}
	return ERR_OK;
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

void
effect_facts(struct desk *d)
{
	struct queue_counts n;
	enum err r = queue_count(d->queue, &n);

	set_trouble(d->session, r != ERR_OK ? r : queue_room(d->queue));
	if (r != ERR_OK)
		return;
	if (d->session->at == d->flow->first &&
	    (r = queue_rest(d->queue)) != ERR_OK)
		log_error(r, "rest");
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
