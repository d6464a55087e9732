/* end: it is kept, the codes are in hand; what happens next. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
end_show(const struct session *s, struct page *p)
{
	say_kept(s, p);
	if (!s->handed) {
		page_warn(p, _("Personne n'a dit avoir les codes d'accès : "
			       "ils sont annulés."));
		page_para(p, _("Retirez votre carte Vitale. Pour recevoir "
			       "d'autres codes, revenez avec elle."));
		goodbye_close(p);
		return;
	}
	page_para(p, _("Gardez bien votre papier. Retirez votre carte "
		       "Vitale."));
	page_para(p, _("Si vous perdez vos accès, appelez l'assistance : son "
		       "numéro est sur le papier."));
	goodbye_close(p);
}

const struct screen screen_end = {
	.name = "end",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = end_show,
};
