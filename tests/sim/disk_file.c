/* disk_file: an open file: what is seen of it and what is kept. */
#include <stdlib.h>
#include <string.h>

#include "tests/sim/disk_own.h"

void
image_grow(struct image *i, size_t n)
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

void
image_shrink(struct image *i, size_t n)
{
	if (n < i->n) {
		memset(i->p + n, 0, i->n - n);
		i->n = n;
	}
}

void
image_copy(struct image *to, const struct image *from)
{
	image_shrink(to, 0);
	image_grow(to, from->n);
	if (from->n > 0)
		memcpy(to->p, from->p, from->n);
}

void
node_differs(struct node *d, size_t from, size_t to)
{
	if (d->to == 0 || from < d->from)
		d->from = from;
	if (to > d->to)
		d->to = to;
}

void
node_settle(struct node *d, struct image *to, const struct image *from)
{
	size_t end = d->to < from->n ? d->to : from->n;

	image_shrink(to, from->n);
	image_grow(to, from->n);
	if (d->from < end)
		memcpy(to->p + d->from, from->p + d->from, end - d->from);
	d->from = d->to = 0;
}

bool
disk_fails(struct host *h)
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
	node_differs(d, at, at + n);
	image_grow(&d->now, at + n);
	memcpy(d->now.p + at, p, n);
	if (!d->host->torn)
		return;
	for (size_t s = at / SECTOR; s * SECTOR < at + n; s++) {
		size_t from = s * SECTOR, end = from + SECTOR;

		if (d->host->below(2) == 0)
			continue;
		end = end < d->now.n ? end : d->now.n;
		image_grow(&d->kept, end);
		memcpy(d->kept.p + from, d->now.p + from, end - from);
	}
}

static int
write_it(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	struct node *d = node_of(f);
	bool was_dead = d->host->dead;

	if (disk_fails(d->host)) {
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

	if (disk_fails(d->host))
		return SQLITE_IOERR_TRUNCATE;
	node_differs(d, (size_t)n, d->now.n);
	image_shrink(&d->now, (size_t)n);
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
	if (disk_fails(d->host))
		return SQLITE_IOERR_FSYNC;
	node_settle(d, &d->kept, &d->now);
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

const sqlite3_io_methods disk_methods = {
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
