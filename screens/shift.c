/* shift: who serves here: everyone with an account; the desk is shut. */
#include <stdio.h>
#include <string.h>

#include "screens/parts.h"
#include "screens/screens.h"

#define LETTERS	 26
#define ID_ROOM	 3
#define ALL_ROOM (sizeof(struct operator) + 8)

/* "a" to "z", then "aa", "ab" … */
static void
id_of(size_t i, char out[ID_ROOM])
{
	(void)snprintf(out, ID_ROOM, "%s%c", i < LETTERS ? "" : "a",
	    (char)('a' + i % LETTERS));
}
_Static_assert(OPERATORS_MAX <= 2 * LETTERS, "each account has an id");

static enum outcome
shift_handle(struct session *s, const struct event *ev)
{
	struct shift *sh = &s->shift;
	char id[ID_ROOM];

	if (ev->kind == EV_ENTER)
		return OUT_STAY;
	if (shift_serves(s))
		return OUT_SETTLED;
	for (size_t i = 0; i < sh->n; i++) {
		id_of(i, id);
		if (!picked(ev, id))
			continue;
		/* Another account has a wait of its own. */
		if (strcmp(sh->asked.id, sh->all[i].id) != 0)
			sh->until_ms = 0;
		sh->asked = sh->all[i];
		sh->why = ERR_OK;
		return OUT_OK;
	}
	return OUT_STAY;
}

static void
offer(const struct session *s, struct page *p, size_t i)
{
	const struct operator *who = &s->shift.all[i];
	char id[ID_ROOM], label[ALL_ROOM];

	id_of(i, id);
	(void)snprintf(label, sizeof(label), "%s · %s", who->name,
	    who->profession);
	page_choice(p, id, i < LETTERS ? id[0] : 0, label);
	if (strcmp(who->id, s->operator.id) == 0)
		page_focus(p, id);
}

static void
shift_show(const struct session *s, struct page *p)
{
	const struct shift *sh = &s->shift;

	page_title(p, _("Qui tient ce guichet ?"));
	if (sh->rested)
		page_para(p, _("Le guichet s'est fermé tout seul : personne "
			       "ne s'en servait. Rien n'est perdu."));
	if (sh->list != ERR_OK) {
		say_error(p, sh->list);
		return;
	}
	if (sh->n == 0) {
		page_warn(p, _("Aucun professionnel n'a de compte sur ce "
			       "poste."));
		page_para(p, _("Demandez-en un à la personne qui s'occupe du "
			       "poste : guichetctl operator add."));
		return;
	}
	page_para(p, _("Choisissez votre nom, puis tapez votre code. Ce que "
		       "vous ferez ici portera votre nom et votre numéro."));
	for (size_t i = 0; i < sh->n; i++)
		offer(s, p, i);
	page_para(p, _("Se servir d'un dossier sans en avoir le droit est un "
		       "délit (Code pénal, articles 226-13 et 323-1). Tout "
		       "ce qui est fait ici est gardé et peut être relu."));
}

const struct screen screen_shift = {
	.name = "shift",
	.outcomes = CAN(OK) | CAN(SETTLED),
	.staff = true,
	.help = N_("Cette page est pour les professionnels. Vous venez pour "
		   "votre dossier ? Attendez que quelqu'un ouvre le guichet. "
		   "Vous n'êtes pas dans la liste ? Demandez un compte."),
	.handle = shift_handle,
	.show = shift_show,
};
