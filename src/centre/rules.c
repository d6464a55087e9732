/* rules: the table walked, and what holds of the act itself. */
#include <string.h>

#include "centre/rules_own.h"
#include "envelope/permit.h"

#define DAY_MS ((uint64_t)26 * 3600 * 1000) /* and its time zones */

bool
rule_same_envelope(const struct record *rec, const struct rules_case *at)
{
	return rec->terminal == at->terminal &&
	    memcmp(rec->rid.b, at->rid.b, sizeof(at->rid.b)) == 0;
}

bool
rule_mode_same(const struct record *rec, const struct rules_case *at)
{
	return rec->training == at->training;
}

/* A day before and after the law changes both hold: no act is refused for a
 * time zone. */
bool
rule_regime_of_the_day(const struct record *rec, const struct rules_case *at)
{
	uint64_t day = rec->made_ms < DAY_MS ? rec->made_ms : DAY_MS;

	return settings_regime(at->regime, at->regime_from,
	    rec->made_ms - day) == rec->regime ||
	    settings_regime(at->regime, at->regime_from,
	    rec->made_ms + day) == rec->regime;
}

bool
rule_kind_under_regime(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return permit_regime(rec->kind, rec->regime);
}

bool
rule_place_known(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return permit_profile(rec->place.profile) >= 0;
}

bool
rule_kind_in_place(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return permit_place(rec->kind,
	    (enum profile)permit_profile(rec->place.profile));
}

bool
rule_subject_in_place(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return permit_subject(rec->subject.status,
	    (enum profile)permit_profile(rec->place.profile));
}

static const struct rule {
	const char *name;
	enum err why;
	rule_holds *holds;
	const char *part;
} rules[] = {
#define RULE_ROW(function, name, why, part)				\
	{ name, ERR_RULE_##why, rule_##function, part },
	RULES(RULE_ROW)
};

struct rules_case
rules_by(const struct centre_settings *set)
{
	return (struct rules_case){
		.training = set->mode == MODE_TRAINING,
		.adult_age = (int)set->adult_age,
		.consent_methods = set->consent_methods,
		.mobiles_abroad = set->mobiles_abroad == SET_YES,
		.regime = set->regime,
		.regime_from = set->regime_from,
	};
}

enum err
rules_check(const struct record *rec, const struct rules_case *at)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];

		if ((r->part == NULL || record_has(rec->kind, r->part)) &&
		    !r->holds(rec, at))
			return err_about(r->why, "%s", r->name);
	}
	return ERR_OK;
}
