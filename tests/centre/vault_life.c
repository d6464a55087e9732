/* vault_life: what ends, ends; and nothing leads back. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/db.h"
#include "centre/announce.h"
#include "centre/night.h"
#include "centre/parcel.h"
#include "tests/centre/kept.h"
#include "tests/temp.h"

#define DAY_MS	86400000ull
#define YEAR_MS (365 * DAY_MS + DAY_MS / 4)

static struct kept k;
static struct record *rec;
static uint8_t id[DOSSIER_ID_LEN];
static uint8_t notice_secret[BOX_SECRET_LEN], notice_public[BOX_PUBLIC_LEN];

static int
setup(void **state)
{
	(void)state;
	if (kept_open(&k) != ERR_OK)
		return -1;
	vault_close(k.vault);
	k.vault = NULL;
	box_keypair(notice_secret, notice_public);
	k.keys.notice = notice_public;
	rec = k.rec;
	return vault_open(temp_dir, true, &k.keys, &k.vault) == ERR_OK ? 0
	    : -1;
}

static int
teardown(void **state)
{
	static const char *const names[] = { "dossiers.db", "dossiers.db-wal",
		"dossiers.db-shm" };
	char path[PATH_ROOM];

	(void)state;
	kept_close(&k);
	for (size_t i = 0; i < 3; i++)
		(void)unlink(temp_path(names[i], path));
	return 0;
}

static void
act(enum record_kind kind, enum outcome_kind outcome)
{
	rec->kind = kind;
	assert_int_equal(kept_act(&k, outcome), ERR_OK);
	assert_int_equal(vault_dossier_of(k.vault, &rec->rid, id), ERR_OK);
}

static struct trace
by_root(void)
{
	return (struct trace){ .at_ms = k.now_ms += 1000, .who = "root" };
}

static struct dossier
dossier(void)
{
	struct dossier d;

	assert_int_equal(vault_dossier(k.vault, id, &d), ERR_OK);
	return d;
}

/* The vault's file, beside the vault itself. */
static struct db *
beside(void)
{
	static const struct db_form form = { .schema = "",
		.version = VAULT_VERSION, .fault = ERR_VAULT };
	char path[PATH_ROOM];
	struct db *db;

	assert_int_equal(db_open(temp_path("dossiers.db", path), &form, false,
	    &db), ERR_OK);
	return db;
}

static void
last_is(const char *action)
{
	struct db *db = beside();
	char got[64] = "";
	struct db_ask *a;
	bool row;

	assert_int_equal(db_ask(db, &a, "SELECT action FROM trace"
	    " ORDER BY number DESC LIMIT 1", ""), ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_int_equal(db_text(a, 0, got, sizeof(got)), ERR_OK);
	db_done(a);
	db_close(db);
	assert_string_equal(got, action);
}

static void
death_closes_for_ever(void **state)
{
	enum dossier_state s;
	unsigned n;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	assert_int_equal(vault_deceased(k.vault, id, by_root()), ERR_OK);
	assert_int_equal(dossier().state, DOSSIER_DECEASED);
	assert_true(dossier().closed_ms == k.now_ms && !dossier().account);
	last_is("deceased");
	assert_int_equal(vault_find(k.vault, rec, &s), ERR_OK);
	assert_int_equal(s, DOSSIER_DECEASED);
	assert_int_equal(vault_deceased(k.vault, id, by_root()), ERR_STATE);
	rec->kind = RECORD_REOPEN;
	assert_int_equal(kept_act(&k, OUTCOME_REOPENED), ERR_VAULT);
	/* Kept as long as what is closed, and no longer. */
	assert_int_equal(vault_purge(k.vault, k.now_ms + 9 * YEAR_MS, &n),
	    ERR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(vault_purge(k.vault, k.now_ms + 11 * YEAR_MS, &n),
	    ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(dossier().state, DOSSIER_DESTROYED);
}

/* Ten years of who was closed before run from then. */
static void
death_does_not_keep_longer(void **state)
{
	uint64_t closed;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	closed = k.now_ms;
	assert_int_equal(vault_deceased(k.vault, id, by_root()), ERR_OK);
	assert_true(dossier().closed_ms == closed);
	assert_int_equal(dossier().state, DOSSIER_DECEASED);
}

static void
only_what_is_closed_is_destroyed_by_hand(void **state)
{
	uint8_t nobody[DOSSIER_ID_LEN] = { 1 };

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	assert_int_equal(vault_destroy(k.vault, id, by_root()), ERR_STATE);
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	assert_int_equal(vault_destroy(k.vault, nobody, by_root()),
	    ERR_NOT_FOUND);
	assert_int_equal(vault_destroy(k.vault, id, by_root()), ERR_OK);
	assert_int_equal(dossier().state, DOSSIER_DESTROYED);
	last_is("destroyed");
	assert_int_equal(vault_destroy(k.vault, id, by_root()), ERR_STATE);
	assert_int_equal(vault_deceased(k.vault, id, by_root()), ERR_STATE);
}

/* 29 February has no day of its own ten years later. */
static void
ten_years_of_29_february(void **state)
{
	const uint64_t leap = 1835438400000; /* 2028-02-29T12:00:00Z */
	unsigned n;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	k.now_ms = leap - 1000;
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	/* 2038-02-28, then 2038-03-01. */
	assert_int_equal(vault_purge(k.vault, leap + 3652 * DAY_MS, &n),
	    ERR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(vault_purge(k.vault, leap + 3653 * DAY_MS, &n),
	    ERR_OK);
	assert_int_equal(n, 1);
}

/* Is that in one of the files of the vault? */
static bool
stands(const void *p, size_t n)
{
	static const char *const names[] = { "dossiers.db", "dossiers.db-wal",
		"dossiers.db-shm" };
	char path[PATH_ROOM];
	struct buf all;
	bool found = false;

	for (size_t i = 0; i < 3; i++) {
		buf_init(&all);
		if (file_read(temp_path(names[i], path), BUF_MAX, &all) ==
		    ERR_OK && all.len > 0)
			found |= memmem(all.p, all.len, p, n) != NULL;
		buf_clear(&all);
	}
	return found;
}

/* The cells of a row as they are in the file. */
static void
raw(const char *sql, struct buf *out)
{
	struct db *db = beside();
	struct db_ask *a;
	bool row;

	buf_init(out);
	assert_int_equal(db_ask(db, &a, sql, ""), ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_true(row);
	assert_int_equal(db_bytes(a, 0, out), ERR_OK);
	db_done(a);
	db_close(db);
}

/*
 * With the master key and all that the files hold, nothing of one person opens
 * again; the other's still does.
 */
static void
destroyed_leaves_no_way_back(void **state)
{
	struct buf key, sealed, person, told, out;
	struct rid first, other;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	first = rec->rid;
	raw("SELECT data_key FROM dossier", &key);
	raw("SELECT sealed FROM document", &sealed);
	raw("SELECT person FROM dossier", &person);
	raw("SELECT sealed FROM outbox", &told);
	MADE_COPY(rec->identity.given, "BRIGITTE");
	act(RECORD_OPEN, OUTCOME_OPENED);
	other = rec->rid;
	MADE_COPY(rec->identity.given, "ALAINBIS \xC3\x89LO\xC3\x8FSE");
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	assert_true(stands(key.p, key.len) && stands(person.p, person.len));
	assert_true(stands(sealed.p + 100, 64) &&
	    stands(told.p + PARCEL_HEAD, 64));
	assert_int_equal(vault_destroy(k.vault, id, by_root()), ERR_OK);
	assert_int_equal(vault_scrub(k.vault), ERR_OK);
	assert_false(stands(key.p, key.len) || stands(person.p, person.len));
	assert_false(stands(told.p + PARCEL_HEAD, 64));
	for (size_t i = 0; i + 64 < sealed.len; i += 64)
		assert_false(stands(sealed.p + i, 64));
	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	assert_int_equal(vault_read(k.vault, &first, &out), ERR_NOT_FOUND);
	assert_int_equal(vault_read(k.vault, &other, &out), ERR_OK);
	buf_clear(&out);
	buf_clear(&key);
	buf_clear(&sealed);
	buf_clear(&person);
	buf_clear(&told);
}

static void
witness(struct vault *v, bool keep)
{
	const struct trace t = { .at_ms = k.now_ms += 1000, .who = "root",
		.action = "look", .subject = id };

	assert_int_equal(vault_begin(v), ERR_OK);
	assert_int_equal(vault_witness(v, &t), ERR_OK);
	assert_int_equal(vault_witness(v, &t), ERR_OK);
	if (keep)
		assert_int_equal(vault_commit(v), ERR_OK);
	vault_rollback(v);
}

/* What one knew of the chain's end is not believed behind its transaction. */
static void
who_write_in_turn_make_one_chain(void **state)
{
	struct vault *other = NULL;
	uint64_t n;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	assert_int_equal(vault_open(temp_dir, false, &k.keys, &other),
	    ERR_OK);
	for (int i = 0; i < 3; i++) {
		witness(k.vault, true);
		witness(other, i != 1);
		witness(k.vault, i != 2);
		witness(k.vault, true);
	}
	vault_close(other);
	assert_int_equal(vault_check(k.vault, &n), ERR_OK);
	assert_int_equal(n, 1 + 2 * 10);
}

static void
scrubbing_waits_for_no_reader(void **state)
{
	struct db_ask *a;
	struct db *db;
	bool row;

	(void)state;
	act(RECORD_OPEN, OUTCOME_OPENED);
	db = beside();
	assert_int_equal(db_ask(db, &a, "SELECT number FROM dossier", ""),
	    ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	act(RECORD_CLOSE, OUTCOME_CLOSED);
	assert_int_equal(vault_scrub(k.vault), ERR_VAULT);
	db_done(a);
	db_close(db);
	assert_int_equal(vault_scrub(k.vault), ERR_OK);
}

/* Where it went stands in no file once somebody was told; that they were, by
 * which way and when, does. */
static void
what_was_told_leaves_its_row(void **state)
{
	struct notice_row row;
	struct buf sealed;
	struct db_ask *a;
	struct db *db;
	bool there;

	(void)state;
	rec->news.confirmation = CONFIRM_SMS;
	act(RECORD_OPEN, OUTCOME_OPENED);
	buf_init(&sealed);
	assert_int_equal(vault_notice_due(k.vault, WAY_SMS, false, k.now_ms,
	    &row, &sealed), ERR_OK);
	row.tries = 1;
	row.state = NOTICE_SENT;
	row.done_ms = k.now_ms + 5;
	db = beside();
	assert_int_equal(db_ask(db, &a, "SELECT number FROM outbox", ""),
	    ERR_OK);
	assert_int_equal(db_next(a, &there), ERR_OK);
	assert_int_equal(vault_notice_keep(k.vault, &row), ERR_OK);
	/* Who reads keeps it there, and keeps nobody waiting. */
	assert_int_equal(vault_scrub_now(k.vault), ERR_VAULT);
	assert_true(stands(sealed.p + PARCEL_HEAD, 64));
	db_done(a);
	assert_int_equal(db_ask(db, &a, "SELECT way, state, done_ms, tries,"
	    " reason FROM outbox WHERE sealed IS NULL", ""), ERR_OK);
	assert_int_equal(db_next(a, &there), ERR_OK);
	assert_true(there);
	assert_int_equal(db_u64(a, 0), WAY_SMS);
	assert_int_equal(db_u64(a, 1), NOTICE_SENT);
	assert_true(db_u64(a, 2) == k.now_ms + 5);
	assert_int_equal(db_u64(a, 3), 1);
	assert_int_equal(db_u64(a, 4), 0);
	db_done(a);
	db_close(db);
	assert_int_equal(vault_scrub_now(k.vault), ERR_OK);
	assert_false(stands(sealed.p + PARCEL_HEAD, 64));
	assert_int_equal(vault_notice_keep(k.vault, &row), ERR_NOT_FOUND);
	assert_int_equal(vault_notice_find(k.vault, &rec->rid, &row), ERR_OK);
	assert_int_equal(row.state, NOTICE_SENT);
	row.rid.b[15] ^= 1;
	assert_int_equal(vault_notice_find(k.vault, &row.rid, &row),
	    ERR_NOT_FOUND);
	buf_clear(&sealed);
}

static unsigned
adults(uint64_t now_ms)
{
	unsigned n;

	assert_int_equal(night_run(k.vault, now_ms, 18, &n), ERR_OK);
	return n;
}

/* Born on 29 February 2016, of age on 1 March 2034. */
static void
a_minor_comes_of_age_once(void **state)
{
	const uint64_t eve = 2024740800000; /* 2034-02-28T12:00:00Z */
	struct act kept = { .kind = OUTCOME_OPENED, .at_ms = KEPT_NOW };
	struct buf document;

	(void)state;
	make_minor(rec);
	kept.rid = rec->rid;
	buf_init(&document);
	assert_int_equal(record_write(rec, &document), ERR_OK);
	assert_int_equal(vault_keep(k.vault, &kept, rec, &document, 4711),
	    ERR_OK);
	buf_clear(&document);
	assert_int_equal(vault_dossier_of(k.vault, &rec->rid, id), ERR_OK);
	assert_true(dossier().account && dossier().represented);
	assert_int_equal(adults(eve), 0);
	assert_true(dossier().account);
	assert_int_equal(adults(eve + DAY_MS), 1);
	assert_false(dossier().account || dossier().represented);
	assert_string_equal(dossier().subject, "adult");
	assert_int_equal(dossier().state, DOSSIER_OPENED);
	last_is("majority");
	assert_int_equal(adults(eve + 2 * DAY_MS), 0);
}

static void
many_minors_are_all_looked_at(void **state)
{
	(void)state;
	for (int i = 0; i < VAULT_MINORS + 7; i++) {
		make_minor(rec);
		(void)snprintf(rec->identity.given,
		    sizeof(rec->identity.given), "CAMILLE%d", i);
		act(RECORD_OPEN, OUTCOME_OPENED);
	}
	assert_int_equal(adults(KEPT_NOW), 0);
	assert_int_equal(adults(KEPT_NOW + 11 * YEAR_MS), VAULT_MINORS + 7);
}

/* Two come of age; the first one's bytes are no longer what was sealed. */
static void
one_that_cannot_be_read_keeps_nobody_back(void **state)
{
	struct db *db;

	(void)state;
	for (int i = 0; i < 2; i++) {
		make_minor(rec);
		rec->identity.given[0] = (char)('A' + i);
		act(RECORD_OPEN, OUTCOME_OPENED);
	}
	db = beside();
	assert_int_equal(db_do(db, "UPDATE document SET sealed ="
	    " zeroblob(length(sealed)) WHERE number ="
	    " (SELECT min(number) FROM document)", ""), ERR_OK);
	db_close(db);
	assert_int_equal(adults(KEPT_NOW + 11 * YEAR_MS), 1);
	assert_string_equal(dossier().subject, "adult");
	assert_int_equal(adults(KEPT_NOW + 11 * YEAR_MS), 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(death_closes_for_ever),
		TEST(death_does_not_keep_longer),
		TEST(only_what_is_closed_is_destroyed_by_hand),
		TEST(ten_years_of_29_february),
		TEST(destroyed_leaves_no_way_back),
		TEST(who_write_in_turn_make_one_chain),
		TEST(scrubbing_waits_for_no_reader),
		TEST(what_was_told_leaves_its_row),
		TEST(a_minor_comes_of_age_once),
		TEST(many_minors_are_all_looked_at),
		TEST(one_that_cannot_be_read_keeps_nobody_back),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
