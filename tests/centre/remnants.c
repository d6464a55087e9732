/* remnants: what the opener has taken over is nowhere in the ledger's files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/db.h"
#include "base/file.h"
#include "tests/centre/made.h"
#include "tests/temp.h"

#define PIECE 64 /* bytes: sealed ones are like no others */

static struct made m;
static struct buf sealed; /* of the one envelope */

static int
setup(void **state)
{
	struct rid rid;
	struct buf body;
	json_t *doc, *list;
	char path[PATH_ROOM];
	enum err r;

	(void)state;
	(void)remove(temp_path("ledger.db", path));
	buf_init(&sealed);
	buf_init(&body);
	if ((r = made_open(&m, temp_path("", path))) == ERR_OK &&
	    (r = made_any(&m, &rid, &sealed)) == ERR_OK &&
	    (r = made_add(&body, &sealed)) == ERR_OK &&
	    (r = made_send(&m, &body, 0, &doc, &list)) == ERR_OK)
		json_decref(doc);
	buf_clear(&body);
	return r == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&sealed);
	made_close(&m);
	return 0;
}

static bool
file_has(const char *name, const uint8_t *p)
{
	char path[PATH_ROOM];
	struct buf all;
	bool found = false;

	buf_init(&all);
	if (file_read(temp_path(name, path), BUF_MAX, &all) == ERR_OK)
		for (size_t i = 0; !found && i + PIECE <= all.len; i++)
			found = memcmp(all.p + i, p, PIECE) == 0;
	buf_clear(&all);
	return found;
}

/* Does any piece of the box stand in the file or in its log? */
static bool
stands(void)
{
	for (size_t i = 100; i + PIECE < sealed.len; i += PIECE)
		if (file_has("ledger.db", sealed.p + i) ||
		    file_has("ledger.db-wal", sealed.p + i))
			return true;
	return false;
}

static void
settle(bool drop)
{
	struct settlement w = { .entry = 1, .drop = drop,
		.note = { .terminal = MADE_TERMINAL,
		    .kind = OUTCOME_OPENED } };
	bool fresh;

	assert_int_equal(m.store->ops->begin(m.store), ERR_OK);
	assert_int_equal(m.store->ops->settle(m.store, &w, 1, &fresh),
	    ERR_OK);
	assert_true(fresh);
	assert_int_equal(m.store->ops->commit(m.store), ERR_OK);
}

static void
what_was_dropped_is_gone(void **state)
{
	(void)state;
	assert_true(stands());
	settle(true);
	assert_int_equal(m.store->ops->scrub(m.store), ERR_OK);
	assert_false(stands());
}

/* What was refused is kept, with its bytes. */
static void
what_was_not_is_there(void **state)
{
	(void)state;
	settle(false);
	assert_int_equal(m.store->ops->scrub(m.store), ERR_OK);
	assert_true(stands());
}

static void
a_reader_is_waited_for(void **state)
{
	struct store *other;
	char path[PATH_ROOM];
	struct terminal t;

	(void)state;
	assert_int_equal(store_sqlite_open(temp_path("", path), false,
	    &other), ERR_OK);
	assert_int_equal(other->ops->begin_reading(other), ERR_OK);
	assert_int_equal(other->ops->terminal_find(other, MADE_TERMINAL, &t),
	    ERR_OK);
	settle(true);
	assert_int_equal(m.store->ops->scrub(m.store), ERR_LEDGER);
	other->ops->rollback(other);
	store_close(other);
	assert_int_equal(m.store->ops->scrub(m.store), ERR_OK);
	assert_false(stands());
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_dropped_is_gone),
		TEST(what_was_not_is_there),
		TEST(a_reader_is_waited_for),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
