/*
 * queue: the durable outbox of a terminal: sealed envelopes in, receipts in
 * return, nothing in clear.
 *
 * One file, queue.db, in the state folder: WAL and synchronous=FULL, both
 * read back at every open (facts/storage.md, finding 1). The commit in
 * queue_put() is THE commit point of an enrolment: only after it returned
 * ERR_OK may anything be shown or printed.
 *
 * States (DESIGN section 7):
 *	ready     waits to be sent, from next_ms on (deferred when in future)
 *	sent      a valid receipt is kept; the sealed bytes are dropped at the
 *	          level that the settings name
 *	held      an operator keeps it back
 *	refused   the centre refused it; kept and shown, never deleted
 *	damaged   set aside, never deleted
 */
#ifndef GUICHET_QUEUE_QUEUE_H
#define GUICHET_QUEUE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "envelope/badge.h"
#include "envelope/envelope.h"
#include "envelope/lease.h"
#include "envelope/opening.h"
#include "envelope/outcome.h"
#include "envelope/receipt.h"
#include "envelope/switch.h"

struct queue;

#define QUEUE_STATES(X)							\
	X(READY, "ready") X(SENT, "sent") X(HELD, "held")		\
	X(REFUSED, "refused") X(DAMAGED, "damaged")

#define QUEUE_ENUM(name, word) QUEUE_##name,
enum queue_state { QUEUE_STATES(QUEUE_ENUM) };
#undef QUEUE_ENUM

/* The word of a state, static storage; and back, ERR_NOT_FOUND. */
const char *queue_state_word(enum queue_state s);
enum err queue_state_of(const char *word, enum queue_state *out);

struct queue_row {
	uint64_t sequence;
	struct rid rid;
	enum queue_state state;
	int level;		/* enum receipt_level, 0: no receipt */
	uint32_t attempts;
	uint64_t made_ms, next_ms;
	int reason;		/* error number of the last failure, or 0 */
	int outcome;		/* enum outcome_kind, 0: none yet */
	int outcome_reason;
	size_t bytes;		/* 0 once dropped */
	uint8_t hash[DIGEST_LEN];
};

struct queue_counts {
	uint64_t by_state[5];	/* index: enum queue_state */
	uint64_t oldest_ready_ms, last_sent_ms; /* wall; 0: none */
	uint32_t identifiers;	/* left in the lease */
};

/*
 * Open, or make, STATE/queue.db. ERR_STATE_FOLDER, ERR_QUEUE_OPEN,
 * ERR_QUEUE_DURABLE when the two pragmas do not read back, ERR_QUEUE_STORAGE
 * when production is true and the folder is on storage that forgets (tmpfs,
 * ramfs, overlay in RAM, nobarrier, read-only); otherwise that is logged.
 * queue_close accepts NULL.
 *
 * Any call below may also say ERR_QUEUE_BUSY (another program has been
 * writing for 2 s), ERR_QUEUE_SPACE, ERR_QUEUE_DAMAGED, ERR_QUEUE_WRITE or
 * ERR_MEMORY; nothing was changed then.
 */
enum err queue_open(const char *state, bool production, struct queue **out);
void queue_close(struct queue *q);

/*
 * May another person begin? ERR_QUEUE_SPACE when less than 32 MiB are free,
 * or in production the ballast of as much is gone and cannot be put back: a
 * session that runs is never refused for it, and has the ballast's room.
 * ERR_QUEUE_STOPPED when two saves in a row have failed: none is tried any
 * more until the queue is opened anew.
 */
enum err queue_room(struct queue *q);

/*
 * Save one enrolment: in one transaction take the next sequence and the hash
 * before, write and sign the envelope of the sealed bytes, insert, commit.
 * *sequence is the number taken. ERR_QUEUE_UNKNOWN: the commit failed, and
 * reading back what it did failed too; the queue is closed then. Any other
 * error, among them ERR_ENV_FORM, ERR_SET_VALUE (the queue is another
 * terminal's) and ERR_EPOCH: nothing was kept.
 */
enum err queue_put(struct queue *q, uint32_t terminal, const struct rid *rid,
    const struct buf *sealed, const struct envelope_keys *keys,
    uint64_t *sequence);

/* The same for an enrolment that gave secrets: in the same commit they are
 * owed to the person (below). */
enum err queue_put_owing(struct queue *q, uint32_t terminal,
    const struct rid *rid, const struct buf *sealed,
    const struct envelope_keys *keys, uint64_t *sequence);

/*
 * The epochs of the terminal's signing key (queue/signer.h). The hand-over to
 * the next key is put like an enrolment, and from its commit on queue_put
 * takes no other key: ERR_EPOCH. It is never held back, and its bytes stay.
 */
enum err queue_put_epoch(struct queue *q, uint32_t terminal,
    const struct rid *rid, const struct envelope_keys *keys,
    const uint8_t next_secret[SIGN_SECRET_LEN], uint64_t *sequence);

struct queue_epoch {
	uint32_t number;   /* of the key in force; 0: the first, whatever */
	uint64_t sequence; /* of the hand-over to it, 0 with number 0 */
	uint64_t used;	   /* how many it has signed */
	uint64_t since_ms; /* when it signed the first; 0: none yet */
	bool waiting;	   /* something is ready to be sent */
};

enum err queue_epoch(struct queue *q, struct queue_epoch *out);

/* The centre's badge of that key, already checked: keep it (ERR_NOT_FOUND,
 * ERR_RECEIPT when it is of another key), get it (ERR_NOT_FOUND). */
enum err queue_keep_badge(struct queue *q, const struct badge *b,
    const uint8_t bytes[BADGE_LEN]);
enum err queue_badge(struct queue *q, uint32_t number,
    uint8_t bytes[BADGE_LEN]);

/*
 * The journal of secrets (src/PROTOCOL section 9.1): owed from the commit on,
 * intent before the first byte for a printer, done once somebody said that
 * they are in hand, void otherwise. What a start finds owed or in intent, no
 * one can know: it is made void.
 */
#define HANDOVER_STATES(X)						\
	X(OWED, "owed") X(INTENT, "intent") X(DONE, "done") X(VOID, "void")

#define HANDOVER_ENUM(name, word) HANDOVER_##name,
enum handover_state { HANDOVER_STATES(HANDOVER_ENUM) };
#undef HANDOVER_ENUM

struct handover_row {
	uint64_t number; /* in order of the saves */
	struct rid rid;
	enum handover_state state;
	uint32_t prints; /* how often a print was begun */
};

/* The word of a state; static storage. */
const char *handover_word(enum handover_state s);

/* Durable when they return. ERR_NOT_FOUND; ERR_USAGE when it was done or void
 * before (to make void what is void is ERR_OK). */
enum err queue_print_intent(struct queue *q, const struct rid *rid);
enum err queue_print_done(struct queue *q, const struct rid *rid);
enum err queue_print_void(struct queue *q, const struct rid *rid);

/* The first behind that number that is owed or in intent; ERR_NOT_FOUND. */
enum err queue_print_unknown(struct queue *q, uint64_t after,
    struct handover_row *out);

typedef enum err queue_visit_print(const struct handover_row *row,
    void *user);
enum err queue_each_print(struct queue *q, queue_visit_print *visit,
    void *user);

/* One row; ERR_NOT_FOUND. */
enum err queue_find(struct queue *q, const struct rid *rid,
    struct queue_row *out);

/* Each row in sequence order until visit() says otherwise than ERR_OK. */
typedef enum err queue_visit(const struct queue_row *row, void *user);
enum err queue_each(struct queue *q, queue_visit *visit, void *user);

enum err queue_count(struct queue *q, struct queue_counts *out);

/*
 * The next envelopes to send, in sequence order: at most `most`, 100 and 256
 * KiB with their lengths (facts/lessons.md: batches), those ready, up to the
 * first whose time has not come at now_ms: none overtakes another that goes.
 * Appends for each a 32-bit length and the envelope's bytes; *n how many.
 */
#define BATCH_MAX   100
#define BATCH_BYTES ((size_t)256 * 1024)
enum err queue_batch(struct queue *q, uint64_t now_ms, size_t most,
    struct buf *out, size_t *n, struct rid rids[BATCH_MAX]);

/* The whole envelope again; ERR_NOT_FOUND once its bytes were dropped. */
enum err queue_bytes(struct queue *q, const struct rid *rid, struct buf *out);

/* Keep a receipt already checked: state sent, from any other; drop the bytes
 * when its level reaches `until`. ERR_NOT_FOUND; ERR_RECEIPT when sequence,
 * hash or terminal are not the row's. */
enum err queue_receipt(struct queue *q, const struct receipt *rc,
    const uint8_t *bytes, enum receipt_level until);

/* The same for what came of a batch, in one transaction: the desk waits for
 * one commit at most, and not for a hundred. *kept how many, in order; behind
 * one that is not right none is. */
struct kept_receipt {
	struct receipt receipt;
	uint8_t bytes[RECEIPT_LEN];
};
enum err queue_receipts(struct queue *q, const struct kept_receipt *all,
    size_t n, enum receipt_level until, size_t *kept);

/* One attempt failed: count it, keep the reason (an error number), wait until
 * next_ms; or wait for an operator. ERR_NOT_FOUND, ERR_USAGE as below. */
enum err queue_defer(struct queue *q, const struct rid *rid, int reason,
    uint64_t next_ms);
enum err queue_refuse(struct queue *q, const struct rid *rid, int reason);

/* The centre asks again from that number: those sent whose bytes are still
 * here are ready again; *n how many. */
enum err queue_resend(struct queue *q, uint64_t from, uint64_t *n);

/* The operator's verbs; ERR_NOT_FOUND, or ERR_USAGE when the state forbids:
 * ready or refused → ready now; ready or refused → held; held → ready. */
enum err queue_retry(struct queue *q, const struct rid *rid);
enum err queue_hold(struct queue *q, const struct rid *rid);
enum err queue_release(struct queue *q, const struct rid *rid);

/* Keep an outcome already checked. Unknown ids are ERR_NOT_FOUND. */
enum err queue_outcome(struct queue *q, const struct outcome_note *o);

/* The last outcome's number kept (0: none), to ask the centre for those after
 * it. */
enum err queue_outcome_cursor(struct queue *q, uint64_t *cursor);
enum err queue_set_outcome_cursor(struct queue *q, uint64_t cursor);

/* Add a checked lease (a block already here is ERR_OK and changes nothing). */
enum err queue_add_lease(struct queue *q, const struct lease *l);

/*
 * The centre's announcement of an opening key, already checked: one that is
 * not older takes the place of the last, at once or not at all. Then that one
 * (ERR_NOT_FOUND), and the number of the key that the first row is sealed to
 * that may still be sent, ready or held; 0 when there is none. queue_sent: the
 * sequence of the last row that queue_resend() can make ready and that is no
 * hand-over; 0 when there is none.
 */
enum err queue_keep_opening(struct queue *q, uint32_t number,
    const uint8_t said[OPENING_LEN]);
enum err queue_opening(struct queue *q, uint32_t *number,
    uint8_t said[OPENING_LEN]);
enum err queue_sealed_to(struct queue *q, uint32_t *number);
enum err queue_sent(struct queue *q, uint64_t *sequence);

/*
 * Whether this place opens dossiers: the centre's statement, already checked,
 * unless a newer one is here; then what holds: told.at_ms is 0 when nothing
 * was ever told, and since_ms is that of the first that said so in a row.
 */
struct queue_switch {
	struct switch_told told;
	uint64_t since_ms;
};
enum err queue_keep_switch(struct queue *q, const struct switched *w);
enum err queue_switch(struct queue *q, struct queue_switch *out);

/* Take the next identifier for good. ERR_NO_IDENTIFIER. */
enum err queue_take_identifier(struct queue *q, uint32_t *number);

/* Add one to the count of `what` ("refused", "abandoned", …) for a day,
 * "20261121": all that a person leaves who does not go through. */
enum err queue_tally(struct queue *q, const char *day, const char *what);

struct queue_tally_row {
	char day[9], what[32];
	uint64_t n;
};
typedef enum err queue_visit_tally(const struct queue_tally_row *row,
    void *user);
enum err queue_each_tally(struct queue *q, queue_visit_tally *visit,
    void *user);

/* A counter that survives a restart (backoff, breaker); 0 when never set. */
enum err queue_get_state(struct queue *q, const char *name, uint64_t *value);
enum err queue_set_state(struct queue *q, const char *name, uint64_t value);

/* Nobody needs it now: bring what was written to its place and make the
 * journal short. Nothing to do is ERR_OK, and so is another program at work. */
enum err queue_rest(struct queue *q);

/*
 * The same as queue_verify, for the last `rows` rows and without the file's
 * own structure: what a start has time for.
 */
enum err queue_verify_last(struct queue *q, uint64_t rows,
    uint32_t sign_number, const uint8_t sign_public[SIGN_PUBLIC_LEN],
    uint64_t *damaged);

/*
 * Check database, chain and signatures; a row that fails is set aside as
 * damaged and the rest go on. *damaged how many are aside in all, also with
 * ERR_CHAIN: a number is missing or a link does not hold. ERR_QUEUE_DAMAGED:
 * the file itself; an index that does not say what its rows say, and so may
 * hide one from the batches, is made anew first. Signatures of a key that is
 * neither this one nor known from a hand-over are not looked at. A hand-over
 * that fails is mended.
 */
enum err queue_verify(struct queue *q, uint32_t sign_number,
    const uint8_t sign_public[SIGN_PUBLIC_LEN], uint64_t *damaged);

#endif
