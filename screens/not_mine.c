/* not_mine: nobody on the card is the person here. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
not_mine_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Cette carte n'est pas la vôtre"));
	page_para(p, _("Alors nous nous arrêtons là. Tout ce que nous avons "
		       "lu est oublié."));
	page_para(p, _("Retirez la carte, et revenez avec la vôtre."));
	page_para(p, _("Si c'est bien votre carte mais que votre nom n'y est "
		       "pas, dites-le à votre caisse d'Assurance maladie."));
	goodbye_close(p);
}

const struct screen screen_not_mine = {
	.name = "not-mine",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = not_mine_show,
};
