/*
 * watch: readers and cards, as they come and go → news, one line at a time.
 *
 * It names what each slot holds, reads a carte Vitale once for each insertion
 * and gives that insertion a number, its epoch. What it swears to:
 *
 * - a card's news holds what was read in one insertion, and only when the
 *   slot's counter was the same before and after (DESIGN section 3);
 * - between a card's news and its "gone" there is no other card's news, also
 *   with several readers: the second card waits until the first has left;
 * - nothing is ever sent to a card that is not a Vitale by its ATR.
 *
 * This is the head of the stage. The way of the bytes, and who walks it:
 *
 *	reader	pcsc.c, or played.c, through card_io.h: the slots as they are
 *	  |	atr.c, readers.c: what is in each, before a word is said to it
 *	APDU	vitale.c asks for files, apdu.c in commands and by status words
 *	  |	pointers.c, where the short way to the files does not serve
 *	TLV	tlv.c steps through a file, and never past its end
 *	  |	identity.c pairs names and numbers, nir.c checks a key
 *	bearer	bearer.h: the people on the card, safe to show
 *	  |	watch.c holds them against the slot once more
 *	line	line.c writes what the terminal reads
 *
 * cardfile.c, hexline.c and player.c make a card of a text, for played.c and
 * for vpcd.c.
 */
#ifndef GUICHET_CARD_WATCH_H
#define GUICHET_CARD_WATCH_H

#include "card/card_io.h"
#include "card/vitale.h"

/* A slot, and what has been said and done about it. */
struct watch_slot {
	struct slot is;
	bool told; /* `said` and `code` were */
	enum reader_state said;
	int code;
	uint32_t epoch; /* of what is in now, once its reading began; or 0 */
	unsigned tries;
	bool done;	  /* read, or given up until it leaves */
	enum err trouble; /* what reading met, worth saying; or ERR_OK */
};

typedef enum err watch_tell(void *to, const struct card_news *news);

struct watch {
	const struct card_io *io;
	watch_tell *tell;
	void *to;
	struct slots now;
	struct watch_slot slot[SLOTS_MAX];
	size_t n;
	enum err service;  /* ERR_OK while there are readers */
	int wait_ms;	   /* how long the next wait may take */
	int backoff_ms;	   /* while there is no service */
	uint32_t epoch;	   /* the last one given */
	struct watch_slot *live; /* the slot whose card was told, or NULL */
	struct vitale files;
	struct card_news line;	/* of readers: nobody stands in it */
	struct card_news *news; /* of a card: locked memory */
};

/* tell is called with each news, and its error ends the watch. ERR_MEMORY. */
enum err watch_init(struct watch *w, const struct card_io *io,
    watch_tell *tell, void *to);
void watch_clear(struct watch *w);

/*
 * Wait for something, and tell it. *ended is true once our input is closed.
 * ERR_MEMORY, or what tell says; the troubles of readers are news.
 */
enum err watch_step(struct watch *w, bool *ended);

/*
 * Why no card was told of: the error of the slot that tells most, or that of
 * the service; ERR_CARD_EMPTY where nothing is wrong but that.
 */
enum err watch_trouble(const struct watch *w);

/* True while there is a card that the next step will try to read. */
bool watch_reading(const struct watch *w);

#endif
