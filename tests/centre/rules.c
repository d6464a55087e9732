/* rules: a whole record passes, and each rule broken alone is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/secret.h"
#include "centre/rules_own.h"
#include "tests/envelope/made.h"

#define COPY MADE_COPY

typedef void breaking(struct record *r, struct rules_case *at);

static uint8_t outcome[SIGN_SECRET_LEN], outcome_public[SIGN_PUBLIC_LEN];

/* The centre's word on the mobile of that record. */
static void
vouch_mobile(struct record *r)
{
	const struct vouch v = { .terminal = r->terminal, .about = r->rid,
		.reach = REACH_MOBILE, .to = r->contact.mobile,
		.opener_key = 1, .at_ms = r->made_ms };
	uint8_t bytes[VOUCH_LEN];

	r->verified.there = true;
	if (vouch_write(&v, outcome, bytes) != ERR_OK)
		abort();
	hex_of(bytes, sizeof(bytes), r->verified.mobile);
}

static void
whole(struct record *r, struct rules_case *at)
{
	memset(at, 0, sizeof(*at));
	make_record(r);
	at->terminal = r->terminal;
	at->rid = r->rid;
	at->received_ms = r->made_ms + 1000;
	at->training = true;
	at->regime = REGIME_DMP;
	at->adult_age = 18;
	at->consent_methods = 7;
	at->loan = LOAN_OUT;
	at->outcome_public = outcome_public;
}

#define BREAK(name, statement)						\
	static void name(struct record *r, struct rules_case *at)	\
	{								\
		(void)r;						\
		(void)at;						\
		statement;						\
	}

BREAK(other_terminal, at->terminal++)
BREAK(other_rid, at->rid.b[3] ^= 1)
BREAK(other_mode, at->training = false)
BREAK(real_record_in_training, r->training = false)
BREAK(no_family, r->identity.family[0] = '\0')
BREAK(no_given, r->identity.given[0] = '\0')
BREAK(short_birth, r->identity.birth[7] = '\0')
BREAK(odd_birth, r->identity.birth[4] = 'x')
BREAK(no_nir, r->identity.nir[0] = '\0')
BREAK(short_nir, r->identity.nir[12] = '\0')
BREAK(odd_nir, r->identity.nir[6] = 'C')
BREAK(no_epoch, r->identity.epoch = 0)
BREAK(replaced_without_bytes, COPY(r->identity.family, "ESSAI\xef\xbf\xbd");
    r->identity.altered = true)
BREAK(bytes_of_another, COPY(r->identity.given_raw, "455353414907");
    r->identity.altered = true)
BREAK(bytes_without_a_word, COPY(r->identity.family, "ESSAI\xef\xbf\xbd");
    COPY(r->identity.family_raw, "455353414907"))
BREAK(bytes_for_nothing, COPY(r->identity.family_raw, "4553534149");
    r->identity.altered = true)
BREAK(never_read, r->identity.read_ms = 0)
BREAK(notice_in_part, r->notice.whole = false)
BREAK(no_notice, r->notice.id[0] = '\0')
BREAK(no_version, r->notice.version[0] = '\0')
BREAK(no_lang, r->notice.lang[0] = '\0')
BREAK(no_sum, r->notice.sha[0] = '\0')
BREAK(no_consent, r->consent.given = false)
BREAK(no_wording, r->consent.wording[0] = '\0')
BREAK(odd_method, r->consent.method = (enum consent_method)9)
BREAK(consent_before_card, r->consent.at_ms = r->identity.read_ms - 1)
BREAK(consent_before_notice,
    r->consent.at_ms = r->identity.read_ms + r->notice.shown_s * 1000 - 5001)
BREAK(consent_after_save, r->consent.at_ms = r->made_ms + 1)
BREAK(not_certified, r->certified.given = false)
BREAK(certified_by_other, COPY(r->certified.operator_id, "899000000013"))
BREAK(no_operator, r->operator.id[0] = '\0';
    r->certified.operator_id[0] = '\0')
BREAK(certified_before, r->certified.at_ms = r->consent.at_ms - 1)
BREAK(certified_after_save, r->certified.at_ms = r->made_ms + 1)
BREAK(clock_ahead, COPY(r->identity.birth, "20160229");
    r->made_ms += (uint64_t)10 * 366 * 24 * 3600 * 1000)
BREAK(clock_beyond, COPY(r->identity.birth, "20160229");
    r->made_ms = (1ull << 53) - 1)
BREAK(child_as_adult, COPY(r->identity.birth, "20200101"))
BREAK(no_year, COPY(r->identity.birth, "00000101"))
BREAK(landline, COPY(r->contact.mobile, "0100000000"))
BREAK(long_mobile, COPY(r->contact.mobile, "06000000001"))
BREAK(mobile_abroad, COPY(r->contact.mobile, "+4915112345678"))
BREAK(french_as_abroad, COPY(r->contact.mobile, "+33600000001");
    at->mobiles_abroad = true)
BREAK(spaced_mobile, COPY(r->contact.mobile, "06 0000000"))
BREAK(no_at, COPY(r->contact.email, "essai.exemple"))
BREAK(nobody_at, COPY(r->contact.email, "@exemple.fr"))
BREAK(at_nowhere, COPY(r->contact.email, "essai@"))
BREAK(two_at, COPY(r->contact.email, "a@b@c.fr"))
BREAK(two_addresses, COPY(r->contact.email, "a@b.fr,c@d.fr"))
BREAK(no_channel, r->contact.mobile[0] = r->contact.email[0] = '\0';
    r->news.confirmation = CONFIRM_NONE)
BREAK(no_mobile_to_confirm, r->contact.mobile[0] = '\0';
    r->news.confirmation = CONFIRM_SMS)
BREAK(no_email_to_confirm, r->contact.email[0] = '\0')
BREAK(no_identifier, r->account.identifier[0] = '\0')
BREAK(odd_identifier, COPY(r->account.identifier, "48E1KFTP"))
BREAK(no_verifier, r->account.verifier[0] = '\0')
BREAK(plain_verifier, COPY(r->account.verifier, "Mot2Passe"))
BREAK(odd_verifier, COPY(r->account.verifier, "$argon2id$v=19$a b"))
BREAK(secrets_unwanted, r->account.wanted = false)
BREAK(never_lent, at->loan = LOAN_NONE)
BREAK(used_before, at->loan = LOAN_USED)
BREAK(made_void, at->loan = LOAN_VOID)
BREAK(used_in_vault, at->used = true)

/* The law, the place, the person in law. */
BREAK(law_of_tomorrow, r->regime = REGIME_MES)
BREAK(centre_of_tomorrow, at->regime = REGIME_MES)
BREAK(opened_after_2021, at->regime = r->regime = REGIME_MES)
BREAK(law_changed_before, at->regime = REGIME_MES;
    at->regime_from = 20261001)
BREAK(unknown_place, COPY(r->place.profile, "trottoir"))
BREAK(minor_at_borne, make_minor(r); COPY(r->place.profile, "borne"))
BREAK(protected_at_borne, COPY(r->place.profile, "borne");
    r->subject.status = SUBJECT_PROTECTED;
    r->subject.measure = MEASURE_CURATELLE)
BREAK(adult_as_child, make_minor(r); COPY(r->identity.birth, "19420101"))
BREAK(adult_under_measure, r->subject.measure = MEASURE_CURATELLE)
BREAK(child_under_measure, make_minor(r);
    r->subject.measure = MEASURE_TUTELLE)
BREAK(protected_by_nothing, r->subject.status = SUBJECT_PROTECTED)
BREAK(protected_child, r->subject.status = SUBJECT_PROTECTED;
    r->subject.measure = MEASURE_CURATELLE;
    COPY(r->identity.birth, "20200101"))
BREAK(adult_assisted, COPY(r->subject.assistant, "ESSAI DOMINIQUE"))
BREAK(child_assisted, make_minor(r);
    COPY(r->subject.assistant, "ESSAI DOMINIQUE"))
BREAK(adult_assents, r->subject.assent = ASSENT_YES)

static void
make_tutelle(struct record *r)
{
	make_minor(r);
	COPY(r->identity.birth, "19421901");
	r->subject.status = SUBJECT_PROTECTED;
	r->subject.measure = MEASURE_TUTELLE;
	r->representative.role = ROLE_GUARD;
}

BREAK(will_not_sought, make_tutelle(r);
    r->subject.assent = ASSENT_NOT_ASKED)
BREAK(nobody_for_child, make_minor(r); r->representative.there = false)
BREAK(nobody_for_protected, make_tutelle(r);
    r->representative.there = false)
BREAK(somebody_for_adult, make_minor(r);
    COPY(r->identity.birth, "19421901"); r->subject.assent = ASSENT_NOT_ASKED;
    r->subject.status = SUBJECT_ADULT)
BREAK(absent_mother, make_minor(r); r->representative.present = false)
BREAK(nameless_mother, make_minor(r); r->representative.family[0] = '\0')
BREAK(half_a_name, make_minor(r); r->representative.given[0] = '\0')
BREAK(unreachable_mother, make_minor(r);
    r->representative.phone[0] = r->representative.email[0] = '\0')
BREAK(odd_phone, make_minor(r); COPY(r->representative.phone, "12"))
BREAK(odd_foreign_phone, make_minor(r);
    COPY(r->representative.phone, "+33 612345678"))
BREAK(odd_email, make_minor(r); COPY(r->representative.email, "mere"))
BREAK(child_consents, make_minor(r); r->grantor = GRANTOR_PATIENT)
BREAK(another_consents, r->grantor = GRANTOR_REPRESENTATIVE)

/* The choices. */
BREAK(odd_number, COPY(r->access.allowed[1], "99900063481"))
BREAK(short_number, COPY(r->access.blocked[0], "123"))
BREAK(twice_allowed, COPY(r->access.allowed[1], r->access.allowed[0]))
BREAK(twice_blocked, COPY(r->access.blocked[1], r->access.blocked[0]))
BREAK(allowed_and_blocked,
    COPY(r->access.blocked[1], r->access.allowed[1]))
BREAK(doctor_without_name, r->doctor.name[0] = '\0')
BREAK(doctor_without_number, r->doctor.rpps[0] = '\0')
BREAK(doctor_odd_number, COPY(r->doctor.rpps, "99700024451"))
BREAK(call_without_phone, r->emergency.phone[0] = '\0')
BREAK(call_nobody, r->emergency.name[0] = '\0')
BREAK(relation_of_nobody, r->emergency.name[0] = '\0';
    r->emergency.phone[0] = '\0')
BREAK(nameless_operator, r->operator.name[0] = '\0')

static void
sign_sheet(struct record *r)
{
	r->consent.method = CONSENT_PAPER;
	r->form.there = true;
	memset(r->form.number.b, 7, RID_LEN);
}

BREAK(signed_at_borne, sign_sheet(r); COPY(r->place.profile, "borne"))
BREAK(spoken_to_no_avail, at->consent_methods = 1 << CONSENT_SCREEN)
BREAK(signed_to_no_avail, sign_sheet(r);
    at->consent_methods = 1 << CONSENT_SCREEN | 1 << CONSENT_ORAL)
BREAK(signed_nowhere, r->consent.method = CONSENT_PAPER)
BREAK(sheet_unsigned, sign_sheet(r); r->consent.method = CONSENT_SCREEN)
BREAK(signed_uncertified, sign_sheet(r); r->certified.given = false)
BREAK(spoken_at_borne, COPY(r->place.profile, "borne"))
BREAK(spoken_to_nobody, COPY(r->place.profile, "borne");
    memset(&r->certified, 0, sizeof(r->certified)))
BREAK(nobody_yet_certified, COPY(r->place.profile, "borne");
    r->consent.method = CONSENT_SCREEN; r->certified.given = false)
BREAK(nobody_at_an_hour, COPY(r->place.profile, "borne");
    r->consent.method = CONSENT_SCREEN; r->certified.given = false;
    r->certified.operator_id[0] = '\0')

/* The other kinds. */
BREAK(oppose_before_2022, make_kind(r, RECORD_OPPOSE);
    r->regime = REGIME_DMP)
BREAK(oppose_uninformed, make_kind(r, RECORD_OPPOSE);
    at->regime = REGIME_MES; r->notice.whole = false)
BREAK(reopen_after_2021, make_kind(r, RECORD_REOPEN);
    at->regime = r->regime = REGIME_MES)
BREAK(reopen_unasked, make_kind(r, RECORD_REOPEN); r->consent.given = false)
BREAK(reopen_uninformed, make_kind(r, RECORD_REOPEN);
    r->notice.whole = false)
BREAK(reissue_of_nothing, make_kind(r, RECORD_REISSUE);
    memset(&r->account, 0, sizeof(r->account)))
BREAK(reissue_unreachable, make_kind(r, RECORD_REISSUE);
    memset(&r->contact, 0, sizeof(r->contact)))
BREAK(reissue_never_lent, make_kind(r, RECORD_REISSUE);
    at->loan = LOAN_NONE)
BREAK(close_unwarned, make_kind(r, RECORD_CLOSE); r->close.warned = false)
BREAK(close_without_motive, make_kind(r, RECORD_CLOSE);
    r->close.motive[0] = '\0')
BREAK(close_at_borne, make_kind(r, RECORD_CLOSE);
    COPY(r->place.profile, "borne"))
BREAK(close_unasked, make_kind(r, RECORD_CLOSE); r->consent.given = false)
BREAK(close_for_child_alone, make_kind(r, RECORD_CLOSE); make_minor(r);
    r->grantor = GRANTOR_PATIENT)
BREAK(preferences_odd, make_kind(r, RECORD_PREFERENCES);
    COPY(r->doctor.rpps, "1"))
BREAK(preferences_uncertified, make_kind(r, RECORD_PREFERENCES);
    r->certified.given = false)

/* Whose word it is that a contact is theirs. */
BREAK(vouched_by_nobody, r->verified.there = true)
BREAK(vouched_in_short, r->verified.there = true;
    COPY(r->verified.mobile, "00"))
BREAK(vouched_for_another, vouch_mobile(r);
    COPY(r->contact.mobile, "0700000000"))
BREAK(vouched_for_the_other, vouch_mobile(r);
    COPY(r->verified.email, r->verified.mobile))
BREAK(vouched_before, vouch_mobile(r); r->rid.b[15]++; at->rid = r->rid)
BREAK(vouched_elsewhere, vouch_mobile(r); r->terminal++; at->terminal++)

static const struct {
	breaking *break_it;
	enum err why;
} broken[] = {
	{ vouched_by_nobody, ERR_RULE_VOUCH },
	{ vouched_in_short, ERR_RULE_VOUCH },
	{ vouched_for_another, ERR_RULE_VOUCH },
	{ vouched_for_the_other, ERR_RULE_VOUCH },
	{ vouched_before, ERR_RULE_VOUCH },
	{ vouched_elsewhere, ERR_RULE_VOUCH },
	{ law_of_tomorrow, ERR_RULE_REGIME },
	{ centre_of_tomorrow, ERR_RULE_REGIME },
	{ opened_after_2021, ERR_RULE_REGIME },
	{ law_changed_before, ERR_RULE_REGIME },
	{ unknown_place, ERR_RULE_PLACE },
	{ minor_at_borne, ERR_RULE_PLACE },
	{ protected_at_borne, ERR_RULE_PLACE },
	{ adult_as_child, ERR_RULE_SUBJECT },
	{ adult_under_measure, ERR_RULE_SUBJECT },
	{ child_under_measure, ERR_RULE_SUBJECT },
	{ protected_by_nothing, ERR_RULE_SUBJECT },
	{ protected_child, ERR_RULE_ADULT },
	{ adult_assisted, ERR_RULE_SUBJECT },
	{ child_assisted, ERR_RULE_SUBJECT },
	{ adult_assents, ERR_RULE_SUBJECT },
	{ will_not_sought, ERR_RULE_SUBJECT },
	{ nobody_for_child, ERR_RULE_REPRESENTATIVE },
	{ nobody_for_protected, ERR_RULE_REPRESENTATIVE },
	{ somebody_for_adult, ERR_RULE_REPRESENTATIVE },
	{ absent_mother, ERR_RULE_REPRESENTATIVE },
	{ nameless_mother, ERR_RULE_REPRESENTATIVE },
	{ half_a_name, ERR_RULE_REPRESENTATIVE },
	{ unreachable_mother, ERR_RULE_REPRESENTATIVE },
	{ odd_phone, ERR_RULE_REPRESENTATIVE },
	{ odd_foreign_phone, ERR_RULE_REPRESENTATIVE },
	{ odd_email, ERR_RULE_REPRESENTATIVE },
	{ child_consents, ERR_RULE_REPRESENTATIVE },
	{ another_consents, ERR_RULE_REPRESENTATIVE },
	{ odd_number, ERR_RULE_CHOICE },
	{ short_number, ERR_RULE_CHOICE },
	{ twice_allowed, ERR_RULE_CHOICE },
	{ twice_blocked, ERR_RULE_CHOICE },
	{ allowed_and_blocked, ERR_RULE_CHOICE },
	{ doctor_without_name, ERR_RULE_CHOICE },
	{ doctor_without_number, ERR_RULE_CHOICE },
	{ doctor_odd_number, ERR_RULE_CHOICE },
	{ call_without_phone, ERR_RULE_CHOICE },
	{ call_nobody, ERR_RULE_CHOICE },
	{ relation_of_nobody, ERR_RULE_CHOICE },
	{ nameless_operator, ERR_RULE_CERTIFIED },
	{ spoken_at_borne, ERR_RULE_CONSENT },
	{ spoken_to_nobody, ERR_RULE_CONSENT },
	{ signed_at_borne, ERR_RULE_CONSENT },
	{ spoken_to_no_avail, ERR_RULE_CONSENT },
	{ signed_to_no_avail, ERR_RULE_CONSENT },
	{ signed_nowhere, ERR_RULE_CONSENT },
	{ sheet_unsigned, ERR_RULE_CONSENT },
	{ signed_uncertified, ERR_RULE_CERTIFIED },
	{ nobody_yet_certified, ERR_RULE_CERTIFIED },
	{ nobody_at_an_hour, ERR_RULE_CERTIFIED },
	{ oppose_before_2022, ERR_RULE_REGIME },
	{ oppose_uninformed, ERR_RULE_NOTICE },
	{ reopen_after_2021, ERR_RULE_REGIME },
	{ reopen_unasked, ERR_RULE_CONSENT },
	{ reopen_uninformed, ERR_RULE_NOTICE },
	{ reissue_of_nothing, ERR_RULE_ACCOUNT },
	{ reissue_unreachable, ERR_RULE_ACCOUNT },
	{ reissue_never_lent, ERR_RULE_IDENTIFIER },
	{ close_unwarned, ERR_RULE_WARNED },
	{ close_without_motive, ERR_RULE_WARNED },
	{ close_at_borne, ERR_RULE_PLACE },
	{ close_unasked, ERR_RULE_CONSENT },
	{ close_for_child_alone, ERR_RULE_REPRESENTATIVE },
	{ preferences_odd, ERR_RULE_CHOICE },
	{ preferences_uncertified, ERR_RULE_CERTIFIED },
	{ other_terminal, ERR_RULE_SAME },
	{ other_rid, ERR_RULE_SAME },
	{ other_mode, ERR_RULE_MODE },
	{ real_record_in_training, ERR_RULE_MODE },
	{ no_family, ERR_RULE_IDENTITY },
	{ no_given, ERR_RULE_IDENTITY },
	{ short_birth, ERR_RULE_IDENTITY },
	{ odd_birth, ERR_RULE_IDENTITY },
	{ no_nir, ERR_RULE_IDENTITY },
	{ short_nir, ERR_RULE_IDENTITY },
	{ odd_nir, ERR_RULE_IDENTITY },
	{ no_epoch, ERR_RULE_IDENTITY },
	{ replaced_without_bytes, ERR_RULE_IDENTITY },
	{ bytes_of_another, ERR_RULE_IDENTITY },
	{ bytes_without_a_word, ERR_RULE_IDENTITY },
	{ bytes_for_nothing, ERR_RULE_IDENTITY },
	{ never_read, ERR_RULE_IDENTITY },
	{ notice_in_part, ERR_RULE_NOTICE },
	{ no_notice, ERR_RULE_NOTICE },
	{ no_version, ERR_RULE_NOTICE },
	{ no_lang, ERR_RULE_NOTICE },
	{ no_sum, ERR_RULE_NOTICE },
	{ no_consent, ERR_RULE_CONSENT },
	{ no_wording, ERR_RULE_CONSENT },
	{ odd_method, ERR_RULE_CONSENT },
	{ consent_before_card, ERR_RULE_CONSENT },
	{ consent_before_notice, ERR_RULE_CONSENT },
	{ consent_after_save, ERR_RULE_CONSENT },
	{ not_certified, ERR_RULE_CERTIFIED },
	{ certified_by_other, ERR_RULE_CERTIFIED },
	{ no_operator, ERR_RULE_CERTIFIED },
	{ certified_before, ERR_RULE_CERTIFIED },
	{ certified_after_save, ERR_RULE_CERTIFIED },
	{ child_as_adult, ERR_RULE_ADULT },
	{ clock_ahead, ERR_RULE_ADULT },
	{ clock_beyond, ERR_RULE_ADULT },
	{ no_year, ERR_RULE_ADULT },
	{ landline, ERR_RULE_CONTACT },
	{ long_mobile, ERR_RULE_CONTACT },
	{ spaced_mobile, ERR_RULE_CONTACT },
	{ mobile_abroad, ERR_RULE_CONTACT },
	{ french_as_abroad, ERR_RULE_CONTACT },
	{ no_at, ERR_RULE_CONTACT },
	{ nobody_at, ERR_RULE_CONTACT },
	{ at_nowhere, ERR_RULE_CONTACT },
	{ two_at, ERR_RULE_CONTACT },
	{ two_addresses, ERR_RULE_CONTACT },
	{ no_channel, ERR_RULE_ACCOUNT },
	{ no_mobile_to_confirm, ERR_RULE_CHOICE },
	{ no_email_to_confirm, ERR_RULE_CHOICE },
	{ no_identifier, ERR_RULE_ACCOUNT },
	{ odd_identifier, ERR_RULE_ACCOUNT },
	{ no_verifier, ERR_RULE_ACCOUNT },
	{ plain_verifier, ERR_RULE_ACCOUNT },
	{ odd_verifier, ERR_RULE_ACCOUNT },
	{ secrets_unwanted, ERR_RULE_ACCOUNT },
	{ never_lent, ERR_RULE_IDENTIFIER },
	{ used_before, ERR_RULE_IDENTIFIER },
	{ made_void, ERR_RULE_IDENTIFIER },
	{ used_in_vault, ERR_RULE_IDENTIFIER },
};

#define RULE_NAME(function, name, why, part) name,

static void
each_rule_broken_alone_is_found(void **state)
{
	static const char *const names[] = { RULES(RULE_NAME) };
	bool seen[sizeof(names) / sizeof(names[0])] = { false };
	struct record *r = record_new();
	struct rules_case at;

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		whole(r, &at);
		broken[i].break_it(r, &at);
		if (rules_check(r, &at) != broken[i].why)
			fail_msg("row %zu: %d", i, rules_check(r, &at));
		for (size_t k = 0; k < sizeof(seen); k++)
			seen[k] |= strcmp(names[k], err_subject()) == 0;
	}
	for (size_t k = 0; k < sizeof(seen); k++)
		if (!seen[k])
			fail_msg("nothing breaks %s", names[k]);
	record_free(r);
}

BREAK(untouched, (void)0)
BREAK(vouched, vouch_mobile(r))
BREAK(corsica, COPY(r->identity.nir, "253072A073004"))
BREAK(lunar_date, COPY(r->identity.birth, "19420000"))
BREAK(only_mobile, r->contact.email[0] = '\0';
    r->news.confirmation = CONFIRM_SMS)
BREAK(only_email, r->contact.mobile[0] = '\0')
BREAK(letters_first, COPY(r->account.identifier, "KFTP4821"))
BREAK(clock_set_right,
    r->consent.at_ms = r->identity.read_ms + r->notice.shown_s * 1000 - 5000)
BREAK(shown_in_an_instant, r->notice.shown_s = 0)
BREAK(wrong_nir_key, r->identity.key_right = false)
BREAK(hostile_name, COPY(r->identity.family, "ESSAI\xef\xbf\xbd");
    COPY(r->identity.family_raw, "455353414907"); r->identity.altered = true)
/* A terminal with no identifier left: the secrets come later. */
BREAK(secrets_later, memset(&r->account, 0, sizeof(r->account));
    at->loan = LOAN_NONE)
BREAK(no_account, memset(&r->account, 0, sizeof(r->account));
    memset(&r->contact, 0, sizeof(r->contact)); at->loan = LOAN_NONE;
    r->news.confirmation = CONFIRM_POST)

BREAK(child, make_minor(r))
BREAK(infant, make_minor(r); r->subject.assent = ASSENT_NOT_ASKED)
BREAK(child_says_no, make_minor(r); r->subject.assent = ASSENT_NO)
BREAK(child_of_no_age, make_minor(r); COPY(r->identity.birth, "00000000"))
BREAK(clock_lost, r->identity.read_ms = 1; r->consent.at_ms = 60001;
    r->certified.at_ms = 60002; r->made_ms = 60003; make_minor(r))
BREAK(mother_by_email, make_minor(r); r->representative.phone[0] = '\0')
BREAK(mother_abroad, make_minor(r);
    COPY(r->representative.phone, "+4915112345678"))
BREAK(tutelle, make_tutelle(r))
BREAK(tutelle_not_able, make_tutelle(r);
    r->subject.assent = ASSENT_NOT_ABLE)
BREAK(habilitation, make_tutelle(r);
    r->subject.measure = MEASURE_REPRESENTATION)
BREAK(curatelle, r->subject.status = SUBJECT_PROTECTED;
    r->subject.measure = MEASURE_CURATELLE_PLUS;
    COPY(r->subject.assistant, "ESSAI DOMINIQUE"))
BREAK(sauvegarde, r->subject.status = SUBJECT_PROTECTED;
    r->subject.measure = MEASURE_SAUVEGARDE)
BREAK(alone_at_borne, COPY(r->place.profile, "borne");
    r->consent.method = CONSENT_SCREEN;
    memset(&r->certified, 0, sizeof(r->certified)))
BREAK(helped_at_borne, COPY(r->place.profile, "borne");
    r->consent.method = CONSENT_SCREEN)
BREAK(at_an_insurer, COPY(r->place.profile, "accueil"))
BREAK(no_choices, memset(&r->access, 0, sizeof(r->access));
    memset(&r->doctor, 0, sizeof(r->doctor));
    memset(&r->emergency, 0, sizeof(r->emergency));
    memset(&r->news, 0, sizeof(r->news)))
BREAK(lives_abroad, COPY(r->contact.mobile, "+4915112345678");
    at->mobiles_abroad = true)
BREAK(signed_sheet, sign_sheet(r))
BREAK(only_signed, sign_sheet(r);
    at->consent_methods = 1 << CONSENT_PAPER)
BREAK(measured, r->steps.there = true; r->steps.card_s = 12)
BREAK(reissue, make_kind(r, RECORD_REISSUE))
BREAK(preferences, make_kind(r, RECORD_PREFERENCES))
BREAK(closing, make_kind(r, RECORD_CLOSE))
BREAK(reopening, make_kind(r, RECORD_REOPEN))
BREAK(opposing, make_kind(r, RECORD_OPPOSE); at->regime = REGIME_MES)
BREAK(opposing_for_child, make_kind(r, RECORD_OPPOSE); make_minor(r);
    at->regime = REGIME_MES)
BREAK(closing_after_2021, make_kind(r, RECORD_CLOSE);
    at->regime = r->regime = REGIME_MES)
/* made_ms is on 21 November 2026: both laws hold around that day. */
BREAK(last_day, at->regime = REGIME_MES; at->regime_from = 20261121)
BREAK(first_day, make_kind(r, RECORD_OPPOSE); at->regime = REGIME_MES;
    at->regime_from = 20261121)
BREAK(queued_since, at->regime = REGIME_MES; at->regime_from = 20270101)

static void
what_is_unusual_but_right_passes(void **state)
{
	static breaking *const unusual[] = { untouched, vouched, corsica,
		lunar_date, only_mobile, only_email, letters_first,
		clock_set_right, shown_in_an_instant, wrong_nir_key,
		hostile_name, secrets_later, no_account,
		child, infant, child_says_no, child_of_no_age, clock_lost,
		mother_by_email, mother_abroad, tutelle, tutelle_not_able,
		habilitation, curatelle, sauvegarde, alone_at_borne,
		signed_sheet, only_signed, measured, lives_abroad,
		helped_at_borne, at_an_insurer, no_choices, reissue,
		preferences, closing, reopening, opposing,
		opposing_for_child, closing_after_2021, last_day, first_day,
		queued_since };
	struct record *r = record_new();
	struct rules_case at;

	(void)state;
	for (size_t i = 0; i < sizeof(unusual) / sizeof(unusual[0]); i++) {
		whole(r, &at);
		unusual[i](r, &at);
		if (rules_check(r, &at) != ERR_OK)
			fail_msg("row %zu: %s", i, err_subject());
	}
	record_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_broken_alone_is_found),
		cmocka_unit_test(what_is_unusual_but_right_passes),
	};

	if (secret_start() != ERR_OK)
		return 1;
	sign_keypair(outcome, outcome_public);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
