/*
 * bearer: a person as the card shows them, and what a reader has to say.
 *
 * This is all that crosses from the program that touches cards to the one
 * that touches people. Traits are never altered (EX_GEN-1265): texts are the
 * card's, made safe to show; the birth date is the card's raw text, because
 * lunar dates exist (facts/card.md 4.3); the number is the policy-holder's
 * and is not an INS (facts/card.md 6).
 */
#ifndef GUICHET_CARD_BEARER_H
#define GUICHET_CARD_BEARER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rawname.h"

#define BEARER_NAME_ROOM 256 /* UTF-8 and NUL */
#define BEARERS_MAX	 20  /* the holder and 19 dependants */
#define READER_NAME_ROOM 129

struct bearer {
	char family[BEARER_NAME_ROOM], given[BEARER_NAME_ROOM];
	char birth[9];	/* AAAAMMJJ as on the card, "" when not 8 digits */
	char nir[14];	/* 13 characters, 2A and 2B kept; "" when absent */
	char key[3];	/* the card's two digits, right or wrong */
	char country[8];
	bool key_right; /* key = 97 - nir mod 97 (facts/card.md 4.1) */
	bool altered;	/* a text was not safe to show as it stood */
	/* Where a name was not: the card's bytes in lower-case hexadecimal, for
	 * the record alone and never to be shown; "" otherwise. */
	char family_raw[2 * RAWNAME_MAX + 1];
	char given_raw[2 * RAWNAME_MAX + 1];
};

/* What a slot holds; the words of DESIGN section 9. */
#define READER_STATES(X)						\
	X(NO_SERVICE, "no-service") X(NO_READER, "no-reader")		\
	X(EMPTY, "empty") X(MUTE, "mute") X(VITALE, "vitale")		\
	X(VITALE1, "vitale1") X(CPS, "cps") X(FOREIGN, "foreign")	\
	X(BUSY, "busy") X(ERROR, "error")

#define READER_ENUM(name, word) READER_##name,
enum reader_state { READER_STATES(READER_ENUM) };
#undef READER_ENUM

/* The word of a state. Static storage. */
const char *reader_word(enum reader_state s);

enum news_kind { NEWS_READER, NEWS_CARD, NEWS_GONE };

/*
 * One line of guichet-card. An epoch numbers an insertion, from 1, and never
 * comes twice in a run: what was learnt in one epoch is void in another.
 * Wiped by who holds it: bearers are persons.
 */
struct card_news {
	enum news_kind kind;
	enum reader_state state;	/* NEWS_READER */
	int code;			/* NEWS_READER: error number or 0 */
	char reader[READER_NAME_ROOM];	/* the slot that this is about */
	uint32_t epoch;			/* NEWS_CARD, NEWS_GONE */
	size_t n;			/* NEWS_CARD: bearers that follow */
	struct bearer bearers[BEARERS_MAX];
};

#endif
