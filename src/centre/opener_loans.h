/*
 * opener_loans: whether identifiers are what records say they are: lent to
 * their terminal, and nobody's yet.
 *
 * Where the ledger is another program each question costs a way to it. There
 * every claim of a batch is believed at first, and asked about with all the
 * others before anything of it is committed: one that is not so, and the whole
 * batch is decided anew, each claim by its own question.
 */
#ifndef GUICHET_CENTRE_OPENER_LOANS_H
#define GUICHET_CENTRE_OPENER_LOANS_H

#include "centre/opener.h"

struct opener_loans {
	bool believing;
	unsigned n;
	struct loan_claim claim[OPENER_BATCH];
};

/* At the beginning of a batch. */
void loans_begin(struct opener_loans *l, bool believing);

/* Of one record; errors of loan_find. */
enum err loans_find(struct opener_loans *l, struct store *ledger,
    const struct loan_claim *c, enum loan *out);

/* At its end: is all that was believed so? */
enum err loans_are(const struct opener_loans *l, struct store *ledger,
    bool *out);

#endif
