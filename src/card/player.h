/*
 * player: a described card that answers commands, and fails when told to.
 *
 * The chip only; played.c puts it in a reader in process, guichet-simcard on
 * vpcd's socket. As strict as a T=0 card: a SELECT with data and Le is 6700.
 */
#ifndef GUICHET_CARD_PLAYER_H
#define GUICHET_CARD_PLAYER_H

#include "card/cardfile.h"

struct player {
	const struct sim_card *card; /* borrowed; NULL: no card */
	const struct sim_app *app;
	const struct sim_file *file;
	const uint8_t *ready; /* for GET RESPONSE */
	size_t nready;
	unsigned count; /* commands since it was put in */
	bool mute;	/* answers no more */
	struct sim_fault tear; /* one fault more, at > 0 */
};

/* A card put in: nothing selected, no command counted. */
void player_insert(struct player *p, const struct sim_card *card);

/* Powered again: nothing selected. */
void player_reset(struct player *p);

/*
 * Answer a command of n bytes. ERR_OK with a reply; otherwise *deed is what
 * happened to the card: SIM_PULL and SIM_SWAP with ERR_CARD_GONE, SIM_RESET
 * with ERR_CARD_RESET, SIM_MUTE with ERR_CARD_TALK. Acting on it is the
 * reader's part. Sleeps where a fault says `wait`.
 */
enum err player_answer(struct player *p, const uint8_t *command, size_t n,
    uint8_t reply[REPLY_ROOM], size_t *len, enum sim_deed *deed);

#endif
