/* copy: there is no paper; the person copies the two codes from the screen. */
#include "screens/look.h"
#include "screens/parts.h"
#include "screens/screens.h"

/* The only place where the password still is: time enough to write it down,
 * and a second look to compare, once. Who needs more gets other codes: a
 * screen that shows a password again and again is read by others. */
static const struct looks looks = { .times = 2, .seconds = 30 };

static enum outcome
copy_handle(struct session *s, const struct event *ev)
{
	if (picked(ev, "show"))
		look_take(s, ev, &looks, &s->person->copy_reveals);
	if (picked(ev, "large") && s->paper)
		s->person->large = true;
	if ((picked(ev, "print") || picked(ev, "large")) && s->paper)
		return OUT_AGAIN;
	s->handed = picked(ev, "copied");
	return s->handed || picked(ev, "cannot") ? OUT_OK : OUT_STAY;
}

static void
copy_show(const struct session *s, struct page *p)
{
	page_title(p, _("Recopiez vos accès sur un papier"));
	if (s->person->paper != ERR_OK)
		say_error(p, s->person->paper);
	page_para(p, _("C'est enregistré. Ces accès ne sont gardés nulle part "
		       "ailleurs : écrivez-les avant de partir."));
	codes_show(s, p);
	look_show(s, p, &looks, s->person->copy_reveals);
	page_choice(p, "copied", 'e', _("Je l'ai recopié"));
	page_choice(p, "cannot", 'a', _("Je n'ai pas pu : annuler ces "
					"codes"));
	if (s->paper)
		page_choice(p, "print", 'i', _("Imprimer encore une fois"));
	if (s->paper && !s->person->large)
		page_choice(p, "large", 'g', _("Imprimer en grands "
					       "caractères"));
}

const struct screen screen_copy = {
	.name = "copy",
	.part = PART_SECRETS,
	.outcomes = CAN(OK) | CAN(AGAIN) | CAN(IDLE),
	.private = true,
	.help = N_("La touche v montre le mot de passe : gardez-la appuyée. "
		   "Recopiez-le signe par signe : les grandes et les petites "
		   "lettres comptent. Puis appuyez sur e."),
	.handle = copy_handle,
	.show = copy_show,
};
