/* screen: the words of the outcomes. */
#include "desk/screen.h"

#define OUT_WORD(name, word) [OUT_##name] = (word),
static const char *const words[] = { OUTCOMES_OF_SCREENS(OUT_WORD) };

const char *
outcome_of_screen_word(enum outcome o)
{
	return words[o];
}
