/* welcome: where a session begins, and where every one ends. */
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

/* A new person's session, for that service. */
static enum outcome
begin(struct session *s, enum record_kind kind)
{
	if (!service_is_here(s, kind))
		return OUT_DESK;
	if (s->trouble != ERR_OK) {
		s->problem = s->trouble;
		return OUT_FAILED;
	}
	s->voided = 0; /* it was said */
	s->person->service = kind;
	session_speak(s, s->tongue); /* the notice is the service's */
	return s->set->profile == PROFILE_ACCUEIL ? OUT_LAW : OUT_OK;
}

/* The shift is over: the operator says so, or nobody came for long. */
static bool
is_shut(struct session *s, const struct event *ev)
{
	bool rested = ev->kind == EV_TICK &&
	    ev->idle_s >= (unsigned)s->set->shift_lock;

	if (s->shift.open && (rested || picked(ev, "hand-over"))) {
		shift_close(s);
		s->shift.rested = rested;
	}
	return !shift_serves(s) && ev->kind != EV_ENTER;
}

static enum outcome
welcome_handle(struct session *s, const struct event *ev)
{
	if (is_shut(s, ev))
		return OUT_SIGN_IN;
	for (size_t i = 0; i < SERVICES; i++)
		if (service_is_offered(s, service_row(i)->kind) &&
		    picked(ev, service_row(i)->id))
			return begin(s, service_row(i)->kind);
	return OUT_STAY;
}

/* What is not done here for now, and where else it may be. */
static void
say_closed(bool opens, struct page *p)
{
	if (opens)
		page_para(p, _("Ce guichet n'ouvre pas de dossier pour "
			       "l'instant, et ne donne pas de nouveaux "
			       "codes."));
	else
		page_para(p, _("Ce guichet ne donne pas de nouveaux codes "
			       "pour l'instant."));
	page_para(p, _("Demandez dans une autre pharmacie, ou à l'accueil de "
		       "votre caisse d'Assurance maladie. Ou revenez plus "
		       "tard."));
}

static void
say_what_for(const struct session *s, struct page *p)
{
	const bool opens = service_is_lawful(s, RECORD_OPEN);

	if (!opens)
		page_para(p, _("Votre Dossier médical partagé s'ouvre "
			       "maintenant avec Mon espace santé. Ce guichet "
			       "vous l'explique, et garde votre opposition si "
			       "vous n'en voulez pas."));
	else if (!s->closed)
		page_para(p, _("Ce guichet vous aide à ouvrir votre Dossier "
			       "médical partagé. C'est gratuit. Ce n'est pas "
			       "obligatoire."));
	if (s->closed) {
		say_closed(opens, p);
		/* Another menu: no first Enter may land in its midst. */
		page_fresh(p, "closed");
	}
}

static void
welcome_show(const struct session *s, struct page *p)
{
	page_title(p, _("Bonjour"));
	if (s->trouble != ERR_OK)
		page_warn(p, _("Pour l'accueil : n'inscrivez personne pour "
			       "l'instant."));
	if (s->voided > 0) {
		page_warn(p, _("Pour l'accueil : des codes d'accès n'ont pas "
			       "été remis. Ils sont annulés."));
		page_parf(p, _("Dernière référence : %s. La personne peut "
			       "revenir en demander d'autres."),
		    s->voided_last);
	}
	say_what_for(s, p);
	page_para(p, _("Vous pouvez arrêter à tout moment : rien ne sera "
		       "gardé. Il vous faut votre carte Vitale, et environ "
		       "trois minutes."));
	if (s->epoch != 0)
		page_para(p, _("Une carte est déjà dans le lecteur. Si ce "
			       "n'est pas la vôtre, retirez-la et donnez-la "
			       "à l'accueil."));
	for (size_t i = 0; i < SERVICES; i++)
		if (service_is_offered(s, service_row(i)->kind))
			page_choice(p, service_row(i)->id, service_row(i)->key,
			    _(service_row(i)->label));
	if (!s->shift.open)
		return;
	page_choice(p, "hand-over", 'x', _("Professionnel : fermer ce guichet, "
					   "ou changer de nom"));
	page_parf(p, _("Au guichet : %s, %s."), s->operator.name,
	    s->operator.profession);
}

const struct screen screen_welcome = {
	.name = "welcome",
	.outcomes = CAN(OK) | CAN(LAW) | CAN(DESK) | CAN(FAILED) |
	    CAN(SIGN_IN),
	.help = N_("Appuyez sur Entrée pour commencer. Tout se fait avec le "
		   "clavier. Échap revient en arrière. Une personne est là "
		   "pour vous aider : demandez-lui."),
	.handle = welcome_handle,
	.show = welcome_show,
};
