/* code: the six digits that arrived, or on without them. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "screens/parts.h"
#include "screens/screens.h"

/* Six digits, blanks between them or not. */
static bool
read_code(const char *typed, char out[CODE_LEN + 1])
{
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		if (*typed == ' ')
			continue;
		if (*typed < '0' || *typed > '9' || n == CODE_LEN)
			return false;
		out[n++] = *typed;
	}
	out[n] = '\0';
	return n == CODE_LEN;
}

/* No other is sent for a while: the last one may be there. */
static bool
asked_often(const struct person *p)
{
	return p->told.word == RESPONSE_WAIT && p->told.kind == QUESTION_SEND;
}

/* Nor is one looked at. */
static bool
must_wait(const struct person *p)
{
	return p->told.word == RESPONSE_WAIT && !asked_often(p);
}

/* No code came of it: there is none to type. */
static bool
is_unsent(const struct person *p)
{
	return p->told.word == RESPONSE_UNSENT ||
	    p->told.word == RESPONSE_REFUSED;
}

static enum outcome
code_handle(struct session *s, const struct event *ev)
{
	struct person *p = s->person;

	if (ev->kind == EV_ENTER) {
		p->tries = 0;
		secret_wipe(p->code, sizeof(p->code));
	}
	keep_field(ev, "code", p->typed_code, sizeof(p->typed_code));
	if (picked(ev, "skip"))
		return !must_wait(p) && next_contact(p) ? OUT_AGAIN :
		    OUT_SETTLED;
	if (must_wait(p))
		return OUT_STAY;
	if (picked(ev, "again"))
		return asked_often(p) ? OUT_STAY : OUT_AGAIN;
	if (is_unsent(p))
		return picked(ev, "mend") ? OUT_BACK : OUT_STAY;
	if (!picked(ev, "continue"))
		return OUT_STAY;
	if (!read_code(p->typed_code, p->code)) {
		p->tries++;
		return OUT_STAY;
	}
	secret_wipe(p->typed_code, sizeof(p->typed_code));
	return OUT_OK;
}

/* Where it went, or was to go; the mobile as one knows one's own again. */
static void
say_where(const struct person *person, struct page *p)
{
	const bool left = !is_unsent(person) && !asked_often(person) &&
	    person->told.word != RESPONSE_GOING;
	char mobile[MOBILE_ROOM];

	if (person->reach == REACH_EMAIL) {
		page_fact(p, left ? _("Un code est parti à") :
		    _("Adresse e-mail"), person->rec.contact.email);
		return;
	}
	mobile_words(person->rec.contact.mobile, true, mobile);
	page_fact(p, left ? _("Un code est parti au") :
	    _("Téléphone mobile"), mobile);
	secret_wipe(mobile, sizeof(mobile));
}

/* Two at least: of one the sentence would be another. */
static unsigned
minutes_left(const struct person *person)
{
	const unsigned n = (person->told.wait_s + 59u) / 60u;

	return n < 2 ? 2 : n;
}

/* What came of the last one. */
static void
say_answer(const struct person *person, struct page *p)
{
	char text[256];

	switch ((int)person->told.word) {
	case RESPONSE_WRONG:
		(void)snprintf(text, sizeof(text), _("Ce n'est pas ce code. "
		    "Essais qui restent : %u."), person->told.tries);
		page_warn(p, text);
		break;
	case RESPONSE_EXPIRED:
		page_warn(p, _("Ce code ne sert plus. Demandez-en un autre."));
		break;
	case RESPONSE_GOING:
		page_warn(p, _("Le code n'est peut-être pas parti. Attendez "
			       "une minute, ou continuez sans vérifier."));
		break;
	case RESPONSE_WAIT:
		(void)snprintf(text, sizeof(text), _("Plusieurs codes ont été "
		    "demandés. Tapez le dernier reçu, ou continuez sans "
		    "vérifier. Un autre code : dans %u minutes."),
		    minutes_left(person));
		page_warn(p, text);
		break;
	case 0:
		page_warn(p, _("Le centre n'a pas répondu. Réessayez, ou "
			       "continuez sans vérifier."));
		break;
	default:
		break;
	}
}

static void
show_wait(const struct person *person, struct page *p)
{
	char text[256];

	(void)snprintf(text, sizeof(text), _("Trop d'essais. Il faut attendre "
	    "%u minutes avant un autre code."), minutes_left(person));
	page_warn(p, text);
	page_choice(p, "skip", 's', _("Continuer sans vérifier"));
}

/* Who brings it said no, or did not take it. */
static void
show_unsent(const struct person *person, struct page *p)
{
	say_where(person, p);
	page_warn(p, person->told.word == RESPONSE_REFUSED ?
	    _("Le code n'a pas pu partir : ce contact n'existe pas, ou ne "
	      "reçoit rien.") :
	    _("Le code n'a pas pu partir maintenant. Votre contact n'y est "
	      "pour rien."));
	page_choice(p, "skip", 's', _("Continuer sans vérifier"));
	if (person->told.word == RESPONSE_REFUSED)
		page_choice(p, "mend", 0, _("Corriger ce contact"));
	else
		page_choice(p, "again", 0, _("Essayer encore une fois"));
}

static void
ask(const struct person *person, struct page *p)
{
	char mark[16];

	(void)snprintf(mark, sizeof(mark), "%d %u", (int)person->reach,
	    person->tries);
	page_fresh(p, mark);
	say_where(person, p);
	say_answer(person, p);
	page_field(p, "code", _("Code à 6 chiffres"), person->typed_code,
	    sizeof(person->typed_code) - 1,
	    _("il arrive en une minute et sert dix minutes"),
	    person->tries > 0 ? _("Il faut 6 chiffres.") : NULL);
	page_focus(p, "code");
	page_choice(p, "continue", 0, _("Vérifier"));
	if (!asked_often(person))
		page_choice(p, "again", 0, _("Envoyer un autre code"));
	page_choice(p, "skip", 0, _("Continuer sans vérifier"));
}

static void
code_show(const struct session *s, struct page *p)
{
	page_title(p, _("Est-ce bien votre contact ?"));
	if (must_wait(s->person))
		show_wait(s->person, p);
	else if (is_unsent(s->person))
		show_unsent(s->person, p);
	else
		ask(s->person, p);
	page_para(p, _("Sans code, votre contact est gardé et noté « non "
		       "vérifié »."));
}

const struct screen screen_code = {
	.name = "code",
	.part = PART_CHOICES,
	.outcomes = CAN(OK) | CAN(AGAIN) | CAN(SETTLED) | CAN(BACK) |
	    CAN_LEAVE,
	.private = true,
	.help = N_("Regardez votre téléphone ou votre courrier. Le code prouve "
		   "que ce contact est le vôtre. Personne ne vous le demandera "
		   "ailleurs qu'ici."),
	.handle = code_handle,
	.show = code_show,
};
