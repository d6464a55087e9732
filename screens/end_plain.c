/* end_plain: it is kept, without an account as the person wished. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
end_plain_show(const struct session *s, struct page *p)
{
	say_kept(s, p);
	page_para(p, _("Vous n'avez pas de compte sur internet : vos soignants "
		       "pourront quand même se servir de votre dossier."));
	page_para(p, _("Retirez votre carte Vitale."));
	goodbye_close(p);
}

const struct screen screen_end_plain = {
	.name = "end-plain",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = end_plain_show,
};
