/* problem: something failed; what, what to do, and a code to say. */
#include "screens/parts.h"
#include "screens/screens.h"

static void
problem_show(const struct session *s, struct page *p)
{
	page_title(p, _("Quelque chose n'a pas marché"));
	say_error(p, s->problem);
	if (s->set->support[0] != '\0')
		page_parf(p, _("Assistance : %s"), s->set->support);
	page_para(p, _("Montrez cet écran à la personne qui vous accompagne. "
		       "Nous avons oublié ce que nous avions lu. Retirez la "
		       "carte."));
	goodbye_close(p);
}

const struct screen screen_problem = {
	.name = "problem",
	.outcomes = CAN_CLOSE,
	.ends = true,
	.handle = goodbye_handle,
	.show = problem_show,
};
