/* opener_loans: believed one by one, asked about at once. */
#include <stdlib.h>

#include "centre/opener_loans.h"

_Static_assert(OPENER_BATCH <= STORE_SETTLE, "asked about at once");

void
loans_begin(struct opener_loans *l, bool believing)
{
	l->believing = believing;
	l->n = 0;
}

enum err
loans_find(struct opener_loans *l, struct store *ledger,
    const struct loan_claim *c, enum loan *out)
{
	if (!l->believing)
		return ledger->ops->loan_find(ledger, c->terminal,
		    c->identifier, out);
	if (l->n == OPENER_BATCH)
		abort();
	l->claim[l->n++] = *c;
	*out = LOAN_OUT;
	return ERR_OK;
}

enum err
loans_are(const struct opener_loans *l, struct store *ledger, bool *out)
{
	*out = true;
	return l->n == 0 ? ERR_OK :
	    ledger->ops->loans_out(ledger, l->claim, l->n, out);
}
