/* review: everything as it will be kept, read back before it is. */
#include "base/secret.h"
#include "desk/birth.h"
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
review_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		p->reviewed = false;
	if (picked(ev, "back"))
		return OUT_BACK;
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

static void
show_contact(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;
	char mobile[MOBILE_ROOM];

	mobile_words(rec->contact.mobile, false, mobile);
	page_fact(p, _("Téléphone mobile"), mobile[0] != '\0' ? mobile :
	    _("aucun"));
	page_fact(p, _("Adresse e-mail"), rec->contact.email[0] != '\0' ?
	    rec->contact.email : _("aucune"));
	secret_wipe(mobile, sizeof(mobile));
	page_fact(p, _("Compte sur internet"),
	    s->person->contact_no ? _("non") :
	    s->identifiers == 0 ? _("plus tard : ce guichet n'a plus "
				    "d'identifiants à donner") : _("oui"));
}

static void
review_show(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;

	part_of(p, PART_REVIEW);
	page_title(p, _("Tout est-il exact ?"));
	show_person(s, p);
	page_fact(p, _("Votre accord"), rec->consent.wording);
	page_fact(p, _("SAMU"), rec->access.samu_opposed ?
	    _("je m'y oppose") : _("peut consulter"));
	page_fact(p, _("Bris de glace"), rec->access.break_glass_opposed ?
	    _("je m'y oppose") : _("peut consulter"));
	show_contact(s, p);
	page_legal(p, "save", 'o', _("Oui, enregistrer"));
	page_choice(p, "back", 'n', _("Non, revenir pour corriger"));
}

const struct screen screen_review = {
	.name = "review",
	.outcomes = CAN(OK) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Relisez chaque ligne. Appuyez sur o pour enregistrer, ou "
		   "sur n pour revenir. Jusqu'ici, rien n'a été gardé."),
	.handle = review_handle,
	.show = review_show,
};
