/* law: at an insurer's desk, before anything else: nobody may require it. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
law_handle(struct session *s, const struct event *ev)
{
	(void)s;
	return picked(ev, "continue") ? OUT_OK : OUT_STAY;
}

static void
law_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Personne ne peut exiger ce dossier"));
	page_para(p, _("Votre dossier n'est demandé pour aucun contrat. Une "
		       "mutuelle ou un assureur n'a pas le droit de "
		       "l'exiger, ni de le lire, même si vous êtes "
		       "d'accord."));
	page_para(p, _("La personne qui vous accueille ne verra rien de ce "
		       "qu'il contient. Votre réponse ne change rien à votre "
		       "contrat."));
	page_choice(p, "continue", 's', _("J'ai compris, continuer"));
}

const struct screen screen_law = {
	.name = "law",
	.outcomes = CAN(OK) | CAN(BACK) | CAN(IDLE),
	.help = N_("C'est la loi : article L.1111-18 du Code de la santé "
		   "publique. Qui l'exige peut être puni."),
	.handle = law_handle,
	.show = law_show,
};
