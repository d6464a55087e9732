/*
 * keyring: the keys that a terminal seals and signs with, in locked memory.
 */
#ifndef GUICHET_DESK_KEYRING_H
#define GUICHET_DESK_KEYRING_H

#include "base/settings.h"
#include "queue/queue.h"

/* The terminal's keys, in locked memory. */
struct desk_keys {
	uint8_t sign_secret[SIGN_SECRET_LEN];
	struct envelope_keys envelope;
	bool has_badge; /* the centre certified this signing key */
	uint8_t badge[BADGE_LEN];
	uint8_t refused[OPENING_LEN]; /* the announcement not believed last */
};

/* Read STATE/keys/sign.key and opening.pub, and badge.pub where there is one
 * of that key (without it, receipts bear no code). ERR_KEY_*; NULL never comes
 * with ERR_OK. desk_keys_free accepts NULL. */
enum err desk_keys_load(const char *state, struct desk_keys **out);
void desk_keys_free(struct desk_keys *k);

/* At a start, once the queue is open: the key that its last hand-over names
 * (queue/signer.h), its badge, and the opening key that was announced. */
enum err desk_keys_settle(struct desk_keys *k, const char *state,
    struct queue *q, uint64_t now_ms);

/* Nobody is there: the next signing key if it is time for it, the badge if it
 * has come, the next opening key once its time has. What sync left in the
 * queue is believed for the opener's signature alone. Trouble is logged; the
 * next moment tries again. */
void desk_keys_renew(struct desk_keys *k, const struct desk_settings *set,
    struct queue *q, uint64_t now_ms);

/* Of these, the opening key alone. */
void desk_keys_opening(struct desk_keys *k, const char *state,
    struct queue *q, uint64_t now_ms);

#endif
