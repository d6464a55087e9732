/* done: it is kept; there is nothing to hand over. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
done_show(const struct session *s, struct page *p)
{
	say_kept(s, p);
	page_para(p, _("Retirez votre carte Vitale."));
	goodbye_close(p);
}

const struct screen screen_done = {
	.name = "done",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = done_show,
};
