/*
 * store_pg_own: what the files behind store_pg_link.h share. Only they include
 * this.
 */
#ifndef GUICHET_CENTRE_STORE_PG_OWN_H
#define GUICHET_CENTRE_STORE_PG_OWN_H

#include <libpq-fe.h>

#include "centre/store_pg_link.h"

/* What the server calls the types of value. */
enum { LINK_BYTEA = 17, LINK_INT8 = 20, LINK_TEXT = 25,
	LINK_BYTEAS = 1001, LINK_INT8S = 1016 };

#define ASKS_MAX 96 /* statements of one connection; more is our fault */

struct link {
	PGconn *c;	 /* NULL: none now */
	uint64_t rest;	 /* elapsed time before which none is tried */
	bool inside;	 /* a transaction */
	bool warned;	 /* since begin */
	PGresult *row;	 /* the row under way, or NULL */
	uint64_t changed;
	const char *asks[ASKS_MAX]; /* what this connection has prepared */
	char *address;
};

/* A connection; inside a transaction it must still be the same one. */
enum err link_be_there(struct link *k);

/* What libpq says of sending: 0 is a failure. */
enum err link_sent(struct link *k, int ok);

/* The next result, NULL when the statement is over; then whether it is a good
 * one: it is released when it is not. */
enum err link_get(struct link *k, PGresult **out);
enum err link_judge(struct link *k, PGresult *res);

/* All that is left of a statement. */
enum err link_drain(struct link *k);

#endif
