/*
 * vault: the dossiers, each person under a key of their own.
 *
 * One SQLite file, dossiers.db, on the opener's side. A dossier is the records
 * of its acts as they came, sealed with the person's data key; that key is
 * wrapped by the master key. So destroying the wrapped key destroys the
 * dossier, and what stays (when, by which consent, the counts) names nobody.
 * A person is found by a keyed index of number, birth and names, never by the
 * bare number. Of preferences the last that came hold, all are kept.
 *
 * Outcomes are kept here before the ledger hears of them: an entry opened
 * twice, after a crash between the two, gets its first outcome again.
 * Every act leaves a trace, each with the hash of the one before.
 */
#ifndef GUICHET_CENTRE_VAULT_H
#define GUICHET_CENTRE_VAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "base/secret.h"
#include "centre/datakey.h"
#include "centre/trace.h"
#include "envelope/identifier.h"
#include "envelope/outcome.h"
#include "envelope/record.h"

#define VAULT_VERSION 8 /* of the file */

struct vault;

/* The keys of a vault that is written or opened; locked memory. While the
 * master key changes, `before` is the one that still opens what is not yet
 * wrapped by the new one; else NULL. */
struct vault_keys {
	uint32_t master_number;
	const uint8_t *master, *index; /* SYM_KEY_LEN each */
	uint32_t before_number;
	const uint8_t *before;
	const uint8_t *notice; /* public, BOX_PUBLIC_LEN; NULL: tell nobody */
};

/* What the opener decided about one record. */
struct act {
	struct rid rid;
	uint32_t terminal;
	enum outcome_kind kind;
	uint16_t reason; /* error number when refused */
	uint64_t at_ms;
	struct rid about; /* of OUTCOME_VOIDED: what gave those secrets */
};

/* What a person has here. CLOSED keeps its content for ten years (L.1111-18),
 * OPPOSED is a dossier that holds an opposition and nothing else, of DESTROYED
 * only the counts are left. DECEASED is closed for ever: the ten years run from
 * the closing, and nothing reopens it. */
#define DOSSIER_STATES(X)						\
	X(NONE, "none") X(OPENED, "opened") X(CLOSED, "closed")		\
	X(OPPOSED, "opposed") X(DESTROYED, "destroyed")			\
	X(DECEASED, "deceased")
#define DOSSIER_ENUM(name, word) DOSSIER_##name,
enum dossier_state { DOSSIER_STATES(DOSSIER_ENUM) DOSSIER_STATE_COUNT };
#undef DOSSIER_ENUM

/* The word of a state; static storage. */
const char *dossier_state_word(enum dossier_state s);

/* A line of `guichetctl centre dossiers`: no identity. Times are 0 when it
 * never was; the consent is the last that opened, reopened or opposed. */
struct dossier {
	struct rid rid; /* of its first act */
	uint8_t id[DOSSIER_ID_LEN];
	enum dossier_state state;
	uint64_t opened_ms, closed_ms, changed_ms;
	uint64_t acts; /* records that it holds */
	char subject[16];
	bool represented;
	uint64_t consent_ms;
	char method[16];
	char notice_id[32], notice_version[16], notice_lang[16];
	char notice_sha[65];
	bool samu_opposed, break_glass_opposed, masked, sensitive;
	uint64_t allowed, blocked; /* how many professionals */
	bool doctor, emergency; /* declared? */
	char alerts[8], confirmation[8];
	char mobile[12], email[12]; /* "verified", "unverified", "" */
	bool account;
};

typedef enum err vault_see(const struct dossier *d, void *user);

/*
 * FOLDER/dossiers.db, or ":memory:". keys may be NULL to list only; they are
 * borrowed until vault_close, which accepts NULL. ERR_VAULT, or ERR_NOT_FOUND
 * with create false. Every call below may return ERR_VAULT too.
 */
enum err vault_open(const char *folder, bool create,
    const struct vault_keys *keys, struct vault **out);
void vault_close(struct vault *v);

/* ERR_MASTER_KEY, here and of whatever opens a dossier: the master key is
 * another by now, and keys must be read again. */
enum err vault_begin(struct vault *v);
enum err vault_commit(struct vault *v);
void vault_rollback(struct vault *v);

/* What was decided about that record before, or ERR_NOT_FOUND; *identifier is
 * the one it used up, IDENTIFIER_COUNT when none. */
enum err vault_decided(struct vault *v, const struct rid *rid,
    struct act *out, uint32_t *identifier);

/* What does the person of that record have? ERR_TEXT and ERR_TOO_LONG when
 * the names cannot be folded. */
enum err vault_find(struct vault *v, const struct record *rec,
    enum dossier_state *out);

/* Has that identifier been given to anybody, or been made void? */
enum err vault_identifier_used(struct vault *v, uint32_t identifier,
    bool *out);

/*
 * Keep a decision and its trace. For an outcome that changes something (all
 * but already-open, refused and voided) the record's document becomes part of
 * the person's dossier, and the dossier follows the act; for the others rec
 * may be NULL and the document is not looked at. The identifier
 * (IDENTIFIER_COUNT: none) is used up, or made void unless an account was
 * made with it. The caller has asked vault_find: a person has one dossier,
 * and what has none cannot be changed (ERR_VAULT).
 */
enum err vault_keep(struct vault *v, const struct act *act,
    const struct record *rec, const struct buf *document,
    uint32_t identifier);

/*
 * The secrets that this terminal gave with that record are void: the account
 * keeps its identifier, used up, and no verifier. Also before the record is
 * opened, when it comes later. Twice is once.
 */
enum err vault_annul(struct vault *v, const struct rid *about,
    uint32_t terminal, uint64_t at_ms);

/* Read an act back: its document appended to a secret buffer.
 * ERR_NOT_FOUND, or ERR_ENV_OPEN with another master key. */
enum err vault_read(struct vault *v, const struct rid *rid, struct buf *out);

/* Each dossier in the order of opening, until see() says otherwise. */
enum err vault_each(struct vault *v, vault_see *see, void *user);

/* One of them by its id; the id of the one in which that record is kept, or
 * was the first. ERR_NOT_FOUND. */
enum err vault_dossier(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct dossier *out);
enum err vault_dossier_of(struct vault *v, const struct rid *rid,
    uint8_t id[DOSSIER_ID_LEN]);

/* Destroy what was closed ten years before that moment: its key, its records
 * and the person's index. Within a transaction; *count how many. */
enum err vault_purge(struct vault *v, uint64_t now_ms, unsigned *count);

/*
 * What an operator of the centre says of a dossier, each within a transaction
 * and with the trace that names who says it (its action and subject are set
 * here). ERR_NOT_FOUND; ERR_STATE when its state does not allow it.
 *
 * deceased: the holder has died; what is open or opposed is closed by it.
 * destroy: at once, of what is closed, as the holder asked in writing.
 */
enum err vault_deceased(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct trace t);
enum err vault_destroy(struct vault *v, const uint8_t id[DOSSIER_ID_LEN],
    struct trace t);

/*
 * Look at up to VAULT_MINORS dossiers of minors behind number *after, which
 * moves on; *left false: these were the last. Of who is of age by now the
 * codes are void and nobody speaks for them; *count how many. One that cannot
 * be read is named in the log and passed over. Within a transaction.
 */
#define VAULT_MINORS 100
enum err vault_majority(struct vault *v, uint64_t now_ms, int adult_age,
    uint64_t *after, bool *left, unsigned *count);

/*
 * The change of keys (centre/rekey.h), step by step. turn: from now on the
 * master key is that of v's keys. rewrap and renew look at some dossiers
 * behind number *after, which moves on, within a transaction; *left false:
 * these were the last. rewrap: what another master key wraps is wrapped by
 * this one. renew: a data key of before before_ms becomes a new one, and all
 * it sealed is sealed again. wrapped_by_others: how many rewrap has not had.
 */
#define VAULT_REWRAPS 100
#define VAULT_RENEWS  20
enum err vault_turn(struct vault *v);
enum err vault_rewrap(struct vault *v, uint64_t *after, bool *left);
enum err vault_wrapped_by_others(struct vault *v, uint64_t *count);
enum err vault_renew(struct vault *v, uint64_t before_ms, uint64_t now_ms,
    uint64_t *after, bool *left);

/* A renewal that is under way: of keys from before *before_ms; 0: none. */
enum err vault_renewal(struct vault *v, uint64_t *before_ms);
enum err vault_set_renewal(struct vault *v, uint64_t before_ms);

/* Let no copy of what was destroyed stand in the files. ERR_VAULT also when
 * another process reads just now: to be tried again. */
enum err vault_scrub(struct vault *v);

/* The same, keeping nobody waiting: ERR_VAULT at once when one reads. */
enum err vault_scrub_now(struct vault *v);

/* Walk the traces: *count how many; ERR_CHAIN when one was altered, taken out
 * or put in, the subject says which number. */
enum err vault_check(struct vault *v, uint64_t *count);

/* The traces behind number `after` and up to `last`, of one dossier or, with
 * NULL, of all (centre/trace.h). */
enum err vault_traces(struct vault *v, const uint8_t *id, uint64_t after,
    uint64_t last, trace_see *see, void *user);

/* As trace_between. */
enum err vault_between(struct vault *v, uint64_t from_ms, uint64_t to_ms,
    uint64_t *first, uint64_t *last);

/* Leave a trace of an act that is no record's, within a transaction. */
enum err vault_witness(struct vault *v, const struct trace *t);

#endif
