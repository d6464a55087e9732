/*
 * gather: requests with envelopes wait here while a commit is under way, and
 * go together into the next one.
 *
 * A commit waits for the disk, or for another machine, as long for one request
 * as for many. Nobody waits for others to come: who is there when the thread
 * is free is taken, in the order in which they came, one of each terminal. Only
 * whole requests are put here, so that no slow client holds up the others.
 */
#ifndef GUICHET_CENTRE_GATHER_H
#define GUICHET_CENTRE_GATHER_H

#include "centre/gateway.h"

#define GATHER_BYTES ((size_t)512 * 1024) /* of bodies in one transaction */

struct gather;

/* Told once, in the thread of gather, when post says what came of it. */
typedef void gather_told(void *user);

/* Who waits; all of it is the asker's until told. */
struct gather_one {
	struct gateway_post post;
	gather_told *told;
	void *user;
	struct gather_one *next; /* ours */
};

/* *g and its store are used by the thread alone until gather_stop.
 * ERR_MEMORY. */
enum err gather_start(struct gateway *g, struct gather **out);

/* ERR_NOT_NOW when it has been stopped: then nobody is told. */
enum err gather_put(struct gather *a, struct gather_one *one);

/* Everyone who was put is told before this returns. NULL is accepted by
 * both; gather_put may be called until gather_free. */
void gather_stop(struct gather *a);
void gather_free(struct gather *a);

#endif
