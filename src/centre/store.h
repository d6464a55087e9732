/*
 * store: the ledger's contract: what the gateway and the opener ask of the
 * place where terminals, entries, leases and outcomes are kept.
 *
 * A store is a table of calls, so that one machine's SQLite and a replicated
 * PostgreSQL are the same to who uses it. Nothing in it is in clear: an
 * entry's envelope is sealed to the opening key.
 *
 * What changes the ledger stands between begin and commit. Only after commit
 * returned ERR_OK may a receipt leave; after it failed, nothing is known:
 * roll back, answer the error, and the terminal asks again. Every call may
 * return ERR_LEDGER, and commit ERR_UNVOUCHED: it was written, but not as
 * safely as `level` said.
 */
#ifndef GUICHET_CENTRE_STORE_H
#define GUICHET_CENTRE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "base/secret.h"
#include "base/settings.h"
#include "centre/seat.h"
#include "envelope/lease.h"
#include "envelope/opening.h"
#include "envelope/outcome.h"
#include "envelope/receipt.h"
#include "envelope/rid.h"

#define CERT_LEN 32 /* SHA-256 of the certificate's DER */
#define STORE_SETTLE 400 /* outcomes at once */

#define TERMINAL_STATES(X) X(ACTIVE, 1, "active") X(REVOKED, 2, "revoked")
#define TERMINAL_ENUM(name, number, word) TERMINAL_##name = number,
enum terminal_state { TERMINAL_STATES(TERMINAL_ENUM) };
#undef TERMINAL_ENUM

struct terminal {
	uint32_t number;
	struct seat seat;
	uint8_t cert[CERT_LEN];
	uint8_t sign_public[SIGN_PUBLIC_LEN];
	uint32_t sign_key; /* its number */
	enum terminal_state state;
	bool training;
	uint64_t sequence;	  /* last one taken; 0: none */
	uint8_t hash[DIGEST_LEN]; /* of that envelope */
	uint64_t seen_ms;	  /* last word; 0: never */
	/* What it may still send is sealed to this opening key or a later one,
	 * as it said last; 0: it never did. */
	uint32_t opening_key;
	bool closed; /* by the switch; only terminal_each says it */
};

/* An opening key that was announced (centre/opening.h). */
struct opening_row {
	uint32_t number;
	uint64_t since_ms, retired_ms; /* 0: in force */
	uint8_t said[OPENING_LEN];
};

/* The oldest key in force, the newest one that was announced, and the last
 * that was retired; 0 when there is none. */
struct opening_span {
	uint32_t oldest, newest, retired;
};

/* A signing key of a terminal, and the first sequence that is its. */
struct epoch_key {
	uint32_t number;
	uint64_t first;
	uint8_t public[SIGN_PUBLIC_LEN];
};

/* An entry of the ledger; its envelope is asked for apart. */
struct entry {
	uint64_t id; /* order of arrival, from 1 */
	struct rid rid;
	uint32_t terminal;
	uint64_t sequence, received_ms;
	uint8_t hash[DIGEST_LEN], previous[DIGEST_LEN];
	uint8_t receipt[RECEIPT_LEN];
	int outcome; /* enum outcome_kind, 0: not opened yet; EPOCH: a key */
	int reason;  /* error number when refused */
};

/* Why an envelope was set aside as evidence, both sides being kept. */
#define ALARMS(X)							\
	X(CONFLICT, 1, "conflict") /* a known id, other bytes */	\
	X(FORK, 2, "fork")	   /* a known sequence, other bytes */	\
	X(CHAIN, 3, "chain")	   /* does not follow the one before */	\
	X(FORGED, 4, "forged")	   /* signature or terminal is wrong */	\
	X(EPOCH, 5, "epoch")	   /* by a key of other numbers than its */
#define ALARM_ENUM(name, number, word) ALARM_##name = number,
enum alarm_kind { ALARMS(ALARM_ENUM) };
#undef ALARM_ENUM

struct alarm {
	enum alarm_kind kind;
	uint32_t terminal; /* whose connection it came by */
	uint64_t sequence, at_ms, times;
	struct rid rid;
};

/* The state of a lent identifier. */
enum loan { LOAN_NONE, LOAN_OUT, LOAN_USED, LOAN_VOID };

/* A record says that its identifier is one of those lent to its terminal. */
struct loan_claim {
	uint32_t terminal, identifier;
};

/* What the opener made of an entry; the note goes to the terminal. */
struct settlement {
	uint64_t entry;
	struct outcome_note note;
	uint8_t signed_note[OUTCOME_LEN];
	bool drop;		  /* the sealed bytes are no longer needed */
	enum loan loan;		  /* what became of the identifier, or NONE */
	uint32_t identifier;	  /* when loan is not NONE */
};

/* A code given out: the next terminal of a site. */
struct joining {
	uint8_t hash[DIGEST_LEN]; /* of the code's secret */
	uint32_t terminal;
	struct seat seat;
	bool training;
	uint64_t expires_ms;
};

/* The ledger in numbers. */
struct store_counts {
	uint64_t active, revoked;	 /* terminals */
	uint64_t entries, waiting, refused;
	uint64_t gaps, alarms;		 /* an alarm as often as it rang */
	uint64_t lent;			 /* identifiers */
	uint64_t since_ms;		 /* the longest waiting; 0: none */
	uint64_t opening;  /* the newest opening key; 0: none announced */
	uint64_t behind;   /* active terminals that are not at that one */
	uint64_t closed;   /* active terminals, by the switch */
};

/* What came of the records of a day: a count, and nobody in it. */
struct tally {
	uint32_t day; /* AAAAMMJJ, local time */
	enum outcome_kind kind;
	char channel[16];   /* the profile of the desks */
	char department[4]; /* theirs */
	uint64_t n;
};

/* What became of a lent block: its identifiers are used, void or outstanding,
 * and nothing else. Those of a revoked terminal that no record used are void,
 * unless what it had sent before turns out to use them. */
struct lease_account {
	uint32_t block, terminal;
	uint64_t at_ms, count;
	uint64_t used, voided, out;
};

typedef enum err store_see_lease(const struct lease_account *l, void *user);
typedef enum err store_see_terminal(const struct terminal *t, void *user);
typedef enum err store_see_switch(const struct switch_word *w, void *user);
typedef enum err store_see_entry(const struct entry *e, void *user);
typedef enum err store_see_waiting(const struct entry *e,
    const void *envelope, size_t n, void *user);
typedef enum err store_see_alarm(const struct alarm *a, void *user);
typedef enum err store_see_gap(uint32_t terminal, uint64_t sequence,
    uint64_t since_ms, void *user);
typedef enum err store_see_note(uint64_t number,
    const uint8_t note[OUTCOME_LEN], void *user);

typedef enum err store_see_opening(const struct opening_row *o, void *user);
typedef enum err store_see_opening_use(uint32_t number, uint64_t terminals,
    uint64_t waiting, void *user);
typedef enum err store_see_tally(const struct tally *t, void *user);
typedef enum err store_see_refusal(int reason, uint64_t n, void *user);

struct store;

struct store_ops {
	/* Does waiting_each keep entries from all others until the
	 * transaction ends, and pass over what others keep? */
	bool claims;

	void (*close)(struct store *s);
	enum err (*begin)(struct store *s);
	/* Begin to read only: all that is asked until the rollback is of one
	 * moment, and nobody else waits for it. */
	enum err (*begin_reading)(struct store *s);
	enum err (*commit)(struct store *s);
	void (*rollback)(struct store *s);

	/* Terminals. Finding says ERR_NOT_FOUND; a number or a certificate
	 * that is there already is ERR_CONFLICT. */
	enum err (*terminal_by_cert)(struct store *s,
	    const uint8_t cert[CERT_LEN], struct terminal *out);
	enum err (*terminal_find)(struct store *s, uint32_t number,
	    struct terminal *out);
	enum err (*terminal_add)(struct store *s, const struct terminal *t);
	enum err (*terminal_state)(struct store *s, uint32_t number,
	    enum terminal_state state);
	/* It has another certificate from now on; the one that it came by
	 * stays good, because the answer may be lost. */
	enum err (*terminal_renew)(struct store *s, uint32_t number,
	    const uint8_t came_by[CERT_LEN], const uint8_t cert[CERT_LEN]);
	/* It stands there from now on. */
	enum err (*terminal_move)(struct store *s, uint32_t number,
	    const struct seat *seat);
	/* Keep sequence, hash, seen_ms and signing key of *t. */
	enum err (*terminal_advance)(struct store *s,
	    const struct terminal *t);
	enum err (*terminal_each)(struct store *s, store_see_terminal *see,
	    void *user);

	/* Of n at once: found by numbers that grow, the number of one that is
	 * not there being 0; and kept, each another. */
	enum err (*terminals_find)(struct store *s, const uint32_t *number,
	    unsigned n, struct terminal *out);
	enum err (*terminals_advance)(struct store *s,
	    const struct terminal *t, unsigned n);

	/* The switch: say a word in the place of the one before, take it
	 * back (ERR_NOT_FOUND), hear each, and whether that terminal is open
	 * by them (ERR_NOT_FOUND). */
	enum err (*switch_set)(struct store *s, const struct switch_word *w);
	enum err (*switch_forget)(struct store *s, enum switch_scope scope,
	    const char *what);
	enum err (*switch_each)(struct store *s, store_see_switch *see,
	    void *user);
	enum err (*switch_of)(struct store *s, uint32_t number, bool *open);

	/* Keep its opening_key. hush: until the transaction ends no terminal
	 * is heard, and whom one hears then sees what this one did. */
	enum err (*terminal_opening)(struct store *s, uint32_t number,
	    uint32_t key);
	enum err (*terminal_hush)(struct store *s);

	/* Opening keys. Adding one that is there is ERR_CONFLICT, ending one
	 * that is not in force ERR_NOT_FOUND. uses: how many active terminals
	 * are at a number (0 of those that never said), then how many entries
	 * without outcome are sealed to one, a call of see each. */
	enum err (*opening_add)(struct store *s, const struct opening_row *o);
	enum err (*opening_end)(struct store *s, uint32_t number,
	    uint64_t now_ms);
	enum err (*opening_span)(struct store *s, struct opening_span *out);
	enum err (*opening_each)(struct store *s, store_see_opening *see,
	    void *user);
	enum err (*opening_uses)(struct store *s, store_see_opening_use *see,
	    void *user);

	/* The signing keys of a terminal, ERR_NOT_FOUND: the one of a number,
	 * and the one that a sequence is to be signed by. Adding a terminal
	 * adds its first. */
	enum err (*epoch_find)(struct store *s, uint32_t terminal,
	    uint32_t number, struct epoch_key *out);
	enum err (*epoch_of)(struct store *s, uint32_t terminal,
	    uint64_t sequence, struct epoch_key *out);
	enum err (*epoch_add)(struct store *s, uint32_t terminal,
	    const struct epoch_key *k);

	/* Codes. Adding one promises it the next number. Using one is done
	 * once, ERR_NOT_FOUND afterwards; whether it came in time is for who
	 * asks to say. */
	enum err (*join_add)(struct store *s, struct joining *j);
	enum err (*join_use)(struct store *s, const uint8_t hash[DIGEST_LEN],
	    struct joining *out);

	/* Entries, ERR_NOT_FOUND. Adding takes all but the id; what was
	 * added is there, and its bytes no longer needed, when entries_added
	 * or the commit said so. entries_new: whether there is none of that
	 * id, of each. */
	enum err (*entry_by_rid)(struct store *s, const struct rid *rid,
	    struct entry *out);
	enum err (*entries_new)(struct store *s, const struct rid *rid,
	    unsigned n, bool *fresh);
	enum err (*entry_by_sequence)(struct store *s, uint32_t terminal,
	    uint64_t sequence, struct entry *out);
	enum err (*entry_add)(struct store *s, const struct entry *e,
	    const void *envelope, size_t n);
	enum err (*entries_added)(struct store *s);
	enum err (*entry_each)(struct store *s, store_see_entry *see,
	    void *user);

	/* The first `max` entries without outcome behind id `after`, in
	 * their order, with their bytes. see() asks the store nothing. */
	enum err (*waiting_each)(struct store *s, uint64_t after,
	    unsigned max, store_see_waiting *see, void *user);

	/* Sequence numbers that the terminal says it cannot send now. Filling
	 * one that is not missing is ERR_NOT_FOUND. */
	enum err (*gap_add)(struct store *s, uint32_t terminal,
	    uint64_t sequence, uint64_t now_ms);
	enum err (*gap_fill)(struct store *s, uint32_t terminal,
	    uint64_t sequence);
	enum err (*gap_each)(struct store *s, store_see_gap *see, void *user);

	/* Keep the evidence; the same bytes again only count. */
	enum err (*alarm_add)(struct store *s, const struct alarm *a,
	    const void *envelope, size_t n);
	enum err (*alarm_each)(struct store *s, store_see_alarm *see,
	    void *user);

	/* Leases. lease_next gives the number of the next block and the index
	 * of its first identifier in the permutation; lease_since counts the
	 * blocks of a terminal since then; lease_add keeps the block and lends
	 * each of its identifiers (ERR_CONFLICT when one was lent before). */
	enum err (*lease_next)(struct store *s, uint32_t *block,
	    uint64_t *first);
	enum err (*lease_since)(struct store *s, uint32_t terminal,
	    uint64_t since_ms, uint64_t *blocks);
	enum err (*lease_add)(struct store *s, const struct lease *l,
	    uint64_t first);
	/* LOAN_NONE when it was never lent to that terminal. */
	enum err (*loan_find)(struct store *s, uint32_t terminal,
	    uint32_t identifier, enum loan *out);

	/* Are n of them, at most STORE_SETTLE, all lent so, and LOAN_OUT? */
	enum err (*loans_out)(struct store *s, const struct loan_claim *c,
	    unsigned n, bool *out);

	/* Outcomes: write n of them, at most STORE_SETTLE, and mark their
	 * entries; then those of a terminal behind a number, oldest first, at
	 * most max. Settling an entry that has its outcome already changes
	 * nothing, and is not `fresh`. */
	enum err (*settle)(struct store *s, const struct settlement *w,
	    unsigned n, bool *fresh);
	enum err (*notes_after)(struct store *s, uint32_t terminal,
	    uint64_t after, unsigned max, store_see_note *see, void *user);

	/* Every block ever lent, in its order. */
	enum err (*lease_each)(struct store *s, store_see_lease *see,
	    void *user);

	enum err (*count)(struct store *s, struct store_counts *out);

	/* Let no copy of what was dropped stand in the files. Of PostgreSQL
	 * the copies, the log and the backups are elsewhere: there it does
	 * nothing, and what was sealed is out of reach when its opening key
	 * is destroyed. ERR_LEDGER also when another process reads just now:
	 * to be tried again. */
	enum err (*scrub)(struct store *s);

	/* Add t->n to what its day, kind, channel and department have. Each
	 * row is locked until the commit: who adds several adds them in
	 * tally_order. Then those since a day, in that order. */
	enum err (*tally_add)(struct store *s, const struct tally *t);
	enum err (*tally_each)(struct store *s, uint32_t since,
	    store_see_tally *see, void *user);

	/* How many were refused for which reason, the most first. */
	enum err (*refusal_each)(struct store *s, store_see_refusal *see,
	    void *user);
};

/* A store begins with its table. */
struct store {
	const struct store_ops *ops;
	/* What a commit that answers ERR_OK vouches for; begin says it anew,
	 * and commit fails when it is less by then. */
	enum receipt_level level;
};

const char *terminal_state_word(enum terminal_state s);
const char *alarm_word(enum alarm_kind k);

/* By day, kind, channel, department, as for qsort(3). */
int tally_order(const void *a, const void *b);

/* FOLDER/ledger.db, or ":memory:". With create false, ERR_NOT_FOUND when
 * there is none. */
enum err store_sqlite_open(const char *folder, bool create,
    struct store **out);

/*
 * The database of a "postgresql://" address (libpq's, of one or more hosts),
 * whichever host takes writes; every wait ends after 5 seconds. Receipts are
 * LEVEL_REPLICATED while synchronous replication is required there.
 * ERR_NOT_FOUND as above.
 */
enum err store_pg_open(const char *address, bool create, struct store **out);

/* The one that the settings name, ERR_STORE when it is none of the two.
 * store_close accepts NULL. */
enum err store_open(const struct centre_settings *set, bool create,
    struct store **out);
void store_close(struct store *s);

#endif
