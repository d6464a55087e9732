/*
 * tally: what a batch of records came to, in numbers, on its way into the
 * ledger: the gateway's page shows them and learns nothing else of a record.
 *
 * A record that the vault had decided before a crash is not opened again: it
 * counts under no channel and no department.
 */
#ifndef GUICHET_CENTRE_TALLY_H
#define GUICHET_CENTRE_TALLY_H

#include "centre/opener.h"

struct tallies {
	struct tally row[OPENER_BATCH];
	unsigned n;
};

/* The day of local time as a number, 20261122. */
uint32_t tally_day(uint64_t at_ms);

/* What came of it on that day, and where the record came from; without one
 * (NULL) channel and department are empty. */
void tally_of(uint32_t day, enum outcome_kind kind, const struct record *rec,
    struct tally *out);

/* One more of that kind; rows that are the same become one. There is room for
 * a batch. */
void tallies_add(struct tallies *all, const struct tally *one);

/* Into the ledger, within the transaction under way, in the order that lets
 * several openers do the same. ERR_LEDGER. */
enum err tallies_write(struct tallies *all, struct store *s);

#endif
