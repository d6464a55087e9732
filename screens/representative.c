/* representative: the one who decides for another: who, and present. */
#include <stdio.h>
#include <string.h>

#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

/* Three for a child, three for a protected adult. */
static const struct {
	enum subject_status of;
	enum role role;
	const char *id, *label;
} roles[] = {
	{ SUBJECT_MINOR, ROLE_MTH, "mother", N_("Mère") },
	{ SUBJECT_MINOR, ROLE_FTH, "father", N_("Père") },
	{ SUBJECT_MINOR, ROLE_GUARD, "guardian", N_("Tuteur") },
	{ SUBJECT_PROTECTED, ROLE_GUARD, "guardian", N_("Tuteur") },
	{ SUBJECT_PROTECTED, ROLE_POWATT, "mandatary", N_("Mandataire") },
	{ SUBJECT_PROTECTED, ROLE_RESPRSN, "entitled",
	  N_("Proche habilité") },
};
#define COUNT (sizeof(roles) / sizeof(roles[0]))

static const struct {
	const char *id;
	enum assent assent;
} assents[] = {
	{ "yes", ASSENT_YES }, { "no", ASSENT_NO },
	{ "not-able", ASSENT_NOT_ABLE },
};

static void
take_answers(struct person *p, const struct event *ev)
{
	struct record *rec = &p->rec;

	for (size_t i = 0; i < COUNT; i++)
		if (roles[i].of == rec->subject.status &&
		    set_to(ev, "role", roles[i].id)) {
			rec->representative.role = roles[i].role;
			p->role_said = true;
		}
	for (size_t i = 0; i < sizeof(assents) / sizeof(assents[0]); i++)
		if (set_to(ev, "assent", assents[i].id))
			rec->subject.assent = assents[i].assent;
	if (set_to(ev, "present", "yes"))
		rec->representative.present = true;
	if (set_to(ev, "present", "no"))
		rec->representative.present = false;
	keep_field(ev, "family", rec->representative.family,
	    sizeof(rec->representative.family));
	keep_field(ev, "given", rec->representative.given,
	    sizeof(rec->representative.given));
	keep_field(ev, "phone", p->phone, sizeof(p->phone));
	keep_field(ev, "email", rec->representative.email,
	    sizeof(rec->representative.email));
}

static const char *
phone_error(const struct person *p)
{
	char digits[PHONE_ROOM];

	if (p->phone[0] == '\0')
		return p->rec.representative.email[0] != '\0' ? NULL :
		    _("Il faut un téléphone ou une adresse.");
	return read_phone(p->phone, digits) ? NULL :
	    _("Il faut 10 chiffres, et 0 au début.");
}

static const char *
email_error_of(const struct person *p)
{
	const char *email = p->rec.representative.email;

	return email[0] == '\0' || is_email(email) ? NULL : _(WRONG_EMAIL);
}

static bool
is_whole(const struct person *p)
{
	const struct record *rec = &p->rec;

	return rec->representative.family[0] != '\0' &&
	    rec->representative.given[0] != '\0' && p->role_said &&
	    phone_error(p) == NULL && email_error_of(p) == NULL &&
	    rec->representative.present &&
	    (rec->subject.status == SUBJECT_MINOR ||
	    rec->subject.assent != ASSENT_NOT_ASKED);
}

static enum outcome
representative_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		p->tries = 0;
	take_answers(p, ev);
	if (!picked(ev, "continue"))
		return OUT_STAY;
	if (!is_whole(p)) {
		p->tries++;
		return OUT_STAY;
	}
	memset(p->rec.representative.phone, 0,
	    sizeof(p->rec.representative.phone));
	if (p->phone[0] != '\0')
		(void)read_phone(p->phone, p->rec.representative.phone);
	say_who_decides(s);
	return after_identity(s);
}

static void
ask_role(const struct person *person, struct page *p)
{
	struct page_value values[4] = { { NULL, NULL } };
	const char *now = "";
	size_t n = 0;

	for (size_t i = 0; i < COUNT; i++) {
		if (roles[i].of != person->rec.subject.status)
			continue;
		if (person->role_said &&
		    roles[i].role == person->rec.representative.role)
			now = roles[i].id;
		values[n++] = (struct page_value){ roles[i].id,
			_(roles[i].label) };
	}
	page_option(p, "role", _("Vous êtes"), values, now);
}

static void
ask_assent(const struct record *rec, struct page *p)
{
	const struct page_value values[] = {
		{ "yes", _("Oui") }, { "no", _("Non") },
		{ "not-able", _("Ne peut pas le dire") }, { NULL, NULL },
	};
	const char *now = "";

	for (size_t i = 0; i < sizeof(assents) / sizeof(assents[0]); i++)
		if (assents[i].assent == rec->subject.assent)
			now = assents[i].id;
	page_option(p, "assent", _("La personne concernée est-elle d'accord ?"),
	    values, now);
}

static void
representative_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	const struct record *rec = &person->rec;
	bool checked = person->tries > 0;

	page_title(p, _("Vous qui décidez pour cette personne"));
	page_para(p, _("Un seul représentant peut être inscrit. Ses réponses "
		       "valent pour la personne, et les codes sont les mêmes "
		       "pour tous."));
	if (checked && !is_whole(person))
		again(p, person->tries, _("Il manque une réponse : les noms, "
		    "qui vous êtes, comment vous joindre, votre présence et, "
		    "pour un adulte, son avis."));
	page_field(p, "family", _("Votre nom"), rec->representative.family,
	    sizeof(rec->representative.family) - 1, NULL, NULL);
	page_field(p, "given", _("Votre prénom"), rec->representative.given,
	    sizeof(rec->representative.given) - 1, NULL, NULL);
	ask_role(person, p);
	page_field(p, "phone", _("Votre téléphone"), person->phone,
	    sizeof(person->phone) - 1, _("10 chiffres, 0 au début"),
	    checked ? phone_error(person) : NULL);
	page_field(p, "email", _("ou votre adresse e-mail"),
	    rec->representative.email, sizeof(rec->representative.email) - 1,
	    _("par exemple nom@exemple.fr"),
	    checked ? email_error_of(person) : NULL);
	ask_assent(rec, p);
	page_tick(p, "present", _("Je suis ici, et j'ai le droit de décider "
				  "pour cette personne."),
	    rec->representative.present);
	page_choice(p, "continue", 0, _("Continuer"));
}

const struct screen screen_representative = {
	.name = "representative",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(ASK) | CAN(REQUEST) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Pour un enfant : un parent ou un tuteur. Pour un adulte "
		   "protégé : son tuteur, son mandataire ou le proche que le "
		   "juge a habilité. Demandez aussi l'avis de la personne "
		   "concernée."),
	.handle = representative_handle,
	.show = representative_show,
};
