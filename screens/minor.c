/* minor: under age, where nobody sees who speaks for whom; where to go. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
minor_show(const struct session *s, struct page *p)
{
	page_title(p, _("Il faut venir avec un parent"));
	page_parf(p, _("Avant %ld ans, c'est un parent, ou la personne "
		       "responsable, qui ouvre le dossier avec l'enfant."),
	    s->set->adult_age);
	page_para(p, _("Cela se fait avec quelqu'un. Allez ensemble en "
		       "pharmacie, ou à l'accueil de votre caisse "
		       "d'Assurance maladie, avec la carte Vitale."));
	page_para(p, _("Rien n'a été gardé. Retirez la carte."));
	goodbye_close(p);
}

const struct screen screen_minor = {
	.name = "minor",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = minor_show,
};
