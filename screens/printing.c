/* printing: a page to wait on while the papers come out. */
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
printing_handle(struct session *s, const struct event *ev)
{
	if (ev->kind != EV_DONE)
		return OUT_STAY;
	if (!record_has(s->person->service, "account"))
		return OUT_SETTLED;
	if (s->person->contact_no)
		return OUT_NO_ACCOUNT;
	if (!s->person->rec.account.wanted)
		return OUT_NO_IDENTIFIER;
	s->person->paper = ev->result;
	return ev->result == ERR_OK ? OUT_OK : OUT_FAILED;
}

static void
printing_show(const struct session *s, struct page *p)
{
	page_title(p, s->person->rec.account.wanted
	    ? _("Vos accès s'impriment") : _("Votre reçu s'imprime"));
	page_wait(p, _("Le papier sort de l'imprimante. Il est pour vous "
		       "seul."));
	page_parf(p, _("Votre demande est enregistrée. Référence : %s."),
	    s->reference);
}

const struct screen screen_printing = {
	.name = "printing",
	.part = PART_SECRETS,
	.outcomes = CAN(OK) | CAN(FAILED) | CAN(NO_ACCOUNT) |
	    CAN(NO_IDENTIFIER) | CAN(SETTLED),
	.private = true,
	.waits = true,
	.handle = printing_handle,
	.show = printing_show,
};
