/* identity: the facts as read, never mended; the person says: it is me. */
#include <stdio.h>

#include "base/secret.h"
#include "desk/birth.h"
#include "envelope/age.h"
#include "envelope/permit.h"
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

#define COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

/* As on the card, unaltered (EX_GEN-1265). */
static void
keep_identity(struct person *p, const struct bearer *b)
{
	struct record *rec = &p->rec;

	COPY(rec->identity.family, b->family);
	COPY(rec->identity.given, b->given);
	COPY(rec->identity.birth, b->birth);
	COPY(rec->identity.nir, b->nir);
	COPY(rec->identity.key, b->key);
	COPY(rec->identity.country, b->country);
	COPY(rec->identity.family_raw, b->family_raw);
	COPY(rec->identity.given_raw, b->given_raw);
	rec->identity.key_right = b->key_right;
	rec->identity.altered = b->altered;
	rec->identity.epoch = p->epoch;
	rec->identity.read_ms = p->read_ms;
	rec->kind = p->service;
	p->confirmed = true;
}

/* Of that standing in law; what was said of another is void. */
static enum outcome
keep_status(struct session *s, enum subject_status status)
{
	struct record *rec = &s->person->rec;

	if (!permit_subject(status, (enum profile)s->set->profile)) {
		s->person->confirmed = false;
		return OUT_DESK;
	}
	if (rec->subject.status != status || status == SUBJECT_ADULT)
		secret_wipe(&rec->subject, sizeof(rec->subject));
	rec->subject.status = status;
	if (status == SUBJECT_MINOR)
		return OUT_MINOR;
	if (status == SUBJECT_PROTECTED)
		return OUT_PROTECTED;
	say_who_decides(s);
	return after_identity(s);
}

/* Name, number and year are the least that a dossier needs. */
static enum outcome
confirm(struct session *s, bool protected)
{
	const struct bearer *b = session_bearer(s);
	int age = age_at(b->birth, s->now_ms);

	if (b->family[0] == '\0' || b->nir[0] == '\0' || age < 0) {
		s->problem = ERR_CARD_DATA;
		return OUT_FAILED;
	}
	keep_identity(s->person, b);
	if (age < s->set->adult_age)
		return keep_status(s, SUBJECT_MINOR);
	return keep_status(s, protected ? SUBJECT_PROTECTED : SUBJECT_ADULT);
}

/* Asked of adults, and where somebody is there to see the judgement. */
static bool
may_be_protected(const struct session *s)
{
	return permit_subject(SUBJECT_PROTECTED,
	    (enum profile)s->set->profile) &&
	    age_at(session_bearer(s)->birth, s->now_ms) >= s->set->adult_age;
}

static enum outcome
identity_handle(struct session *s, const struct event *ev)
{
	if (ev->kind == EV_ENTER)
		s->person->confirmed = false;
	if (picked(ev, "yes"))
		return confirm(s, false);
	if (picked(ev, "protected") && may_be_protected(s))
		return confirm(s, true);
	return picked(ev, "not-me") ? OUT_NOT_ME : OUT_STAY;
}

static void
facts(const struct bearer *b, struct page *p)
{
	char birth[32], number[NUMBER_ROOM];

	birth_words(b->birth, birth, sizeof(birth));
	number_masked(b, number);
	page_fact(p, _("Nom"), b->family);
	page_fact(p, _("Prénom"), b->given);
	page_fact(p, _("Date de naissance"), birth);
	page_fact(p, _("Numéro lu sur la carte (celui de l'assuré)"), number);
	secret_wipe(birth, sizeof(birth));
	secret_wipe(number, sizeof(number));
}

/* What looks odd is said, and left as it is. */
static void
oddities(const struct bearer *b, struct page *p)
{
	if (!birth_is_calendar(b->birth))
		page_para(p, _("La date est écrite comme sur la carte. Nous la "
			       "gardons telle quelle."));
	if (b->nir[0] != '\0' && !b->key_right)
		page_warn(p, _("La clé du numéro ne correspond pas. Nous ne "
			       "corrigeons rien : signalez-le à votre caisse "
			       "d'Assurance maladie."));
	if (b->altered)
		page_warn(p, _("Un nom contient un signe que nous ne savons "
			       "pas montrer. Il est remplacé ici par un "
			       "signe spécial."));
}

static void
identity_show(const struct session *s, struct page *p)
{
	const struct bearer *b = session_bearer(s);

	page_title(p, _("Est-ce bien vous ?"));
	facts(b, p);
	oddities(b, p);
	page_choice(p, "yes", 'o', _("Oui, c'est moi"));
	if (may_be_protected(s))
		page_choice(p, "protected", 'p',
		    _("Oui, avec une mesure de protection"));
	page_choice(p, "not-me", 'n', _("Non, ce n'est pas moi"));
}

const struct screen screen_identity = {
	.name = "identity",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(ASK) | CAN(REQUEST) | CAN(BACK) |
	    CAN(NOT_ME) | CAN(MINOR) | CAN(PROTECTED) | CAN(DESK) |
	    CAN(FAILED) | CAN_LEAVE,
	.private = true,
	.help = N_("Ces renseignements viennent de la carte. Nous ne pouvons "
		   "pas les changer. S'ils sont faux, dites-le à votre caisse "
		   "d'Assurance maladie, ou passez à une borne de mise à "
		   "jour."),
	.handle = identity_handle,
	.show = identity_show,
};
