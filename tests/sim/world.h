/*
 * world: terminals, a line and a centre, all of chance, and all of one seed.
 *
 * The code is the programs' own: queue, sync, gateway and store. Time,
 * randomness, drives and the line are the world's.
 */
#ifndef GUICHET_TESTS_SIM_WORLD_H
#define GUICHET_TESTS_SIM_WORLD_H

#include "base/buf.h"
#include "centre/gateway.h"
#include "queue/queue.h"
#include "sync/attempt.h"
#include "tests/sim/disk.h"

#define TERMINALS_MAX 3
#define PUTS_MAX      256
#define OLD_MAX	      8

/* What came of a save. */
enum word { SAID_NOTHING, SAID_SAVED, SAID_NOT };

struct put {
	struct rid rid;
	unsigned terminal;
	enum word word;
};

struct world;

struct desk_sim {
	struct transport line; /* first: the world is found by it */
	struct world *world;
	struct host *host;
	struct queue *queue; /* NULL: it has died */
	struct courier courier;
	struct envelope_keys keys;
	uint8_t sign[SIGN_SECRET_LEN];
	uint8_t next[SIGN_SECRET_LEN]; /* while it may take over */
	bool handing;
	struct buf old[OLD_MAX]; /* questions that may come again */
	unsigned nold;
};

struct line_sim {
	unsigned lose, repeat, cut_reply, lose_reply, lie; /* of 1024 */
};

struct world {
	unsigned terminals;
	struct host hosts[TERMINALS_MAX + 1]; /* the centre is the last */
	struct desk_sim desk[TERMINALS_MAX];
	struct host *centre_host;
	struct gateway gateway;
	struct store *store; /* NULL: the centre is down */
	struct line_sim line;
	uint64_t now_ms;
	uint8_t receipt[SIGN_SECRET_LEN], permutation[SYM_KEY_LEN];
	uint8_t opening[BOX_SECRET_LEN];
	struct buf sealed;
	struct put puts[PUTS_MAX];
	unsigned nputs;
	bool backup;  /* the centre has one */
	bool keep;    /* terminals keep what is on one machine only */
	bool liars;   /* others speak in the terminals' names */
	bool verbose;
};

/* Chance, of the seed. chance(n): true n times of 1024. */
void world_seed(uint64_t seed);
uint32_t world_below(uint32_t n);
bool world_chance(unsigned n);

/* Set up, in folders below `top`; take down. */
enum err world_open(struct world *w, const char *top);
void world_close(struct world *w);

/* The terminal hands over to a new signing key, which a start decides on when
 * this one dies of it. */
enum err world_hand_over(struct world *w, unsigned t);

/* The power comes back, or a process is started again. ERR_*: it cannot. */
enum err world_boot_desk(struct world *w, unsigned t, bool cut);
enum err world_boot_centre(struct world *w, bool cut);

/* The centre's ears. */
enum err world_ask(struct transport *t, const char *path, const void *p,
    size_t n, struct answer *out);

/* Somebody has that terminal's way to the centre and not its key: what they
 * have overheard comes altered, in another's name, turned round, or it is
 * noise. Nobody hears the answer. */
void world_forge(struct world *w, unsigned t);

#endif
