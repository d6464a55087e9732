/* asking: the question filled from the session, the answer kept in it. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/asking.h"

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

enum err
asking_begin(struct desk *d, enum question_kind kind)
{
	struct session *s = d->session;
	struct question *q;
	enum err r;

	memset(&s->person->told, 0, sizeof(s->person->told));
	if (d->ask == NULL)
		return ERR_SYNC_DOOR;
	if ((q = secret_alloc(sizeof(*q))) == NULL)
		return ERR_MEMORY;
	session_name_record(s);
	q->kind = kind;
	fill_person(s, q);
	fill_contact(s, q);
	r = asklink_ask(d->ask, q, &d->keys->envelope, clock_wall_ms());
	secret_free(q);
	return r;
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

bool
asking_ended(struct desk *d, enum err *result)
{
	struct person *p = d->session->person;

	if (!asklink_look(d->ask, &p->told, result))
		return false;
	if (*result != ERR_OK)
		log_error(*result, "question");
	else if (p->told.word == RESPONSE_RIGHT)
		keep_vouch(p);
	return true;
}
