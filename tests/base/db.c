/* db: what SQLite answers has the form's names, and a file its form. */
#define _GNU_SOURCE /* unshare */
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/db_own.h"

static const struct db_form form = {
	.schema = "CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB, c TEXT)"
	    " STRICT; CREATE TABLE u (a INTEGER NOT NULL UNIQUE) STRICT",
	.version = 3,
	.application = 77,
	.fault = ERR_QUEUE_WRITE,
	.cannot_open = ERR_QUEUE_OPEN,
	.busy = ERR_QUEUE_BUSY,
	.damaged = ERR_QUEUE_DAMAGED,
	.busy_ms = 50,
};
static const struct db_form plain_form = {
	.schema = "CREATE TABLE t (a) ",
	.version = 1,
	.fault = ERR_LEDGER,
};

static char folder[64], path[128];
static struct db *d;

static void
empty(void)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[160];

	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
}

static int
setup(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/guichet-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/a.db", folder);
	return db_open(path, &form, true, &d) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	db_close(d);
	d = NULL;
	empty();
	return rmdir(folder);
}

/* The one number that a question gives. */
static uint64_t
number(const char *sql)
{
	uint64_t v;

	assert_int_equal(db_number(d, &v, sql, ""), ERR_OK);
	return v;
}

static void
values_come_back(void **state)
{
	uint8_t got[4];
	char text[8];
	struct db_ask *a;
	struct buf bytes;
	bool row;

	(void)state;
	assert_int_equal(db_do(d, "INSERT INTO t VALUES (?, ?, ?)", "ubt",
	    (uint64_t)INT64_MAX, "\0\1\2\3", (size_t)4, "mots"), ERR_OK);
	assert_true(db_changed(d) == 1 && db_inserted(d) == INT64_MAX);
	assert_int_equal(db_ask(d, &a, "SELECT a, b, c, ? FROM t", "n"),
	    ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_true(row && db_u64(a, 0) == INT64_MAX && db_null(a, 3));
	assert_int_equal(db_copy(a, 1, got, 4), ERR_OK);
	assert_memory_equal(got, "\0\1\2\3", 4);
	assert_int_equal(db_copy(a, 1, got, 3), ERR_QUEUE_DAMAGED);
	assert_int_equal(db_text(a, 2, text, sizeof(text)), ERR_OK);
	assert_string_equal(text, "mots");
	assert_int_equal(db_text(a, 2, text, 4), ERR_QUEUE_DAMAGED);
	assert_int_equal(db_text(a, 3, text, 4), ERR_QUEUE_DAMAGED);
	buf_init(&bytes);
	assert_int_equal(db_bytes(a, 1, &bytes), ERR_OK);
	assert_int_equal(bytes.len, 4);
	buf_clear(&bytes);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_false(row);
	db_done(a);
}

static void
a_number_is_the_first_rows_or_zero(void **state)
{
	static const char two[] = "SELECT a FROM u WHERE a > ? ORDER BY a";
	uint64_t v = 7;

	(void)state;
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (3), (4)", ""),
	    ERR_OK);
	assert_int_equal(db_number(d, &v, two, "u", (uint64_t)1), ERR_OK);
	assert_true(v == 3);
	assert_int_equal(db_number(d, &v, two, "u", (uint64_t)4), ERR_OK);
	assert_true(v == 0);
	v = 7;
	assert_int_equal(db_number(d, &v, "SELECT a FROM nowhere", ""),
	    ERR_QUEUE_WRITE);
	assert_true(v == 7);
}

static void
what_is_not_committed_is_not_there(void **state)
{
	(void)state;
	assert_int_equal(db_begin(d), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""), ERR_OK);
	db_rollback(d);
	db_rollback(d);
	assert_true(number("SELECT count(*) FROM u") == 0);
	assert_int_equal(db_begin(d), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""), ERR_OK);
	assert_int_equal(db_reopen(d), ERR_OK);
	assert_true(number("SELECT count(*) FROM u") == 0);
	assert_int_equal(db_begin(d), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (2)", ""), ERR_OK);
	assert_int_equal(db_commit(d), ERR_OK);
	assert_int_equal(db_reopen(d), ERR_OK);
	assert_true(number("SELECT count(*) FROM u") == 1);
}

static void
failures_have_names(void **state)
{
	struct db *other;
	struct db_ask *a;

	(void)state;
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""),
	    ERR_QUEUE_WRITE);
	assert_non_null(strstr(err_subject(), "UNIQUE"));
	assert_int_equal(db_ask(d, &a, "SELECT nothing FROM nowhere", ""),
	    ERR_QUEUE_WRITE);
	assert_int_equal(db_open(path, &form, false, &other), ERR_OK);
	assert_int_equal(db_begin(d), ERR_OK);
	assert_int_equal(db_begin(other), ERR_QUEUE_BUSY);
	db_rollback(d);
	assert_int_equal(db_begin(other), ERR_OK);
	db_close(other);
}

static void
a_checkpoint_empties_the_journal(void **state)
{
	char wal[160];
	struct db *other;
	struct db_ask *a;
	struct stat st;
	bool row;

	(void)state;
	(void)snprintf(wal, sizeof(wal), "%s-wal", path);
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""), ERR_OK);
	assert_int_equal(stat(wal, &st), 0);
	assert_true(st.st_size > 0);
	/* One that still reads what was before keeps it from ending. */
	assert_int_equal(db_open(path, &form, false, &other), ERR_OK);
	assert_int_equal(db_ask(other, &a, "SELECT a FROM u", ""), ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (2)", ""), ERR_OK);
	assert_int_equal(db_checkpoint(d), ERR_QUEUE_BUSY);
	db_done(a);
	db_close(other);
	assert_int_equal(db_checkpoint(d), ERR_OK);
	assert_int_equal(stat(wal, &st), 0);
	assert_true(st.st_size == 0);
	assert_int_equal(db_check(d), ERR_OK);
}

/* Nobody is kept waiting for a file to be tidied, and others are waited for
 * again after it. */
static void
a_checkpoint_may_wait_for_nobody(void **state)
{
	struct db_form patient = form;
	struct db *other;
	struct db_ask *a;
	uint64_t began;
	bool row;

	(void)state;
	patient.busy_ms = 1000;
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""), ERR_OK);
	assert_int_equal(db_open(path, &patient, false, &other), ERR_OK);
	assert_int_equal(db_ask(d, &a, "SELECT a FROM u", ""), ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_int_equal(db_do(other, "INSERT INTO u VALUES (2)", ""),
	    ERR_OK);
	began = clock_elapsed_ms();
	assert_int_equal(db_checkpoint_now(other), ERR_QUEUE_BUSY);
	assert_true(clock_elapsed_ms() - began < 1000);
	db_done(a);
	assert_int_equal(db_begin(d), ERR_OK);
	began = clock_elapsed_ms();
	assert_int_equal(db_begin(other), ERR_QUEUE_BUSY);
	assert_true(clock_elapsed_ms() - began >= 1000);
	db_rollback(d);
	assert_int_equal(db_checkpoint_now(other), ERR_OK);
	db_close(other);
}

/* Bytes of the file itself, without its WAL. */
static off_t
size_of_file(void)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

/* Who is waited for by nobody brings in what has gathered, and not before. */
static void
a_tidy_brings_in_what_has_gathered(void **state)
{
	static const uint8_t big[50000];
	const off_t before = size_of_file();

	(void)state;
	assert_int_equal(db_do(d, "INSERT INTO t (b) VALUES (?)", "b", big,
	    sizeof(big)), ERR_OK);
	db_tidy(d, 1000);
	assert_int_equal(size_of_file(), before);
	db_tidy(d, 10);
	assert_true(size_of_file() > before + (off_t)sizeof(big));
}

static void
a_file_is_of_one_form(void **state)
{
	struct db *other = NULL;
	struct stat st;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(number("PRAGMA application_id") == 77 &&
	    number("PRAGMA user_version") == 3);
	assert_int_equal(db_open(path, &plain_form, true, &other),
	    ERR_LEDGER);
	assert_null(other);
}

static void
what_is_not_there_is_not_made(void **state)
{
	char missing[160], endless[1024];
	struct db *other = NULL;

	(void)state;
	(void)snprintf(missing, sizeof(missing), "%s/b.db", folder);
	assert_int_equal(db_open(missing, &form, false, &other),
	    ERR_NOT_FOUND);
	assert_int_equal(access(missing, F_OK), -1);
	assert_int_equal(db_open("/nowhere/that/is/a.db", &form, true,
	    &other), ERR_QUEUE_OPEN);
	memset(endless, 'a', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	assert_int_equal(db_open(endless, &form, true, &other),
	    ERR_TOO_LONG);
	assert_null(other);
}

static void
a_file_that_left_stays_closed(void **state)
{
	struct db_ask *a;

	(void)state;
	empty();
	assert_int_equal(db_reopen(d), ERR_NOT_FOUND);
	assert_int_equal(db_ask(d, &a, "SELECT 1", ""), ERR_QUEUE_OPEN);
	assert_int_equal(db_begin(d), ERR_QUEUE_OPEN);
	assert_int_equal(db_commit(d), ERR_QUEUE_OPEN);
	assert_int_equal(db_checkpoint(d), ERR_QUEUE_OPEN);
	assert_int_equal(db_checkpoint_now(d), ERR_QUEUE_OPEN);
	assert_int_equal(db_check(d), ERR_QUEUE_OPEN);
	db_rollback(d);
}

static void
memory_is_a_file_too(void **state)
{
	struct db *other;

	(void)state;
	assert_int_equal(db_open(":memory:", &form, true, &other), ERR_OK);
	assert_int_equal(db_do(other, "INSERT INTO u VALUES (1)", ""),
	    ERR_OK);
	db_close(other);
	assert_int_equal(access(":memory:", F_OK), -1);
}

static void
an_older_file_is_brought_forward(void **state)
{
	static const char *const steps[] = {
		"ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 7",
		"UPDATE t SET more = more + 1",
	};
	struct db_form now = plain_form;

	(void)state;
	now.version = 3;
	now.steps = steps;
	db_close(d);
	empty();
	assert_int_equal(db_open(path, &plain_form, true, &d), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO t VALUES (1)", ""), ERR_OK);
	/* Twice: the steps are taken once. */
	for (int i = 0; i < 2; i++) {
		db_close(d);
		assert_int_equal(db_open(path, &now, false, &d), ERR_OK);
		assert_true(number("SELECT more FROM t") == 8);
	}
	/* And never back. */
	db_close(d);
	d = NULL;
	assert_int_equal(db_open(path, &plain_form, false, &d), ERR_LEDGER);
	/* A new file goes the same way. */
	empty();
	assert_int_equal(db_open(path, &now, true, &d), ERR_OK);
	assert_int_equal(db_do(d, "INSERT INTO t VALUES (1, 2)", ""), ERR_OK);
}

/* One that opens it as soon as the pipe's other end is closed. */
static pid_t
open_with_the_others(const struct db_form *f, const int start[2])
{
	struct db *mine = NULL;
	pid_t pid = fork();
	char byte;

	if (pid != 0)
		return pid;
	close(start[1]);
	_exit(read(start[0], &byte, 1) == 0 &&
	    db_open(path, f, true, &mine) == ERR_OK ? 0 : 1);
}

/* G-516, seen when the desk and the sync of a new terminal started at once. */
static void
programs_may_open_a_new_file_together(void **state)
{
	struct db_form patient = form;
	int start[2], status;

	(void)state;
	patient.busy_ms = 5000;
	for (int turn = 0; turn < 30; turn++) {
		db_close(d);
		d = NULL;
		empty();
		assert_int_equal(pipe(start), 0);
		for (int i = 0; i < 4; i++)
			assert_true(open_with_the_others(&patient, start) > 0);
		close(start[0]);
		close(start[1]);
		for (int i = 0; i < 4; i++) {
			assert_true(wait(&status) > 0);
			assert_int_equal(status, 0);
		}
	}
}

/* How many pages of a file are in memory. */
static size_t
resident(void)
{
	unsigned char in[64];
	size_t n = 0, pages;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	void *p;

	assert_int_equal(fstat(fd, &st), 0);
	pages = ((size_t)st.st_size + 4095) / 4096;
	assert_true(fd != -1 && pages > 0 && pages <= sizeof(in));
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	assert_true(p != MAP_FAILED);
	assert_int_equal(mincore(p, (size_t)st.st_size, in), 0);
	for (size_t i = 0; i < pages; i++)
		n += in[i] & 1;
	munmap(p, (size_t)st.st_size);
	close(fd);
	return n;
}

static void
what_a_disk_refused_is_asked_again(void **state)
{
	struct statfs fs;

	(void)state;
	assert_int_equal(db_do(d, "INSERT INTO u VALUES (1)", ""), ERR_OK);
	assert_int_equal(db_checkpoint(d), ERR_OK);
	assert_int_equal(statfs(path, &fs), 0);
	if (fs.f_type == TMPFS_MAGIC)
		skip(); /* memory is all that there is */
	assert_true(resident() > 0);
	db_forget(d);
	assert_int_equal(resident(), 0);
	assert_true(number("SELECT count(*) FROM u") == 1);
}

/* Whether a path now leads to a read-only file system; in mounts of the
 * process's own. */
static bool
shut(void)
{
	return unshare(CLONE_NEWNS) == 0 &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount(folder, folder, NULL, MS_BIND, NULL) == 0 &&
	    mount(NULL, folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY,
	    NULL) == 0;
}

/* SQLite writes by what it has open, and hears of nothing. */
static int
save_behind_it(void)
{
	if (db_begin(d) != ERR_OK || !shut() ||
	    db_do(d, "INSERT INTO u VALUES (1)", "") != ERR_OK)
		return 2;
	return db_commit(d) == ERR_QUEUE_WRITE &&
	    db_checkpoint(d) == ERR_QUEUE_WRITE ? 0 : 1;
}

static void
a_commit_is_believed_when_the_disk_takes_more(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	if (geteuid() != 0)
		skip();
	if ((pid = fork()) == 0)
		_exit(save_behind_it());
	assert_true(waitpid(pid, &status, 0) == pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		skip();
	assert_int_equal(status, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_older_file_is_brought_forward),
		TEST(values_come_back),
		TEST(a_number_is_the_first_rows_or_zero),
		TEST(what_is_not_committed_is_not_there),
		TEST(failures_have_names),
		TEST(a_checkpoint_empties_the_journal),
		TEST(a_checkpoint_may_wait_for_nobody),
		TEST(a_tidy_brings_in_what_has_gathered),
		TEST(a_file_is_of_one_form),
		TEST(what_is_not_there_is_not_made),
		TEST(a_file_that_left_stays_closed),
		TEST(memory_is_a_file_too),
		TEST(what_a_disk_refused_is_asked_again),
		TEST(a_commit_is_believed_when_the_disk_takes_more),
		TEST(programs_may_open_a_new_file_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
