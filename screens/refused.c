/* refused: a no is an answer like another; nothing is kept. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
refused_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("C'est entendu"));
	page_para(p, _("Vous avez dit non, et c'est votre droit. Rien n'est "
		       "changé."));
	page_para(p, _("Nous n'avons rien gardé de vous. Cela ne change rien à "
		       "vos soins ni à vos remboursements."));
	page_para(p, _("Vous pouvez changer d'avis et revenir quand vous "
		       "voulez. Retirez votre carte Vitale."));
	goodbye_close(p);
}

const struct screen screen_refused = {
	.name = "refused",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = refused_show,
};
