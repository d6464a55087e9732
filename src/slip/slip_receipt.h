/*
 * slip_receipt: the receipt of what was recorded and of what was agreed to,
 * facts → a slip.
 *
 * EX_1.X-1320 asks for it after each creation; its second half is the consent
 * receipt (facts/domain.md 4.1), whose signed form stands below it as a QR
 * code. It holds no secret, so that it can be shown. Its words are those of
 * the language in use.
 */
#ifndef GUICHET_SLIP_SLIP_RECEIPT_H
#define GUICHET_SLIP_SLIP_RECEIPT_H

#include <stdbool.h>

#include "envelope/proof.h"
#include "slip/slip.h"

/* Plain clean texts, as they are to be read. */
struct receipt_facts {
	char ref[RID_TEXT];
	char reference[RID_SHORT];
	enum record_kind kind;
	char family[256], given[256], birth[64];
	char site[128], operator[64], date[64];
	bool samu_opposed, break_glass_opposed;
	bool account, account_later; /* no identifier was left */
	char wording[512], consent_date[64];
	enum consent_method method;
	char form[RID_SHORT]; /* number of the signed sheet, "": none */
	enum grantor grantor;
	char notice[80], sha[65]; /* "DMP-INFO 2.1 (Français)", its hash */
	char proof[PROOF_ROOM];	  /* "": the terminal has no badge */
	char support[128];
	bool training;
};

/* Fill an empty slip. */
void slip_receipt(struct slip *s, const struct receipt_facts *f);

/* What happens next with a request of that kind, for N_'s _(). */
const char *receipt_then(enum record_kind kind);

#endif
