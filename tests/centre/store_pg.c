/* store_pg: the ledger in a real PostgreSQL with a synchronous standby: what
 * was not vouched for gets no receipt, and what got one is there for ever. */
#include "tests/centre/ledger.h"

#include <pthread.h>

#include "base/clock.h"

#define WRITERS	 4
#define ENOUGH	 40	/* receipts of each writer, before and after */
#define PATIENCE 60000u /* milliseconds for the whole failover */

static char primary[PATH_ROOM], both[PATH_ROOM + 64];

static bool
pg(const char *deed)
{
	char line[PATH_ROOM + 64];

	(void)snprintf(line, sizeof(line), "tests/pg %s %s", deed, temp_dir);
	return system(line) == 0;
}

static void
ledger_empty(void)
{
	assert_int_equal(made_empty(primary), ERR_OK);
}

static enum err
ledger_open(struct store **out)
{
	return store_pg_open(primary, false, out);
}

static void
drop(const char *sql)
{
	char line[512];
	struct link *k;

	(void)snprintf(line, sizeof(line), "%s%s", sql,
	    strncmp(sql, "DROP", 4) == 0 ? " CASCADE" : "");
	assert_int_equal(link_open(primary, &k), ERR_OK);
	assert_int_equal(link_plain(k, line), ERR_OK);
	link_close(k);
}

static void
ledger_back(void)
{
	drop("ALTER TABLE note ADD CONSTRAINT note_pkey PRIMARY KEY (number),"
	    " ADD CONSTRAINT note_terminal_fkey FOREIGN KEY (terminal)"
	    " REFERENCES terminal, ADD CONSTRAINT note_entry_fkey"
	    " FOREIGN KEY (entry) REFERENCES entry");
	drop("ALTER TABLE entry ADD CONSTRAINT entry_terminal_fkey"
	    " FOREIGN KEY (terminal) REFERENCES terminal");
	drop("ALTER TABLE identifier ADD CONSTRAINT identifier_block_fkey"
	    " FOREIGN KEY (block) REFERENCES lease");
	drop("DELETE FROM ledger_version WHERE version >= 8");
}

/* The first receipt of the answer. */
static struct receipt
receipt_in(const struct buf *text)
{
	uint8_t bytes[RECEIPT_LEN];
	char word[BASE64_ROOM((size_t)RECEIPT_LEN)];
	struct receipt rc;
	json_t *doc, *list;
	size_t n;

	assert_int_equal(json_read(text->p, text->len, &doc), ERR_OK);
	assert_int_equal(json_get_array(doc, "envelopes", &list), ERR_OK);
	assert_int_equal(json_get_text(json_array_get(list, 0), "receipt",
	    word, sizeof(word) - 1), ERR_OK);
	json_decref(doc);
	assert_int_equal(base64_read(word, bytes, sizeof(bytes), &n), ERR_OK);
	assert_int_equal(receipt_read(bytes, n, m.receipt_public, &rc),
	    ERR_OK);
	return rc;
}

static uint64_t
number(const char *sql)
{
	uint64_t n = 0;
	struct link *k;

	assert_int_equal(link_open(primary, &k), ERR_OK);
	assert_int_equal(link_number(k, sql, &n), ERR_OK);
	link_close(k);
	return n;
}

static void
a_newer_ledger_is_refused(void **state)
{
	struct store *s = NULL;

	(void)state;
	drop("INSERT INTO ledger_version VALUES (99)");
	assert_int_equal(ledger_open(&s), ERR_LEDGER);
	assert_non_null(strstr(err_subject(), "99"));
}

static void
no_ledger_is_said(void **state)
{
	struct store *s = NULL;

	(void)state;
	made_close(&m);
	ledger_empty();
	assert_int_equal(ledger_open(&s), ERR_NOT_FOUND);
	assert_int_equal(store_pg_open("postgresql://x@/x?host=/nowhere",
	    true, &s), ERR_LEDGER);
	assert_int_equal(made_open(&m, primary), ERR_OK);
}

/* Before there is a standby. */
static void
one_machine_says_stored(void **state)
{
	(void)state;
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(receipt_in(&answer).level, LEVEL_STORED);
}

static void
a_lost_connection_is_made_again(void **state)
{
	struct terminal t;

	(void)state;
	assert_int_equal(m.store->ops->begin(m.store), ERR_OK);
	drop("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	    " WHERE state = 'idle in transaction'");
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_LEDGER);
	usleep(1100 * 1000);
	/* Not in the middle of what was lost. */
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_LEDGER);
	assert_int_equal(m.store->ops->commit(m.store), ERR_LEDGER);
	m.store->ops->rollback(m.store);
	assert_int_equal(send_body(), ERR_OK);
}

/* From here on there is one. */
static void
two_machines_say_replicated(void **state)
{
	struct receipt first, again;

	(void)state;
	assert_true(pg("standby"));
	assert_int_equal(send_body(), ERR_OK);
	first = receipt_in(&answer);
	assert_int_equal(first.level, LEVEL_REPLICATED);
	assert_int_equal(send_body(), ERR_OK);
	again = receipt_in(&answer);
	assert_true(again.at_ms == first.at_ms &&
	    again.level == LEVEL_REPLICATED);
	assert_int_equal(number("SELECT count(*) FROM entry"), 1);
}

/* The copy hears nothing: neither the first nor a repetition is
 * acknowledged, each within its time; and then both are one entry. */
static void
a_repetition_waits_as_the_first_did(void **state)
{
	uint64_t begun;

	(void)state;
	assert_true(pg("pause"));
	for (int i = 0; i < 2; i++) {
		begun = clock_elapsed_ms();
		assert_int_not_equal(send_body(), ERR_OK);
		assert_int_equal(answer.len, 0);
		assert_true(clock_elapsed_ms() - begun < LINK_WAIT_MS + 2500);
		/* It is here, which is just the trap. */
		assert_int_equal(number("SELECT count(*) FROM entry"), 1);
		usleep((LINK_REST_MS + 100) * 1000);
	}
	assert_true(pg("resume"));
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(receipt_in(&answer).level, LEVEL_REPLICATED);
	assert_int_equal(number("SELECT count(*) FROM entry"), 1);
}

/* Cut short the first wait for the copy. */
static void *
cut_short(void *user)
{
	uint64_t n = 0;
	struct link *k;

	(void)user;
	if (link_open(primary, &k) != ERR_OK)
		return NULL;
	for (int i = 0; i < 200 && n == 0; i++) {
		(void)link_number(k, "SELECT count(pg_cancel_backend(pid))"
		    " FROM pg_stat_activity WHERE wait_event = 'SyncRep'",
		    &n);
		usleep(20000);
	}
	link_close(k);
	return NULL;
}

static void
a_wait_cut_short_is_no_receipt(void **state)
{
	pthread_t cutter;

	(void)state;
	assert_true(pg("pause"));
	assert_int_equal(pthread_create(&cutter, NULL, cut_short, NULL), 0);
	assert_int_equal(send_body(), ERR_UNVOUCHED);
	assert_int_equal(answer.len, 0);
	assert_int_equal(pthread_join(cutter, NULL), 0);
	assert_int_equal(number("SELECT count(*) FROM entry"), 1);
	assert_true(pg("resume"));
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(receipt_in(&answer).level, LEVEL_REPLICATED);
}

/* A promise that is taken back in the middle is none. */
static void
a_level_lost_meanwhile_is_no_receipt(void **state)
{
	struct terminal t;

	(void)state;
	assert_int_equal(m.store->ops->begin(m.store), ERR_OK);
	assert_int_equal(m.store->level, LEVEL_REPLICATED);
	assert_int_equal(m.store->ops->terminal_find(m.store, MADE_TERMINAL,
	    &t), ERR_OK);
	assert_int_equal(m.store->ops->terminal_advance(m.store, &t), ERR_OK);
	assert_true(pg("alone"));
	usleep(300 * 1000);
	assert_int_equal(m.store->ops->commit(m.store), ERR_UNVOUCHED);
	assert_true(pg("together"));
	assert_int_equal(send_body(), ERR_OK);
	assert_int_equal(receipt_in(&answer).level, LEVEL_REPLICATED);
}

/* A terminal with a connection of its own, as with many gateways. */
struct writer {
	struct made m;
	struct rid kept[2000];
	size_t nkept;
	bool failed; /* something other than a ledger that does not answer */
};

static struct writer writers[WRITERS];
static volatile bool enough;

static void *
write_on(void *user)
{
	struct writer *w = user;
	struct buf one, all, out;
	struct rid id;
	enum err r;

	buf_init(&one);
	buf_init(&all);
	buf_init(&out);
	while (!enough && w->nkept < 2000) {
		buf_reset(&one);
		buf_reset(&all);
		if (made_any(&w->m, &id, &one) != ERR_OK ||
		    made_add(&all, &one) != ERR_OK)
			break;
		/* As a terminal does: again and again until it is kept. */
		do {
			buf_reset(&out);
			r = gateway_envelopes(&w->m.g, w->m.number,
			    cursor_of(all.p, all.len), 0, MADE_NOW, &out);
			if (r != ERR_OK)
				usleep(100000);
		} while ((r == ERR_LEDGER || r == ERR_UNVOUCHED) && !enough);
		if (r == ERR_OK && strstr((char *)out.p, "\"stored\"") != NULL)
			w->kept[w->nkept++] = id;
		else if (!enough)
			w->failed = true;
	}
	buf_clear(&one);
	buf_clear(&all);
	buf_clear(&out);
	return NULL;
}

static size_t
kept_least(void)
{
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < WRITERS; i++)
		if (writers[i].nkept < least)
			least = writers[i].nkept;
	return least;
}

static bool
wait_for(size_t receipts)
{
	uint64_t end = clock_elapsed_ms() + PATIENCE;

	while (kept_least() < receipts && clock_elapsed_ms() < end)
		usleep(20000);
	return kept_least() >= receipts;
}

/* Each writer's terminal, its keys those of m. */
static void
make_writers(void)
{
	for (uint32_t i = 0; i < WRITERS; i++) {
		struct writer *w = &writers[i];

		w->m = m;
		w->m.number = 100 + i;
		w->m.sequence = 0;
		memset(w->m.previous, 0, sizeof(w->m.previous));
		assert_int_equal(made_terminal(&m, 100 + i), ERR_OK);
		assert_int_equal(store_pg_open(both, false, &w->m.store),
		    ERR_OK);
		w->m.g.store = w->m.store;
	}
}

static void
check_writer(struct writer *w, struct store *s)
{
	struct entry e;

	assert_false(w->failed);
	for (size_t i = 0; i < w->nkept; i++) {
		assert_int_equal(s->ops->entry_by_rid(s, &w->kept[i], &e),
		    ERR_OK);
		assert_int_equal(e.terminal, w->m.number);
		/* One after the other, none left out, none twice. */
		assert_int_equal(e.sequence, i + 1);
	}
}

static void
the_standby_takes_over_with_every_receipt(void **state)
{
	pthread_t threads[WRITERS];
	struct store *after;

	(void)state;
	make_writers();
	for (size_t i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, write_on,
		    &writers[i]), 0);
	assert_true(wait_for(ENOUGH));
	assert_true(pg("kill"));
	assert_true(pg("promote"));
	assert_true(wait_for(kept_least() + ENOUGH));
	enough = true;
	for (size_t i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(store_pg_open(both, false, &after), ERR_OK);
	for (size_t i = 0; i < WRITERS; i++) {
		check_writer(&writers[i], after);
		store_close(writers[i].m.store);
	}
	store_close(after);
}

static int
begin(void **state)
{
	if (temp_setup(state) != 0)
		return -1;
	(void)snprintf(primary, sizeof(primary),
	    "postgresql://guichet@/guichet?host=%s/one", temp_dir);
	(void)snprintf(both, sizeof(both),
	    "postgresql://guichet@/guichet?host=%s/one,%s/two", temp_dir,
	    temp_dir);
	ledger_place = primary;
	return pg("start") ? 0 : -1;
}

static int
end(void **state)
{
	return pg("stop") ? temp_teardown(state) : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		LEDGER_TESTS,
		TEST(a_newer_ledger_is_refused),
		TEST(no_ledger_is_said),
		TEST(one_machine_says_stored),
		TEST(a_lost_connection_is_made_again),
		TEST(two_machines_say_replicated),
		TEST(a_repetition_waits_as_the_first_did),
		TEST(a_wait_cut_short_is_no_receipt),
		TEST(a_level_lost_meanwhile_is_no_receipt),
		TEST(the_standby_takes_over_with_every_receipt),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
