/* rekey: the next master key, and small transactions. */
#include "base/secret.h"
#include "centre/rekey.h"

static void
make(uint8_t *key)
{
	secret_random(key, SYM_KEY_LEN);
}

const struct keyturn rekey_turn = { "master", "master-secret",
	SYM_KEY_LEN, make };

static enum err
rewrap_all(struct vault *v)
{
	uint64_t after = 0;
	bool left = true;
	enum err r = ERR_OK;

	while (r == ERR_OK && left) {
		if ((r = vault_begin(v)) != ERR_OK)
			return r;
		if ((r = vault_rewrap(v, &after, &left)) == ERR_OK)
			r = vault_commit(v);
		vault_rollback(v);
	}
	return r;
}

/* Nothing needs the old one; nor may a copy of what it wrapped stay. */
static enum err
end_before(struct vault *v, const char *folder)
{
	uint64_t others;
	enum err r;

	if ((r = vault_wrapped_by_others(v, &others)) != ERR_OK)
		return r;
	if (others > 0)
		return err_about(ERR_MASTER_KEY, "%llu",
		    (unsigned long long)others);
	if ((r = vault_scrub(v)) != ERR_OK)
		return r;
	return keyturn_end(&rekey_turn, folder);
}

enum err
rekey_master(struct vault *v, struct opener_keys *keys, const char *folder)
{
	const uint32_t number = opener_vault_keys(keys)->master_number;
	enum err r;

	if ((r = keyturn_bring(&rekey_turn, folder, number + 1)) != ERR_OK ||
	    (r = opener_keys_masters(keys, folder)) != ERR_OK ||
	    (r = vault_turn(v)) != ERR_OK || (r = rewrap_all(v)) != ERR_OK)
		return r;
	return end_before(v, folder);
}

static enum err
begin_renewal(struct vault *v, uint64_t now_ms, uint64_t *before_ms)
{
	enum err r;

	if ((r = vault_begin(v)) != ERR_OK)
		return r;
	if ((r = vault_renewal(v, before_ms)) == ERR_OK && *before_ms == 0) {
		*before_ms = now_ms;
		r = vault_set_renewal(v, now_ms);
	}
	if (r == ERR_OK)
		r = vault_commit(v);
	vault_rollback(v);
	return r;
}

enum err
rekey_data(struct vault *v, uint64_t now_ms)
{
	uint64_t before_ms, after = 0;
	bool left = true;
	enum err r = begin_renewal(v, now_ms, &before_ms);

	while (r == ERR_OK && left) {
		if ((r = vault_begin(v)) != ERR_OK)
			return r;
		if ((r = vault_renew(v, before_ms, now_ms, &after, &left)) ==
		    ERR_OK && (left ||
		    (r = vault_set_renewal(v, 0)) == ERR_OK))
			r = vault_commit(v);
		vault_rollback(v);
	}
	return r == ERR_OK ? vault_scrub(v) : r;
}
