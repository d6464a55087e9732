/* services: the menu, as a table. */
#include "base/i18n.h"
#include "envelope/permit.h"
#include "screens/services.h"

static const struct service services[SERVICES] = {
	{ RECORD_OPEN, "open", 'o', N_("Ouvrir mon dossier"),
	  OUT_OK, OUT_CHOICES, OUT_BACK, OUT_BACK },
	{ RECORD_OPPOSE, "oppose", 'm',
	  N_("M'opposer à l'ouverture de Mon espace santé"),
	  OUT_OK, OUT_SETTLED, OUT_BACK, OUT_RETURN },
	{ RECORD_REISSUE, "reissue", 'p',
	  N_("J'ai perdu mon identifiant ou mon mot de passe"),
	  OUT_REQUEST, OUT_REACH, OUT_RETURN, OUT_BACK },
	{ RECORD_PREFERENCES, "preferences", 'c', N_("Changer mes choix"),
	  OUT_REQUEST, OUT_CHOICES, OUT_BACK, OUT_CHOICES },
	{ RECORD_CLOSE, "close", 'f', N_("Fermer mon dossier"),
	  OUT_REQUEST, OUT_SETTLED, OUT_BACK, OUT_RETURN },
	{ RECORD_REOPEN, "reopen", 'r', N_("Rouvrir mon dossier"),
	  OUT_OK, OUT_REACH, OUT_RETURN, OUT_BACK },
};

const struct service *
service_row(size_t i)
{
	return &services[i];
}

const struct service *
service_of(const struct session *s)
{
	size_t i = 0;

	while (services[i].kind != s->person->service)
		i++;
	return &services[i];
}

enum outcome
after_identity(const struct session *s)
{
	return s->asks && !s->person->looked ? OUT_ASK :
	    service_of(s)->after_identity;
}

enum outcome
after_choices(const struct session *s)
{
	return record_has(s->person->service, "contact") ? OUT_OK :
	    OUT_SETTLED;
}

bool
service_is_lawful(const struct session *s, enum record_kind kind)
{
	return permit_regime(kind, settings_regime(s->set->regime,
	    s->set->regime_from, s->now_ms));
}

bool
service_is_offered(const struct session *s, enum record_kind kind)
{
	return service_is_lawful(s, kind) && (!s->closed ||
	    permit_closed(kind));
}

bool
service_is_here(const struct session *s, enum record_kind kind)
{
	return permit_place(kind, (enum profile)s->set->profile);
}

bool
service_is_helped(const struct session *s)
{
	return s->set->profile != PROFILE_BORNE;
}
