/* emergency: two oppositions, each its own, both off unless the person says. */
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static enum outcome
emergency_handle(struct session *s, const struct event *ev)
{
	struct record *rec = &s->person->rec;
	const struct {
		const char *id;
		bool *opposed;
	} ask[] = {
		{ "samu", &rec->access.samu_opposed },
		{ "break-glass", &rec->access.break_glass_opposed },
	};

	for (size_t i = 0; i < sizeof(ask) / sizeof(ask[0]); i++) {
		if (set_to(ev, ask[i].id, "no"))
			*ask[i].opposed = true;
		if (set_to(ev, ask[i].id, "yes"))
			*ask[i].opposed = false;
	}
	if (picked(ev, "more"))
		return OUT_MORE;
	if (ev->kind == EV_BACK && !service_is_helped(s))
		return OUT_RETURN;
	return picked(ev, "continue") ? after_choices(s) : OUT_STAY;
}

static void
emergency_show(const struct session *s, struct page *p)
{
	const struct record *rec = &s->person->rec;
	const struct page_value yes_no[] = {
		{ "yes", _("Oui") },
		{ "no", _("Non, je m'y oppose") },
		{ NULL, NULL },
	};

	page_title(p, _("En cas d'urgence, si vous ne pouvez pas répondre"));
	page_option(p, "samu",
	    _("Le médecin du SAMU (15) peut-il consulter votre dossier ?"),
	    yes_no, rec->access.samu_opposed ? "no" : "yes");
	page_option(p, "break-glass",
	    _("Un soignant peut-il le consulter si votre vie est en danger "
	      "(« bris de glace ») ?"),
	    yes_no, rec->access.break_glass_opposed ? "no" : "yes");
	page_para(p, _("Ces deux réponses sont indépendantes. Vous pourrez les "
		       "changer à tout moment. Vous serez averti après chaque "
		       "accès."));
	page_choice(p, "continue", 's', _("Continuer"));
	page_choice(p, "more", 'p', _("Plus de choix : soignants, "
				      "discrétion, contact"));
}

const struct screen screen_emergency = {
	.name = "emergency",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(SETTLED) | CAN(MORE) | CAN(BACK) |
	    CAN(RETURN) | CAN_LEAVE,
	.private = true,
	.help = N_("Les flèches gauche et droite changent une réponse. Si vous "
		   "ne changez rien, les secours pourront lire votre dossier "
		   "quand votre vie est en danger."),
	.handle = emergency_handle,
	.show = emergency_show,
};
