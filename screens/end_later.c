/* end_later: it is kept, but this terminal has no identifier to give. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
end_later_show(const struct session *s, struct page *p)
{
	say_kept(s, p);
	page_para(p, _("Ce guichet n'a plus d'identifiants à donner "
		       "aujourd'hui. Revenez un autre jour avec votre carte "
		       "pour recevoir vos accès."));
	page_para(p, _("Retirez votre carte Vitale."));
	goodbye_close(p);
}

const struct screen screen_end_later = {
	.name = "end-later",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = end_later_show,
};
