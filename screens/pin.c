/* pin: the code of whoever opens the desk, and how long a wrong one waits. */
#include <stdio.h>

#include "base/secret.h"
#include "screens/parts.h"
#include "screens/screens.h"

static enum outcome
pin_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER || ev->kind == EV_BACK)
		secret_wipe(p->pin, sizeof(p->pin));
	keep_field(ev, "pin", p->pin, sizeof(p->pin));
	if (!picked(ev, "continue") || p->pin[0] == '\0' || shift_wait(s) > 0)
		return OUT_STAY;
	return OUT_OK;
}

/* Why the last try opened nothing, and how long the next has to wait. */
static void
say_why(const struct session *s, struct page *p)
{
	enum err why = s->shift.why;
	unsigned wait = shift_wait(s);
	char words[96], text[256];

	if (wait == 0)
		(void)snprintf(words, sizeof(words), "%s",
		    _("Vous pouvez réessayer."));
	else if (wait < 60)
		(void)snprintf(words, sizeof(words),
		    _("Attendez encore %u s."), wait);
	else
		(void)snprintf(words, sizeof(words),
		    _("Attendez encore %u min."), (wait + 59) / 60);
	(void)snprintf(text, sizeof(text), "%s %s", _(err_what(why)), words);
	page_warn(p, text);
}

static void
pin_show(const struct session *s, struct page *p)
{
	enum err why = s->shift.why;
	bool pin = why == ERR_PIN_WRONG || why == ERR_PIN_LOCKED;

	page_title(p, _("Votre code"));
	if (pin)
		say_why(s, p);
	page_secret(p, "pin", _("Code"), s->person->pin, PIN_MAX,
	    _("il ne s'affiche pas"));
	page_focus(p, "pin");
	page_choice(p, "continue", 0, _("Ouvrir le guichet"));
	if (pin)
		page_para(p, _("Chaque code faux double l'attente."));
	else if (why != ERR_OK)
		say_error(p, why);
	page_fact(p, _("Vous êtes"), s->shift.asked.name);
	page_fact(p, _("Profession"), s->shift.asked.profession);
	page_fact(p, _("Votre numéro"), s->shift.asked.id);
}

const struct screen screen_pin = {
	.name = "pin",
	.outcomes = CAN(OK) | CAN(BACK) | CAN(IDLE),
	.staff = true,
	.help = N_("Tapez votre code, puis Entrée deux fois. Code oublié ? "
		   "La personne qui s'occupe du poste en donne un autre : "
		   "guichetctl operator pin."),
	.handle = pin_handle,
	.show = pin_show,
};
