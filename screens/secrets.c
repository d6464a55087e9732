/* secrets: the paper is out; is it in the person's hand? */
#include "screens/look.h"
#include "screens/parts.h"
#include "screens/screens.h"

static const struct looks looks = { .times = 2, .seconds = 15 };

static enum outcome
secrets_handle(struct session *s, const struct event *ev)
{
	if (picked(ev, "show"))
		look_take(s, ev, &looks, &s->person->reveals);
	/* Who leaves without a word left with the paper: every byte of it was
	 * taken by the printer. */
	s->handed = !picked(ev, "no-paper");
	if (picked(ev, "yes") || picked(ev, "copied"))
		return OUT_OK;
	return picked(ev, "no-paper") ? OUT_NO_PAPER : OUT_STAY;
}

static void
how_to_connect(const struct session *s, struct page *p)
{
	const char *mobile = s->person->rec.contact.mobile;
	char veiled[MOBILE_ROOM];

	page_para(p, _("À la première connexion, vous choisirez votre propre "
		       "mot de passe."));
	mobile_words(mobile, true, veiled);
	if (mobile[0] != '\0')
		page_parf(p, _("Un code à 6 chiffres vous sera envoyé au %s."),
		    veiled);
	else
		page_para(p, _("Un code à 6 chiffres vous sera envoyé à votre "
			       "adresse e-mail."));
}

static void
secrets_show(const struct session *s, struct page *p)
{
	page_title(p, _("Avez-vous le papier en main ?"));
	page_para(p, _("C'est enregistré. Vos accès sont sur le papier, et "
		       "nulle part ailleurs."));
	codes_show(s, p);
	how_to_connect(s, p);
	page_choice(p, "yes", 'o', _("Oui, je l'ai"));
	page_choice(p, "no-paper", 'r', _("Il n'est pas sorti"));
	page_choice(p, "copied", 'e', _("Je l'ai recopié"));
	look_show(s, p, &looks, s->person->reveals);
}

const struct screen screen_secrets = {
	.name = "secrets",
	.part = PART_SECRETS,
	.outcomes = CAN(OK) | CAN(NO_PAPER) | CAN(IDLE),
	.private = true,
	.help = N_("Gardez ce papier comme une carte bancaire. Personne ne "
		   "peut vous redonner ce mot de passe : s'il est perdu, on "
		   "en fait un nouveau."),
	.handle = secrets_handle,
	.show = secrets_show,
};
