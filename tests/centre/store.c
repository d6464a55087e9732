/* store: what the ledger keeps, and that every failure is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/centre/made.h"

#include "base/db.h"
#include "tests/temp.h"

static struct made m;
static struct buf env, body, answer;
static struct rid rid;

static void
drop_files(void)
{
	static const char *const names[] = { "ledger.db", "ledger.db-wal",
		"ledger.db-shm" };
	char path[PATH_ROOM];

	for (size_t i = 0; i < 3; i++)
		(void)unlink(temp_path(names[i], path));
}

static int
setup(void **state)
{
	(void)state;
	buf_init(&env);
	buf_init(&body);
	buf_init(&answer);
	drop_files();
	if (made_open(&m, temp_dir) != ERR_OK)
		return -1;
	return made_any(&m, &rid, &env) == ERR_OK &&
	    made_add(&body, &env) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	buf_clear(&env);
	buf_clear(&body);
	buf_clear(&answer);
	made_close(&m);
	return 0;
}

static enum err
send_body(void)
{
	buf_reset(&answer);
	return gateway_envelopes(&m.g, MADE_TERMINAL,
	    cursor_of(body.p, body.len), 0, MADE_NOW, &answer);
}

static void
it_is_all_there_after_a_restart(void **state)
{
	struct terminal t;
	struct entry e;
	struct buf bytes;

	(void)state;
	assert_int_equal(send_body(), ERR_OK);
	made_close(&m);
	assert_int_equal(store_sqlite_open(temp_dir, false, &m.store),
	    ERR_OK);
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_string_equal(t.site, "2A0000017");
	assert_true(t.sequence == 1 && t.seen_ms == MADE_NOW && t.training);
	assert_memory_equal(t.hash, m.previous, sizeof(t.hash));
	buf_init(&bytes);
	assert_int_equal(m.store->ops->entry_waiting(m.store, 0, &e, &bytes),
	    ERR_OK);
	assert_int_equal(bytes.len, env.len);
	assert_memory_equal(bytes.p, env.p, env.len);
	assert_memory_equal(e.rid.b, rid.b, sizeof(rid.b));
	assert_int_equal(m.store->ops->entry_waiting(m.store, e.id, &e,
	    &bytes), ERR_NOT_FOUND);
	buf_clear(&bytes);
}

static void
a_number_or_certificate_is_one_terminals(void **state)
{
	struct terminal t;

	(void)state;
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_int_equal(m.store->ops->terminal_add(m.store, &t),
	    ERR_CONFLICT);
	t.number = 8;
	assert_int_equal(m.store->ops->terminal_add(m.store, &t),
	    ERR_CONFLICT);
	t.cert[0] ^= 1;
	assert_int_equal(m.store->ops->terminal_add(m.store, &t), ERR_OK);
	assert_int_equal(m.store->ops->terminal_state(m.store, 9,
	    TERMINAL_REVOKED), ERR_NOT_FOUND);
	assert_int_equal(m.store->ops->terminal_find(m.store, 9, &t),
	    ERR_NOT_FOUND);
	assert_string_equal(terminal_state_word(TERMINAL_REVOKED), "revoked");
	assert_string_equal(alarm_word(ALARM_FORK), "fork");
}

static void
an_identifier_is_lent_once(void **state)
{
	struct lease l = { .terminal = MADE_TERMINAL, .block = 1,
		.centre_key = 1, .count = 1, .number = { 42 } };

	(void)state;
	assert_int_equal(m.store->ops->lease_add(m.store, &l, 0), ERR_OK);
	l.block = 2;
	assert_int_equal(m.store->ops->begin(m.store), ERR_OK);
	assert_int_equal(m.store->ops->lease_add(m.store, &l, 1),
	    ERR_CONFLICT);
	m.store->ops->rollback(m.store);
}

static const struct db_form form = { .schema = "", .version = 1,
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
a_ledger_without_entries_answers_nothing(void **state)
{
	(void)state;
	drop("DROP TABLE entry");
	assert_int_equal(send_body(), ERR_LEDGER);
	assert_int_equal(answer.len, 0);
}

static void
a_ledger_without_alarms_accuses_nobody(void **state)
{
	(void)state;
	body.p[body.len - 1] ^= 1;
	drop("DROP TABLE alarm");
	assert_int_equal(send_body(), ERR_LEDGER);
}

static void
a_ledger_without_leases_lends_nothing(void **state)
{
	(void)state;
	drop("DROP TABLE identifier");
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_LEDGER);
	drop("DROP TABLE lease");
	assert_int_equal(gateway_lease(&m.g, MADE_TERMINAL, MADE_NOW,
	    &answer), ERR_LEDGER);
	assert_int_equal(answer.len, 0);
}

static void
a_ledger_without_notes_hands_none_on(void **state)
{
	(void)state;
	drop("DROP TABLE note");
	assert_int_equal(gateway_outcomes(&m.g, MADE_TERMINAL, 0, &answer),
	    ERR_LEDGER);
}

static void
a_ledger_without_terminals_knows_nobody(void **state)
{
	struct terminal t;

	(void)state;
	drop("DROP TABLE terminal");
	assert_int_equal(gateway_whom(&m.g, m.cert, &t), ERR_LEDGER);
	assert_int_equal(send_body(), ERR_LEDGER);
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_all_there_after_a_restart),
		TEST(a_number_or_certificate_is_one_terminals),
		TEST(an_identifier_is_lent_once),
		TEST(a_ledger_without_entries_answers_nothing),
		TEST(a_ledger_without_alarms_accuses_nobody),
		TEST(a_ledger_without_leases_lends_nothing),
		TEST(a_ledger_without_notes_hands_none_on),
		TEST(a_ledger_without_terminals_knows_nobody),
		TEST(another_version_is_refused),
		TEST(no_ledger_is_said),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
