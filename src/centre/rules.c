/* rules: the table, one question a line. */
#include <string.h>

#include "base/text.h"
#include "centre/rules.h"
#include "envelope/age.h"
#include "envelope/identifier.h"

#define HOUR_MS	 ((uint64_t)3600 * 1000)
#define SLACK_MS 5000 /* wall time may be set right while a page is shown */

typedef bool rule_holds(const struct record *rec,
    const struct rules_case *at);

static bool
same_envelope(const struct record *rec, const struct rules_case *at)
{
	return rec->terminal == at->terminal &&
	    memcmp(rec->rid.b, at->rid.b, sizeof(at->rid.b)) == 0;
}

static bool
kind_known(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->kind == RECORD_OPEN;
}

static bool
mode_same(const struct record *rec, const struct rules_case *at)
{
	return rec->training == at->training;
}

static bool
all_digits(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789") == n;
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

static bool
identity_whole(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->identity.family[0] != '\0' &&
	    rec->identity.given[0] != '\0' &&
	    all_digits(rec->identity.birth, 8) &&
	    nir_formed(rec->identity.nir) && rec->identity.epoch > 0 &&
	    rec->identity.read_ms > 0;
}

static bool
notice_whole(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->notice.whole && rec->notice.id[0] != '\0' &&
	    rec->notice.version[0] != '\0' && rec->notice.lang[0] != '\0' &&
	    rec->notice.sha[0] != '\0';
}

/* The consent precedes the opening, by law and by EX_1.1-1010. */
static bool
consent_given(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->consent.given && rec->consent.wording[0] != '\0';
}

static bool
consent_method_known(const struct record *rec, const struct rules_case *at)
{
#define METHOD_IS(name, word) || rec->consent.method == CONSENT_##name
	(void)at;
	return false CONSENT_METHODS(METHOD_IS);
}

static bool
consent_in_order(const struct record *rec, const struct rules_case *at)
{
	uint64_t shown = (uint64_t)rec->notice.shown_s * 1000;

	(void)at;
	return rec->consent.at_ms >= rec->identity.read_ms &&
	    rec->consent.at_ms - rec->identity.read_ms + SLACK_MS >= shown &&
	    rec->consent.at_ms <= rec->made_ms;
}

static bool
certified_by_operator(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->certified.given && rec->operator.id[0] != '\0' &&
	    strcmp(rec->certified.operator_id, rec->operator.id) == 0;
}

static bool
certified_after(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->certified.at_ms >= rec->consent.at_ms &&
	    rec->certified.at_ms <= rec->made_ms;
}

/* On the day that it was anywhere on earth: the terminal's own calendar has
 * said it, and no adult is refused for a time zone. */
static bool
adult(const struct record *rec, const struct rules_case *at)
{
	return age_at(rec->identity.birth, rec->made_ms + 26 * HOUR_MS) >=
	    at->adult_age;
}

/* Ten digits, first 06 or 07 (REC_1.5-1100). */
static bool
mobile_formed(const struct record *rec, const struct rules_case *at)
{
	const char *m = rec->contact.mobile;

	(void)at;
	return m[0] == '\0' || (all_digits(m, 10) && m[0] == '0' &&
	    (m[1] == '6' || m[1] == '7'));
}

static bool
email_formed(const struct record *rec, const struct rules_case *at)
{
	const char *m = rec->contact.email, *sign = strchr(m, '@');

	(void)at;
	return m[0] == '\0' || (sign != NULL && sign != m &&
	    sign[1] != '\0' && strchr(sign + 1, '@') == NULL &&
	    strpbrk(m, " ,;<>\"") == NULL && text_is_clean(m));
}

/* No channel, no account (EX_1.X-1300). A channel without one is a terminal
 * that had no identifier left: the secrets come later. */
static bool
account_has_channel(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return !rec->account.wanted || rec->contact.mobile[0] != '\0' ||
	    rec->contact.email[0] != '\0';
}

static bool
account_whole(const struct record *rec, const struct rules_case *at)
{
	const char *v = rec->account.verifier;
	uint32_t number;

	(void)at;
	if (!rec->account.wanted)
		return rec->account.identifier[0] == '\0' && v[0] == '\0';
	return identifier_read(rec->account.identifier, &number) == ERR_OK &&
	    strncmp(v, "$argon2id$v=19$", 15) == 0 &&
	    strspn(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789+/$=,") == strlen(v);
}

static bool
identifier_lent(const struct record *rec, const struct rules_case *at)
{
	return !rec->account.wanted || (at->loan == LOAN_OUT && !at->used);
}

static const struct rule {
	const char *name;
	enum err why;
	rule_holds *holds;
} rules[] = {
	{ "same-envelope", ERR_RULE_SAME, same_envelope },
	{ "kind-known", ERR_RULE, kind_known },
	{ "mode-same", ERR_RULE_MODE, mode_same },
	{ "identity-whole", ERR_RULE_IDENTITY, identity_whole },
	{ "notice-whole", ERR_RULE_NOTICE, notice_whole },
	{ "consent-given", ERR_RULE_CONSENT, consent_given },
	{ "consent-method-known", ERR_RULE_CONSENT, consent_method_known },
	{ "consent-in-order", ERR_RULE_CONSENT, consent_in_order },
	{ "certified-by-operator", ERR_RULE_CERTIFIED,
	    certified_by_operator },
	{ "certified-after", ERR_RULE_CERTIFIED, certified_after },
	{ "adult", ERR_RULE_ADULT, adult },
	{ "mobile-formed", ERR_RULE_CONTACT, mobile_formed },
	{ "email-formed", ERR_RULE_CONTACT, email_formed },
	{ "account-has-channel", ERR_RULE_ACCOUNT, account_has_channel },
	{ "account-whole", ERR_RULE_ACCOUNT, account_whole },
	{ "identifier-lent", ERR_RULE_IDENTIFIER, identifier_lent },
};

enum err
rules_check(const struct record *rec, const struct rules_case *at)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (!rules[i].holds(rec, at))
			return err_about(rules[i].why, "%s", rules[i].name);
	return ERR_OK;
}
