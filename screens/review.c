/* review: everything as it will be kept, read back before it is. */
#include <stdio.h>

#include "base/secret.h"
#include "desk/birth.h"
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static enum outcome
review_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		p->reviewed = false;
	if (picked(ev, "back") || ev->kind == EV_BACK)
		return service_of(s)->back_at_review;
	if (picked(ev, "large"))
		p->large = !p->large;
	if (!picked(ev, "save"))
		return OUT_STAY;
	p->reviewed = true;
	return OUT_OK;
}

static void
show_person(const struct session *s, struct page *p)
{
	const struct bearer *b = session_bearer(s);
	char names[2 * BEARER_NAME_ROOM], birth[32], number[NUMBER_ROOM];

	names_of(b, names, sizeof(names));
	birth_words(b->birth, birth, sizeof(birth));
	number_masked(b, number);
	page_fact(p, _("Vous"), names);
	page_fact(p, _("Date de naissance"), birth);
	page_fact(p, _("Numéro lu sur la carte"), number);
	secret_wipe(names, sizeof(names));
	secret_wipe(birth, sizeof(birth));
	secret_wipe(number, sizeof(number));
}

/* A contact, and whether a code was read there. */
static void
show_reach(struct page *p, const char *label, const char *contact,
    const char *vouch)
{
	char text[320];

	(void)snprintf(text, sizeof(text), vouch[0] != '\0' ?
	    _("%s (vérifié)") : _("%s (non vérifié)"), contact);
	page_fact(p, label, text);
	secret_wipe(text, sizeof(text));
}

static void
show_contact(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;
	char mobile[MOBILE_ROOM];

	mobile_words(rec->contact.mobile, false, mobile);
	if (mobile[0] != '\0')
		show_reach(p, _("Téléphone mobile"), mobile,
		    rec->verified.mobile);
	else
		page_fact(p, _("Téléphone mobile"), _("aucun"));
	if (rec->contact.email[0] != '\0')
		show_reach(p, _("Adresse e-mail"), rec->contact.email,
		    rec->verified.email);
	else
		page_fact(p, _("Adresse e-mail"), _("aucune"));
	secret_wipe(mobile, sizeof(mobile));
	page_fact(p, _("Compte sur internet"),
	    s->person->contact_no ? _("non") :
	    s->identifiers == 0 ? _("plus tard : ce guichet n'a plus "
				    "d'identifiants à donner") : _("oui"));
}

/* Only what was said: silence needs no line. */
static void
show_said(struct page *p, const char *label, const char *value)
{
	if (value[0] != '\0')
		page_fact(p, label, value);
}

static void
show_represented(const struct record *rec, struct page *p)
{
	char names[256];

	(void)snprintf(names, sizeof(names), "%s %s",
	    rec->representative.family, rec->representative.given);
	page_fact(p, _("Décide pour vous"), names);
	show_said(p, _("Son téléphone"), rec->representative.phone);
	show_said(p, _("Son adresse e-mail"), rec->representative.email);
	secret_wipe(names, sizeof(names));
}

static void
show_choices(const struct record *rec, struct page *p)
{
	page_fact(p, _("SAMU"), rec->access.samu_opposed ?
	    _("je m'y oppose") : _("peut consulter"));
	page_fact(p, _("Bris de glace"), rec->access.break_glass_opposed ?
	    _("je m'y oppose") : _("peut consulter"));
	show_said(p, _("Votre médecin traitant"), rec->doctor.name);
	for (size_t i = 0; i < RPPS_LIST; i++)
		show_said(p, _("Soignant autorisé"), rec->access.allowed[i]);
	for (size_t i = 0; i < RPPS_LIST; i++)
		show_said(p, _("Soignant bloqué"), rec->access.blocked[i]);
	show_said(p, _("À prévenir"), rec->emergency.name);
	if (rec->access.masked)
		page_fact(p, _("Nouveaux documents"), _("cachés"));
	if (rec->access.sensitive)
		page_fact(p, _("Informations sensibles"), _("protégées"));
}

static void
review_show(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;

	page_title(p, _("Tout est-il exact ?"));
	show_person(s, p);
	page_fact(p, _("Votre accord"), rec->consent.wording);
	if (rec->representative.there)
		show_represented(rec, p);
	show_said(p, _("Vous assiste"), rec->subject.assistant);
	if (record_has(s->person->service, "access"))
		show_choices(rec, p);
	if (record_has(s->person->service, "contact"))
		show_contact(s, p);
	page_legal(p, "save", 'o', _("Oui, enregistrer"));
	page_choice(p, "back", 'n', _("Non, revenir pour corriger"));
	if (s->paper)
		page_choice(p, "large", 'g', s->person->large
		    ? _("Le papier sera en grands caractères : changer")
		    : _("Avoir le papier en grands caractères"));
}

const struct screen screen_review = {
	.name = "review",
	.part = PART_REVIEW,
	.outcomes = CAN(OK) | CAN(BACK) | CAN(CHOICES) | CAN(RETURN) |
	    CAN_LEAVE,
	.private = true,
	.help = N_("Relisez chaque ligne. Appuyez sur o pour enregistrer, ou "
		   "sur n pour revenir. Jusqu'ici, rien n'a été gardé."),
	.handle = review_handle,
	.show = review_show,
};
