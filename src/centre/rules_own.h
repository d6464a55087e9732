/* rules_own: the questions that rules.c asks, one function each. */
#ifndef GUICHET_CENTRE_RULES_OWN_H
#define GUICHET_CENTRE_RULES_OWN_H

#include "centre/rules.h"

/*
 * X(function, name, error, part): the rule, its name in logs, what it gives
 * when it does not hold, and the part that the record's kind must have for it
 * to be asked; NULL: always. In this order.
 */
#define RULES(X)							\
	X(same_envelope, "same-envelope", SAME, NULL)			\
	X(mode_same, "mode-same", MODE, NULL)				\
	X(regime_of_the_day, "regime-of-the-day", REGIME, NULL)		\
	X(kind_under_regime, "kind-under-regime", REGIME, NULL)		\
	X(place_known, "place-known", PLACE, NULL)			\
	X(kind_in_place, "kind-in-place", PLACE, NULL)			\
	X(subject_in_place, "subject-in-place", PLACE, NULL)		\
	X(identity_whole, "identity-whole", IDENTITY, NULL)		\
	X(names_as_read, "names-as-read", IDENTITY, NULL)		\
	X(adult_of_age, "adult-of-age", ADULT, NULL)			\
	X(minor_under_age, "minor-under-age", SUBJECT, NULL)		\
	X(measure_fits, "measure-fits", SUBJECT, NULL)			\
	X(assistant_fits, "assistant-fits", SUBJECT, NULL)		\
	X(assent_sought, "assent-sought", SUBJECT, NULL)		\
	X(representative_there, "representative-there",			\
	    REPRESENTATIVE, NULL)					\
	X(representative_whole, "representative-whole",			\
	    REPRESENTATIVE, NULL)					\
	X(grantor_fits, "grantor-fits", REPRESENTATIVE, NULL)		\
	X(notice_whole, "notice-whole", NOTICE, "notice")		\
	X(consent_given, "consent-given", CONSENT, NULL)		\
	X(consent_method_known, "consent-method-known", CONSENT, NULL)	\
	X(consent_method_allowed, "consent-method-allowed",		\
	    CONSENT, NULL)						\
	X(form_signed, "form-signed", CONSENT, NULL)			\
	X(consent_in_order, "consent-in-order", CONSENT, NULL)		\
	X(operator_named, "operator-named", CERTIFIED, NULL)		\
	X(certified_by_operator, "certified-by-operator",		\
	    CERTIFIED, NULL)						\
	X(certified_after, "certified-after", CERTIFIED, NULL)		\
	X(warned, "warned", WARNED, "close")				\
	X(lists_right, "lists-right", CHOICE, "access")			\
	X(doctor_whole, "doctor-whole", CHOICE, "doctor")		\
	X(emergency_whole, "emergency-whole", CHOICE, "emergency")	\
	X(mobile_formed, "mobile-formed", CONTACT, "contact")		\
	X(email_formed, "email-formed", CONTACT, "contact")		\
	X(contact_vouched, "contact-vouched", VOUCH, "contact")		\
	X(confirmation_reaches, "confirmation-reaches", CHOICE, "news")	\
	X(account_has_channel, "account-has-channel", ACCOUNT,		\
	    "account")							\
	X(reissue_has_account, "reissue-has-account", ACCOUNT,		\
	    "account")							\
	X(account_whole, "account-whole", ACCOUNT, "account")		\
	X(identifier_lent, "identifier-lent", IDENTIFIER, "account")

typedef bool rule_holds(const struct record *rec,
    const struct rules_case *at);
#define RULE_HOLDS(function, name, why, part) rule_holds rule_##function;
RULES(RULE_HOLDS)
#undef RULE_HOLDS

/* Forms that several rules ask for. */
bool form_phone(const char *s); /* 0 and nine digits, or + and 8 to 15 */
bool form_email(const char *s);

#endif
