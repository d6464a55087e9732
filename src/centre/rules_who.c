/* rules_who: the person, who speaks for them, and who was there. */
#include <string.h>

#include "base/rawname.h"
#include "base/text.h"
#include "centre/rules_own.h"
#include "envelope/age.h"
#include "envelope/permit.h"

#define DAY_MS ((uint64_t)26 * 3600 * 1000) /* and its time zones */

static bool
digits(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789") == n;
}

bool
form_phone(const char *s)
{
	size_t n = strlen(s);

	if (s[0] == '+')
		return n >= 9 && n <= 16 && digits(s + 1, n - 1);
	return digits(s, 10) && s[0] == '0';
}

bool
form_email(const char *s)
{
	const char *sign = strchr(s, '@');

	return sign != NULL && sign != s && sign[1] != '\0' &&
	    strchr(sign + 1, '@') == NULL && strpbrk(s, " ,;<>\"") == NULL &&
	    text_is_clean(s);
}

/* Thirteen characters, digits but for Corsica's 2A and 2B (facts/card.md
 * 4.1); only the form: real cards have months and keys of every kind. */
static bool
nir_formed(const char *nir)
{
	const char *tail = nir + 7;

	return strlen(nir) == 13 && strspn(nir, "0123456789") >= 6 &&
	    strchr("0123456789AB", nir[6]) != NULL &&
	    strspn(tail, "0123456789") == strlen(tail);
}

bool
rule_identity_whole(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->identity.family[0] != '\0' &&
	    rec->identity.given[0] != '\0' &&
	    digits(rec->identity.birth, 8) &&
	    nir_formed(rec->identity.nir) && rec->identity.epoch > 0 &&
	    rec->identity.read_ms > 0;
}

/* A desk that shows one name and seals the bytes of another is none of ours. */
bool
rule_names_as_read(const struct record *rec, const struct rules_case *at)
{
	const bool altered = rec->identity.altered;

	(void)at;
	return rawname_agrees(rec->identity.family, rec->identity.family_raw,
	    altered) && rawname_agrees(rec->identity.given,
	    rec->identity.given_raw, altered);
}

/* When it was done. A clock that runs ahead makes nobody older. */
static uint64_t
done_ms(const struct record *rec, const struct rules_case *at)
{
	return rec->made_ms < at->received_ms ? rec->made_ms
	    : at->received_ms;
}

/* On the day that it was anywhere on earth: the terminal's own calendar has
 * said it, and nobody is refused for a time zone. */
bool
rule_adult_of_age(const struct record *rec, const struct rules_case *at)
{
	return rec->subject.status == SUBJECT_MINOR ||
	    age_at(rec->identity.birth, done_ms(rec, at) + DAY_MS) >=
	    at->adult_age;
}

/* Of unknown age: a minor, who has somebody to speak. */
bool
rule_minor_under_age(const struct record *rec, const struct rules_case *at)
{
	uint64_t done = done_ms(rec, at);

	return rec->subject.status != SUBJECT_MINOR ||
	    age_at(rec->identity.birth, done - (done < DAY_MS ? done
	    : DAY_MS)) < at->adult_age;
}

bool
rule_measure_fits(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return (rec->subject.status == SUBJECT_PROTECTED) ==
	    (rec->subject.measure != MEASURE_NONE);
}

/* One who decides is no assistant. */
bool
rule_assistant_fits(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->subject.assistant[0] == '\0' ||
	    (rec->subject.status == SUBJECT_PROTECTED &&
	    !record_is_represented(rec));
}

/* The adult's own will is always sought (facts/domain.md 1.7), a child's as
 * its age allows; who decides alone gives consent, not assent. */
bool
rule_assent_sought(const struct record *rec, const struct rules_case *at)
{
	bool asked = rec->subject.assent != ASSENT_NOT_ASKED;

	(void)at;
	if (!record_is_represented(rec))
		return !asked;
	return asked || rec->subject.status == SUBJECT_MINOR;
}

bool
rule_representative_there(const struct record *rec,
    const struct rules_case *at)
{
	(void)at;
	return rec->representative.there == record_is_represented(rec);
}

/* Named, present, and to be reached (facts/domain.md 8.4). */
bool
rule_representative_whole(const struct record *rec,
    const struct rules_case *at)
{
	const char *phone = rec->representative.phone;
	const char *email = rec->representative.email;

	(void)at;
	if (!rec->representative.there)
		return true;
	return rec->representative.family[0] != '\0' &&
	    rec->representative.given[0] != '\0' &&
	    rec->representative.present &&
	    (phone[0] != '\0' || email[0] != '\0') &&
	    (phone[0] == '\0' || form_phone(phone)) &&
	    (email[0] == '\0' || form_email(email));
}

bool
rule_grantor_fits(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return (rec->grantor == GRANTOR_REPRESENTATIVE) ==
	    record_is_represented(rec);
}

bool
rule_operator_named(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->operator.id[0] != '\0' && rec->operator.name[0] != '\0';
}

/* At a borne nobody is there who could. */
static bool
nobody_certifies(const struct record *rec)
{
	return !rec->certified.given &&
	    permit_profile(rec->place.profile) == PROFILE_BORNE;
}

bool
rule_certified_by_operator(const struct record *rec,
    const struct rules_case *at)
{
	(void)at;
	if (nobody_certifies(rec))
		return rec->certified.operator_id[0] == '\0';
	return rec->certified.given &&
	    strcmp(rec->certified.operator_id, rec->operator.id) == 0;
}

bool
rule_certified_after(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	if (nobody_certifies(rec))
		return rec->certified.at_ms == 0;
	return rec->certified.at_ms >= rec->consent.at_ms &&
	    rec->certified.at_ms <= rec->made_ms;
}
