/*
 * db_disk: what a disk that failed is not believed.
 *
 * SQLite takes a sync for the truth. Of a drive that failed for a moment the
 * kernel's memory of a file is not what the drive holds, and ext4 adds two
 * traps, both seen with Linux 6.18 (tests/torture/power.py):
 *
 *	- a write into new room that failed leaves that room marked as empty:
 *	  written again, and synced, it reads as zeros after a power cut;
 *	- a sync says 0 for a transaction that has just failed and that the
 *	  journal no longer knows.
 *
 * Against the first, whoever saw an error forgets what memory says of the
 * file, so that it is asked again where each page stands. Against the second,
 * a commit is believed once the file system has begun another transaction.
 */
#define _GNU_SOURCE /* syncfs */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db_own.h"

#define FREE 64 /* numbers in a row without a descriptor: there are no more */

/* SQLite's own descriptor of that file, or -1: to open and close another one
 * would drop its locks. */
static int
find(const char *path)
{
	struct stat file, st;

	if (stat(path, &file) != 0)
		return -1;
	for (int fd = 0, free = 0; free < FREE; fd++)
		if (fstat(fd, &st) != 0)
			free++;
		else if (st.st_dev == file.st_dev && st.st_ino == file.st_ino)
			return fd;
		else
			free = 0;
	return -1;
}

/* Only what is clean is forgotten. A sync of the file would take from SQLite
 * the error that it must see; one of the file system does not, and a journal
 * that cannot be written is better known now. */
static void
forget(const char *path)
{
	int fd = find(path);

	if (fd == -1)
		return;
	(void)syncfs(fd);
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

void
db_forget(const struct db *d)
{
	char wal[PATH_ROOM + 4];

	(void)snprintf(wal, sizeof(wal), "%s-wal", d->path);
	forget(d->path);
	forget(wal);
}

bool
db_failed(int rc)
{
	rc &= 0xff;
	return rc != SQLITE_OK && rc != SQLITE_BUSY && rc != SQLITE_LOCKED;
}

/* What is in the WAL into the file, as far as nobody reads behind it. What
 * fails here is in the WAL all the same. */
static void
bring_in(struct db *d)
{
	if (db_failed(sqlite3_wal_checkpoint_v2(d->sql, NULL,
	    SQLITE_CHECKPOINT_PASSIVE, NULL, NULL)))
		db_forget(d);
	d->gathered = 0;
}

/* As SQLite's own way to keep the WAL short, but for an ear: what fails here
 * fails in silence there. */
static int
after_commit(void *user, sqlite3 *sql, const char *name, int pages)
{
	struct db *d = user;

	(void)sql;
	(void)name;
	d->gathered = pages;
	db_tidy(d, d->form->checkpoint == 0 ? 1000 : d->form->checkpoint);
	return SQLITE_OK;
}

void
db_tidy(struct db *d, int pages)
{
	if (d->gathered >= pages)
		bring_in(d);
}

void
db_mind_journal(struct db *d)
{
	(void)sqlite3_wal_hook(d->sql, after_commit, d);
}

static bool
refused(const char *path)
{
	return utimensat(AT_FDCWD, path, NULL, 0) != 0 &&
	    (errno == EROFS || errno == EIO);
}

/* The first touch makes ext4 see that its journal has failed, and the second
 * is told. */
enum err
db_proof(struct db *d)
{
	return refused(d->path) || refused(d->path) ?
	    err_about(d->form->fault, "%s", strerror(errno)) : ERR_OK;
}
