/* asking: the question filled from the session, the answer kept in it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/asking.h"

#define FIRST_MS 400u /* each look at a code waits half as long again */

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

static void
fill_person(const struct session *s, struct question *q)
{
	const struct record *rec = &s->person->rec;

	q->terminal = (uint32_t)s->set->terminal;
	q->training = s->set->mode == MODE_TRAINING;
	q->about = rec->rid;
	COPY(q->operator_id, s->operator.id);
	COPY(q->profession, s->operator.profession);
	COPY(q->site_id, s->set->site_id);
	COPY(q->site_name, s->set->site_name);
	COPY(q->family, rec->identity.family);
	COPY(q->given, rec->identity.given);
	COPY(q->birth, rec->identity.birth);
	COPY(q->nir, rec->identity.nir);
}

static void
fill_contact(const struct session *s, struct question *q)
{
	const struct person *p = s->person;

	if (q->kind == QUESTION_DOSSIER)
		return;
	q->reach = p->reach;
	COPY(q->to, p->reach == REACH_EMAIL ? p->rec.contact.email :
	    p->rec.contact.mobile);
	COPY(q->lang, s->notice->lang);
	if (q->kind == QUESTION_CHECK)
		COPY(q->code, p->code);
}

static enum err
ask(struct desk *d, enum question_kind kind)
{
	struct question *q;
	enum err r;

	if ((q = secret_alloc(sizeof(*q))) == NULL)
		return ERR_MEMORY;
	q->kind = kind;
	fill_person(d->session, q);
	fill_contact(d->session, q);
	r = asklink_ask(d->ask, q, &d->keys->envelope, clock_wall_ms());
	secret_free(q);
	return r;
}

enum err
asking_begin(struct desk *d, enum question_kind kind)
{
	struct session *s = d->session;

	memset(&s->person->told, 0, sizeof(s->person->told));
	if (d->ask == NULL)
		return ERR_SYNC_DOOR;
	session_name_record(s);
	return ask(d, kind);
}

void
asking_drop(struct desk *d)
{
	asklink_drop(d->ask);
	memset(&d->following, 0, sizeof(d->following));
}

/* The centre's word on the contact that was asked about. */
static void
keep_vouch(struct person *p)
{
	struct record *rec = &p->rec;

	hex_of(p->told.vouch, sizeof(p->told.vouch),
	    p->reach == REACH_EMAIL ? rec->verified.email :
	    rec->verified.mobile);
	rec->verified.there = true;
}

/* Behind each look another, while there is time. */
static bool
look_again(struct asking *f, uint64_t now)
{
	if (f->until_ms == 0) {
		f->until_ms = now + ASKING_FOLLOW_MS;
		f->wait_ms = FIRST_MS;
	}
	if (now >= f->until_ms)
		return false;
	f->next_ms = now + f->wait_ms;
	f->wait_ms += f->wait_ms / 2;
	return true;
}

/* A code is made, or was not gone yet: does one look again? When there is no
 * more time nobody knows what became of it. */
static bool
follow(struct desk *d, struct person *p, enum err *result)
{
	const bool made = *result == ERR_OK && p->told.kind == QUESTION_SEND &&
	    p->told.word == RESPONSE_SENT;
	const bool unknown = d->following.until_ms != 0 &&
	    (*result != ERR_OK || p->told.word == RESPONSE_GOING);

	if (!made && !unknown)
		return false;
	if (look_again(&d->following, clock_elapsed_ms()))
		return true;
	*result = ERR_OK;
	p->told.word = RESPONSE_GOING;
	return false;
}

/* Is there an answer, or no hope of one? */
static bool
heard(struct desk *d, enum err *result)
{
	struct asking *f = &d->following;

	if (f->next_ms != 0 && clock_elapsed_ms() >= f->next_ms) {
		f->next_ms = 0;
		if ((*result = ask(d, QUESTION_SENT)) != ERR_OK)
			return true;
	}
	return asklink_look(d->ask, &d->session->person->told, result);
}

bool
asking_ended(struct desk *d, enum err *result)
{
	struct person *p = d->session->person;

	if (!heard(d, result) || follow(d, p, result))
		return false;
	memset(&d->following, 0, sizeof(d->following));
	if (*result != ERR_OK)
		log_error(*result, "question");
	else if (p->told.word == RESPONSE_RIGHT)
		keep_vouch(p);
	return true;
}
