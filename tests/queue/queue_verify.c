/* queue_verify: what was changed on the disk is seen, and set aside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "tests/queue/one.h"

static struct rid rids[5];

static int
setup_five(void **state)
{
	uint64_t sequence;

	if (setup(state) != 0)
		return -1;
	for (int i = 0; i < 5; i++)
		if (made_put(&m, q, &rids[i], &sequence) != ERR_OK)
			return -1;
	return 0;
}

/* Change the file behind the queue's back. */
static void
tamper(const char *sql)
{
	char path[PATH_ROOM];
	sqlite3 *db;

	queue_close(q);
	q = NULL;
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
}

static void
after(const char *sql, enum err want, uint64_t aside)
{
	uint64_t damaged = 99;

	tamper(sql);
	assert_int_equal(queue_verify(q, 1, m.sign_public, &damaged), want);
	assert_true(damaged == aside);
}

static void
a_sound_queue_is_sound(void **state)
{
	(void)state;
	after("SELECT 1", ERR_OK, 0);
}

static void
changed_bytes_are_set_aside(void **state)
{
	struct queue_row row;
	uint64_t got;

	(void)state;
	after("UPDATE envelope SET bytes = zeroblob(length(bytes))"
	    " WHERE sequence = 3", ERR_OK, 1);
	assert_int_equal(queue_find(q, &rids[2], &row), ERR_OK);
	assert_int_equal(row.state, QUEUE_DAMAGED);
	assert_int_equal(row.reason, 501);
	/* The rest goes on, and so does the chain. */
	assert_int_equal(made_put(&m, q, &rids[0], &got), ERR_OK);
	assert_true(got == 6);
	assert_int_equal(queue_verify(q, 1, m.sign_public, &got), ERR_OK);
	assert_true(got == 1);
}

static void
a_row_that_is_not_its_envelope_is_set_aside(void **state)
{
	(void)state;
	after("UPDATE envelope SET rid = zeroblob(16) WHERE sequence = 2",
	    ERR_OK, 1);
	after("UPDATE envelope SET hash = zeroblob(32) WHERE sequence = 5",
	    ERR_OK, 2);
}

static void
another_key_did_not_sign_it(void **state)
{
	uint8_t secret[SIGN_SECRET_LEN], public[SIGN_PUBLIC_LEN];
	uint64_t damaged;

	(void)state;
	sign_keypair(secret, public);
	/* Said to be of a key that is not asked about: the chain holds it. */
	assert_int_equal(queue_verify(q, 2, public, &damaged), ERR_OK);
	assert_true(damaged == 0);
	assert_int_equal(queue_verify(q, 1, public, &damaged), ERR_OK);
	assert_true(damaged == 5);
}

/* How many would be sent. */
static size_t
sent_now(void)
{
	struct rid batch[BATCH_MAX];
	struct buf out;
	size_t n = 99;

	buf_init(&out);
	assert_int_equal(queue_batch(q, 1, BATCH_MAX, &out, &n, batch),
	    ERR_OK);
	buf_clear(&out);
	return n;
}

/* Found by turning each bit of a file: an index that has lost a row hides it
 * from every batch. */
static void
an_index_that_hides_a_row_is_made_anew(void **state)
{
	(void)state;
	tamper("UPDATE envelope SET state = 'sent' WHERE sequence = 3");
	tamper("CREATE TABLE kept AS SELECT * FROM sqlite_schema"
	    " WHERE name = 'todo'; PRAGMA writable_schema = ON;"
	    "DELETE FROM sqlite_schema WHERE name = 'todo'");
	tamper("UPDATE envelope SET state = 'ready' WHERE sequence = 3");
	tamper("PRAGMA writable_schema = ON; INSERT INTO sqlite_schema"
	    " SELECT * FROM kept; DROP TABLE kept");
	assert_true(sent_now() == 4);
	after("SELECT 1", ERR_OK, 0);
	assert_true(sent_now() == 5);
}

static void
a_missing_row_breaks_the_chain(void **state)
{
	(void)state;
	after("DELETE FROM envelope WHERE sequence = 3", ERR_CHAIN, 0);
}

static void
a_lost_head_is_for_the_centre_to_see(void **state)
{
	(void)state;
	after("DELETE FROM envelope WHERE sequence = 1", ERR_CHAIN, 0);
}

/* A sent row whose hash was changed: its follower says so. */
static void
a_changed_hash_breaks_the_chain(void **state)
{
	(void)state;
	after("UPDATE envelope SET state = 'sent', bytes = NULL"
	    " WHERE sequence = 3", ERR_OK, 0);
	after("UPDATE envelope SET hash = zeroblob(32) WHERE sequence = 3",
	    ERR_CHAIN, 0);
}

static void
an_unknown_state_is_damage(void **state)
{
	struct queue_row row;

	(void)state;
	tamper("PRAGMA ignore_check_constraints = 1;"
	    "UPDATE envelope SET state = 'odd' WHERE sequence = 2;"
	    "UPDATE envelope SET level = 9 WHERE sequence = 3;"
	    "UPDATE envelope SET hash = x'00' WHERE sequence = 4");
	for (int i = 1; i < 4; i++)
		assert_int_equal(queue_find(q, &rids[i], &row),
		    ERR_QUEUE_DAMAGED);
}

/* The file's own structure: pages overwritten. */
static void
a_broken_file_is_said(void **state)
{
	uint64_t damaged;
	char path[PATH_ROOM];
	FILE *f;

	(void)state;
	queue_close(q);
	q = NULL;
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_non_null(f = fopen(path, "r+"));
	assert_int_equal(fseek(f, 4096 + 8, SEEK_SET), 0);
	for (int i = 0; i < 3 * 4096; i++)
		assert_int_equal(fputc(0x5A, f), 0x5A);
	assert_int_equal(fclose(f), 0);
	if (queue_open(m.state, false, &q) == ERR_OK)
		assert_int_equal(queue_verify(q, 1, m.sign_public, &damaged),
		    ERR_QUEUE_DAMAGED);
}

static void
another_file_is_not_opened(void **state)
{
	static const char *const sql[] = {
		"PRAGMA application_id = 5", "PRAGMA user_version = 2",
	};
	char path[PATH_ROOM];
	FILE *f;

	(void)state;
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	for (size_t i = 0; i < 2; i++) {
		sqlite3 *db;

		queue_close(q);
		q = NULL;
		assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, sql[i], NULL, NULL, NULL),
		    SQLITE_OK);
		assert_int_equal(sqlite3_close(db), SQLITE_OK);
		assert_int_equal(queue_open(m.state, false, &q),
		    ERR_QUEUE_OPEN);
	}
	made_empty(&m);
	assert_non_null(f = fopen(path, "w"));
	assert_true(fputs("Ceci n'est pas une file, mais un texte assez long "
	    "pour qu'on le lise comme un en-tete de base.\n", f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(queue_open(m.state, false, &q), ERR_QUEUE_OPEN);
	assert_int_equal(queue_open("/proc/nowhere", false, &q),
	    ERR_STATE_FOLDER);
}

/* Two programs: the one that waits too long is told so. */
static void
another_writer_makes_it_wait(void **state)
{
	struct rid rid;
	uint64_t sequence;
	char path[PATH_ROOM];
	sqlite3 *db;

	(void)state;
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL,
	    NULL), SQLITE_OK);
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_QUEUE_BUSY);
	assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	assert_true(sequence == 6);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Where the envelope of that id lies in the file: its page's first byte. */
static long
page_of(const struct buf *file, const struct rid *rid)
{
	for (size_t i = 4096; i + 70 < file->len; i++)
		if (memcmp(file->p + i, "GUE1", 4) == 0 &&
		    memcmp(file->p + i + 54, rid->b, RID_LEN) == 0)
			return (long)(i / 4096 * 4096);
	return -1;
}

/* A page that is none any more, under a row. */
static void
spoil_page_of(const struct rid *rid)
{
	char path[PATH_ROOM];
	struct buf file;
	FILE *f;
	long at;

	queue_close(q);
	q = NULL;
	buf_init(&file);
	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_int_equal(file_read(path, BUF_MAX - 1, &file), ERR_OK);
	at = page_of(&file, rid);
	buf_clear(&file);
	assert_true(at > 0);
	assert_non_null(f = fopen(path, "r+"));
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fputc('w', f), 'w');
	assert_int_equal(fclose(f), 0);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
}

static void
a_spoilt_page_keeps_no_others_back(void **state)
{
	struct rid rid, all[40], got[BATCH_MAX];
	struct queue_counts c;
	struct queue_row row;
	struct buf out;
	uint64_t sequence;
	size_t n;

	(void)state;
	for (int i = 0; i < 40; i++)
		assert_int_equal(made_put(&m, q, &all[i], &sequence), ERR_OK);
	spoil_page_of(&all[10]);
	buf_init(&out);
	assert_int_equal(queue_batch(q, 1895271600000, BATCH_MAX, &out, &n,
	    got), ERR_OK);
	/* Three of them or so share a page. */
	assert_in_range(n, 40, 44);
	for (size_t i = 0; i < n; i++)
		assert_memory_not_equal(got[i].b, all[10].b, RID_LEN);
	assert_int_equal(queue_count(q, &c), ERR_OK);
	assert_true(c.by_state[QUEUE_READY] == n);
	assert_true(c.by_state[QUEUE_DAMAGED] == 45 - n);
	/* The oldest that waits can be read. */
	assert_true(c.oldest_ready_ms > 0);
	assert_int_equal(queue_find(q, &all[20], &row), ERR_OK);
	assert_int_equal(row.state, QUEUE_READY);
	/* And again, after a start; and another enrolment. */
	queue_close(q);
	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	buf_reset(&out);
	assert_int_equal(queue_batch(q, 1895271600000, BATCH_MAX, &out, &n,
	    got), ERR_OK);
	assert_true(c.by_state[QUEUE_READY] + 1 == n);
	buf_clear(&out);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_five, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_spoilt_page_keeps_no_others_back),
		TEST(a_sound_queue_is_sound),
		TEST(changed_bytes_are_set_aside),
		TEST(a_row_that_is_not_its_envelope_is_set_aside),
		TEST(another_key_did_not_sign_it),
		TEST(an_index_that_hides_a_row_is_made_anew),
		TEST(a_missing_row_breaks_the_chain),
		TEST(a_lost_head_is_for_the_centre_to_see),
		TEST(a_changed_hash_breaks_the_chain),
		TEST(an_unknown_state_is_damage),
		TEST(a_broken_file_is_said),
		TEST(another_file_is_not_opened),
		TEST(another_writer_makes_it_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
