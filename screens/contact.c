/* contact: a mobile, an e-mail, both, or neither, which is as near. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "envelope/mobile.h"
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static bool
may_be_abroad(const struct session *s)
{
	return s->set->mobiles_abroad == SET_YES;
}

static const char *
mobile_error(const struct session *s)
{
	const struct person *p = s->person;
	char number[MOBILE_TEXT];
	bool ok = p->mobile[0] == '\0' ||
	    mobile_read(p->mobile, may_be_abroad(s), number);

	secret_wipe(number, sizeof(number));
	if (ok)
		return NULL;
	return may_be_abroad(s) ?
	    _("Il faut 10 chiffres, et 06 ou 07 au début. Pour un autre pays : "
	      "+, l'indicatif du pays, puis le numéro.") :
	    _("Il faut 10 chiffres, et 06 ou 07 au début.");
}

static const char *
email_error(const struct person *p)
{
	return p->email[0] == '\0' || is_email(p->email) ? NULL :
	    _(WRONG_EMAIL);
}

static bool
is_empty(const struct person *p)
{
	return p->mobile[0] == '\0' && p->email[0] == '\0';
}

/* No confirmation by a way that is not there. */
static void
fit_confirmation(struct record *rec)
{
	if ((rec->news.confirmation == CONFIRM_SMS &&
	    rec->contact.mobile[0] == '\0') ||
	    (rec->news.confirmation == CONFIRM_EMAIL &&
	    rec->contact.email[0] == '\0'))
		rec->news.confirmation = CONFIRM_NONE;
}

/* What a code has reached stays, as long as it is the same. */
static void
keep_verified(struct person *p, const char *mobile, const char *email)
{
	struct record *rec = &p->rec;

	if (strcmp(rec->contact.mobile, mobile) != 0)
		secret_wipe(rec->verified.mobile,
		    sizeof(rec->verified.mobile));
	if (strcmp(rec->contact.email, email) != 0)
		secret_wipe(rec->verified.email, sizeof(rec->verified.email));
	rec->verified.there = rec->verified.mobile[0] != '\0' ||
	    rec->verified.email[0] != '\0';
}

/* Is it theirs? Where that can be asked. */
static enum outcome
ask_contact(struct session *s)
{
	s->person->reach = REACH_NONE;
	return s->asks && next_contact(s->person) ? OUT_ASK : OUT_OK;
}

static enum outcome
keep_contact(struct session *s)
{
	struct person *p = s->person;
	char mobile[MOBILE_TEXT] = "";

	if (is_empty(p) || mobile_error(s) != NULL ||
	    email_error(p) != NULL) {
		p->contact_tries++;
		return OUT_STAY;
	}
	(void)mobile_read(p->mobile, may_be_abroad(s), mobile);
	keep_verified(p, mobile, p->email);
	secret_wipe(&p->rec.contact, sizeof(p->rec.contact));
	memcpy(p->rec.contact.mobile, mobile, sizeof(mobile));
	memcpy(p->rec.contact.email, p->email, sizeof(p->email));
	secret_wipe(mobile, sizeof(mobile));
	p->contact_no = false;
	fit_confirmation(&p->rec);
	return ask_contact(s);
}

static enum outcome
keep_none(struct person *p)
{
	secret_wipe(p->mobile, sizeof(p->mobile));
	secret_wipe(p->email, sizeof(p->email));
	secret_wipe(&p->rec.contact, sizeof(p->rec.contact));
	secret_wipe(&p->rec.verified, sizeof(p->rec.verified));
	p->contact_no = true;
	fit_confirmation(&p->rec);
	return OUT_OK;
}

/* New access codes are for an account, and an account has a channel. */
static bool
may_be_none(const struct session *s)
{
	return s->person->service != RECORD_REISSUE;
}

static enum outcome
contact_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		p->contact_tries = 0;
	keep_field(ev, "mobile", p->mobile, sizeof(p->mobile));
	keep_field(ev, "email", p->email, sizeof(p->email));
	if (picked(ev, "continue"))
		return keep_contact(s);
	if (ev->kind == EV_BACK)
		return service_of(s)->back_at_contact;
	return picked(ev, "none") && may_be_none(s) ? keep_none(p) : OUT_STAY;
}

/* Who brings codes knows no such contact. */
static bool
was_refused(const struct person *p, enum reach reach)
{
	return p->told.word == RESPONSE_REFUSED && p->reach == reach &&
	    p->contact_tries == 0;
}

/* So long as it stands there as it was. */
static const char *
refusal(const struct session *s, enum reach reach)
{
	const struct person *p = s->person;
	char mobile[MOBILE_TEXT] = "";
	bool same;

	(void)mobile_read(p->mobile, may_be_abroad(s), mobile);
	same = reach == REACH_EMAIL ?
	    strcmp(p->email, p->rec.contact.email) == 0 :
	    strcmp(mobile, p->rec.contact.mobile) == 0;
	secret_wipe(mobile, sizeof(mobile));
	return same && was_refused(p, reach) ?
	    _("Ce contact n'existe pas, ou ne reçoit rien.") : NULL;
}

static void
to_refused(const struct session *s, struct page *p)
{
	const bool email = was_refused(s->person, REACH_EMAIL);

	if (!email && !was_refused(s->person, REACH_MOBILE))
		return;
	page_fresh(p, email ? "email" : "mobile");
	page_focus(p, email ? "email" : "mobile");
}

/* After a try that failed the focus is on what is to be mended. */
static void
to_error(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	char mark[16];

	(void)snprintf(mark, sizeof(mark), "%u", person->contact_tries);
	page_fresh(p, mark);
	page_focus(p, mobile_error(s) == NULL &&
	    email_error(person) != NULL ? "email" : "mobile");
}

static void
contact_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	bool checked = person->contact_tries > 0;

	if (checked)
		to_error(s, p);
	else
		to_refused(s, p);
	page_title(p, _("Comment vous joindre ?"));
	page_para(p, _("Un numéro ou une adresse ouvre aussi votre compte sur "
		       "internet. Un code y arrivera à chaque connexion."));
	if (checked && is_empty(person))
		page_warn(p, !may_be_none(s) ? _("Écrivez l'un des deux.") :
		    _("Écrivez l'un des deux, ou choisissez « Ni l'un "
			       "ni l'autre »."));
	page_field(p, "mobile", _("Téléphone mobile"), person->mobile,
	    sizeof(person->mobile) - 1,
	    may_be_abroad(s) ? _("06 ou 07 et 8 chiffres ; d'un autre pays : "
	    "avec +") : _("10 chiffres, 06 ou 07 au début"),
	    checked ? mobile_error(s) : refusal(s, REACH_MOBILE));
	page_field(p, "email", _("Adresse e-mail"), person->email,
	    sizeof(person->email) - 1, _("par exemple nom@exemple.fr"),
	    checked ? email_error(person) : refusal(s, REACH_EMAIL));
	page_choice(p, "continue", 0, _("Continuer"));
	if (!may_be_none(s))
		return;
	page_choice(p, "none", 0, _("Ni l'un ni l'autre"));
	page_para(p, _("Sans numéro ni adresse, votre dossier s'ouvre quand "
		       "même, sans compte sur internet."));
}

const struct screen screen_contact = {
	.name = "contact",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(ASK) | CAN(BACK) | CAN(RETURN) | CAN_LEAVE,
	.private = true,
	.help = N_("Écrivez votre numéro de mobile, votre adresse e-mail, ou "
		   "les deux. Sinon, choisissez « Ni l'un ni l'autre » : "
		   "vous pourrez les donner un autre jour."),
	.handle = contact_handle,
	.show = contact_show,
};
