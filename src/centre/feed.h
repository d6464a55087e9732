/*
 * feed: what was done with dossiers, as a stream that is left and taken up
 * again without skipping or repeating anything.
 *
 * An item is a trace line that concerns a dossier, but for mere looks at it.
 * Lines are numbered in the order of commits, never reused and never taken
 * out, and a cursor names the last one that was heard, with its hash: one of
 * another vault, or of before a restored backup, is told apart.
 */
#ifndef GUICHET_CENTRE_FEED_H
#define GUICHET_CENTRE_FEED_H

#include "centre/vault.h"

#define FEED_MAX    100 /* items at a time */
#define CURSOR_TEXT 52	/* "g1-", 48 digits and NUL */
#define FEED_BEGIN  "begin"
#define FEED_LOOK   "exported" /* the action of a line that is no item */
#define FEED_READ   "read"     /* another */

struct feed {
	struct vault *vault;
	uint64_t after, last;	 /* numbers of lines */
	uint64_t from_ms, to_ms; /* and only of this time */
};

struct feed_item {
	uint64_t number;
	uint8_t dossier[DOSSIER_ID_LEN];
	char cursor[CURSOR_TEXT]; /* behind this item */
};

/* From a cursor, or FEED_BEGIN, on. ERR_CURSOR when it is none of this
 * vault's, ERR_VAULT. */
enum err feed_since(struct feed *f, struct vault *v, const char *cursor);

/* What was written at from_ms or later and before to_ms. */
enum err feed_between(struct feed *f, struct vault *v, uint64_t from_ms,
    uint64_t to_ms);

/* The next items, *n of them; 0 when there is no more now. ERR_VAULT. */
enum err feed_next(struct feed *f, struct feed_item out[FEED_MAX],
    unsigned *n);

#endif
