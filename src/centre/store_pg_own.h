/*
 * store_pg_own: what store_pg_link.c and store_pg_ask.c share. Only they
 * include this.
 */
#ifndef GUICHET_CENTRE_STORE_PG_OWN_H
#define GUICHET_CENTRE_STORE_PG_OWN_H

#include <libpq-fe.h>

#include "centre/store_pg_link.h"

#define ASKS_MAX 48 /* statements of one connection; more is our fault */

struct link {
	PGconn *c;	 /* NULL: none now */
	uint64_t rest;	 /* elapsed time before which none is tried */
	bool inside;	 /* a transaction */
	bool warned;	 /* since begin */
	PGresult *row;	 /* the row under way, or NULL */
	uint64_t changed;
	unsigned unread;	     /* posted, and not answered yet */
	unsigned posted;	     /* answered: posts[] are theirs */
	uint64_t posts[LINK_POSTS];  /* rows that each changed */
	const char *asks[ASKS_MAX]; /* what this connection has prepared */
	char *address;
};

/* A connection; inside a transaction it must still be the same one. */
enum err link_be_there(struct link *k);

/* Close it, and let it rest. */
void link_leave(struct link *k);

/* What libpq says of sending: 0 is a failure. */
enum err link_sent(struct link *k, int ok);

/* The next result, NULL when the statement is over; then whether it is a good
 * one: it is released when it is not. */
enum err link_get(struct link *k, PGresult **out);
enum err link_judge(struct link *k, PGresult *res);

/* All that is left of a statement. */
enum err link_drain(struct link *k);

/* Send a statement; `many`: its answer is not the next thing to be read. */
enum err link_send(struct link *k, bool many, const char *sql,
    const char *binds, va_list ap);

/* The answers of what was posted, in its order, into posts[]. */
enum err link_gather(struct link *k);

#endif
