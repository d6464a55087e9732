/*
 * upshot: an act, and what the person has → its outcome, or why not.
 */
#ifndef GUICHET_CENTRE_UPSHOT_H
#define GUICHET_CENTRE_UPSHOT_H

#include "centre/vault.h"
#include "envelope/outcome.h"
#include "envelope/record.h"

/* ERR_OK, or an ERR_RULE_*; *out is OUTCOME_REFUSED then. A destroyed dossier
 * is nobody's: its person has none. */
enum err upshot_of(enum record_kind kind, enum dossier_state state,
    enum outcome_kind *out);

/* Is an identifier that came with it somebody's from then on? */
bool upshot_makes_account(enum outcome_kind kind);

#endif
