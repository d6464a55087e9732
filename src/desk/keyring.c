/* keyring: the terminal's keys, read, settled and renewed. */
#include <string.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "base/secret.h"
#include "desk/keyring.h"
#include "queue/signer.h"

/* A badge serves while the key that it names does. */
static bool
fits(const struct desk_keys *k)
{
	struct badge b;

	return badge_look(k->badge, sizeof(k->badge), &b) == ERR_OK &&
	    b.sign_key == k->envelope.sign_number;
}

/* The one that was laid beside the first key. */
static enum err
read_badge(struct desk_keys *k, const char *state)
{
	uint32_t number;
	enum err r = keyfile_read_in(state, "badge.pub", "badge", k->badge,
	    sizeof(k->badge), &number);

	k->has_badge = r == ERR_OK && fits(k);
	return r == ERR_KEY_READ ? ERR_OK : r;
}

enum err
desk_keys_load(const char *state, struct desk_keys **out)
{
	struct desk_keys *k = secret_alloc(sizeof(*k));
	enum err r;

	if (k == NULL)
		return ERR_MEMORY;
	if ((r = signer_read(state, 0, k->sign_secret,
	    &k->envelope.sign_number)) == ERR_OK &&
	    (r = keyfile_read_in(state, "opening.pub", "opening-public",
	    k->envelope.opening_public, sizeof(k->envelope.opening_public),
	    &k->envelope.opening_number)) == ERR_OK &&
	    (r = read_badge(k, state)) == ERR_OK) {
		k->envelope.sign_secret = k->sign_secret;
		*out = k;
		k = NULL; /* transferred */
	}
	desk_keys_free(k);
	return r;
}

void
desk_keys_free(struct desk_keys *k)
{
	secret_free(k);
}

/* The one that came with the receipt of the hand-over. */
static void
fetch_badge(struct desk_keys *k, struct queue *q)
{
	if (!k->has_badge)
		k->has_badge = queue_badge(q, k->envelope.sign_number,
		    k->badge) == ERR_OK && fits(k);
}

/* From now on, here and after any crash: opening.pub is one or the other. */
static enum err
seal_to(struct desk_keys *k, const char *state, const struct opening *o)
{
	char keys[PATH_ROOM], path[PATH_ROOM];
	enum err r;

	if ((r = path_join(state, "keys", keys)) != ERR_OK ||
	    (r = path_join(keys, "opening.pub", path)) != ERR_OK ||
	    (r = keyfile_replace(path, "opening-public", o->public,
	    sizeof(o->public), o->number)) != ERR_OK)
		return r;
	memcpy(k->envelope.opening_public, o->public, sizeof(o->public));
	k->envelope.opening_number = o->number;
	log_event("opening-key", "%u", o->number);
	return ERR_OK;
}

static enum err
check_opening(const struct desk_keys *k, const char *state,
    const uint8_t said[OPENING_LEN], struct opening *out)
{
	uint8_t opener[SIGN_PUBLIC_LEN];
	uint32_t number;
	enum err r;

	if ((r = keyfile_read_in(state, "opener.pub", "outcome-public",
	    opener, sizeof(opener), &number)) != ERR_OK ||
	    (r = opening_read(said, OPENING_LEN, opener, out)) != ERR_OK)
		return r;
	return opening_follows(out, k->envelope.opening_number,
	    k->envelope.opening_public);
}

/* Checked here again: the program that brought it meets the network. One that
 * is not believed is said once. */
void
desk_keys_opening(struct desk_keys *k, const char *state, struct queue *q,
    uint64_t now_ms)
{
	uint8_t said[OPENING_LEN];
	struct opening o;
	uint32_t number;
	enum err r;

	if ((r = queue_opening(q, &number, said)) == ERR_NOT_FOUND ||
	    (r == ERR_OK && (number <= k->envelope.opening_number ||
	    memcmp(said, k->refused, sizeof(said)) == 0)))
		return;
	if (r == ERR_OK &&
	    (r = check_opening(k, state, said, &o)) != ERR_OK)
		memcpy(k->refused, said, sizeof(said));
	if (r == ERR_OK && o.from_ms <= now_ms)
		r = seal_to(k, state, &o);
	if (r != ERR_OK)
		log_error(r, "opening-key");
}

enum err
desk_keys_settle(struct desk_keys *k, const char *state, struct queue *q,
    uint64_t now_ms)
{
	enum err r;

	if ((r = signer_settle(state, q, k->sign_secret,
	    &k->envelope.sign_number)) != ERR_OK)
		return r;
	k->has_badge = k->has_badge && fits(k);
	fetch_badge(k, q);
	desk_keys_opening(k, state, q, now_ms);
	return ERR_OK;
}

void
desk_keys_renew(struct desk_keys *k, const struct desk_settings *set,
    struct queue *q, uint64_t now_ms)
{
	bool due = false;
	enum err r;

	r = signer_due(q, (uint64_t)set->epoch_envelopes,
	    (uint64_t)set->epoch_days, now_ms, &due);
	if (r == ERR_OK && due)
		r = signer_rotate(set->state, q, (uint32_t)set->terminal,
		    now_ms, k->sign_secret, &k->envelope.sign_number);
	if (r != ERR_OK)
		log_error(r, "signing-key");
	k->has_badge = k->has_badge && fits(k);
	fetch_badge(k, q);
	desk_keys_opening(k, set->state, q, now_ms);
}
