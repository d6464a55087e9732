/* store: what every store has in common: words, and the end. */
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

void
store_close(struct store *s)
{
	if (s != NULL)
		s->ops->close(s);
}
