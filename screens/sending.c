/* sending: a page to wait on while a code goes to a mobile or an address. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
sending_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (picked(ev, "skip"))
		return OUT_SETTLED;
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	if (ev->result != ERR_OK)
		return OUT_SETTLED;
	if (p->told.word != RESPONSE_NO_WAY)
		return OUT_OK;
	/* One that cannot be reached may have another beside it. */
	return next_contact(p) ? OUT_MORE : OUT_SETTLED;
}

static void
sending_show(const struct session *s, struct page *p)
{
	(void)s;
	wait_or_go_on(p, _("Nous envoyons un code pour vérifier que ce contact "
			   "est bien le vôtre."));
}

const struct screen screen_sending = {
	.name = "sending",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(MORE) | CAN(SETTLED) | CAN(BACK) |
	    CAN_LEAVE,
	.private = true,
	.waits = true,
	.help = N_("Sans code, rien n'est perdu : votre contact est gardé, et "
		   "noté « non vérifié »."),
	.handle = sending_handle,
	.show = sending_show,
};
