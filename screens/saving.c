/* saving: a page to wait on while the enrolment is sealed and kept. */
#include "screens/parts.h"
#include "screens/screens.h"

/* A channel without an account means that no identifier was left. */
static enum outcome
what_was_kept(struct session *s, enum err r)
{
	const struct person *p = s->person;

	if (r != ERR_OK) {
		s->problem = r;
		return OUT_FAILED;
	}
	s->served = p->service;
	if (!record_has(p->service, "account"))
		return OUT_SETTLED;
	if (p->contact_no)
		return OUT_NO_ACCOUNT;
	if (!p->rec.account.wanted)
		return OUT_NO_IDENTIFIER;
	return s->paper ? OUT_OK : OUT_NO_PAPER;
}

static enum outcome
saving_handle(struct session *s, const struct event *ev)
{
	return ev->kind == EV_DONE ? what_was_kept(s, ev->result) : OUT_STAY;
}

static void
saving_show(const struct session *s, struct page *p)
{
	(void)s;
	page_title(p, _("Un instant"));
	page_wait(p, _("Nous enregistrons votre demande. Laissez la carte en "
		       "place."));
}

const struct screen screen_saving = {
	.name = "saving",
	.part = PART_SECRETS,
	.outcomes = CAN(OK) | CAN(NO_PAPER) | CAN(NO_ACCOUNT) |
	    CAN(NO_IDENTIFIER) | CAN(SETTLED) | CAN(FAILED),
	.private = true,
	.waits = true,
	.handle = saving_handle,
	.show = saving_show,
};
