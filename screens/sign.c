/* sign: the sheet is out; the yes is the hand under it, and no key's. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
sign_handle(struct session *s, const struct event *ev)
{
	struct record *rec = &s->person->rec;

	if (ev->kind == EV_ENTER)
		rec->consent.given = false;
	if (picked(ev, "refuse"))
		return OUT_REFUSE;
	if (picked(ev, "other"))
		return OUT_BACK;
	if (!picked(ev, "signed"))
		return OUT_STAY;
	rec->consent.given = true;
	rec->consent.at_ms = s->now_ms;
	return OUT_AGREE;
}

static void
sign_show(const struct session *s, struct page *p)
{
	char number[RID_SHORT];

	rid_short(&s->person->rec.form.number, number);
	page_title(p, _("Signez la feuille, si vous êtes d'accord"));
	page_fact(p, _("Feuille numéro"), number);
	page_para(p, _("Lisez-la. Si vous êtes d'accord, signez-la et "
		       "donnez-la à la personne qui accompagne : elle la "
		       "garde."));
	page_legal(p, "signed", 'f', _("J'ai signé la feuille"));
	page_legal(p, "refuse", 'n', _("Non, je ne signe pas"));
	page_legal(p, "other", 'a', _("Répondre autrement, ou imprimer une "
				      "autre feuille"));
	page_para(p, _("Une feuille qui n'est pas signée ne sert à rien : "
		       "déchirez-la."));
}

const struct screen screen_sign = {
	.name = "sign",
	.part = PART_CONSENT,
	.outcomes = CAN(AGREE) | CAN(REFUSE) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("La feuille dit ce que vous demandez, avec vos noms et la "
		   "date. Le professionnel la garde ; votre reçu en dira le "
		   "numéro. Si vous changez d'avis, ne signez pas."),
	.handle = sign_handle,
	.show = sign_show,
};
