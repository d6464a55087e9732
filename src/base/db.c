/* db: sqlite3, opened so that what was committed stays. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/db_own.h"

#define BUSY_MS 5000 /* when the form does not say */
#define NAP_US	500

static enum err
plain(struct db *d, const char *sql)
{
	return sqlite3_exec(d->sql, sql, NULL, NULL, NULL) == SQLITE_OK ?
	    ERR_OK : db_fault(d);
}

/* A pragma must say what it was told; ":memory:" has no journal to speak of. */
static enum err
read_back(struct db *d, const char *pragma, const char *wanted)
{
	struct db_ask *a;
	char got[16] = "";
	bool row;
	enum err r;

	if ((r = db_ask(d, &a, pragma, "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row)
		r = db_text(a, 0, got, sizeof(got));
	db_done(a);
	if (r != ERR_OK)
		return r;
	return strcmp(got, wanted) == 0 || strcmp(got, "memory") == 0 ?
	    ERR_OK : err_about(db_named(d, d->form->not_durable), "%s: %s",
	    pragma, got);
}

static int
busy_ms(const struct db *d)
{
	return d->form->busy_ms == 0 ? BUSY_MS : d->form->busy_ms;
}

/* How SQLite waits for another one. Its own naps grow to a tenth of a second,
 * and whoever naps so long finds the next writer there. */
static int
nap(void *user, int times)
{
	const struct timespec t = { 0, NAP_US * 1000L };

	if (times * NAP_US / 1000 >= busy_ms(user))
		return 0;
	(void)nanosleep(&t, NULL);
	return 1;
}

/*
 * SQLite does not wait for another one where an empty file gets its WAL: of
 * two programs that open it first, one is told at once that it is locked. So
 * the wait is ours.
 */
static enum err
make_journal(struct db *d)
{
	const char *sql = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
	    "PRAGMA foreign_keys=ON";
	int times = 0;
	enum err r;

	do
		r = plain(d, sql);
	while (r != ERR_OK && (sqlite3_errcode(d->sql) & 0xff) ==
	    SQLITE_BUSY && nap(d, times++) != 0);
	return r;
}

static enum err
make_safe(struct db *d)
{
	const struct db_form *f = d->form;
	char sizes[96];
	enum err r;

	(void)sqlite3_busy_handler(d->sql, nap, d);
	(void)sqlite3_extended_result_codes(d->sql, 1);
	(void)sqlite3_db_config(d->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)snprintf(sizes, sizeof(sizes), "PRAGMA journal_size_limit=%d;"
	    "PRAGMA cache_size=-%d",
	    f->journal_limit == 0 ? 16777216 : f->journal_limit,
	    f->cache_kib == 0 ? 2000 : f->cache_kib);
	if ((r = make_journal(d)) != ERR_OK ||
	    (r = plain(d, sizes)) != ERR_OK ||
	    (f->secure_delete && (r = plain(d, "PRAGMA secure_delete=ON")) !=
	    ERR_OK) ||
	    (r = read_back(d, "PRAGMA journal_mode", "wal")) != ERR_OK)
		return r;
	db_mind_journal(d);
	return read_back(d, "PRAGMA synchronous", "2");
}

/* The version of the form's file, 0 of an empty one. Anything else is not
 * ours to open. */
static enum err
look_at_form(struct db *d, uint64_t *version)
{
	const struct db_form *f = d->form;
	uint64_t v, application, tables;
	bool ours;
	enum err r;

	if ((r = db_number(d, &v, "PRAGMA user_version", "")) != ERR_OK ||
	    (r = db_number(d, &application, "PRAGMA application_id", "")) !=
	    ERR_OK || (r = db_number(d, &tables,
	    "SELECT count(*) FROM sqlite_schema", "")) != ERR_OK)
		return r;
	if (v == 0)
		ours = application == 0 && tables == 0;
	else
		ours = (f->application == 0 ||
		    application == (uint64_t)f->application) &&
		    (f->steps == NULL ? v == (uint64_t)f->version :
		    v <= (uint64_t)f->version);
	if (!ours)
		return err_about(db_named(d, f->cannot_open),
		    "%s : version %d", d->path, (int)v);
	*version = v;
	return ERR_OK;
}

/* The same while another one may be making it: as it was at one moment. */
static enum err
look_first(struct db *d, uint64_t *version)
{
	enum err r = plain(d, "BEGIN");

	if (r == ERR_OK)
		r = look_at_form(d, version);
	db_rollback(d);
	return r;
}

/* What is not there yet of the form. */
static enum err
bring_forward(struct db *d, uint64_t version)
{
	const struct db_form *f = d->form;
	enum err r = ERR_OK;

	if (version == 0) {
		r = plain(d, f->schema);
		version = f->steps == NULL ? (uint64_t)f->version : 1;
	}
	for (; r == ERR_OK && version < (uint64_t)f->version; version++)
		r = plain(d, f->steps[version - 1]);
	return r;
}

/*
 * On a full disk no commit goes through. A checkpoint syncs the WAL before it
 * needs any room, so that what is read is kept all the same.
 */
static enum err
sync_when_full(struct db *d, enum err r)
{
	const enum err full = d->form->full;

	if (full == ERR_OK || r != full)
		return r;
	r = db_checkpoint(d);
	return r == full ? ERR_OK : r;
}

/*
 * Make an empty or older file ready, all at once or not at all. One that is
 * ready gets a commit all the same: a process that was killed before its sync
 * may have left one in the WAL that is read from now on and is on no disk
 * yet. What goes out because of it must not be forgotten by a power cut, and
 * a commit syncs all of the WAL before it.
 */
static enum err
make_form(struct db *d)
{
	char set[80];
	uint64_t version;
	enum err r;

	if ((r = look_first(d, &version)) != ERR_OK)
		return r;
	(void)snprintf(set, sizeof(set), "PRAGMA user_version=%d;"
	    "PRAGMA application_id=%d", d->form->version,
	    d->form->application);
	if ((r = db_begin(d)) != ERR_OK)
		return r;
	/* Another process may have been faster. */
	if ((r = look_at_form(d, &version)) == ERR_OK &&
	    (r = bring_forward(d, version)) == ERR_OK &&
	    (r = plain(d, set)) == ERR_OK)
		r = db_commit(d);
	db_rollback(d);
	return version == (uint64_t)d->form->version ? sync_when_full(d, r)
	    : r;
}

/*
 * Make the file before SQLite does: of the right mode, and with its name on
 * the disk. Never one that is there: closing a second descriptor of an open
 * database would drop its locks.
 */
static enum err
make_file(struct db *d)
{
	int fd = open(d->path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

	if (fd == -1)
		return ERR_OK; /* it is there, or opening it will say why */
	close(fd);
	return folder_sync_of(d->path) == ERR_OK ? ERR_OK
	    : err_about(db_named(d, d->form->cannot_open), "%s", d->path);
}

/*
 * A file is of one thread, and nobody asks how much memory SQLite has: then
 * no statement and no allocation needs a lock. Debian's SQLite would take one
 * for each. Said before SQLite starts; it refuses to hear it again.
 */
static void
spare_locks(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum err
open_file(struct db *d, bool create)
{
	int rc;
	enum err r;

	spare_locks();
	if (create && strcmp(d->path, ":memory:") != 0 &&
	    (r = make_file(d)) != ERR_OK)
		return r;
	rc = sqlite3_open_v2(d->path, &d->sql, SQLITE_OPEN_READWRITE |
	    (create ? SQLITE_OPEN_CREATE : 0), NULL);
	if (rc == SQLITE_CANTOPEN && !create)
		return err_about(ERR_NOT_FOUND, "%s", d->path);
	if (rc != SQLITE_OK)
		return err_about(db_named(d, d->form->cannot_open), "%s",
		    d->path);
	if ((r = make_safe(d)) != ERR_OK)
		return r;
	return make_form(d);
}

/* SQLite brings the WAL into the file when the last one closes it, and says
 * nothing when that fails: then the WAL stays for the next who opens it. */
static void
settle_journal(struct db *d)
{
	if (d->sql == NULL || !db_failed(sqlite3_wal_checkpoint_v2(d->sql,
	    NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL)))
		return;
	db_forget(d);
	(void)sqlite3_db_config(d->sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
	    NULL);
}

static void
close_file(struct db *d)
{
	for (size_t i = 0; i < ASKS_MAX; i++) {
		(void)sqlite3_finalize(d->asks[i].st);
		d->asks[i] = (struct db_ask){ .st = NULL };
	}
	settle_journal(d);
	(void)sqlite3_close(d->sql);
	d->sql = NULL;
}

enum err
db_open(const char *path, const struct db_form *form, bool create,
    struct db **out)
{
	struct db *d;
	int n;
	enum err r;

	if ((d = calloc(1, sizeof(*d))) == NULL)
		return ERR_MEMORY;
	d->form = form;
	n = snprintf(d->path, sizeof(d->path), "%s", path);
	if (n < 0 || (size_t)n >= sizeof(d->path))
		r = err_about(ERR_TOO_LONG, "%s", path);
	else
		r = open_file(d, create);
	if (r == ERR_OK)
		*out = d;
	else
		db_close(d);
	return r;
}

void
db_close(struct db *d)
{
	if (d == NULL)
		return;
	close_file(d);
	free(d);
}

enum err
db_reopen(struct db *d)
{
	enum err r;

	close_file(d);
	if ((r = open_file(d, false)) != ERR_OK)
		close_file(d);
	return r;
}

enum err
db_checkpoint(struct db *d)
{
	uint64_t stood_off;
	enum err r;

	if ((r = db_number(d, &stood_off, "PRAGMA wal_checkpoint(TRUNCATE)",
	    "")) != ERR_OK)
		return r;
	return stood_off == 0 ? db_proof(d) : db_named(d, d->form->busy);
}

enum err
db_checkpoint_now(struct db *d)
{
	enum err r;

	if (d->sql == NULL)
		return db_named(d, d->form->cannot_open);
	(void)sqlite3_busy_handler(d->sql, NULL, NULL);
	r = db_checkpoint(d);
	(void)sqlite3_busy_handler(d->sql, nap, d);
	return r;
}

enum err
db_check(struct db *d)
{
	char said[64] = "";
	struct db_ask *a;
	bool row;
	enum err r;

	if ((r = db_ask(d, &a, "PRAGMA integrity_check(1)", "")) != ERR_OK)
		return r;
	if ((r = db_next(a, &row)) == ERR_OK && row)
		(void)db_text(a, 0, said, sizeof(said));
	db_done(a);
	if (r != ERR_OK)
		return r;
	return strcmp(said, "ok") == 0 ? ERR_OK
	    : err_about(db_named(d, d->form->damaged), "%s", d->path);
}

enum err
db_begin(struct db *d)
{
	return db_do(d, "BEGIN IMMEDIATE", "");
}

enum err
db_begin_reading(struct db *d)
{
	return db_do(d, "BEGIN", "");
}

enum err
db_commit(struct db *d)
{
	enum err r = db_do(d, "COMMIT", "");

	return r == ERR_OK ? db_proof(d) : r;
}

void
db_rollback(struct db *d)
{
	if (d->sql != NULL && !sqlite3_get_autocommit(d->sql))
		(void)db_do(d, "ROLLBACK", "");
}
