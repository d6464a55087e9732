/*
 * vault: the dossiers, each person under a key of their own.
 *
 * One SQLite file, dossiers.db, on the opener's side. A dossier is the record
 * as it came, sealed with the person's data key; that key is wrapped by the
 * master key. So destroying the wrapped key destroys the dossier, and what
 * stays (when, by which consent, the counts) names nobody. A person is found
 * by a keyed index of number, birth and names, never by the bare number.
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
#include "envelope/identifier.h"
#include "envelope/outcome.h"
#include "envelope/record.h"

struct vault;

/* The two keys of a vault that is written or opened; locked memory. */
struct vault_keys {
	uint32_t master_number;
	const uint8_t *master, *index; /* SYM_KEY_LEN each */
};

/* What the opener decided about one record. */
struct act {
	struct rid rid;
	uint32_t terminal;
	enum outcome_kind kind;
	uint16_t reason; /* error number when refused */
	uint64_t at_ms;
};

/* A line of `guichetctl centre dossiers`: no identity. */
struct dossier {
	struct rid rid;
	uint8_t id[DOSSIER_ID_LEN];
	uint64_t opened_ms, consent_ms;
	char method[16];
	char notice_id[32], notice_version[16], notice_lang[16];
	char notice_sha[65];
	bool samu_opposed, break_glass_opposed, account;
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

enum err vault_begin(struct vault *v);
enum err vault_commit(struct vault *v);
void vault_rollback(struct vault *v);

/* What was decided about that record before, or ERR_NOT_FOUND; *identifier is
 * the one it used up, IDENTIFIER_COUNT when none. */
enum err vault_decided(struct vault *v, const struct rid *rid,
    struct act *out, uint32_t *identifier);

/* Is there a dossier of that person? ERR_OK or ERR_NOT_FOUND. */
enum err vault_find(struct vault *v, const struct record *rec);

/* Has that identifier been given to anybody, or been made void? */
enum err vault_identifier_used(struct vault *v, uint32_t identifier,
    bool *out);

/*
 * Keep a decision and its trace. For OUTCOME_OPENED the dossier and, when
 * wanted, the account are written from the record and its document; for the
 * others rec may be NULL and the document is not looked at. The identifier
 * (IDENTIFIER_COUNT: none) is used up, or made void unless opened.
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

/* Read a dossier back: its document appended to a secret buffer.
 * ERR_NOT_FOUND, or ERR_ENV_OPEN with another master key. */
enum err vault_read(struct vault *v, const struct rid *rid, struct buf *out);

/* Each dossier in the order of opening, until see() says otherwise. */
enum err vault_each(struct vault *v, vault_see *see, void *user);

/* Walk the traces: *count how many; ERR_CHAIN when one was altered, taken out
 * or put in, the subject says which number. */
enum err vault_check(struct vault *v, uint64_t *count);

#endif
