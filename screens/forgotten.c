/* forgotten: the person stopped; nothing is kept. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
forgotten_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Tout est oublié"));
	page_para(p, _("Vous avez arrêté. Rien n'est changé, et nous n'avons "
		       "rien gardé de vous."));
	page_para(p, _("Retirez votre carte Vitale. Vous pouvez recommencer "
		       "quand vous voulez."));
	goodbye_close(p);
}

const struct screen screen_forgotten = {
	.name = "forgotten",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = forgotten_show,
};
