/*
 * cardfile: a text that describes cards → what they hold and how they fail.
 *
 * The form is in guichet-simcard(1). Synthetic people only: a card file is
 * for training and tests.
 */
#ifndef GUICHET_CARD_CARDFILE_H
#define GUICHET_CARD_CARDFILE_H

#include "base/buf.h"
#include "card/apdu.h"
#include "card/card_io.h"

#define SIM_APPS   6
#define SIM_FILES  8
#define SIM_FAULTS 8
#define SIM_SLOTS  2

struct sim_file {
	uint8_t sfi;	/* 0: none */
	uint16_t fid;	/* 0: none */
	uint16_t refuses; /* status word instead of the content, or 0 */
	struct buf content;
};

struct sim_app {
	uint8_t aid[AID_MAX];
	size_t aid_len; /* 0: the root, selected as 3F00 */
	struct sim_file file[SIM_FILES];
	size_t nfiles;
};

/* How the card answers a READ that asks for more than there is. */
enum sim_manner {
	SIM_PLAIN,   /* what there is, 9000 */
	SIM_END,     /* what there is, 6282 */
	SIM_LENGTH,  /* 6Cxx, and the data when asked again */
	SIM_PIECES,  /* 61xx, and the data by GET RESPONSE in pieces */
};

#define SIM_DEEDS(X)							\
	X(STATUS, "status") X(CUT, "cut") X(PULL, "pull")		\
	X(RESET, "reset") X(SWAP, "swap") X(MUTE, "mute")		\
	X(WAIT, "wait")

#define SIM_ENUM(name, word) SIM_##name,
enum sim_deed { SIM_DEEDS(SIM_ENUM) };
#undef SIM_ENUM

/* At the n-th command since the card was put in (0: at each). */
struct sim_fault {
	unsigned at;
	enum sim_deed deed;
	unsigned with; /* status word, bytes kept, milliseconds */
};

struct sim_card {
	uint8_t atr[ATR_ROOM];
	size_t atr_len; /* 0: mute */
	bool alone;	/* another program holds it */
	enum sim_manner manner;
	unsigned piece; /* bytes of a reply at most */
	struct sim_app app[SIM_APPS];
	size_t napps;
	struct sim_fault fault[SIM_FAULTS];
	size_t nfaults;
	struct sim_card *next; /* the one that `swap` brings, or NULL */
};

/* What stands in one file: a card for each slot. */
struct sim_deck {
	struct sim_card *slot[SIM_SLOTS]; /* NULL: that slot is empty */
};

/*
 * Read a file, or the text of one. ERR_CARD_FILE, the subject is the path
 * and line; ERR_FILE_READ, ERR_MEMORY.
 */
enum err cardfile_load(const char *path, struct sim_deck *out);
enum err cardfile_read(const char *name, const char *text,
    struct sim_deck *out);
void cardfile_clear(struct sim_deck *d);

#endif
