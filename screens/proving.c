/* proving: a page to wait on while the centre looks at a code. */
#include "base/secret.h"
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
proving_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;
	const bool skipped = picked(ev, "skip");

	if (!skipped && ev->kind != EV_DONE)
		return OUT_STAY;
	secret_wipe(p->code, sizeof(p->code));
	if (skipped)
		return OUT_SETTLED;
	if (ev->result != ERR_OK || p->told.word != RESPONSE_RIGHT)
		return OUT_AGAIN;
	return next_contact(p) ? OUT_MORE : OUT_SETTLED;
}

static void
proving_show(const struct session *s, struct page *p)
{
	(void)s;
	wait_or_go_on(p, _("Nous vérifions le code."));
}

const struct screen screen_proving = {
	.name = "proving",
	.part = PART_CHOICES,
	.outcomes = CAN(MORE) | CAN(AGAIN) | CAN(SETTLED) | CAN(BACK) |
	    CAN_LEAVE,
	.private = true,
	.waits = true,
	.help = N_("Sans code, rien n'est perdu : votre contact est gardé, et "
		   "noté « non vérifié »."),
	.handle = proving_handle,
	.show = proving_show,
};
