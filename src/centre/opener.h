/*
 * opener: sealed entries of the ledger → dossiers in the vault, and an outcome
 * for each terminal.
 *
 * The only place where a record is opened. Every rule is checked again; what
 * comes of the act is a table of its kind and of what the person has; the
 * vault keeps the decision first, the ledger hears of it after, and an entry
 * met again between the two gets the decision that the vault has.
 */
#ifndef GUICHET_CENTRE_OPENER_H
#define GUICHET_CENTRE_OPENER_H

#include "base/settings.h"
#include "centre/store.h"
#include "centre/vault.h"

#define OPENER_BATCH STORE_SETTLE /* entries in one transaction */

struct opener;

/* The opener's keys, read from VAULT/keys: opening.key, outcome.key,
 * master.key, index.key, and opening-before.key and master-before.key while
 * there is one. ERR_KEY_*. Free wipes, and accepts NULL. */
struct opener_keys;
enum err opener_keys_load(const char *folder, struct opener_keys **out);
void opener_keys_free(struct opener_keys *k);

/* Read the master keys again, of which one came while this one served:
 * whatever borrows them has them then. ERR_KEY_*. */
enum err opener_keys_masters(struct opener_keys *k, const char *folder);

/* The same for the opening keys, of which one may have come or gone. */
enum err opener_keys_openings(struct opener_keys *k, const char *folder);

/* The secret opening key of that number, BOX_SECRET_LEN; NULL when it is not
 * here. */
const uint8_t *opener_keys_opening(const struct opener_keys *k,
    uint32_t number);

/* Those that the vault borrows. */
const struct vault_keys *opener_vault_keys(const struct opener_keys *k);

/* Is it our own trouble, to be tried again? All else is the fault of what was
 * to be opened. */
bool opener_is_trouble(enum err r);

/* Everything is borrowed until opener_free, which accepts NULL. ERR_MEMORY. */
enum err opener_new(struct store *ledger, struct vault *vault,
    const struct opener_keys *keys, const struct centre_settings *set,
    struct opener **out);
void opener_free(struct opener *o);

/*
 * Destroy what was closed ten years ago, then settle up to OPENER_BATCH
 * entries; *settled how many. An entry sealed to a key that is not here is
 * left waiting and counted in *left, the others go on; one sealed to a key
 * that was retired is refused. ERR_MASTER_KEY: to be read again. ERR_LEDGER,
 * ERR_VAULT, ERR_MEMORY: nothing of this batch may be believed, and calling
 * again is harmless.
 *
 * Many may run on one vault and ledger. What one has claimed, others pass
 * over; where a ledger knows no claims (SQLite), the vault lets one in after
 * the other, and answers for what was decided.
 */
enum err opener_run(struct opener *o, uint64_t now_ms, unsigned *settled,
    unsigned *left);

#endif
