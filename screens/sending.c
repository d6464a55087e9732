/* sending: a page to wait on while a code goes to a mobile or an address. */
#include "screens/parts.h"
#include "screens/screens.h"

/* One that cannot be reached may have another beside it. */
static enum outcome
go_past(struct person *p)
{
	enum reach next = contact_after(p, p->reach);

	if (p->told.word != RESPONSE_NO_WAY || next == REACH_NONE)
		return OUT_SETTLED;
	p->reach = next;
	return OUT_MORE;
}

static enum outcome
sending_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (picked(ev, "skip"))
		return OUT_SETTLED;
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	return ev->result == ERR_OK && (p->told.word == RESPONSE_SENT ||
	    p->told.word == RESPONSE_WAIT) ? OUT_OK : go_past(p);
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
