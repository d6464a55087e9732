/* store: what the ledger keeps in SQLite. */
#include "tests/centre/ledger.h"

#include "base/db.h"

static void
ledger_empty(void)
{
	static const char *const names[] = { "ledger.db", "ledger.db-wal",
		"ledger.db-shm" };
	char path[PATH_ROOM];

	for (size_t i = 0; i < 3; i++)
		(void)unlink(temp_path(names[i], path));
}

static enum err
ledger_open(struct store **out)
{
	return store_sqlite_open(temp_dir, false, out);
}

static const struct db_form form = { .schema = "", .version = 10,
	.fault = ERR_LEDGER };

/* Somebody drops a table under our feet. */
static void
drop(const char *sql)
{
	char path[PATH_ROOM];
	struct db *d;

	assert_int_equal(db_open(temp_path("ledger.db", path), &form, false,
	    &d), ERR_OK);
	assert_int_equal(db_do(d, "PRAGMA foreign_keys=OFF", ""), ERR_OK);
	assert_int_equal(db_do(d, sql, ""), ERR_OK);
	db_close(d);
}

static void
ledger_back(void)
{
	drop("PRAGMA user_version=7");
}

static void
another_version_is_refused(void **state)
{
	struct store *s = NULL;

	(void)state;
	drop("PRAGMA user_version=99");
	assert_int_equal(store_sqlite_open(temp_dir, true, &s), ERR_LEDGER);
	assert_non_null(strstr(err_subject(), "99"));
}

static void
no_ledger_is_said(void **state)
{
	struct store *s = NULL;
	char path[PATH_ROOM];

	(void)state;
	assert_int_equal(store_sqlite_open(temp_path("nowhere", path), false,
	    &s), ERR_NOT_FOUND);
	store_close(NULL);
}

static void
the_settings_name_the_store(void **state)
{
	struct centre_settings set = { .store = "sqlite" };
	struct store *s = NULL;

	(void)state;
	MADE_COPY(set.state, temp_dir);
	assert_int_equal(store_open(&set, false, &s), ERR_OK);
	store_close(s);
	MADE_COPY(set.store, "postgresql://%zz");
	assert_int_equal(store_open(&set, false, &s), ERR_STORE);
	MADE_COPY(set.store, "mysql://localhost/x");
	assert_int_equal(store_open(&set, false, &s), ERR_STORE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		LEDGER_TESTS,
		TEST(another_version_is_refused),
		TEST(no_ledger_is_said),
		TEST(the_settings_name_the_store),
	};

	ledger_place = temp_dir;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
