/* story: traces walked, records applied. */
#include <string.h>

#include "centre/story.h"
#include "envelope/envelope.h"

struct story *
story_new(void)
{
	struct story *s;

	if ((s = secret_alloc(sizeof(*s))) == NULL)
		return NULL;
	s->now = record_new();
	s->act = record_new();
	if (s->now == NULL || s->act == NULL) {
		story_free(s);
		return NULL;
	}
	return s;
}

void
story_free(struct story *s)
{
	if (s == NULL)
		return;
	record_free(s->now);
	record_free(s->act);
	secret_free(s);
}

/* Forget who it is; what it is stays. */
static void
forget(struct story *s)
{
	record_wipe(s->now);
	s->known = false;
	secret_wipe(s->allowed_ever, sizeof(s->allowed_ever));
	secret_wipe(s->blocked_ever, sizeof(s->blocked_ever));
}

static void
take_choices(struct story *s)
{
	const struct record *rec = s->act;
	struct record *now = s->now;

	now->access = rec->access;
	now->doctor = rec->doctor;
	now->emergency = rec->emergency;
	now->news = rec->news;
	s->choices_ms = rec->consent.at_ms;
	s->samu_ever |= rec->access.samu_opposed;
	s->break_glass_ever |= rec->access.break_glass_opposed;
	if (rec->access.allowed[0][0] != '\0')
		memcpy(s->allowed_ever, rec->access.allowed,
		    sizeof(s->allowed_ever));
	if (rec->access.blocked[0][0] != '\0')
		memcpy(s->blocked_ever, rec->access.blocked,
		    sizeof(s->blocked_ever));
}

static void
take_consent(struct story *s)
{
	const struct record *rec = s->act;
	struct record *now = s->now;

	now->notice = rec->notice;
	now->consent = rec->consent;
	now->form = rec->form;
	now->certified = rec->certified;
	now->operator = rec->operator;
	now->place = rec->place;
	s->consent_ms = rec->consent.at_ms;
	s->consenter = rec->grantor;
}

static void
take_contact(struct story *s)
{
	const struct record *rec = s->act;

	s->now->contact = rec->contact;
	s->now->verified = rec->verified;
	s->contact_ms = s->at_ms;
	s->mobile_ever |= rec->verified.mobile[0] != '\0';
	s->email_ever |= rec->verified.email[0] != '\0';
}

/* What the record says, each part where it has it. */
static void
take_record(struct story *s)
{
	const struct record *rec = s->act;
	struct record *now = s->now;

	now->training = rec->training;
	now->identity = rec->identity;
	now->subject = rec->subject;
	now->representative = rec->representative;
	if (record_has(rec->kind, "notice"))
		take_consent(s);
	if (record_has(rec->kind, "access"))
		take_choices(s);
	if (record_has(rec->kind, "contact"))
		take_contact(s);
	s->known = true;
}

/* The state that an act leads to; other actions leave it. */
static void
take_action(struct story *s, const char *action)
{
	static const struct {
		const char *action;
		enum dossier_state state;
	} leads[] = {
		{ "opened", DOSSIER_OPENED }, { "reopened", DOSSIER_OPENED },
		{ "closed", DOSSIER_CLOSED }, { "opposed", DOSSIER_OPPOSED },
		{ "deceased", DOSSIER_CLOSED },
		{ "destroyed", DOSSIER_DESTROYED },
	};

	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (strcmp(action, leads[i].action) == 0)
			s->state = leads[i].state;
	s->deceased |= strcmp(action, "deceased") == 0;
	s->of_age |= strcmp(action, "majority") == 0;
	if (s->state == DOSSIER_OPENED)
		s->closed_ms = 0;
	if (s->state == DOSSIER_CLOSED && s->closed_ms == 0)
		s->closed_ms = s->at_ms;
	if (s->state == DOSSIER_DESTROYED)
		forget(s);
}

struct telling {
	struct vault *v;
	struct story *s;
	uint64_t after;
	story_see *see;
	void *user;
	struct buf document; /* secret */
};

static enum err
tell_line(const struct trace_line *l, void *user)
{
	struct telling *t = user;
	struct story *s = t->s;
	enum err r;

	s->at_ms = l->at_ms;
	buf_reset(&t->document);
	record_wipe(s->act);
	r = vault_read(t->v, &l->rid, &t->document);
	if (r == ERR_OK && (r = record_read(t->document.p, t->document.len,
	    s->act)) != ERR_OK)
		return r;
	if (r != ERR_OK && r != ERR_NOT_FOUND)
		return r;
	if (r == ERR_OK)
		take_record(s);
	take_action(s, l->action);
	return l->number <= t->after ? ERR_OK
	    : t->see(s, l, r == ERR_OK ? s->act : NULL, t->user);
}

enum err
story_tell(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    uint64_t after, uint64_t last, struct story *s, story_see *see,
    void *user)
{
	struct telling t = { .v = v, .s = s, .after = after, .see = see,
		.user = user };
	enum err r;

	forget(s);
	*s = (struct story){ .now = s->now, .act = s->act };
	memcpy(s->id, id, sizeof(s->id));
	if ((r = buf_init_secret(&t.document, ENVELOPE_MAX)) != ERR_OK)
		return r;
	r = vault_traces(v, id, 0, last, tell_line, &t);
	buf_clear(&t.document);
	return r;
}
