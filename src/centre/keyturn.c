/* keyturn: three names, one link and one rename. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "base/secret.h"
#include "centre/keyturn.h"

struct paths {
	char now[PATH_ROOM], next[PATH_ROOM], before[PATH_ROOM];
};

enum err
keyturn_path(const char *folder, const char *name, char out[PATH_ROOM])
{
	char keys[PATH_ROOM];
	enum err r = path_join(folder, "keys", keys);

	return r == ERR_OK ? path_join(keys, name, out) : r;
}

bool
keyturn_is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static enum err
path_of(const struct keyturn *t, const char *folder, const char *which,
    char out[PATH_ROOM])
{
	char name[64];

	(void)snprintf(name, sizeof(name), "%s%s.key", t->name, which);
	return keyturn_path(folder, name, out);
}

static enum err
find(const struct keyturn *t, const char *folder, struct paths *p)
{
	enum err r;

	if ((r = path_of(t, folder, "", p->now)) != ERR_OK ||
	    (r = path_of(t, folder, "-next", p->next)) != ERR_OK)
		return r;
	return path_of(t, folder, "-before", p->before);
}

/* A new key beside the others. One that a crash left half written was never
 * in force. */
static enum err
make_next(const struct keyturn *t, const struct paths *p, uint32_t number)
{
	uint8_t *key = secret_alloc(t->len);
	uint32_t there;
	enum err r;

	if (key == NULL)
		return ERR_MEMORY;
	r = keyfile_read(p->next, t->kind, key, t->len, &there);
	if (r != ERR_OK || there != number) {
		(void)unlink(p->next);
		t->make(key);
		r = keyfile_write(p->next, t->kind, key, t->len, number);
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

enum err
keyturn_bring(const struct keyturn *t, const char *folder, uint32_t number)
{
	struct paths p;
	enum err r;

	if ((r = find(t, folder, &p)) != ERR_OK)
		return r;
	if (keyturn_is_there(p.before) && !keyturn_is_there(p.next))
		return ERR_OK;
	if (!keyturn_is_there(p.before))
		r = make_next(t, &p, number);
	return r == ERR_OK ? exchange(&p) : r;
}

enum err
keyturn_before(const struct keyturn *t, const char *folder, uint32_t now,
    uint8_t *key, uint32_t *number)
{
	char path[PATH_ROOM];
	enum err r;

	*number = 0;
	secret_wipe(key, t->len);
	if ((r = path_of(t, folder, "-before", path)) != ERR_OK ||
	    !keyturn_is_there(path))
		return r;
	r = keyfile_read(path, t->kind, key, t->len, number);
	if (r != ERR_OK || *number == now) {
		secret_wipe(key, t->len);
		*number = 0;
	}
	/* A crash while it was destroyed leaves what is no key. */
	return r == ERR_KEY_FORM ? ERR_OK : r;
}

/* Two names of one file: to overwrite it would destroy the key in force. */
static bool
is_same(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

enum err
keyturn_end(const struct keyturn *t, const char *folder)
{
	struct paths p;
	enum err r = find(t, folder, &p);

	if (r != ERR_OK || !is_same(p.now, p.before))
		return r == ERR_OK ? keyfile_destroy(p.before) : r;
	if (unlink(p.before) != 0)
		return err_about(ERR_FILE_WRITE, "%s", p.before);
	return folder_sync_of(p.before);
}
