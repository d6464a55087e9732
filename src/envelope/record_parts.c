/*
 * record_parts: the record's document, a table a part.
 *
 * A row says a member's name, its kind and where it stands in the struct;
 * writing and reading walk the same rows, so that they cannot differ.
 */
#include <stddef.h>
#include <string.h>

#include "envelope/record_own.h"

#define WORD(name, said) said,
#define MEASURE_WORD(name, said, decides) said,
#define ROLE_WORD(name) #name,
static const char *const kinds[] = { RECORD_KINDS(WORD) NULL };
static const char *const regimes[] = { "dmp", "mes", NULL };
static const char *const grantors[] = { GRANTORS(WORD) NULL };
static const char *const methods[] = { CONSENT_METHODS(WORD) NULL };
static const char *const subjects[] = { SUBJECTS(WORD) NULL };
static const char *const measures[] = { MEASURES(MEASURE_WORD) NULL };
static const char *const assents[] = { ASSENTS(WORD) NULL };
static const char *const roles[] = { ROLES(ROLE_WORD) NULL };
static const char *const alerts[] = { ALERTS(WORD) NULL };
static const char *const confirmations[] = { CONFIRMATIONS(WORD) NULL };

/* field_word keeps an unsigned int. */
#define IS_WORD(e) _Static_assert(sizeof(enum e) == sizeof(unsigned), #e)
IS_WORD(record_kind);
IS_WORD(regime);
IS_WORD(grantor);
IS_WORD(consent_method);
IS_WORD(subject_status);
IS_WORD(protection);
IS_WORD(assent);
IS_WORD(role);
IS_WORD(alerts);
IS_WORD(confirmation);

#define AT(member)                                                           \
	offsetof(struct record, member), sizeof(((struct record *)0)->member)
#define END { .name = NULL }

const struct field record_top[] = {
	{ "grantor", &field_word, AT(grantor), grantors },
	{ "kind", &field_word, AT(kind), kinds },
	{ "made_ms", &field_ms, AT(made_ms), NULL },
	{ "regime", &field_word, AT(regime), regimes },
	{ "rid", &field_rid, AT(rid), NULL },
	{ "terminal", &field_u32, AT(terminal), NULL },
	{ "training", &field_bool, AT(training), NULL },
	END
};
static const struct field place[] = {
	{ "department", &field_text, AT(place.department), NULL },
	{ "profile", &field_text, AT(place.profile), NULL },
	{ "site_id", &field_text, AT(place.site_id), NULL },
	{ "site_name", &field_text, AT(place.site_name), NULL },
	END
};
static const struct field operator[] = {
	{ "id", &field_text, AT(operator.id), NULL },
	{ "name", &field_text, AT(operator.name), NULL },
	{ "profession", &field_text, AT(operator.profession), NULL },
	END
};
static const struct field identity[] = {
	{ "altered", &field_bool, AT(identity.altered), NULL },
	{ "birth", &field_text, AT(identity.birth), NULL },
	{ "country", &field_text, AT(identity.country), NULL },
	{ "epoch", &field_u32, AT(identity.epoch), NULL },
	{ "family", &field_text, AT(identity.family), NULL },
	{ "family_raw", &field_hex, AT(identity.family_raw), NULL },
	{ "given", &field_text, AT(identity.given), NULL },
	{ "given_raw", &field_hex, AT(identity.given_raw), NULL },
	{ "key", &field_text, AT(identity.key), NULL },
	{ "key_right", &field_bool, AT(identity.key_right), NULL },
	{ "nir", &field_text, AT(identity.nir), NULL },
	{ "read_ms", &field_ms, AT(identity.read_ms), NULL },
	END
};
static const struct field subject[] = {
	{ "assent", &field_word, AT(subject.assent), assents },
	{ "assistant", &field_text, AT(subject.assistant), NULL },
	{ "measure", &field_word, AT(subject.measure), measures },
	{ "status", &field_word, AT(subject.status), subjects },
	END
};
static const struct field representative[] = {
	{ "email", &field_text, AT(representative.email), NULL },
	{ "family", &field_text, AT(representative.family), NULL },
	{ "given", &field_text, AT(representative.given), NULL },
	{ "phone", &field_text, AT(representative.phone), NULL },
	{ "present", &field_bool, AT(representative.present), NULL },
	{ "role", &field_word, AT(representative.role), roles },
	END
};
static const struct field notice[] = {
	{ "id", &field_text, AT(notice.id), NULL },
	{ "lang", &field_text, AT(notice.lang), NULL },
	{ "sha", &field_hash, AT(notice.sha), NULL },
	{ "shown_s", &field_u32, AT(notice.shown_s), NULL },
	{ "version", &field_text, AT(notice.version), NULL },
	{ "whole", &field_bool, AT(notice.whole), NULL },
	END
};
static const struct field consent[] = {
	{ "at_ms", &field_ms, AT(consent.at_ms), NULL },
	{ "face", &field_text, AT(consent.face), NULL },
	{ "given", &field_bool, AT(consent.given), NULL },
	{ "method", &field_word, AT(consent.method), methods },
	{ "wording", &field_text, AT(consent.wording), NULL },
	END
};
static const struct field form[] = {
	{ "number", &field_rid, AT(form.number), NULL },
	END
};
static const struct field steps[] = {
	{ "card_s", &field_u32, AT(steps.card_s), NULL },
	{ "choices_s", &field_u32, AT(steps.choices_s), NULL },
	{ "consent_s", &field_u32, AT(steps.consent_s), NULL },
	{ "information_s", &field_u32, AT(steps.information_s), NULL },
	{ "review_s", &field_u32, AT(steps.review_s), NULL },
	END
};
static const struct field certified[] = {
	{ "at_ms", &field_ms, AT(certified.at_ms), NULL },
	{ "given", &field_bool, AT(certified.given), NULL },
	{ "operator_id", &field_text, AT(certified.operator_id), NULL },
	END
};
static const struct field access[] = {
	{ "allowed", &field_rpps, AT(access.allowed), NULL },
	{ "blocked", &field_rpps, AT(access.blocked), NULL },
	{ "break_glass_opposed", &field_bool, AT(access.break_glass_opposed),
	  NULL },
	{ "masked", &field_bool, AT(access.masked), NULL },
	{ "samu_opposed", &field_bool, AT(access.samu_opposed), NULL },
	{ "sensitive", &field_bool, AT(access.sensitive), NULL },
	END
};
static const struct field doctor[] = {
	{ "name", &field_text, AT(doctor.name), NULL },
	{ "rpps", &field_text, AT(doctor.rpps), NULL },
	END
};
static const struct field emergency[] = {
	{ "name", &field_text, AT(emergency.name), NULL },
	{ "phone", &field_text, AT(emergency.phone), NULL },
	{ "relation", &field_text, AT(emergency.relation), NULL },
	END
};
static const struct field news[] = {
	{ "alerts", &field_word, AT(news.alerts), alerts },
	{ "confirmation", &field_word, AT(news.confirmation), confirmations },
	END
};
static const struct field contact[] = {
	{ "email", &field_text, AT(contact.email), NULL },
	{ "mobile", &field_text, AT(contact.mobile), NULL },
	END
};
static const struct field verified[] = {
	{ "email", &field_hex, AT(verified.email), NULL },
	{ "mobile", &field_hex, AT(verified.mobile), NULL },
	END
};
static const struct field account[] = {
	{ "identifier", &field_text, AT(account.identifier), NULL },
	{ "verifier", &field_text, AT(account.verifier), NULL },
	{ "wanted", &field_bool, AT(account.wanted), NULL },
	END
};
static const struct field closing[] = {
	{ "motive", &field_text, AT(close.motive), NULL },
	{ "warned", &field_bool, AT(close.warned), NULL },
	END
};

#define IN(kind) (1u << RECORD_##kind)
#define EVERY	 ((1u << RECORD_KIND_COUNT) - 1)
#define INFORMED (IN(OPEN) | IN(REOPEN) | IN(OPPOSE))
#define CHOSEN	 (IN(OPEN) | IN(PREFERENCES))
#define REACHED	 (IN(OPEN) | IN(REOPEN) | IN(REISSUE))
#define PART(name, kinds) { #name, name, kinds, false, 0 }
#define SOMETIMES(name)							\
	{ #name, name, EVERY, true, offsetof(struct record, name.there) }

const struct part record_parts[] = {
	PART(access, CHOSEN),
	PART(account, REACHED),
	PART(certified, EVERY),
	{ "close", closing, IN(CLOSE), false, 0 },
	PART(consent, EVERY),
	PART(contact, REACHED),
	PART(doctor, CHOSEN),
	PART(emergency, CHOSEN),
	SOMETIMES(form),
	PART(identity, EVERY),
	PART(news, CHOSEN),
	PART(notice, INFORMED),
	PART(operator, EVERY),
	PART(place, EVERY),
	SOMETIMES(representative),
	SOMETIMES(steps),
	PART(subject, EVERY),
	{ "verified", verified, REACHED, true,
	  offsetof(struct record, verified.there) },
	{ .name = NULL },
};

const char *
record_kind_word(enum record_kind kind)
{
	return kinds[kind];
}

bool
record_has(enum record_kind kind, const char *name)
{
	for (const struct part *p = record_parts; p->name != NULL; p++)
		if (strcmp(p->name, name) == 0)
			return (p->kinds & 1u << kind) != 0;
	return false;
}

bool
record_is_represented(const struct record *r)
{
#define DECIDES(name, word, decides) [MEASURE_##name] = (decides) != 0,
	static const bool decided[] = { MEASURES(DECIDES) };

	return r->subject.status == SUBJECT_MINOR ||
	    (r->subject.status == SUBJECT_PROTECTED &&
	    decided[r->subject.measure]);
}
