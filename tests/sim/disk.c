/* disk: files of sectors, each with what is seen and what is kept. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/disk.h"

#define NODES  24
#define SECTOR 512
#define PAGES  64 /* of shared memory */

struct image {
	unsigned char *p;
	size_t n, room;
};

struct node {
	char name[96];
	struct host *host;
	struct image now, kept, backup;
	bool there, in_backup;
	void *shm[PAGES];
};

struct file {
	sqlite3_file base;
	struct node *node;
};

static struct node nodes[NODES];
static struct host *hosts;
static unsigned nhosts;
static sqlite3_vfs *real;

static void
grow(struct image *i, size_t n)
{
	if (n > i->room) {
		size_t room = n * 2;

		if ((i->p = realloc(i->p, room)) == NULL)
			abort();
		memset(i->p + i->room, 0, room - i->room);
		i->room = room;
	}
	if (n > i->n)
		i->n = n;
}

static void
shrink(struct image *i, size_t n)
{
	if (n < i->n) {
		memset(i->p + n, 0, i->n - n);
		i->n = n;
	}
}

static void
copy(struct image *to, const struct image *from)
{
	shrink(to, 0);
	grow(to, from->n);
	if (from->n > 0)
		memcpy(to->p, from->p, from->n);
}

/* Does this call go wrong? Sets *dies when the host ends with it. */
static bool
fails(struct host *h)
{
	if (h->dead)
		return true;
	if (h->fuse > 0 && --h->fuse == 0) {
		h->dead = true;
		return true;
	}
	return h->errors > 0 && h->below(1024) < h->errors;
}

static struct node *
node_of(sqlite3_file *f)
{
	return ((struct file *)f)->node;
}

static int
close_it(sqlite3_file *f)
{
	(void)f;
	return SQLITE_OK;
}

static int
read_it(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	const struct image *i = &node_of(f)->now;
	size_t from = (size_t)at, len = (size_t)n;
	size_t has = from >= i->n ? 0 : i->n - from < len ? i->n - from : len;

	if (node_of(f)->host->dead)
		return SQLITE_IOERR_READ;
	if (has > 0)
		memcpy(p, i->p + from, has);
	memset((char *)p + has, 0, len - has);
	return has == len ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

/* To what is seen; sector by sector perhaps to what is kept. */
static void
put(struct node *d, const void *p, size_t n, size_t at)
{
	grow(&d->now, at + n);
	memcpy(d->now.p + at, p, n);
	if (!d->host->torn)
		return;
	for (size_t s = at / SECTOR; s * SECTOR < at + n; s++) {
		size_t from = s * SECTOR, end = from + SECTOR;

		if (d->host->below(2) == 0)
			continue;
		end = end < d->now.n ? end : d->now.n;
		grow(&d->kept, end);
		memcpy(d->kept.p + from, d->now.p + from, end - from);
	}
}

static int
write_it(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct node *d = node_of(f);
	bool was_dead = d->host->dead;

	if (fails(d->host)) {
		/* What dies or fails in the middle leaves a part. */
		if (!was_dead)
			put(d, p, d->host->below((uint32_t)n), (size_t)at);
		return SQLITE_IOERR_WRITE;
	}
	put(d, p, (size_t)n, (size_t)at);
	return SQLITE_OK;
}

static int
truncate_it(sqlite3_file *f, sqlite3_int64 n)
{
	struct node *d = node_of(f);

	if (fails(d->host))
		return SQLITE_IOERR_TRUNCATE;
	shrink(&d->now, (size_t)n);
	return SQLITE_OK;
}

/* After a failed sync the kernel calls the pages clean: they may never get
 * there, whatever a later sync says. Here they do with the next one or by
 * chance, which is as much as SQLite can be asked to bear. */
static int
sync_it(sqlite3_file *f, int how)
{
	struct node *d = node_of(f);

	(void)how;
	if (fails(d->host))
		return SQLITE_IOERR_FSYNC;
	copy(&d->kept, &d->now);
	return SQLITE_OK;
}

static int
size_it(sqlite3_file *f, sqlite3_int64 *n)
{
	if (node_of(f)->host->dead)
		return SQLITE_IOERR_FSTAT;
	*n = (sqlite3_int64)node_of(f)->now.n;
	return SQLITE_OK;
}

static int
lock_it(sqlite3_file *f, int how)
{
	(void)f;
	(void)how;
	return SQLITE_OK;
}

static int
reserved(sqlite3_file *f, int *is)
{
	(void)f;
	*is = 0;
	return SQLITE_OK;
}

static int
control(sqlite3_file *f, int op, void *arg)
{
	(void)f;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int
sector(sqlite3_file *f)
{
	(void)f;
	return SECTOR;
}

/* A drive that promises nothing. */
static int
character(sqlite3_file *f)
{
	(void)f;
	return 0;
}

static int
shm_map(sqlite3_file *f, int i, int n, int extend, void volatile **p)
{
	struct node *d = node_of(f);

	*p = NULL;
	if (i >= PAGES)
		return SQLITE_FULL;
	if (d->shm[i] == NULL && extend && (d->shm[i] = calloc(1,
	    (size_t)n)) == NULL)
		return SQLITE_NOMEM;
	*p = d->shm[i];
	return SQLITE_OK;
}

static int
shm_lock(sqlite3_file *f, int at, int n, int how)
{
	(void)f;
	(void)at;
	(void)n;
	(void)how;
	return SQLITE_OK;
}

static void
shm_barrier(sqlite3_file *f)
{
	(void)f;
}

static int
shm_unmap(sqlite3_file *f, int forget)
{
	struct node *d = node_of(f);

	(void)forget;
	for (int i = 0; i < PAGES; i++) {
		free(d->shm[i]);
		d->shm[i] = NULL;
	}
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = close_it,
	.xRead = read_it,
	.xWrite = write_it,
	.xTruncate = truncate_it,
	.xSync = sync_it,
	.xFileSize = size_it,
	.xLock = lock_it,
	.xUnlock = lock_it,
	.xCheckReservedLock = reserved,
	.xFileControl = control,
	.xSectorSize = sector,
	.xDeviceCharacteristics = character,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

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
	if ((h = host_of(name)) == NULL || fails(h) ||
	    (ff->node = find(name, true)) == NULL)
		return SQLITE_CANTOPEN;
	ff->node->host = h;
	ff->node->there = true;
	ff->base.pMethods = &methods;
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
	if (fails(d->host))
		return SQLITE_IOERR_DELETE;
	shrink(&d->now, 0);
	shrink(&d->kept, 0);
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
			copy(&d->now, &d->kept);
	h->dead = false;
	h->fuse = h->errors = 0;
}

void
disk_backup(struct host *h)
{
	for (struct node *d = nodes; d < nodes + NODES; d++)
		if (d->host == h) {
			copy(&d->backup, &d->kept);
			d->in_backup = d->there;
		}
}

void
disk_restore(struct host *h)
{
	for (struct node *d = nodes; d < nodes + NODES; d++)
		if (d->host == h) {
			copy(&d->now, &d->backup);
			copy(&d->kept, &d->backup);
			d->there = d->in_backup;
		}
}

void
disk_clear(void)
{
	for (struct node *d = nodes; d < nodes + NODES; d++) {
		d->name[0] = '\0';
		d->host = NULL;
		d->there = d->in_backup = false;
		shrink(&d->now, 0);
		shrink(&d->kept, 0);
		shrink(&d->backup, 0);
	}
}
