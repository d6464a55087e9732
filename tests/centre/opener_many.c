/* opener_many: several openers at once, on SQLite and on PostgreSQL: nothing
 * is opened twice, and nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/log.h"
#include "centre/opener.h"
#include "tests/centre/made.h"
#include "tests/temp.h"

#define OPENERS 3
#define RECORDS 240
#define SENT	60 /* at once */
#define FOREIGN 80 /* one of so many has an identifier that was not lent */

static struct made m;

/* As many as are sent at once. */
static void
lend(uint32_t first)
{
	struct lease l = { .terminal = MADE_TERMINAL,
		.block = first / SENT + 1, .centre_key = 1, .count = SENT };

	for (uint32_t i = 0; i < SENT; i++)
		l.number[i] = first + i;
	assert_int_equal(m.store->ops->lease_add(m.store, &l, first), ERR_OK);
}

/* Everybody is somebody else. */
static void
deliver(void)
{
	struct record *rec = record_new();
	struct buf body, one;
	json_t *doc, *list;

	assert_non_null(rec);
	make_record(rec);
	buf_init(&body);
	buf_init(&one);
	for (uint32_t i = 0; i < RECORDS; i++) {
		if (i % SENT == 0)
			lend(i);
		identifier_text(i % FOREIGN == 0 ? RECORDS + i : i, false,
		    rec->account.identifier);
		(void)snprintf(rec->identity.given,
		    sizeof(rec->identity.given), "CAMILLE%u", i);
		buf_reset(&one);
		assert_int_equal(made_envelope(&m, rec, true, &one), ERR_OK);
		assert_int_equal(made_add(&body, &one), ERR_OK);
		if (i % SENT == SENT - 1) {
			assert_int_equal(made_send(&m, &body, 0, &doc, &list),
			    ERR_OK);
			json_decref(doc);
			buf_reset(&body);
		}
	}
	buf_clear(&body);
	buf_clear(&one);
	record_free(rec);
}

static enum err
open_ledger(const char *place, struct store **out)
{
	return strncmp(place, "postgresql:", 11) == 0
	    ? store_pg_open(place, false, out)
	    : store_sqlite_open(place, false, out);
}

/* A process of its own; the parent waits at the other end of `go`. */
static void
be_opener(const char *place, int go)
{
	struct store *ledger = NULL;
	struct vault *vault = NULL;
	struct opener *o = NULL;
	unsigned settled = 1, left;
	char c;
	enum err r;

	if ((r = open_ledger(place, &ledger)) == ERR_OK &&
	    (r = vault_open(temp_dir, true, &m.opener.vault, &vault)) ==
	    ERR_OK)
		r = opener_new(ledger, vault, &m.opener, &m.set, &o);
	(void)!read(go, &c, 1);
	while (r == ERR_OK && settled > 0)
		r = opener_run(o, MADE_NOW, &settled, &left);
	opener_free(o);
	vault_close(vault);
	store_close(ledger);
	_exit(r == ERR_OK ? 0 : 1);
}

static enum err
count_opened(const struct entry *e, void *user)
{
	*(int *)user += e->outcome == OUTCOME_OPENED;
	assert_true(e->outcome == OUTCOME_OPENED ||
	    e->reason == err_number(ERR_RULE_IDENTIFIER));
	return ERR_OK;
}

static enum err
count_dossier(const struct dossier *d, void *user)
{
	*(int *)user += d->acts == 1;
	return ERR_OK;
}

static enum err
count_note(uint64_t number, const uint8_t note[OUTCOME_LEN], void *user)
{
	(void)number;
	(void)note;
	++*(int *)user;
	return ERR_OK;
}

/* What they said; 0 of all of them. */
static int
run_openers(const char *place)
{
	int go[2], status, bad = 0;
	pid_t pids[OPENERS];

	assert_int_equal(pipe(go), 0);
	for (int i = 0; i < OPENERS; i++) {
		assert_true((pids[i] = fork()) >= 0);
		if (pids[i] == 0) {
			close(go[1]);
			be_opener(place, go[0]);
		}
	}
	close(go[0]);
	close(go[1]); /* all at once */
	for (int i = 0; i < OPENERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		bad |= status;
	}
	return bad;
}

static void
many_open(const char *place)
{
	int opened = 0, dossiers = 0, notes = 0;
	struct vault *vault;
	uint64_t traces;

	assert_int_equal(made_open(&m, place), ERR_OK);
	deliver();
	assert_int_equal(run_openers(place), 0);
	assert_int_equal(m.store->ops->entry_each(m.store, count_opened,
	    &opened), ERR_OK);
	assert_int_equal(opened, RECORDS - RECORDS / FOREIGN);
	assert_int_equal(m.store->ops->notes_after(m.store, MADE_TERMINAL, 0,
	    10 * RECORDS, count_note, &notes), ERR_OK);
	assert_int_equal(notes, RECORDS);
	assert_int_equal(vault_open(temp_dir, false, NULL, &vault), ERR_OK);
	assert_int_equal(vault_each(vault, count_dossier, &dossiers), ERR_OK);
	assert_int_equal(dossiers, RECORDS - RECORDS / FOREIGN);
	assert_int_equal(vault_check(vault, &traces), ERR_OK);
	assert_true(traces == RECORDS);
	vault_close(vault);
	made_close(&m);
}

static int
teardown(void **state)
{
	static const char *const names[] = { "dossiers.db", "dossiers.db-wal",
		"dossiers.db-shm" };
	char path[PATH_ROOM];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		(void)unlink(temp_path(names[i], path));
	return 0;
}

static void
on_sqlite(void **state)
{
	(void)state;
	many_open(temp_dir);
}

static bool
pg(const char *deed)
{
	char line[PATH_ROOM];

	(void)snprintf(line, sizeof(line), "tests/pg %s %s", deed, temp_dir);
	return system(line) == 0;
}

static void
on_postgresql(void **state)
{
	char place[PATH_ROOM];

	(void)state;
	assert_true(pg("start"));
	(void)snprintf(place, sizeof(place),
	    "postgresql://guichet@/guichet?host=%s/one", temp_dir);
	many_open(place);
	assert_true(pg("stop"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(on_sqlite, teardown),
		cmocka_unit_test_teardown(on_postgresql, teardown),
	};

	log_open("opener_many", true);
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
