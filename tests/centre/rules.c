/* rules: a whole record passes, and each rule broken alone is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "centre/rules.h"
#include "tests/envelope/made.h"

#define COPY MADE_COPY

typedef void breaking(struct record *r, struct rules_case *at);

static void
whole(struct record *r, struct rules_case *at)
{
	memset(at, 0, sizeof(*at));
	make_record(r);
	at->terminal = r->terminal;
	at->rid = r->rid;
	at->training = true;
	at->adult_age = 18;
	at->loan = LOAN_OUT;
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
BREAK(unknown_kind, r->kind = (enum record_kind)7)
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
BREAK(minor, COPY(r->identity.birth, "20200101"))
BREAK(no_year, COPY(r->identity.birth, "00000101"))
BREAK(landline, COPY(r->contact.mobile, "0100000000"))
BREAK(long_mobile, COPY(r->contact.mobile, "06000000001"))
BREAK(spaced_mobile, COPY(r->contact.mobile, "06 0000000"))
BREAK(no_at, COPY(r->contact.email, "essai.exemple"))
BREAK(nobody_at, COPY(r->contact.email, "@exemple.fr"))
BREAK(at_nowhere, COPY(r->contact.email, "essai@"))
BREAK(two_at, COPY(r->contact.email, "a@b@c.fr"))
BREAK(two_addresses, COPY(r->contact.email, "a@b.fr,c@d.fr"))
BREAK(no_channel, r->contact.mobile[0] = r->contact.email[0] = '\0')
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

static const struct {
	breaking *break_it;
	enum err why;
} broken[] = {
	{ other_terminal, ERR_RULE_SAME },
	{ other_rid, ERR_RULE_SAME },
	{ unknown_kind, ERR_RULE },
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
	{ minor, ERR_RULE_ADULT },
	{ no_year, ERR_RULE_ADULT },
	{ landline, ERR_RULE_CONTACT },
	{ long_mobile, ERR_RULE_CONTACT },
	{ spaced_mobile, ERR_RULE_CONTACT },
	{ no_at, ERR_RULE_CONTACT },
	{ nobody_at, ERR_RULE_CONTACT },
	{ at_nowhere, ERR_RULE_CONTACT },
	{ two_at, ERR_RULE_CONTACT },
	{ two_addresses, ERR_RULE_CONTACT },
	{ no_channel, ERR_RULE_ACCOUNT },
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

static void
each_rule_broken_alone_is_found(void **state)
{
	struct record *r = record_new();
	struct rules_case at;

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		whole(r, &at);
		broken[i].break_it(r, &at);
		if (rules_check(r, &at) != broken[i].why)
			fail_msg("row %zu: %d", i, rules_check(r, &at));
	}
	record_free(r);
}

BREAK(untouched, (void)0)
BREAK(corsica, COPY(r->identity.nir, "253072A073004"))
BREAK(lunar_date, COPY(r->identity.birth, "19420000"))
BREAK(only_mobile, r->contact.email[0] = '\0')
BREAK(only_email, r->contact.mobile[0] = '\0')
BREAK(letters_first, COPY(r->account.identifier, "KFTP4821"))
BREAK(clock_set_right,
    r->consent.at_ms = r->identity.read_ms + r->notice.shown_s * 1000 - 5000)
BREAK(shown_in_an_instant, r->notice.shown_s = 0)
BREAK(wrong_nir_key, r->identity.key_right = false)
/* A terminal with no identifier left: the secrets come later. */
BREAK(secrets_later, memset(&r->account, 0, sizeof(r->account));
    at->loan = LOAN_NONE)
BREAK(no_account, memset(&r->account, 0, sizeof(r->account));
    memset(&r->contact, 0, sizeof(r->contact)); at->loan = LOAN_NONE)

static void
what_is_unusual_but_right_passes(void **state)
{
	static breaking *const unusual[] = { untouched, corsica, lunar_date,
		only_mobile, only_email, letters_first, clock_set_right,
		shown_in_an_instant, wrong_nir_key, secrets_later, no_account };
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
	return cmocka_run_group_tests(tests, NULL, NULL);
}
