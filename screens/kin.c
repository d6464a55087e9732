/* kin: whom to call in an emergency, if anybody; no representative. */
#include <string.h>

#include "base/secret.h"
#include "screens/parts.h"
#include "screens/screens.h"

static const char *
phone_error(const struct person *p)
{
	char digits[PHONE_ROOM];
	bool ok = p->kin_phone[0] != '\0' ?
	    read_phone(p->kin_phone, digits) :
	    p->rec.emergency.name[0] == '\0';

	return ok ? NULL : _("Il faut 10 chiffres, et 0 au début.");
}

/* Somebody with a name and a telephone, or nobody at all. */
static const char *
name_error(const struct person *p)
{
	return p->rec.emergency.name[0] == '\0' &&
	    (p->kin_phone[0] != '\0' || p->rec.emergency.relation[0] != '\0') ?
	    _("Il faut le nom de cette personne.") : NULL;
}

static enum outcome
kin_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;
	struct record *rec = &p->rec;

	if (ev->kind == EV_ENTER)
		p->tries = 0;
	keep_field(ev, "name", rec->emergency.name,
	    sizeof(rec->emergency.name));
	keep_field(ev, "relation", rec->emergency.relation,
	    sizeof(rec->emergency.relation));
	keep_field(ev, "phone", p->kin_phone, sizeof(p->kin_phone));
	if (!picked(ev, "continue"))
		return OUT_STAY;
	if (phone_error(p) != NULL || name_error(p) != NULL) {
		p->tries++;
		return OUT_STAY;
	}
	secret_wipe(rec->emergency.phone, sizeof(rec->emergency.phone));
	if (p->kin_phone[0] != '\0')
		(void)read_phone(p->kin_phone, rec->emergency.phone);
	return OUT_OK;
}

static void
kin_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	bool checked = person->tries > 0;

	page_title(p, _("Qui prévenir en cas d'urgence ?"));
	page_para(p, _("C'est facultatif. Cette personne ne décide pas pour "
		       "vous et ne lit pas votre dossier."));
	if (checked)
		again(p, person->tries, _("Une réponse est à corriger."));
	page_field(p, "name", _("Son nom"), person->rec.emergency.name,
	    sizeof(person->rec.emergency.name) - 1, _("nom et prénom"),
	    checked ? name_error(person) : NULL);
	page_field(p, "relation", _("Son lien avec vous"),
	    person->rec.emergency.relation,
	    sizeof(person->rec.emergency.relation) - 1,
	    _("par exemple ma fille, un voisin"), NULL);
	page_field(p, "phone", _("Son téléphone"), person->kin_phone,
	    sizeof(person->kin_phone) - 1, _("10 chiffres, 0 au début"),
	    checked ? phone_error(person) : NULL);
	page_choice(p, "continue", 0, _("Continuer"));
}

const struct screen screen_kin = {
	.name = "kin",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Les soignants peuvent appeler cette personne s'il vous "
		   "arrive quelque chose. Laissez vide si vous ne voulez "
		   "personne."),
	.handle = kin_handle,
	.show = kin_show,
};
