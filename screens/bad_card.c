/* bad_card: a test card in production, or a real one in training. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
bad_card_show(const struct session *s, struct page *p)
{
	page_title(p, _("Cette carte ne sert pas ici"));
	say_error(p, s->problem);
	page_para(p, _("Rien n'a été gardé. Retirez la carte."));
	goodbye_close(p);
}

const struct screen screen_bad_card = {
	.name = "bad-card",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = bad_card_show,
};
