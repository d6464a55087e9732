/*
 * overview: the centre at a glance, for the two people who run it: one page
 * of HTML and SVG, made here, with no script.
 *
 * Counts, terminals and record numbers only: the gateway knows of nobody.
 * Every plot has its numbers beside it in a table, every table a caption, and
 * nothing is said by colour alone.
 */
#ifndef GUICHET_CENTRE_OVERVIEW_H
#define GUICHET_CENTRE_OVERVIEW_H

#include "centre/store.h"

#define OVERVIEW_DAYS	  30  /* in the plots, today the last */
#define OVERVIEW_PAGE	  100 /* terminals on one page */
#define OVERVIEW_TROUBLES 50  /* rows at most of gaps and of alarms */
#define OVERVIEW_PLACES	  20  /* départements with a bar of their own */

struct overview_ask {
	uint64_t now_ms;
	unsigned page; /* of terminals, from 1 */
	bool training;
};

/* Append the page. ERR_NOT_FOUND when there are fewer pages; ERR_LEDGER,
 * ERR_MEMORY. */
enum err overview_write(struct store *s, const struct overview_ask *ask,
    struct buf *out);

/* Its style sheet: the page asks for it as "style.css". */
extern const char overview_style[];

#endif
