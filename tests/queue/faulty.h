/*
 * faulty: a disk of SQLite's that fails when it is told to.
 *
 * A VFS between SQLite and the system's own: it counts each call that can
 * fail, and the calls number `from` to `to` do. It is made the default one,
 * so that what is tested need not know.
 */
#ifndef GUICHET_TESTS_QUEUE_FAULTY_H
#define GUICHET_TESTS_QUEUE_FAULTY_H

#include <limits.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

static struct {
	unsigned calls, from, to; /* from 0: never */
	unsigned hits;
	bool torn; /* a failing write leaves its first half */
	bool full; /* writes say "disk full" */
} faulty;

struct faulty_file {
	sqlite3_file base;
	sqlite3_file *real;
};

static inline bool
faulty_now(void)
{
	faulty.calls++;
	if (faulty.from == 0 || faulty.calls < faulty.from ||
	    faulty.calls > faulty.to)
		return false;
	faulty.hits++;
	return true;
}

static inline void
faulty_arm(unsigned from, unsigned to)
{
	faulty.calls = faulty.hits = 0;
	faulty.from = from;
	faulty.to = to;
}

static inline sqlite3_file *
faulty_real(sqlite3_file *f)
{
	return ((struct faulty_file *)f)->real;
}

#define FAULTY_PASS(name, args, ...)                                         \
	static int faulty_##name args                                        \
	{                                                                    \
		sqlite3_file *r = faulty_real(f);                            \
                                                                             \
		return r->pMethods->name(__VA_ARGS__);                       \
	}
#define FAULTY_FAIL(name, error, args, ...)                                  \
	static int faulty_##name args                                        \
	{                                                                    \
		sqlite3_file *r = faulty_real(f);                            \
                                                                             \
		return faulty_now() ? (error)                                \
		    : r->pMethods->name(__VA_ARGS__);                        \
	}

FAULTY_FAIL(xRead, SQLITE_IOERR_READ,
    (sqlite3_file *f, void *p, int n, sqlite3_int64 at), r, p, n, at)
FAULTY_FAIL(xTruncate, SQLITE_IOERR_TRUNCATE,
    (sqlite3_file *f, sqlite3_int64 n), r, n)
FAULTY_FAIL(xSync, SQLITE_IOERR_FSYNC, (sqlite3_file *f, int how), r, how)
FAULTY_FAIL(xFileSize, SQLITE_IOERR_FSTAT,
    (sqlite3_file *f, sqlite3_int64 *n), r, n)
FAULTY_FAIL(xShmMap, SQLITE_IOERR_SHMMAP,
    (sqlite3_file *f, int i, int n, int extend, void volatile **p), r, i, n,
    extend, p)
/* A lock is not the disk's: SQLite would try again for ten seconds. */
FAULTY_PASS(xShmLock, (sqlite3_file *f, int at, int n, int how), r, at, n,
    how)
FAULTY_PASS(xLock, (sqlite3_file *f, int how), r, how)
FAULTY_PASS(xUnlock, (sqlite3_file *f, int how), r, how)
FAULTY_PASS(xCheckReservedLock, (sqlite3_file *f, int *is), r, is)
FAULTY_PASS(xFileControl, (sqlite3_file *f, int op, void *arg), r, op, arg)
FAULTY_PASS(xSectorSize, (sqlite3_file *f), r)
FAULTY_PASS(xDeviceCharacteristics, (sqlite3_file *f), r)
FAULTY_PASS(xShmUnmap, (sqlite3_file *f, int delete), r, delete)

static int
faulty_xWrite(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	sqlite3_file *r = faulty_real(f);

	if (!faulty_now())
		return r->pMethods->xWrite(r, p, n, at);
	if (faulty.torn)
		(void)r->pMethods->xWrite(r, p, n / 2, at);
	return faulty.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static void
faulty_xShmBarrier(sqlite3_file *f)
{
	faulty_real(f)->pMethods->xShmBarrier(faulty_real(f));
}

static int
faulty_xClose(sqlite3_file *f)
{
	sqlite3_file *r = faulty_real(f);

	return r->pMethods == NULL ? SQLITE_OK : r->pMethods->xClose(r);
}

/* Version 2: with shared memory, without mapped reading. */
static const sqlite3_io_methods faulty_methods = {
	.iVersion = 2,
	.xClose = faulty_xClose,
	.xRead = faulty_xRead,
	.xWrite = faulty_xWrite,
	.xTruncate = faulty_xTruncate,
	.xSync = faulty_xSync,
	.xFileSize = faulty_xFileSize,
	.xLock = faulty_xLock,
	.xUnlock = faulty_xUnlock,
	.xCheckReservedLock = faulty_xCheckReservedLock,
	.xFileControl = faulty_xFileControl,
	.xSectorSize = faulty_xSectorSize,
	.xDeviceCharacteristics = faulty_xDeviceCharacteristics,
	.xShmMap = faulty_xShmMap,
	.xShmLock = faulty_xShmLock,
	.xShmBarrier = faulty_xShmBarrier,
	.xShmUnmap = faulty_xShmUnmap,
};

/* A disk that cannot share memory, and so cannot keep a WAL. */
static sqlite3_io_methods faulty_old_methods;
static bool faulty_old;

static sqlite3_vfs *faulty_under;

static int
faulty_xOpen(sqlite3_vfs *v, sqlite3_filename name, sqlite3_file *f,
    int flags, int *out)
{
	struct faulty_file *ff = (struct faulty_file *)f;
	int rc;

	(void)v;
	ff->base.pMethods = NULL;
	ff->real = (sqlite3_file *)(ff + 1);
	if (faulty_now())
		return SQLITE_CANTOPEN;
	rc = faulty_under->xOpen(faulty_under, name, ff->real, flags, out);
	if (rc == SQLITE_OK)
		ff->base.pMethods = faulty_old ? &faulty_old_methods
		    : &faulty_methods;
	return rc;
}

static int
faulty_xDelete(sqlite3_vfs *v, const char *name, int sync)
{
	(void)v;
	return faulty_now() ? SQLITE_IOERR_DELETE
	    : faulty_under->xDelete(faulty_under, name, sync);
}

static sqlite3_vfs faulty_vfs;

static inline void
faulty_install(void)
{
	faulty_under = sqlite3_vfs_find(NULL);
	faulty_vfs = *faulty_under;
	faulty_vfs.zName = "faulty";
	faulty_vfs.szOsFile += (int)sizeof(struct faulty_file);
	faulty_vfs.xOpen = faulty_xOpen;
	faulty_vfs.xDelete = faulty_xDelete;
	faulty_old_methods = faulty_methods;
	faulty_old_methods.iVersion = 1;
	(void)sqlite3_vfs_register(&faulty_vfs, 1);
}

#endif
