/*
 * load: thousands of terminals that are not there: each with a number, keys,
 * a certificate, a lease and a chain of its own, and envelopes that a real
 * gateway takes and a real opener opens.
 */
#ifndef GUICHET_TESTS_LOAD_LOAD_H
#define GUICHET_TESTS_LOAD_LOAD_H

#include "base/settings.h"
#include "centre/gateway.h"
#include "tests/load/crew.h"

struct post { /* a body of one request */
	struct buf body;
	unsigned envelopes;
};

struct desk {
	uint32_t number;
	uint8_t sign[SIGN_SECRET_LEN], sign_public[SIGN_PUBLIC_LEN];
	char *cert, *escaped; /* PEM, and as a web server hands it on */
	struct lease lease;
	uint32_t lent; /* of the lease, used */
	uint64_t sequence;
	uint8_t previous[DIGEST_LEN];
	struct post *post;
	unsigned posts, sent;
};

struct load {
	struct centre_settings set;
	struct store *store;
	struct gateway g;
	uint8_t receipt_public[SIGN_PUBLIC_LEN];
	uint8_t opening_public[BOX_PUBLIC_LEN];
	uint32_t opening_number;
	char key_path[PATH_ROOM]; /* the one TLS key of all of them */
	struct desk *desk;
	uint32_t first; /* number of the first terminal */
	unsigned desks, each, batch;
	unsigned at_once; /* connections */
};

/* How long, and how much processor time. */
struct cost {
	double wall_s, cpu_s;
};

/* End the program on what should not be. */
void must(enum err r);
double load_wall(void);

/* Make the terminals known to the centre, and all that they will send. */
void people_make(struct load *l, const char *folder);
void people_clear(struct load *l);

/* Send it all, at_once at a time, over the socket or the network; every
 * envelope must be stored, and every hundredth receipt is verified. The time
 * of each request in ms, *count of them, to be freed. */
double *send_all(struct load *l, size_t *count);

/* The least work that is in it, in batches of 100: each signature checked,
 * each box opened, one bare row each. With `rows`, all the rows that the
 * ledger and the vault have of it, and the two signatures that go back. */
void floor_run(struct load *l, const char *folder, bool rows);

/*
 * The 99th of a hundred times that a terminal takes for a sync, in ms, while
 * `idle` connections say nothing and `slow` ones a byte a second, from many
 * addresses of this machine.
 */
double crowd_p99(struct load *l, unsigned idle, unsigned slow);

#endif
