/* looking: a page to wait on while the centre says what it has of them. */
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static enum outcome
looking_handle(struct session *s, const struct event *ev)
{
	const bool skipped = picked(ev, "skip");

	if (!skipped && ev->kind != EV_DONE)
		return OUT_STAY;
	s->person->looked = true;
	return !skipped && ev->result == ERR_OK && already_matters(s) ?
	    OUT_MORE : service_of(s)->after_identity;
}

static void
looking_show(const struct session *s, struct page *p)
{
	(void)s;
	wait_or_go_on(p, _("Nous demandons au centre si vous avez déjà un "
			   "dossier."));
}

const struct screen screen_looking = {
	.name = "looking",
	.part = PART_CARD,
	.outcomes = CAN(OK) | CAN(REQUEST) | CAN(MORE) | CAN(BACK) |
	    CAN_LEAVE,
	.private = true,
	.waits = true,
	.help = N_("La réponse vient en deux secondes, ou ne vient pas. Vous "
		   "pouvez continuer sans elle."),
	.handle = looking_handle,
	.show = looking_show,
};
