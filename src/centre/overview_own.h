/*
 * overview_own: what the page says, gathered from the ledger. Only
 * overview*.c include this.
 */
#ifndef GUICHET_CENTRE_OVERVIEW_OWN_H
#define GUICHET_CENTRE_OVERVIEW_OWN_H

#include "centre/html.h"
#include "centre/overview.h"

/* How long ago a terminal that may speak last did. */
#define AGES(X)							\
	X(HOUR, 3600, "moins d’une heure")			\
	X(DAY, 86400, "moins d’un jour")			\
	X(WEEK, 604800, "moins d’une semaine")			\
	X(LONG, UINT64_MAX, "plus longtemps")
#define AGE_ENUM(name, seconds, words) AGE_##name,
enum age { AGES(AGE_ENUM) AGE_NEVER, AGE_COUNT };
#undef AGE_ENUM

enum channel { CHANNEL_PHARMACIE, CHANNEL_BORNE, CHANNEL_ACCUEIL,
	CHANNEL_OTHER, CHANNEL_COUNT };

struct place {
	char department[4];
	uint64_t n;
};

struct trouble {
	const char *kind; /* in French, static */
	uint32_t terminal;
	uint64_t sequence, at_ms, times;
};

#define PLACES_ROOM 256 /* there are 101, and what a setting may say */
#define REASONS_ROOM 64

struct overview {
	struct overview_ask ask;
	struct store_counts counts;
	uint64_t ages[AGE_COUNT];
	struct terminal terminal[OVERVIEW_PAGE];
	unsigned terminals, seen; /* on this page; in all */
	uint32_t day[OVERVIEW_DAYS]; /* AAAAMMJJ, oldest first */
	uint64_t opened[CHANNEL_COUNT][OVERVIEW_DAYS];
	uint64_t kinds[OUTCOME_VOIDED + 1]; /* over all these days */
	struct place place[PLACES_ROOM];    /* the most first */
	unsigned places;
	struct { int number; uint64_t n; } reason[REASONS_ROOM];
	unsigned reasons;
	struct trouble trouble[2 * OVERVIEW_TROUBLES];
	unsigned gaps, alarms, troubles; /* found; kept of both */
};

const char *channel_words(enum channel c);
const char *age_words(enum age a);
enum age age_of(const struct terminal *t, uint64_t now_ms);

/* Everything, in *o (zeroed but for ask). ERR_LEDGER, ERR_NOT_FOUND. */
enum err overview_gather(struct store *s, struct overview *o);

/* The two pictures, each with its table. */
void overview_plot_days(struct html *h, const struct overview *o,
    enum channel c);
void overview_plot_places(struct html *h, const struct overview *o);

#endif
