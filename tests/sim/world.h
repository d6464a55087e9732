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
#include "centre/opener_keys.h"
#include "desk/keyring.h"
#include "queue/queue.h"
#include "sync/attempt.h"
#include "tests/sim/disk.h"

#define TERMINALS_MAX 3
#define PUTS_MAX      256
#define OLD_MAX	      8
#define KEYS_MAX      32 /* opening keys of one world, from 1 */
#define OPENED_AT_ONCE 64

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
	struct desk_keys ring;
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
	uint8_t opening[BOX_PUBLIC_LEN], outcome[SIGN_PUBLIC_LEN];
	char vault[PATH_ROOM];
	struct opener_keys keys;	/* and its files are in the vault */
	struct buf sealed[KEYS_MAX];	/* by the number of the key */
	struct put puts[PUTS_MAX];
	unsigned nputs;
	/* What the vault has of each, and had at the time of the backup; and
	 * up to which key the ledger of that time had retired them. */
	bool opened[PUTS_MAX], opened_before[PUTS_MAX];
	uint32_t backup_retired;
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

/* The first opening key, in the vault, and at a terminal (keys.c). */
enum err keys_begin(struct world *w, const char *top);
enum err keys_of_desk(const struct world *w, struct desk_sim *d);

/* A document, sealed to the key that this one seals to; empty: no memory. */
const struct buf *keys_sealed(struct world *w, const struct desk_sim *d);

/* As an operator: the next key; the end of the oldest, of which the secret is
 * kept while a backup of before may come back. */
enum err keys_rotate(struct world *w);
enum err keys_retire(struct world *w);

/* What waits in the ledger is opened, and told. ERR_OPENING_KEY: something
 * never can be. */
enum err keys_open(struct world *w);

/* The vault's part of a backup. The keys themselves are those of today. */
void keys_backup(struct world *w);
void keys_restore(struct world *w);

/* The centre's ears. */
enum err world_ask(struct transport *t, const char *path, const void *p,
    size_t n, struct answer *out);

/* Somebody has that terminal's way to the centre and not its key: what they
 * have overheard comes altered, in another's name, turned round, or it is
 * noise. Nobody hears the answer. */
void world_forge(struct world *w, unsigned t);

#endif
