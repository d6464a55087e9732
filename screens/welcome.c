/* welcome: where a session begins, and where every one ends. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
welcome_handle(struct session *s, const struct event *ev)
{
	(void)s;
	return picked(ev, "open") ? OUT_OK : OUT_STAY;
}

static void
welcome_show(const struct session *s, struct page *p)
{
	page_title(p, _("Bonjour"));
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
	.outcomes = CAN(OK),
	.help = N_("Appuyez sur Entrée pour commencer. Tout se fait avec le "
		   "clavier. Échap revient en arrière. Une personne est là "
		   "pour vous aider : demandez-lui."),
	.handle = welcome_handle,
	.show = welcome_show,
};
