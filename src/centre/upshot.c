/* upshot: a table of acts and states. */
#include "centre/upshot.h"

struct upshot {
	enum outcome_kind kind;
	enum err why;
};
#define YES(outcome) { OUTCOME_##outcome, ERR_OK }
#define NO(reason)   { OUTCOME_REFUSED, ERR_RULE_##reason }

static const struct upshot upshots[RECORD_KIND_COUNT][DOSSIER_DESTROYED] = {
	/* DOSSIER_	NONE	OPENED	CLOSED	OPPOSED */
	[RECORD_OPEN] = { YES(OPENED), YES(ALREADY_OPEN), NO(CLOSED),
	    NO(OPPOSED) },
	[RECORD_REISSUE] = { NO(NO_DOSSIER), YES(REISSUED), NO(CLOSED),
	    NO(NO_DOSSIER) },
	[RECORD_PREFERENCES] = { NO(NO_DOSSIER), YES(UPDATED), NO(CLOSED),
	    NO(NO_DOSSIER) },
	[RECORD_CLOSE] = { NO(NO_DOSSIER), YES(CLOSED), NO(CLOSED),
	    NO(NO_DOSSIER) },
	[RECORD_REOPEN] = { NO(NO_DOSSIER), YES(ALREADY_OPEN), YES(REOPENED),
	    NO(NO_DOSSIER) },
	[RECORD_OPPOSE] = { YES(OPPOSED), NO(HAS_DOSSIER), NO(HAS_DOSSIER),
	    YES(OPPOSED) },
};

enum err
upshot_of(enum record_kind kind, enum dossier_state state,
    enum outcome_kind *out)
{
	const struct upshot dead = NO(DECEASED);
	const struct upshot *u = state == DOSSIER_DECEASED ? &dead :
	    &upshots[kind][state];

	*out = u->kind;
	return u->why;
}

bool
upshot_makes_account(enum outcome_kind kind)
{
	return kind == OUTCOME_OPENED || kind == OUTCOME_REISSUED ||
	    kind == OUTCOME_REOPENED;
}
