/* welcome: where a session begins, and where every one ends. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
welcome_handle(struct session *s, const struct event *ev)
{
	if (!picked(ev, "open"))
		return OUT_STAY;
	if (s->trouble != ERR_OK) {
		s->problem = s->trouble;
		return OUT_FAILED;
	}
	s->voided = 0; /* it was said */
	return OUT_OK;
}

static void
welcome_show(const struct session *s, struct page *p)
{
	page_title(p, _("Bonjour"));
	if (s->trouble != ERR_OK)
		page_warn(p, _("Pour l'accueil : n'inscrivez personne pour "
			       "l'instant."));
	if (s->voided > 0) {
		page_warn(p, _("Pour l'accueil : des codes d'accès n'ont pas "
			       "été remis. Ils sont annulés."));
		page_parf(p, _("Dernière référence : %s. La personne peut "
			       "revenir en demander d'autres."),
		    s->voided_last);
	}
	page_para(p, _("Ce guichet vous aide à ouvrir votre Dossier médical "
		       "partagé. C'est gratuit. Ce n'est pas obligatoire."));
	page_para(p, _("Vous pouvez arrêter à tout moment : rien ne sera "
		       "gardé."));
	page_para(p, _("Il vous faut votre carte Vitale. Comptez environ "
		       "trois minutes."));
	if (s->epoch != 0)
		page_para(p, _("Une carte est déjà dans le lecteur. Si ce "
			       "n'est pas la vôtre, retirez-la et donnez-la "
			       "à l'accueil."));
	page_choice(p, "open", 'o', _("Ouvrir mon dossier"));
}

const struct screen screen_welcome = {
	.name = "welcome",
	.outcomes = CAN(OK) | CAN(FAILED),
	.help = N_("Appuyez sur Entrée pour commencer. Tout se fait avec le "
		   "clavier. Échap revient en arrière. Une personne est là "
		   "pour vous aider : demandez-lui."),
	.handle = welcome_handle,
	.show = welcome_show,
};
