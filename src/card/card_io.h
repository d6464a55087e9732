/*
 * card_io: the door to readers and cards, real or played.
 *
 * Everything above this header (watch, vitale, apdu) sees readers only
 * through these five functions, so that a card file played in process and a
 * carte Vitale behind pcscd are read by the same code. pcsc.c and played.c
 * each make one.
 */
#ifndef GUICHET_CARD_CARD_IO_H
#define GUICHET_CARD_CARD_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "card/bearer.h"

#define ATR_ROOM   33 /* ISO 7816-3 */
#define SLOTS_MAX  16 /* pcscd before 2.5 knows no more (card.md 9.3) */
#define REPLY_ROOM 258 /* 256 bytes and the status word */

/* What a slot says of itself without being connected to. */
struct slot {
	char name[READER_NAME_ROOM];
	bool present, mute, taken; /* taken: another program is alone on it */
	uint32_t counter; /* grows with each insertion and each removal */
	uint8_t atr[ATR_ROOM];
	size_t atr_len;
};

struct slots {
	size_t n;
	struct slot slot[SLOTS_MAX];
	bool ended; /* whoever we work for has closed our input */
	bool again; /* … or asks to hear of the card that is in once more */
};

struct card_io {
	void *own;

	/*
	 * Fill in the slots as they stand. Returns as soon as one differs
	 * from what the last call gave, after `ms` at the latest, and also
	 * without reason; 0 only looks. ERR_CARD_SERVICE and
	 * ERR_CARD_NO_READER leave no slot; the next call heals what it can.
	 */
	enum err (*wait)(void *own, int ms, struct slots *out);

	/*
	 * Connect to the card in that slot, shared, and begin a transaction.
	 * ERR_CARD_BUSY when another program holds the card: ask again later.
	 * ERR_CARD_GONE, ERR_CARD_MUTE, ERR_CARD_TALK, ERR_CARD_SERVICE.
	 */
	enum err (*begin)(void *own, const char *reader);

	/*
	 * One command, and its reply of 2 to REPLY_ROOM bytes.
	 * ERR_CARD_RESET: another program has restarted the card; begin anew.
	 * Otherwise as begin.
	 */
	enum err (*transmit)(void *own, const uint8_t *command, size_t n,
	    uint8_t reply[REPLY_ROOM], size_t *len);

	/* End the transaction and leave the card as it is. After each begin
	 * that succeeded, whatever became of it since. Nobody waits for it:
	 * it may be done a moment after this has returned. */
	void (*end)(void *own);

	void (*free)(void *own);
};

#endif
