/* readers: flags first, then the ATR. */
#include "card/atr.h"
#include "card/readers.h"

enum reader_state
slot_state(const struct slot *s)
{
	enum reader_state kind;

	if (!s->present)
		return READER_EMPTY;
	if (s->mute || s->atr_len == 0)
		return READER_MUTE;
	kind = atr_kind(s->atr, s->atr_len);
	return kind == READER_VITALE && s->taken ? READER_BUSY : kind;
}

static const struct {
	enum err err;
	int weight;
} rows[] = {
	[READER_NO_SERVICE] = { ERR_CARD_SERVICE, 0 },
	[READER_NO_READER] = { ERR_CARD_NO_READER, 0 },
	[READER_EMPTY] = { ERR_CARD_EMPTY, 2 },
	[READER_MUTE] = { ERR_CARD_MUTE, 5 },
	[READER_VITALE] = { ERR_OK, 8 },
	[READER_VITALE1] = { ERR_CARD_VITALE1, 4 },
	[READER_CPS] = { ERR_CARD_CPS, 1 },
	[READER_FOREIGN] = { ERR_CARD_FOREIGN, 3 },
	[READER_BUSY] = { ERR_CARD_BUSY, 7 },
	[READER_ERROR] = { ERR_CARD_TALK, 6 },
};

enum err
reader_err(enum reader_state s)
{
	return rows[s].err;
}

int
reader_weight(enum reader_state s)
{
	return rows[s].weight;
}
