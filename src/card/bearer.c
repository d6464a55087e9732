/* bearer: the words of the states. */
#include "card/bearer.h"

#define READER_WORD(name, word) [READER_##name] = word,
static const char *const words[] = { READER_STATES(READER_WORD) };
#undef READER_WORD

const char *
reader_word(enum reader_state s)
{
	return words[s];
}
