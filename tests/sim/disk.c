/* disk: the files by their names, and the power. */
#include <stdlib.h>
#include <string.h>

#include "tests/sim/disk_own.h"

#define NODES 24

static struct node nodes[NODES];
static struct host *hosts;
static unsigned nhosts;
static sqlite3_vfs *real;

static struct host *
host_of(const char *name)
{
	for (unsigned i = 0; i < nhosts; i++)
		if (strncmp(name, hosts[i].folder,
		    strlen(hosts[i].folder)) == 0)
			return &hosts[i];
	return NULL;
}

/* The file of that name; with `make`, a place for it. */
static struct node *
find(const char *name, bool make)
{
	struct node *empty = NULL;

	for (struct node *d = nodes; d < nodes + NODES; d++) {
		if (strcmp(d->name, name) == 0)
			return d;
		if (empty == NULL && d->name[0] == '\0')
			empty = d;
	}
	if (!make || empty == NULL || strlen(name) >= sizeof(empty->name))
		return NULL;
	strcpy(empty->name, name);
	return empty;
}

static int
open_it(sqlite3_vfs *v, sqlite3_filename name, sqlite3_file *f, int flags,
    int *out)
{
	struct file *ff = (struct file *)f;
	struct host *h;

	(void)v;
	ff->base.pMethods = NULL;
	if (name == NULL)
		return SQLITE_CANTOPEN; /* nothing here needs one */
	if ((h = host_of(name)) == NULL || disk_fails(h) ||
	    (ff->node = find(name, true)) == NULL)
		return SQLITE_CANTOPEN;
	ff->node->host = h;
	ff->node->there = true;
	ff->base.pMethods = &disk_methods;
	if (out != NULL)
		*out = flags;
	return SQLITE_OK;
}

static int
delete_it(sqlite3_vfs *v, const char *name, int sync)
{
	struct node *d = find(name, false);

	(void)v;
	(void)sync;
	if (d == NULL || !d->there)
		return SQLITE_OK;
	if (disk_fails(d->host))
		return SQLITE_IOERR_DELETE;
	image_shrink(&d->now, 0);
	image_shrink(&d->kept, 0);
	d->from = d->to = 0;
	d->there = false;
	return SQLITE_OK;
}

static int
access_it(sqlite3_vfs *v, const char *name, int flags, int *out)
{
	const struct node *d = find(name, false);

	(void)v;
	(void)flags;
	*out = d != NULL && d->there;
	return SQLITE_OK;
}

static int
full_name(sqlite3_vfs *v, const char *name, int room, char *out)
{
	(void)v;
	if (strlen(name) >= (size_t)room)
		return SQLITE_CANTOPEN;
	strcpy(out, name);
	return SQLITE_OK;
}

/* From the seed, as everything. */
static int
chance(sqlite3_vfs *v, int n, char *p)
{
	(void)v;
	for (int i = 0; i < n; i++)
		p[i] = (char)(nhosts > 0 ? hosts[0].below(256) : 0);
	return n;
}

static int
no_sleep(sqlite3_vfs *v, int us)
{
	(void)v;
	return us;
}

void
disk_install(void)
{
	static sqlite3_vfs vfs;

	/* One thread, and nobody asks how much memory there is. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	real = sqlite3_vfs_find(NULL);
	vfs = *real;
	vfs.zName = "sim";
	vfs.szOsFile = (int)sizeof(struct file);
	vfs.xOpen = open_it;
	vfs.xDelete = delete_it;
	vfs.xAccess = access_it;
	vfs.xFullPathname = full_name;
	vfs.xRandomness = chance;
	vfs.xSleep = no_sleep;
	(void)sqlite3_vfs_register(&vfs, 1);
}

void
disk_hosts(struct host *h, unsigned n)
{
	hosts = h;
	nhosts = n;
	/* Forget the seed before. */
	sqlite3_randomness(0, NULL);
}

void
disk_revive(struct host *h, bool cut)
{
	for (struct node *d = nodes; d < nodes + NODES; d++)
		if (cut && d->host == h && d->there)
			node_settle(d, &d->now, &d->kept);
	h->dead = false;
	h->fuse = h->errors = 0;
}

void
disk_backup(struct host *h)
{
	for (struct node *d = nodes; d < nodes + NODES; d++)
		if (d->host == h) {
			image_copy(&d->backup, &d->kept);
			d->in_backup = d->there;
		}
}

void
disk_restore(struct host *h)
{
	for (struct node *d = nodes; d < nodes + NODES; d++)
		if (d->host == h) {
			image_copy(&d->now, &d->backup);
			image_copy(&d->kept, &d->backup);
			d->from = d->to = 0;
			d->there = d->in_backup;
		}
}

void
disk_clear(void)
{
	for (struct node *d = nodes; d < nodes + NODES; d++) {
		d->name[0] = '\0';
		d->host = NULL;
		d->from = d->to = 0;
		d->there = d->in_backup = false;
		image_shrink(&d->now, 0);
		image_shrink(&d->kept, 0);
		image_shrink(&d->backup, 0);
	}
}
