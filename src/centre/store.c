/* store: what every store has in common: words, and the end. */
#include <string.h>

#include "centre/store.h"

#define STATE_WORD(name, number, word) [number] = word,
static const char *const states[] = { TERMINAL_STATES(STATE_WORD) };
#define ALARM_WORD(name, number, word) [number] = word,
static const char *const alarms[] = { ALARMS(ALARM_WORD) };

const char *
terminal_state_word(enum terminal_state s)
{
	return states[s];
}

const char *
alarm_word(enum alarm_kind k)
{
	return alarms[k];
}

static int
order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

int
tally_order(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;
	int by;

	if ((by = order(x->day, y->day)) != 0 ||
	    (by = order(x->kind, y->kind)) != 0 ||
	    (by = strcmp(x->channel, y->channel)) != 0)
		return by;
	return strcmp(x->department, y->department);
}

void
store_close(struct store *s)
{
	if (s != NULL)
		s->ops->close(s);
}

enum err
store_open(const struct centre_settings *set, bool create, struct store **out)
{
	if (strcmp(set->store, "sqlite") == 0)
		return store_sqlite_open(set->state, create, out);
	if (strncmp(set->store, "postgresql://", 13) == 0)
		return store_pg_open(set->store, create, out);
	return err_about(ERR_STORE, "store");
}
