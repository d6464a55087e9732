/* checking: a page to wait on while the code of an operator is looked at. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
checking_handle(struct session *s, const struct event *ev)
{
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	s->shift.why = ev->result;
	if (ev->result != ERR_OK)
		return OUT_AGAIN;
	shift_open(s);
	return OUT_OK;
}

static void
checking_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Un instant"));
	page_wait(p, _("Nous vérifions votre code."));
}

const struct screen screen_checking = {
	.name = "checking",
	.outcomes = CAN(OK) | CAN(AGAIN),
	.staff = true,
	.waits = true,
	.handle = checking_handle,
	.show = checking_show,
};
