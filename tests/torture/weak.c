/*
 * weak: takes from a program what makes it safe, without its knowing: the
 * negative control of the power cuts, which must then lose something.
 *
 * Loaded before it. WEAK=off: synchronous=OFF. WEAK=journal: SQLite's default
 * journal. WEAK=nosync: fsync and fdatasync do nothing. WEAK=trust: what a
 * disk refused is not forgotten, and a sync is proof enough. The program's own
 * reading back is lied to.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

int fsync(int fd);
int fdatasync(int fd);
int syncfs(int fd);
int posix_fadvise(int fd, off_t at, off_t n, int advice);
struct timespec;
int utimensat(int fd, const char *path, const struct timespec t[2], int how);

static int
is(const char *word)
{
	const char *weak = getenv("WEAK");

	return weak != NULL && strcmp(weak, word) == 0;
}

/* dlsym's answer is an object's address; ISO C has no way from there to a
 * function but through memory. */
#define REAL(name)                                                           \
	static int (*real)(PROTO_##name);                                    \
	if (real == NULL) {                                                  \
		void *p = dlsym(RTLD_NEXT, #name);                           \
		memcpy(&real, &p, sizeof(p));                                \
	}
#define PROTO_fsync	   int
#define PROTO_fdatasync	   int
#define PROTO_syncfs	   int
#define PROTO_utimensat	   int, const char *, const struct timespec[2], int
#define PROTO_posix_fadvise int, off_t, off_t, int
#define PROTO_sqlite3_exec                                                   \
	sqlite3 *, const char *, int (*)(void *, int, char **, char **),     \
	    void *, char **
#define PROTO_sqlite3_prepare_v3                                             \
	sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **

int
fsync(int fd)
{
	REAL(fsync)
	return is("nosync") ? 0 : real(fd);
}

int
fdatasync(int fd)
{
	REAL(fdatasync)
	return is("nosync") ? 0 : real(fd);
}

int
syncfs(int fd)
{
	REAL(syncfs)
	return is("trust") ? 0 : real(fd);
}

int
utimensat(int fd, const char *path, const struct timespec t[2], int how)
{
	REAL(utimensat)
	return is("trust") ? 0 : real(fd, path, t, how);
}

int
posix_fadvise(int fd, off_t at, off_t n, int advice)
{
	REAL(posix_fadvise)
	return is("trust") ? 0 : real(fd, at, n, advice);
}

/* In a copy of the text, one word becomes another of its length. */
static void
swap(char *text, const char *from, const char *to)
{
	char *at = strstr(text, from);

	if (at != NULL)
		memcpy(at, to, strlen(to));
}

int
sqlite3_exec(sqlite3 *db, const char *sql,
    int (*each)(void *, int, char **, char **), void *arg, char **said)
{
	char *mine = strdup(sql);
	int rc;

	REAL(sqlite3_exec)
	if (mine == NULL)
		return SQLITE_NOMEM;
	if (is("off"))
		swap(mine, "synchronous=FULL", "synchronous=OFF ");
	if (is("journal"))
		swap(mine, "journal_mode=WAL", "cache_size=-2000");
	rc = real(db, mine, each, arg, said);
	free(mine);
	return rc;
}

int
sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags,
    sqlite3_stmt **out, const char **tail)
{
	REAL(sqlite3_prepare_v3)
	if (is("off") && strcmp(sql, "PRAGMA synchronous") == 0)
		sql = "SELECT '2'";
	if (is("journal") && strcmp(sql, "PRAGMA journal_mode") == 0)
		sql = "SELECT 'wal'";
	return real(db, sql, n, flags, out, tail);
}
