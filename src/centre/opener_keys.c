/* opener_keys: the keys in one piece of locked memory, and a public one. */
#include "base/file.h"
#include "base/keyfile.h"
#include "centre/opener_keys.h"
#include "centre/rekey.h"

static void
make_opening(uint8_t *key)
{
	uint8_t public[BOX_PUBLIC_LEN];

	box_keypair(key, public);
}

const struct keyturn opening_turn = { "opening", "opening-secret",
	BOX_SECRET_LEN, make_opening };

enum err
opener_keys_masters(struct opener_keys *k, const char *folder)
{
	enum err r;

	k->vault.before = NULL;
	if ((r = keyfile_read_in(folder, "master.key", rekey_turn.kind,
	    k->master, sizeof(k->master), &k->vault.master_number)) != ERR_OK)
		return r;
	k->vault.master = k->master;
	if ((r = keyturn_before(&rekey_turn, folder, k->vault.master_number,
	    k->before, &k->vault.before_number)) == ERR_OK &&
	    k->vault.before_number != 0)
		k->vault.before = k->before;
	return r;
}

enum err
opener_keys_openings(struct opener_keys *k, const char *folder)
{
	struct opening_key *now = &k->opening, *old = &k->opening_before;
	enum err r;

	if ((r = keyfile_read_in(folder, "opening.key", opening_turn.kind,
	    now->secret, sizeof(now->secret), &now->number)) != ERR_OK)
		return r;
	return keyturn_before(&opening_turn, folder, now->number, old->secret,
	    &old->number);
}

const uint8_t *
opener_keys_opening(const struct opener_keys *k, uint32_t number)
{
	if (number == k->opening.number)
		return k->opening.secret;
	return number != 0 && number == k->opening_before.number ?
	    k->opening_before.secret : NULL;
}

/* A centre that tells nobody anything has none. */
static enum err
load_notice(const char *folder, struct opener_keys *k)
{
	char keys[PATH_ROOM], path[PATH_ROOM];
	uint32_t number;
	enum err r;

	if ((r = path_join(folder, "keys", keys)) != ERR_OK ||
	    (r = path_join(keys, "notice.pub", path)) != ERR_OK ||
	    keyfile_there(path) == ERR_KEY_READ)
		return r;
	r = keyfile_read(path, "notice-public", k->notice,
	    sizeof(k->notice), &number);
	if (r == ERR_OK)
		k->vault.notice = k->notice;
	return r;
}

enum err
opener_keys_load(const char *folder, struct opener_keys **out)
{
	struct opener_keys *k;
	uint32_t index_number;
	enum err r;

	if ((k = secret_alloc(sizeof(*k))) == NULL)
		return ERR_MEMORY;
	if ((r = opener_keys_openings(k, folder)) != ERR_OK ||
	    (r = keyfile_read_in(folder, "outcome.key", "outcome-secret",
	    k->outcome, sizeof(k->outcome), &k->outcome_number)) != ERR_OK ||
	    (r = opener_keys_masters(k, folder)) != ERR_OK ||
	    (r = keyfile_read_in(folder, "index.key", "index-secret",
	    k->index, sizeof(k->index), &index_number)) != ERR_OK ||
	    (r = load_notice(folder, k)) != ERR_OK) {
		opener_keys_free(k);
		return r;
	}
	k->vault.index = k->index;
	*out = k;
	return ERR_OK;
}

void
opener_keys_free(struct opener_keys *k)
{
	secret_free(k);
}

const struct vault_keys *
opener_vault_keys(const struct opener_keys *k)
{
	return &k->vault;
}
