/*
 * rules: what must hold of a record, of whatever kind, before anything comes
 * of it; checked again behind the gateway whatever the terminal says it has
 * checked.
 *
 * One table (rules_own.h); each rule gives its own error number, which goes
 * back to the terminal as the reason.
 */
#ifndef GUICHET_CENTRE_RULES_H
#define GUICHET_CENTRE_RULES_H

#include <stdbool.h>

#include "centre/store.h"
#include "envelope/record.h"

/* What the record is held against. */
struct rules_case {
	uint32_t terminal; /* the envelope's */
	struct rid rid;	   /* the envelope's */
	uint64_t received_ms; /* the ledger's: no act is of later */
	bool training;	   /* the centre's mode */
	int adult_age;
	int consent_methods;
	bool mobiles_abroad;
	int regime; /* the centre's settings */
	long regime_from;
	enum loan loan;	 /* the ledger's word on the identifier */
	bool used;	 /* the vault's */
	const uint8_t *outcome_public; /* of who vouches for contacts */
};

/* What the centre's settings say of it; the rest is zero. */
struct rules_case rules_by(const struct centre_settings *set);

/*
 * ERR_OK, or the error of the first rule that does not hold; the subject is
 * the rule's name, never a value.
 */
enum err rules_check(const struct record *rec, const struct rules_case *at);

#endif
