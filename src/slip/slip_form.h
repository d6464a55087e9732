/*
 * slip_form: the sheet that a person signs to say yes, facts → a slip.
 *
 * It says what is agreed to, word for word, after which text, and by whom; no
 * number of the person and no secret: none exists yet. The operator keeps it
 * under its number, which the record has too.
 */
#ifndef GUICHET_SLIP_SLIP_FORM_H
#define GUICHET_SLIP_SLIP_FORM_H

#include <stdbool.h>

#include "slip/slip.h"

/* Plain clean texts, as they are to be read. */
struct form_facts {
	char ref[RID_TEXT];	/* the sheet's own id */
	char number[RID_SHORT]; /* the same, short, to be compared */
	char family[256], given[256], birth[64];
	char speaker[260]; /* who signs for them; "": they do */
	char site[128], operator[64], date[64];
	char wording[512];
	char notice[80], sha[65]; /* "DMP-INFO 2.1 (Français)", its hash; "" */
	bool training;
};

/* Fill an empty slip. */
void slip_form(struct slip *s, const struct form_facts *f);

#endif
