/*
 * certify: the operator's own word that the consent was given (EX_1.1-1010).
 *
 * Its key is not the one of the consent: a key that sticks certifies nothing.
 */
#include <stdio.h>

#include "base/secret.h"
#include "screens/parts.h"
#include "screens/screens.h"
#include "screens/services.h"

static enum outcome
certify(struct session *s)
{
	struct record *rec = &s->person->rec;

	rec->certified.given = true;
	rec->certified.at_ms = s->now_ms;
	(void)snprintf(rec->certified.operator_id,
	    sizeof(rec->certified.operator_id), "%s", s->operator.id);
	return service_of(s)->after_consent;
}

static enum outcome
certify_handle(struct session *s, const struct event *ev)
{
	if (ev->kind == EV_ENTER)
		s->person->rec.certified.given = false;
	if (picked(ev, "yes"))
		return certify(s);
	return picked(ev, "no") ? OUT_BACK : OUT_STAY;
}

/* The person, or who decides for them. */
static void
who_answers(const struct session *s, char *out, size_t room)
{
	const struct record *rec = &s->person->rec;

	if (rec->representative.there)
		(void)snprintf(out, room, "%s %s", rec->representative.family,
		    rec->representative.given);
	else
		names_of(session_bearer(s), out, room);
}

/* What the operator saw or heard, and has in hand. */
static void
say_how(const struct session *s, struct page *p, const char *names)
{
	const struct record *rec = &s->person->rec;
	char number[RID_SHORT];

	switch (rec->consent.method) {
	case CONSENT_SCREEN:
		page_parf(p, _("%s a reçu l'information. Cette personne vient "
			       "de dire oui elle-même, librement, devant "
			       "vous."), names);
		break;
	case CONSENT_ORAL:
		page_parf(p, _("%s a reçu l'information. Vous lui avez lu la "
			       "phrase qui suit, et cette personne a dit oui à "
			       "voix haute, librement, devant vous."), names);
		page_para(p, rec->consent.wording);
		break;
	case CONSENT_PAPER:
		page_parf(p, _("%s a reçu l'information, puis a signé une "
			       "feuille, librement, devant vous. Vous avez "
			       "cette feuille en main. Vous la gardez ici, "
			       "sous son numéro."), names);
		rid_short(&rec->form.number, number);
		page_fact(p, _("Feuille numéro"), number);
		break;
	}
}

static void
certify_show(const struct session *s, struct page *p)
{
	char names[2 * BEARER_NAME_ROOM];

	who_answers(s, names, sizeof(names));
	page_title(p, _("À la personne qui accompagne : certifiez-vous ?"));
	page_parf(p, _("%s, cette question est pour vous."),
	    s->operator.name);
	say_how(s, p, names);
	secret_wipe(names, sizeof(names));
	page_fact(p, _("Vous êtes"), s->operator.name);
	page_fact(p, _("Profession"), s->operator.profession);
	page_fact(p, _("Votre numéro"), s->operator.id);
	page_legal(p, "yes", 'c', _("Oui, je le certifie"));
	page_legal(p, "no", 'n', _("Non, reposer la question"));
}

const struct screen screen_certify = {
	.name = "certify",
	.part = PART_CONSENT,
	.outcomes = CAN(CHOICES) | CAN(REACH) | CAN(SETTLED) | CAN(BACK) |
	    CAN_LEAVE,
	.private = true,
	.help = N_("Votre nom, votre numéro et l'heure sont gardés avec "
		   "l'accord. Si vous avez un doute, appuyez sur n : la "
		   "question sera reposée."),
	.handle = certify_handle,
	.show = certify_show,
};
