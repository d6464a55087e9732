/* readback: the notice asks back; no answer blocks, and none is kept. */
#include <stdio.h>
#include <string.h>

#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
readback_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER)
		p->understood[0] = '\0';
	if (set_to(ev, "answer", "yes") || set_to(ev, "answer", "no"))
		(void)snprintf(p->understood, sizeof(p->understood), "%s",
		    ev->value);
	return picked(ev, "continue") ? OUT_OK : OUT_STAY;
}

static void
readback_show(const struct session *s, struct page *p)
{
	const char *said = s->person->understood;
	const struct page_value yes_no[] = {
		{ "yes", _("Oui") }, { "no", _("Non") }, { NULL, NULL },
	};

	page_title(p, _("Une question sur ce que vous avez lu"));
	page_option(p, "answer", s->notice->question, yes_no, said);
	if (said[0] != '\0')
		page_para(p, strcmp(said, s->notice->answer) == 0 ?
		    _("C'est juste.") : _("C'est le contraire."));
	if (said[0] != '\0')
		page_para(p, s->notice->because);
	page_para(p, _("Votre réponse n'est pas gardée. Vous pouvez continuer "
		       "dans tous les cas."));
	page_choice(p, "continue", 's', _("Continuer"));
}

const struct screen screen_readback = {
	.name = "readback",
	.part = PART_INFORMATION,
	.outcomes = CAN(OK) | CAN(BACK) | CAN_LEAVE,
	.private = true,
	.help = N_("Cette question sert à vérifier que le texte est clair. "
		   "Pour relire le texte, appuyez sur Échap."),
	.handle = readback_handle,
	.show = readback_show,
};
