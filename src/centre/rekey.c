/* rekey: three files, and small transactions. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "centre/rekey.h"

#define NOW  "master.key"
#define NEXT "master-next.key"

enum err
rekey_path(const char *folder, const char *name, char out[PATH_ROOM])
{
	char keys[PATH_ROOM];
	enum err r = path_join(folder, "keys", keys);

	return r == ERR_OK ? path_join(keys, name, out) : r;
}

bool
rekey_is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

struct paths {
	char now[PATH_ROOM], next[PATH_ROOM], before[PATH_ROOM];
};

/* A new key beside the others. One that a crash left half written was never
 * in force. */
static enum err
make_next(const struct paths *p, uint32_t number)
{
	uint8_t *key = secret_alloc(SYM_KEY_LEN);
	uint32_t there;
	enum err r;

	if (key == NULL)
		return ERR_MEMORY;
	r = keyfile_read(p->next, REKEY_KIND, key, SYM_KEY_LEN, &there);
	if (r != ERR_OK) {
		(void)unlink(p->next);
		secret_random(key, SYM_KEY_LEN);
		r = keyfile_write(p->next, REKEY_KIND, key, SYM_KEY_LEN,
		    number);
	}
	secret_free(key);
	return r;
}

/* The one in force gets a second name, then the new one takes the first: at
 * no moment is there none. */
static enum err
exchange(const struct paths *p)
{
	if (link(p->now, p->before) != 0 && errno != EEXIST)
		return err_about(ERR_FILE_WRITE, "%s", p->before);
	if (folder_sync_of(p->before) != ERR_OK ||
	    rename(p->next, p->now) != 0)
		return err_about(ERR_FILE_WRITE, "%s", p->now);
	return folder_sync_of(p->now);
}

/* Unless that was done before a crash. */
static enum err
bring_key(const struct paths *p, uint32_t number)
{
	enum err r = ERR_OK;

	if (rekey_is_there(p->before) && !rekey_is_there(p->next))
		return ERR_OK;
	if (!rekey_is_there(p->before))
		r = make_next(p, number);
	return r == ERR_OK ? exchange(p) : r;
}

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
end_before(struct vault *v, const struct paths *p)
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
	if (unlink(p->before) != 0)
		return err_about(ERR_FILE_WRITE, "%s", p->before);
	return folder_sync_of(p->before);
}

enum err
rekey_master(struct vault *v, struct opener_keys *keys, const char *folder)
{
	const uint32_t number = opener_vault_keys(keys)->master_number;
	struct paths p;
	enum err r;

	if ((r = rekey_path(folder, NOW, p.now)) != ERR_OK ||
	    (r = rekey_path(folder, NEXT, p.next)) != ERR_OK ||
	    (r = rekey_path(folder, REKEY_BEFORE, p.before)) != ERR_OK ||
	    (r = bring_key(&p, number + 1)) != ERR_OK ||
	    (r = opener_keys_masters(keys, folder)) != ERR_OK ||
	    (r = vault_turn(v)) != ERR_OK || (r = rewrap_all(v)) != ERR_OK)
		return r;
	return end_before(v, &p);
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
