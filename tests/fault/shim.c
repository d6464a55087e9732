/*
 * shim: calls that can fail, of which the GUICHET_FAULT-th does.
 *
 * make fault renames these calls in our own code, not in the tests nor in the
 * libraries, to the ones here (tests/fault/symbols). A fault that happened is
 * named in the file GUICHET_FAULT_LOG; with GUICHET_FAULT=0 none does, and
 * their number is written there at the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

void *fault_malloc(size_t n);
void *fault_calloc(size_t n, size_t size);
void *fault_realloc(void *p, size_t n);
void *fault_sodium_malloc(size_t n);
int fault_open(const char *path, int flags, ...);
ssize_t fault_read(int fd, void *p, size_t n);
ssize_t fault_write(int fd, const void *p, size_t n);
int fault_fsync(int fd);
int fault_rename(const char *from, const char *to);
FILE *fault_fopen(const char *path, const char *mode);
int fault_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n,
    unsigned flags, sqlite3_stmt **out, const char **tail);
int fault_sqlite3_step(sqlite3_stmt *st);

static unsigned long calls, wanted;
static pid_t first;

static void
say(const char *what, unsigned long n)
{
	const char *path = getenv("GUICHET_FAULT_LOG");
	FILE *f = path == NULL ? NULL : fopen(path, "ae");

	if (f == NULL)
		return;
	fprintf(f, "%s %lu\n", what, n);
	fclose(f);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *n = getenv("GUICHET_FAULT");

	wanted = n == NULL ? 0 : strtoul(n, NULL, 10);
	first = getpid();
}

__attribute__((destructor)) static void
end(void)
{
	if (wanted == 0 && getpid() == first)
		say("calls", calls);
}

static bool
fails(const char *name, int error)
{
	if (++calls != wanted)
		return false;
	say(name, calls);
	errno = error;
	return true;
}

void *
fault_malloc(size_t n)
{
	return fails("malloc", ENOMEM) ? NULL : malloc(n);
}

void *
fault_calloc(size_t n, size_t size)
{
	return fails("calloc", ENOMEM) ? NULL : calloc(n, size);
}

void *
fault_realloc(void *p, size_t n)
{
	return fails("realloc", ENOMEM) ? NULL : realloc(p, n);
}

void *
fault_sodium_malloc(size_t n)
{
	return fails("sodium_malloc", ENOMEM) ? NULL : sodium_malloc(n);
}

int
fault_open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	if ((flags & O_CREAT) != 0) {
		va_list ap;

		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	return fails("open", EMFILE) ? -1 : open(path, flags, mode);
}

ssize_t
fault_read(int fd, void *p, size_t n)
{
	return fails("read", EIO) ? -1 : read(fd, p, n);
}

/* A disk that fills up takes the first half. */
ssize_t
fault_write(int fd, const void *p, size_t n)
{
	if (!fails("write", ENOSPC))
		return write(fd, p, n);
	if (n > 1)
		return write(fd, p, n / 2);
	errno = ENOSPC;
	return -1;
}

int
fault_fsync(int fd)
{
	return fails("fsync", EIO) ? -1 : fsync(fd);
}

int
fault_rename(const char *from, const char *to)
{
	return fails("rename", ENOSPC) ? -1 : rename(from, to);
}

FILE *
fault_fopen(const char *path, const char *mode)
{
	return fails("fopen", EMFILE) ? NULL : fopen(path, mode);
}

int
fault_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n,
    unsigned flags, sqlite3_stmt **out, const char **tail)
{
	if (!fails("sqlite3_prepare_v3", EIO))
		return sqlite3_prepare_v3(db, sql, n, flags, out, tail);
	*out = NULL;
	return SQLITE_NOMEM;
}

int
fault_sqlite3_step(sqlite3_stmt *st)
{
	return fails("sqlite3_step", EIO) ? SQLITE_IOERR : sqlite3_step(st);
}
