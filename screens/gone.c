/* gone: the card left before the end; all that it gave is forgotten. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
gone_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("La carte a été retirée"));
	page_para(p, _("Tout est oublié : nous n'avons rien gardé, et rien "
		       "n'est changé."));
	page_para(p, _("Pour recommencer, laissez la carte dans le lecteur "
		       "jusqu'à la fin."));
	goodbye_close(p);
}

const struct screen screen_gone = {
	.name = "gone",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = gone_show,
};
