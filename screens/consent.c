/* consent: the question, a box nobody ticked, and a no as near as the yes. */
#include <stdio.h>

#include "base/clock.h"
#include "screens/parts.h"
#include "screens/screens.h"

#define WORDING \
	N_("Je consens à l'ouverture de mon Dossier médical partagé.")

/* Yes needs the box, its own gesture, and its own key. */
static enum outcome
agree(struct session *s)
{
	struct person *p = s->person;
	struct record *rec = &p->rec;

	if (!p->box) {
		p->box_missed++;
		return OUT_STAY;
	}
	rec->consent.given = true;
	rec->consent.method = CONSENT_SCREEN;
	rec->consent.at_ms = s->now_ms;
	(void)snprintf(rec->consent.wording, sizeof(rec->consent.wording),
	    "%s", _(WORDING));
	(void)snprintf(rec->consent.face, sizeof(rec->consent.face), "%s",
	    s->face);
	return OUT_AGREE;
}

static enum outcome
consent_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER) {
		p->box = false;
		p->box_missed = 0;
		p->rec.consent.given = false;
	}
	if (set_to(ev, "box", "yes"))
		p->box = true;
	if (set_to(ev, "box", "no"))
		p->box = false;
	if (picked(ev, "agree"))
		return agree(s);
	if (picked(ev, "refuse"))
		return OUT_REFUSE;
	return picked(ev, "reread") ? OUT_REREAD : OUT_STAY;
}

static void
consent_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	char mark[16];

	part_of(p, PART_CONSENT);
	page_title(p, _("Voulez-vous ouvrir votre Dossier médical partagé ?"));
	page_tick(p, "box", _(WORDING), person->box);
	if (person->box_missed > 0 && !person->box) {
		(void)snprintf(mark, sizeof(mark), "%u", person->box_missed);
		page_fresh(p, mark);
		page_focus(p, "box");
		page_warn(p, _("Pour dire oui, cochez d'abord la case avec la "
			       "barre d'espace, puis appuyez sur o."));
	}
	page_legal(p, "agree", 'o', _("Oui, je consens"));
	page_legal(p, "refuse", 'n', _("Non, je ne souhaite pas"));
	page_legal(p, "reread", 'i', _("Relire l'information"));
	page_para(p, _("Votre réponse ne change rien à vos remboursements ni "
		       "à vos soins. Vous pourrez fermer votre dossier quand "
		       "vous le voudrez."));
	page_parf(p, _("Texte %s %s, lu en entier."), s->notice->id,
	    s->notice->version);
}

const struct screen screen_consent = {
	.name = "consent",
	.outcomes = CAN(AGREE) | CAN(REFUSE) | CAN(REREAD) | CAN(BACK) |
	    CAN_LEAVE,
	.private = true,
	.help = N_("C'est vous qui décidez. Pour dire oui : cochez la case "
		   "avec la barre d'espace, puis appuyez sur o. Pour dire "
		   "non : appuyez sur n. Personne ne vous demandera pourquoi."),
	.handle = consent_handle,
	.show = consent_show,
};
