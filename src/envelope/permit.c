/* permit: the table. */
#include <string.h>

#include "envelope/permit.h"

#define AT(profile)  (1u << PROFILE_##profile)
#define LAW(regime)  (1u << REGIME_##regime)
#define HELPED	     (AT(PHARMACIE) | AT(ACCUEIL))
#define EVERYWHERE   (HELPED | AT(BORNE))

static const char *const words[] = {
	[PROFILE_PHARMACIE] = "pharmacie",
	[PROFILE_BORNE] = "borne",
	[PROFILE_ACCUEIL] = "accueil",
};
enum { PROFILES = sizeof(words) / sizeof(words[0]) };

/* Since 2022 nothing is opened on demand any more; what is open goes on
 * (facts/domain.md 1.1). A closing wants somebody to talk to. To close, to
 * oppose and to choose are rights, also where nothing is opened. */
static const struct {
	unsigned laws, places;
	bool closed;
} acts[] = {
	[RECORD_OPEN]	     = { LAW(DMP), EVERYWHERE, false },
	[RECORD_REOPEN]	     = { LAW(DMP), EVERYWHERE, false },
	[RECORD_REISSUE]     = { LAW(DMP) | LAW(MES), EVERYWHERE, false },
	[RECORD_PREFERENCES] = { LAW(DMP) | LAW(MES), EVERYWHERE, true },
	[RECORD_CLOSE]	     = { LAW(DMP) | LAW(MES), HELPED, true },
	[RECORD_OPPOSE]	     = { LAW(MES), EVERYWHERE, true },
};

/* Nobody is at a borne to see who speaks for whom (facts/domain.md 8.2). */
static const unsigned served[] = {
	[SUBJECT_ADULT] = EVERYWHERE,
	[SUBJECT_MINOR] = HELPED,
	[SUBJECT_PROTECTED] = HELPED,
};

/* How a yes may be said. */
static const unsigned heard[] = {
	[CONSENT_SCREEN] = EVERYWHERE,
	[CONSENT_ORAL] = HELPED,
	[CONSENT_PAPER] = HELPED,
};
_Static_assert((int)SAID_SCREEN == (int)CONSENT_SCREEN &&
    (int)SAID_ORAL == (int)CONSENT_ORAL &&
    (int)SAID_PAPER == (int)CONSENT_PAPER, "the settings' methods");

bool
permit_regime(enum record_kind kind, enum regime regime)
{
	return (acts[kind].laws & 1u << regime) != 0;
}

bool
permit_place(enum record_kind kind, enum profile profile)
{
	return (acts[kind].places & 1u << profile) != 0;
}

bool
permit_closed(enum record_kind kind)
{
	return acts[kind].closed;
}

bool
permit_subject(enum subject_status status, enum profile profile)
{
	return (served[status] & 1u << profile) != 0;
}

bool
permit_method(enum consent_method method, enum profile profile, int allowed)
{
	return (allowed >> method & 1) != 0 &&
	    (heard[method] & 1u << profile) != 0;
}

bool
permit_desk(const struct desk_settings *set)
{
	bool can = false;

	for (int m = CONSENT_SCREEN; m <= CONSENT_PAPER; m++)
		can |= permit_method((enum consent_method)m,
		    (enum profile)set->profile, set->consent_methods) &&
		    (m != CONSENT_PAPER || strcmp(set->printer, "none") != 0);
	return can;
}

int
permit_profile(const char *word)
{
	for (int i = 0; i < PROFILES; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return -1;
}

const char *
permit_profile_word(enum profile profile)
{
	return words[profile];
}
