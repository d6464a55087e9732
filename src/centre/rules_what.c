/* rules_what: what was said, agreed to, chosen and given. */
#include <string.h>

#include "centre/rules_own.h"
#include "envelope/identifier.h"
#include "envelope/mobile.h"
#include "envelope/permit.h"

#define SLACK_MS 5000 /* wall time may be set right while a page is shown */

bool
rule_notice_whole(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->notice.whole && rec->notice.id[0] != '\0' &&
	    rec->notice.version[0] != '\0' && rec->notice.lang[0] != '\0' &&
	    rec->notice.sha[0] != '\0';
}

/* The consent precedes the opening, by law and by EX_1.1-1010. */
bool
rule_consent_given(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->consent.given && rec->consent.wording[0] != '\0';
}

bool
rule_consent_method_known(const struct record *rec, const struct rules_case *at)
{
#define METHOD_IS(name, word) || rec->consent.method == CONSENT_##name
	(void)at;
	return false CONSENT_METHODS(METHOD_IS);
}

/* In that place, and by the centre's settings. What was said aloud or signed
 * is allowed where somebody certifies, and rule_certified_by_operator sees
 * that they did. */
bool
rule_consent_method_allowed(const struct record *rec,
    const struct rules_case *at)
{
	return permit_method(rec->consent.method,
	    (enum profile)permit_profile(rec->place.profile),
	    at->consent_methods);
}

/* A signed sheet has its number, and nothing else has one. */
bool
rule_form_signed(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->form.there == (rec->consent.method == CONSENT_PAPER);
}

bool
rule_consent_in_order(const struct record *rec, const struct rules_case *at)
{
	uint64_t shown = (uint64_t)rec->notice.shown_s * 1000;

	(void)at;
	return rec->consent.at_ms >= rec->identity.read_ms &&
	    rec->consent.at_ms - rec->identity.read_ms + SLACK_MS >= shown &&
	    rec->consent.at_ms <= rec->made_ms;
}

bool
rule_warned(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->close.warned && rec->close.motive[0] != '\0';
}

/* How often a number stands in a list. */
static int
times(const char list[RPPS_LIST][RPPS_TEXT], const char *number)
{
	int n = 0;

	for (int i = 0; i < RPPS_LIST && list[i][0] != '\0'; i++)
		n += strcmp(list[i], number) == 0;
	return n;
}

/* Each a professional's number, once, and not in the other list too. */
static bool
list_right(const char list[RPPS_LIST][RPPS_TEXT],
    const char other[RPPS_LIST][RPPS_TEXT])
{
	for (int i = 0; i < RPPS_LIST && list[i][0] != '\0'; i++)
		if (!rpps_check(list[i]) || times(list, list[i]) != 1 ||
		    times(other, list[i]) != 0)
			return false;
	return true;
}

bool
rule_lists_right(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return list_right(rec->access.allowed, rec->access.blocked) &&
	    list_right(rec->access.blocked, rec->access.allowed);
}

/* Declared by number and name, or not at all. */
bool
rule_doctor_whole(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	if (rec->doctor.rpps[0] == '\0')
		return rec->doctor.name[0] == '\0';
	return rpps_check(rec->doctor.rpps) && rec->doctor.name[0] != '\0';
}

/* Somebody who can be called, or nobody. */
bool
rule_emergency_whole(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	if (rec->emergency.name[0] == '\0')
		return rec->emergency.phone[0] == '\0' &&
		    rec->emergency.relation[0] == '\0';
	return form_phone(rec->emergency.phone);
}

bool
rule_mobile_formed(const struct record *rec, const struct rules_case *at)
{
	return rec->contact.mobile[0] == '\0' ||
	    mobile_check(rec->contact.mobile, at->mobiles_abroad);
}

bool
rule_email_formed(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return rec->contact.email[0] == '\0' || form_email(rec->contact.email);
}

/* Nothing is said of it, or we said it of this record. */
static bool
is_vouched(const struct record *rec, const struct rules_case *at,
    enum reach reach, const char *to, const char *hex)
{
	struct vouch v = { .terminal = rec->terminal, .about = rec->rid,
		.reach = reach, .to = to };
	uint8_t bytes[VOUCH_LEN];

	return hex[0] == '\0' ||
	    (hex_read(hex, bytes, sizeof(bytes)) == ERR_OK &&
	    vouch_check(bytes, sizeof(bytes), at->outcome_public, &v) ==
	    ERR_OK);
}

bool
rule_contact_vouched(const struct record *rec, const struct rules_case *at)
{
	if (!rec->verified.there)
		return true;
	return (rec->verified.mobile[0] != '\0' ||
	    rec->verified.email[0] != '\0') &&
	    is_vouched(rec, at, REACH_MOBILE, rec->contact.mobile,
	    rec->verified.mobile) &&
	    is_vouched(rec, at, REACH_EMAIL, rec->contact.email,
	    rec->verified.email);
}

/* By a way that is known; a change of preferences names none. */
bool
rule_confirmation_reaches(const struct record *rec,
    const struct rules_case *at)
{
	(void)at;
	if (!record_has(rec->kind, "contact"))
		return true;
	return (rec->news.confirmation != CONFIRM_SMS ||
	    rec->contact.mobile[0] != '\0') &&
	    (rec->news.confirmation != CONFIRM_EMAIL ||
	    rec->contact.email[0] != '\0');
}

/* No channel, no account (EX_1.X-1300). A channel without one is a terminal
 * that had no identifier left: the secrets come later. */
bool
rule_account_has_channel(const struct record *rec, const struct rules_case *at)
{
	(void)at;
	return !rec->account.wanted || rec->contact.mobile[0] != '\0' ||
	    rec->contact.email[0] != '\0';
}

/* New secrets are all that it is for. */
bool
rule_reissue_has_account(const struct record *rec,
    const struct rules_case *at)
{
	(void)at;
	return rec->kind != RECORD_REISSUE || rec->account.wanted;
}

bool
rule_account_whole(const struct record *rec, const struct rules_case *at)
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

bool
rule_identifier_lent(const struct record *rec, const struct rules_case *at)
{
	return !rec->account.wanted || (at->loan == LOAN_OUT && !at->used);
}
