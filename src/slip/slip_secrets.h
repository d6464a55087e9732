/*
 * slip_secrets: the secrets document, facts → a slip.
 *
 * What EX_GEN-1470 and EX_1.5-1032 ask to hand over: who, the identifier, the
 * temporary password, and how to use them; by hand only, so that the two never
 * leave by one electronic channel (facts/domain.md, rule 3).
 */
#ifndef GUICHET_SLIP_SLIP_SECRETS_H
#define GUICHET_SLIP_SLIP_SECRETS_H

#include <stdbool.h>

#include "envelope/password.h"
#include "envelope/rid.h"
#include "slip/slip.h"

/* Plain clean texts, as they are to be read. The struct holds a person and a
 * password: keep it in locked memory and wipe it. */
struct slip_facts {
	char ref[RID_TEXT];	   /* the record's id */
	char reference[RID_SHORT]; /* the same, short, to be read aloud */
	char family[256], given[256];
	char birth[64];		   /* in words, or the card's raw digits */
	char nir[14], key[3];	   /* the policy-holder's, as on the card */
	char identifier[9];	   /* without blanks */
	char password[PASSWORD_LEN + 1];
	bool by_sms, by_email;	   /* how the one-time code travels */
	char site[128], date[64];
	char support[128];	   /* "" when the settings name none */
	bool training;
};

/* Fill an empty slip. A fact too many or missing is our fault and aborts. */
void slip_secrets(struct slip *s, const struct slip_facts *f);

#endif
