/*
 * rekey: other keys for all dossiers, while everything serves on.
 *
 * Of the master key two are in force meanwhile, in VAULT/keys: master.key, and
 * master-before.key for what is still wrapped by it. Killed anywhere, it is
 * called again and goes on; openers that run hear of the new key from the
 * vault and read it.
 */
#ifndef GUICHET_CENTRE_REKEY_H
#define GUICHET_CENTRE_REKEY_H

#include "centre/keyturn.h"
#include "centre/opener.h"

extern const struct keyturn rekey_turn; /* of the master key */

/*
 * Make a master key and wrap every data key by it; the old one is gone when
 * this returns ERR_OK. keys are those that v borrows, and are read again.
 * ERR_KEY_*, ERR_FILE_WRITE, ERR_VAULT, ERR_ENV_OPEN, ERR_MASTER_KEY.
 */
enum err rekey_master(struct vault *v, struct opener_keys *keys,
    const char *folder);

/* Give every dossier whose data key is from before now a new one. */
enum err rekey_data(struct vault *v, uint64_t now_ms);

#endif
