/* desk: what this place does not do; where it is done. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
desk_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Cela se fait avec quelqu'un"));
	page_para(p, _("On ferme un dossier à un guichet, avec une personne "
		       "qui explique ce que cela change : en pharmacie, ou "
		       "à l'accueil de votre caisse d'Assurance maladie."));
	page_para(p, _("Allez-y avec votre carte Vitale. Vous n'aurez pas à "
		       "dire pourquoi."));
	goodbye_close(p);
}

const struct screen screen_desk = {
	.name = "desk",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = desk_show,
};
