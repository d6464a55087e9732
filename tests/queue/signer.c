/* signer: the next key takes over, wherever it is cut short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/keyfile.h"
#include "queue/signer.h"
#include "tests/killed.h"
#include "tests/queue/made.h"

#define NOW    1795271525000ull
#define DAY_MS ((uint64_t)24 * 3600 * 1000)

static struct made m;
static char keys[PATH_ROOM], key[PATH_ROOM], next[PATH_ROOM];

static int
setup(void **state)
{
	(void)state;
	if (made_init(&m) != 0 || path_join(m.state, "keys", keys) != ERR_OK ||
	    path_join(keys, "sign.key", key) != ERR_OK ||
	    path_join(keys, "sign.next", next) != ERR_OK ||
	    mkdir(keys, 0700) != 0)
		return -1;
	return keyfile_write(key, "sign-secret", m.sign_secret,
	    SIGN_SECRET_LEN, 1) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	(void)unlink(key);
	(void)unlink(next);
	(void)rmdir(keys);
	made_clear(&m);
	return 0;
}

static struct queue *
opened(void)
{
	struct queue *q;

	assert_int_equal(queue_open(m.state, false, &q), ERR_OK);
	return q;
}

/* What a start does: the key, of that number. */
static void
settle(struct queue *q)
{
	assert_int_equal(signer_settle(m.state, q, m.sign_secret,
	    &m.keys.sign_number), ERR_OK);
	sign_public(m.sign_secret, m.sign_public);
	assert_int_equal(access(next, F_OK), -1);
}

static void
rotate(struct queue *q)
{
	assert_int_equal(signer_rotate(m.state, q, MADE_TERMINAL, NOW,
	    m.sign_secret, &m.keys.sign_number), ERR_OK);
	sign_public(m.sign_secret, m.sign_public);
}

static void
put(struct queue *q)
{
	uint64_t sequence;
	struct rid rid;

	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
}

static void
verify(struct queue *q)
{
	uint64_t damaged;

	assert_int_equal(queue_verify(q, m.keys.sign_number, m.sign_public,
	    &damaged), ERR_OK);
	assert_true(damaged == 0);
}

static bool
file_holds(const char *path, const void *p, size_t n)
{
	char text[BASE64_ROOM(SIGN_SECRET_LEN)];
	struct buf b;
	bool found;

	base64_of(p, n, text);
	text[40] = '\0'; /* of the seed alone */
	buf_init(&b);
	assert_int_equal(file_read(path, 4096, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	found = strstr((const char *)b.p, text) != NULL;
	buf_clear(&b);
	return found;
}

static void
the_next_key_takes_over(void **state)
{
	uint8_t old[SIGN_SECRET_LEN];
	struct envelope_keys stale = m.keys;
	struct queue *q = opened();
	struct queue_epoch e;
	struct stat before, after;
	uint64_t sequence;
	struct rid rid;

	(void)state;
	memcpy(old, m.sign_secret, sizeof(old));
	assert_int_equal(stat(key, &before), 0);
	put(q);
	rotate(q);
	assert_int_equal(m.keys.sign_number, 2);
	put(q);
	verify(q);
	assert_int_equal(queue_epoch(q, &e), ERR_OK);
	assert_int_equal(e.number, 2);
	assert_true(e.sequence == 2 && e.used == 1 && e.waiting);
	/* The very bytes of the old one were written over. */
	assert_int_equal(stat(key, &after), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_false(file_holds(key, old, sizeof(old)));
	assert_true(file_holds(key, m.sign_secret, SIGN_SECRET_LEN));
	assert_int_equal(access(next, F_OK), -1);
	/* Whoever kept it signs nothing more here. */
	stale.sign_secret = old;
	rid_make(NOW, &rid);
	assert_int_equal(queue_put(q, MADE_TERMINAL, &rid, &m.sealed, &stale,
	    &sequence), ERR_EPOCH);
	queue_close(q);
}

static void
many_epochs_hold(void **state)
{
	struct queue *q = opened();
	uint32_t last;

	(void)state;
	for (int i = 0; i < 12; i++) {
		put(q);
		rotate(q);
	}
	put(q);
	verify(q);
	last = m.keys.sign_number;
	assert_int_equal(last, 13);
	queue_close(q);
	q = opened();
	settle(q);
	assert_int_equal(m.keys.sign_number, last);
	put(q);
	verify(q);
	queue_close(q);
}

/* An old backup of the key beside a queue that has gone on. */
static void
an_older_key_is_refused(void **state)
{
	uint8_t old[SIGN_SECRET_LEN], scratch[SIGN_SECRET_LEN];
	struct queue *q = opened();
	uint32_t number;

	(void)state;
	memcpy(old, m.sign_secret, sizeof(old));
	put(q);
	rotate(q);
	assert_int_equal(unlink(key), 0);
	assert_int_equal(keyfile_write(key, "sign-secret", old, sizeof(old),
	    1), ERR_OK);
	assert_int_equal(signer_settle(m.state, q, scratch, &number),
	    ERR_EPOCH);
	assert_true(secret_is_zero(scratch, sizeof(scratch)));
	assert_int_equal(unlink(key), 0);
	assert_int_equal(signer_settle(m.state, q, scratch, &number),
	    ERR_KEY_READ);
	queue_close(q);
}

static bool
due(struct queue *q, uint64_t most, uint64_t days, uint64_t now_ms)
{
	bool is;

	assert_int_equal(signer_due(q, most, days, now_ms, &is), ERR_OK);
	return is;
}

static enum err
sent(const struct queue_row *row, void *user)
{
	struct receipt rc = { .level = LEVEL_STORED,
		.terminal = MADE_TERMINAL, .centre_key = 1,
		.sequence = row->sequence, .rid = row->rid };
	uint8_t bytes[RECEIPT_LEN] = { 0 };

	memcpy(rc.hash, row->hash, DIGEST_LEN);
	return queue_receipt(user, &rc, bytes, LEVEL_STORED);
}

static void
it_is_time_when_it_is(void **state)
{
	struct queue *q = opened();
	struct queue_row row;
	struct rid rid;
	uint64_t sequence, made;

	(void)state;
	assert_false(due(q, 1, 1, NOW + 100 * DAY_MS)); /* it signed nothing */
	assert_int_equal(made_put(&m, q, &rid, &sequence), ERR_OK);
	assert_int_equal(queue_find(q, &rid, &row), ERR_OK);
	made = row.made_ms;
	assert_false(due(q, 1, 1, made)); /* it waits: the centre is away */
	assert_true(due(q, 1, 1, made + 4 * DAY_MS));
	assert_false(due(q, 1, 1, made - 1000)); /* clocks go back */
	put(q);
	put(q);
	put(q);
	assert_true(due(q, 1, 1, made));
	assert_int_equal(queue_each(q, sent, q), ERR_OK);
	assert_true(due(q, 4, 1, made));
	assert_false(due(q, 5, 1, made + DAY_MS - 1));
	assert_true(due(q, 5, 1, made + DAY_MS));
	rotate(q);
	assert_false(due(q, 1, 1, made + 100 * DAY_MS));
	queue_close(q);
}

/* Behind the queue's back. */
static void
damage(void)
{
	char path[PATH_ROOM];
	sqlite3 *db;

	assert_int_equal(path_join(m.state, "queue.db", path), ERR_OK);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE envelope SET level = 0,"
	    " bytes = zeroblob(length(bytes))", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Without a hand-over none of what follows could be verified. */
static void
a_hand_over_is_kept(void **state)
{
	struct queue *q = opened();
	struct queue_epoch e;
	struct queue_row row;
	struct buf before, after;
	uint64_t damaged;
	struct rid rid, rids[BATCH_MAX];
	size_t n;

	(void)state;
	buf_init(&before);
	buf_init(&after);
	rotate(q);
	assert_int_equal(queue_epoch(q, &e), ERR_OK);
	assert_int_equal(queue_each(q, sent, q), ERR_OK);
	assert_int_equal(queue_resend(q, 1, &damaged), ERR_OK);
	assert_true(damaged == 1); /* its bytes are still here */
	assert_int_equal(queue_batch(q, NOW, BATCH_MAX, &before, &n, rids),
	    ERR_OK);
	assert_int_equal(n, 1);
	rid = rids[0];
	assert_int_equal(queue_hold(q, &rid), ERR_USAGE);
	queue_close(q);
	damage();
	q = opened();
	verify(q);
	assert_int_equal(queue_find(q, &rid, &row), ERR_OK);
	assert_int_equal(row.state, QUEUE_READY);
	assert_int_equal(queue_bytes(q, &rid, &after), ERR_OK);
	assert_memory_equal(after.p, before.p + 4, after.len);
	buf_clear(&before);
	buf_clear(&after);
	queue_close(q);
}

/* In a process of its own, traced from the stop on. */
static void
rotate_traced(void)
{
	struct queue *q;

	if (queue_open(m.state, false, &q) != ERR_OK)
		_exit(1);
	killed_from_here();
	_exit(signer_rotate(m.state, q, MADE_TERMINAL, NOW, m.sign_secret,
	    &m.keys.sign_number) == ERR_OK ? 0 : 2);
}

static void
killed_at_every_step(void **state)
{
	unsigned before = 0, behind = 0;
	uint32_t was;
	struct queue *q = opened();
	struct queue_epoch e;
	bool again = true;

	(void)state;
	put(q);
	queue_close(q);
	for (int n = 1; again; n++) {
		was = m.keys.sign_number;
		again = killed_at(n, rotate_traced);
		q = opened();
		settle(q);
		assert_int_equal(queue_epoch(q, &e), ERR_OK);
		assert_true(m.keys.sign_number == was ||
		    m.keys.sign_number == was + 1);
		assert_true(e.number == 0 || e.number == m.keys.sign_number);
		*(m.keys.sign_number == was ? &before : &behind) += 1;
		put(q);
		queue_close(q);
	}
	q = opened();
	verify(q);
	queue_close(q);
	assert_true(before > 20 && behind > 4);
	print_message("killed %u times before the commit, %u behind it\n",
	    before, behind);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_next_key_takes_over,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(many_epochs_hold, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(an_older_key_is_refused,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(it_is_time_when_it_is, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(a_hand_over_is_kept, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(killed_at_every_step, setup,
		    teardown),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
