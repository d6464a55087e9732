/* form: a page to wait on while the sheet to sign comes out. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
form_handle(struct session *s, const struct event *ev)
{
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	s->person->form = ev->result;
	return ev->result == ERR_OK ? OUT_OK : OUT_FAILED;
}

static void
form_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("La feuille à signer s'imprime"));
	page_wait(p, _("Elle sort de l'imprimante. Vous la lirez avant de "
		       "signer."));
}

const struct screen screen_form = {
	.name = "form",
	.part = PART_CONSENT,
	.outcomes = CAN(OK) | CAN(FAILED) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.waits = true,
	.handle = form_handle,
	.show = form_show,
};
