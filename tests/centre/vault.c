/* vault: what is kept, what is not in clear, what cannot be altered. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/db.h"
#include "centre/person.h"
#include "centre/vault.h"
#include "tests/envelope/made.h"
#include "tests/temp.h"

static uint8_t master[SYM_KEY_LEN], index_key[SYM_KEY_LEN];
static const struct vault_keys keys = { .master_number = 1,
	.master = master, .index = index_key };
static struct record *rec;
static struct buf document;
static struct vault *vault;

static int
setup(void **state)
{
	(void)state;
	buf_init(&document);
	if ((rec = record_new()) == NULL)
		return -1;
	make_record(rec);
	secret_random(master, sizeof(master));
	secret_random(index_key, sizeof(index_key));
	if (record_write(rec, &document) != ERR_OK)
		return -1;
	return vault_open(temp_dir, true, &keys, &vault) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	static const char *const names[] = { "dossiers.db", "dossiers.db-wal",
		"dossiers.db-shm" };
	char path[PATH_ROOM];

	(void)state;
	vault_close(vault);
	vault = NULL;
	record_free(rec);
	buf_clear(&document);
	for (size_t i = 0; i < 3; i++)
		(void)unlink(temp_path(names[i], path));
	return 0;
}

static void
keep(uint8_t n, enum outcome_kind kind, uint16_t reason, uint32_t identifier)
{
	struct act act = { .rid = rec->rid, .terminal = 7, .kind = kind,
		.reason = reason, .at_ms = 1795271600000 };

	act.rid.b[15] = n;
	assert_int_equal(vault_keep(vault, &act, rec, &document, identifier),
	    ERR_OK);
}

static void
reopen(void)
{
	vault_close(vault);
	vault = NULL;
	assert_int_equal(vault_open(temp_dir, false, &keys, &vault), ERR_OK);
}

static enum dossier_state
state_of_rec(void)
{
	enum dossier_state state = DOSSIER_DESTROYED;

	assert_int_equal(vault_find(vault, rec, &state), ERR_OK);
	return state;
}

static void
a_decision_is_found_again(void **state)
{
	struct rid rid = rec->rid;
	uint32_t identifier;
	struct act act;
	bool used;

	(void)state;
	rid.b[15] = 1;
	assert_int_equal(vault_decided(vault, &rid, &act, &identifier),
	    ERR_NOT_FOUND);
	keep(1, OUTCOME_OPENED, 0, 4711);
	reopen();
	assert_int_equal(vault_decided(vault, &rid, &act, &identifier),
	    ERR_OK);
	assert_int_equal(act.kind, OUTCOME_OPENED);
	assert_int_equal(act.terminal, 7);
	assert_int_equal(identifier, 4711);
	assert_int_equal(vault_identifier_used(vault, 4711, &used), ERR_OK);
	assert_true(used);
	assert_int_equal(vault_identifier_used(vault, 4712, &used), ERR_OK);
	assert_false(used);
	assert_int_equal(state_of_rec(), DOSSIER_OPENED);
	rec->identity.nir[12] = '8';
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
}

static void
nothing_of_a_rolled_back_batch_stays(void **state)
{
	uint64_t n;

	(void)state;
	assert_int_equal(vault_begin(vault), ERR_OK);
	keep(1, OUTCOME_OPENED, 0, 4711);
	vault_rollback(vault);
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	assert_int_equal(vault_check(vault, &n), ERR_OK);
	assert_true(n == 0);
	assert_int_equal(vault_begin(vault), ERR_OK);
	keep(1, OUTCOME_OPENED, 0, 4711);
	assert_int_equal(vault_commit(vault), ERR_OK);
	assert_int_equal(state_of_rec(), DOSSIER_OPENED);
}

static enum err
see(const struct dossier *d, void *user)
{
	*(struct dossier *)user = *d;
	return ERR_NOT_FOUND;
}

static void
a_listing_says_how_but_not_who(void **state)
{
	struct dossier d;

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	assert_int_equal(vault_each(vault, see, &d), ERR_NOT_FOUND);
	assert_string_equal(d.method, "oral-attested");
	assert_string_equal(d.notice_id, "dmp");
	assert_string_equal(d.notice_sha, rec->notice.sha);
	assert_true(d.samu_opposed && !d.break_glass_opposed && d.account);
	assert_true(d.consent_ms == rec->consent.at_ms);
}

/* The whole file, searched for every trait; the notice proves the search. */
static void
the_file_names_nobody(void **state)
{
	static const char *const traits[] = { "ESSAI", "ALAINBIS", "19421901",
		"1421962965167", "0600000000", "exemple.invalid",
		"argon2id", "99700024450", "99900038839", "PATBQUATRE",
		"CAMILLE" };
	struct buf file;
	char path[PATH_ROOM];

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	vault_close(vault);
	vault = NULL;
	buf_init(&file);
	assert_int_equal(file_read(temp_path("dossiers.db", path), BUF_MAX,
	    &file), ERR_OK);
	for (size_t i = 0; i < sizeof(traits) / sizeof(traits[0]); i++)
		assert_null(memmem(file.p, file.len, traits[i],
		    strlen(traits[i])));
	assert_non_null(memmem(file.p, file.len, "oral-attested", 13));
	buf_clear(&file);
}

static void
another_key_opens_nothing(void **state)
{
	struct rid rid = rec->rid;
	struct buf out;

	(void)state;
	rid.b[15] = 1;
	keep(1, OUTCOME_OPENED, 0, 4711);
	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	assert_int_equal(vault_read(vault, &rid, &out), ERR_OK);
	assert_int_equal(out.len, document.len);
	assert_memory_equal(out.p, document.p, out.len);
	buf_reset(&out);
	master[0] ^= 1;
	assert_int_equal(vault_read(vault, &rid, &out), ERR_ENV_OPEN);
	master[0] ^= 1;
	rid.b[15] = 2;
	assert_int_equal(vault_read(vault, &rid, &out), ERR_NOT_FOUND);
	buf_clear(&out);
}

static const struct db_form form = { .schema = "", .version = VAULT_VERSION,
	.fault = ERR_VAULT };

/* Somebody with the file and SQL. */
static void
tamper(const char *sql)
{
	char path[PATH_ROOM];
	struct db *d;

	assert_int_equal(db_open(temp_path("dossiers.db", path), &form, false,
	    &d), ERR_OK);
	assert_int_equal(db_do(d, sql, ""), ERR_OK);
	db_close(d);
}

/* What somebody with the file could still try a password against. */
static unsigned
living_accounts(void)
{
	unsigned n = 0;
	char path[PATH_ROOM];
	struct db_ask *a;
	struct db *d;
	bool row;

	assert_int_equal(db_open(temp_path("dossiers.db", path), &form, false,
	    &d), ERR_OK);
	assert_int_equal(db_ask(d, &a, "SELECT identifier FROM account"
	    " WHERE verifier IS NOT NULL OR dossier IS NOT NULL", ""),
	    ERR_OK);
	while (db_next(a, &row) == ERR_OK && row) {
		assert_in_range(db_u64(a, 0), 4712, 4713);
		n++;
	}
	db_done(a);
	db_close(d);
	return n;
}

static void
secrets_die_with_the_next_ones_and_with_the_dossier(void **state)
{
	bool used;

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	make_kind(rec, RECORD_REISSUE);
	keep(2, OUTCOME_REISSUED, 0, 4712);
	assert_int_equal(living_accounts(), 1);
	make_kind(rec, RECORD_CLOSE);
	keep(3, OUTCOME_CLOSED, 0, IDENTIFIER_COUNT);
	assert_int_equal(living_accounts(), 0);
	make_kind(rec, RECORD_REOPEN);
	keep(4, OUTCOME_REOPENED, 0, 4713);
	assert_int_equal(living_accounts(), 1);
	for (uint32_t i = 4711; i <= 4713; i++) {
		assert_int_equal(vault_identifier_used(vault, i, &used),
		    ERR_OK);
		assert_true(used);
	}
}

/* Whatever the opener believes: a state has its acts. */
static void
no_act_comes_out_of_place(void **state)
{
	static const enum outcome_kind later[] = { OUTCOME_REISSUED,
		OUTCOME_UPDATED, OUTCOME_CLOSED, OUTCOME_REOPENED };
	struct act act = { .rid = rec->rid, .terminal = 7,
		.at_ms = 1795271600000 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		act.kind = later[i];
		assert_int_equal(vault_keep(vault, &act, rec, &document,
		    IDENTIFIER_COUNT), ERR_VAULT);
	}
	keep(1, OUTCOME_OPENED, 0, 4711);
	act.kind = OUTCOME_REOPENED;
	assert_int_equal(vault_keep(vault, &act, rec, &document, 4712),
	    ERR_VAULT);
	act.kind = OUTCOME_OPPOSED;
	assert_int_equal(vault_keep(vault, &act, rec, &document, 4712),
	    ERR_VAULT);
}

/* A dossier's own trace tells also what was tried and changed nothing. */
static void
a_refused_act_is_traced_to_its_dossier(void **state)
{
	char path[PATH_ROOM];
	struct dossier d;
	struct db_ask *a;
	struct db *db;
	bool row;

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	keep(2, OUTCOME_ALREADY_OPEN, 0, 4712);
	keep(3, OUTCOME_REFUSED, 712, IDENTIFIER_COUNT);
	assert_int_equal(vault_each(vault, see, &d), ERR_NOT_FOUND);
	assert_int_equal(db_open(temp_path("dossiers.db", path), &form, false,
	    &db), ERR_OK);
	assert_int_equal(db_ask(db, &a, "SELECT count(*) FROM trace"
	    " WHERE subject = ?", "b", (const void *)d.id, sizeof(d.id)),
	    ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	assert_true(row && db_u64(a, 0) == 3);
	db_done(a);
	db_close(db);
}

/* Destroying the key of one destroys that one and no other. */
static void
a_dossier_dies_with_its_key(void **state)
{
	struct rid rid = rec->rid;
	struct buf out;

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	MADE_COPY(rec->identity.given, "BRIGITTE");
	keep(2, OUTCOME_OPENED, 0, 4712);
	tamper("UPDATE dossier SET data_key = NULL WHERE number = 1");
	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	rid.b[15] = 1;
	assert_int_equal(vault_read(vault, &rid, &out), ERR_ENV_OPEN);
	rid.b[15] = 2;
	assert_int_equal(vault_read(vault, &rid, &out), ERR_OK);
	buf_clear(&out);
}

static void
no_dossier_passes_for_another(void **state)
{
	struct rid rid = rec->rid;
	struct buf out;

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	MADE_COPY(rec->identity.given, "BRIGITTE");
	keep(2, OUTCOME_OPENED, 0, 4712);
	tamper("UPDATE document SET rid = zeroblob(16) WHERE number = 1");
	tamper("UPDATE document SET dossier = 1,"
	    " rid = (SELECT rid FROM dossier WHERE number = 1)"
	    " WHERE number = 2");
	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	rid.b[15] = 1;
	assert_int_equal(vault_read(vault, &rid, &out), ERR_ENV_OPEN);
	buf_clear(&out);
	tamper("UPDATE dossier SET"
	    " data_key = (SELECT data_key FROM dossier WHERE number = 2)"
	    " WHERE number = 1");
	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	rid.b[15] = 1;
	assert_int_equal(vault_read(vault, &rid, &out), ERR_ENV_OPEN);
	buf_clear(&out);
}

static void
an_altered_trace_shows(void **state)
{
	static const char *const crimes[] = {
		"UPDATE trace SET who = 'AUTRE' WHERE number = 2",
		"UPDATE trace SET at_ms = at_ms + 1 WHERE number = 2",
		"DELETE FROM trace WHERE number = 2",
		"UPDATE trace SET hash = zeroblob(32) WHERE number = 1",
	};
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		(void)teardown(state);
		assert_int_equal(setup(state), 0);
		keep(1, OUTCOME_REFUSED, 712, IDENTIFIER_COUNT);
		keep(2, OUTCOME_REFUSED, 713, 4711);
		keep(3, OUTCOME_ALREADY_OPEN, 0, 4712);
		assert_int_equal(vault_check(vault, &n), ERR_OK);
		assert_true(n == 3);
		tamper(crimes[i]);
		assert_int_equal(vault_check(vault, &n), ERR_CHAIN);
	}
}

static void
one_person_has_one_dossier(void **state)
{
	struct act act = { .rid = rec->rid, .kind = OUTCOME_OPENED };

	(void)state;
	keep(1, OUTCOME_OPENED, 0, 4711);
	act.rid.b[15] = 2;
	assert_int_equal(vault_keep(vault, &act, rec, &document, 4712),
	    ERR_VAULT);
}

/* Within a transaction who was found nowhere is not looked for again, until
 * there is a dossier. */
static void
a_stranger_is_one_until_there_is_a_dossier(void **state)
{
	struct act act = { .rid = rec->rid, .kind = OUTCOME_OPENED };

	(void)state;
	assert_int_equal(vault_begin(vault), ERR_OK);
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	keep(1, OUTCOME_OPENED, 0, 4711);
	assert_int_equal(state_of_rec(), DOSSIER_OPENED);
	act.rid.b[15] = 2;
	assert_int_equal(vault_keep(vault, &act, rec, &document, 4712),
	    ERR_VAULT);
	rec->identity.nir[12] ^= 1;
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	rec->identity.nir[12] ^= 1;
	assert_int_equal(state_of_rec(), DOSSIER_OPENED);
	vault_rollback(vault);
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	keep(3, OUTCOME_OPPOSED, 0, IDENTIFIER_COUNT);
	assert_int_equal(state_of_rec(), DOSSIER_OPPOSED);
}

/* Another program puts the same person in between two transactions. */
static void
a_stranger_is_looked_for_in_each_transaction(void **state)
{
	struct vault *ours = vault, *other = NULL;

	(void)state;
	assert_int_equal(vault_open(temp_dir, false, &keys, &other), ERR_OK);
	assert_int_equal(vault_begin(vault), ERR_OK);
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	assert_int_equal(vault_commit(vault), ERR_OK);
	assert_int_equal(state_of_rec(), DOSSIER_NONE);
	vault = other;
	keep(1, OUTCOME_OPENED, 0, 4711);
	vault = ours;
	assert_int_equal(state_of_rec(), DOSSIER_OPENED);
	assert_int_equal(vault_begin(vault), ERR_OK);
	assert_int_equal(state_of_rec(), DOSSIER_OPENED);
	vault_rollback(vault);
	vault_close(other);
}

static void
a_vault_that_is_none_is_said(void **state)
{
	struct vault *v = NULL;
	char path[PATH_ROOM], junk[4096];

	(void)state;
	assert_int_equal(vault_open(temp_path("nowhere", path), false, &keys,
	    &v), ERR_NOT_FOUND);
	vault_close(vault);
	vault = NULL;
	memset(junk, 'x', sizeof(junk));
	(void)temp_file("dossiers.db", 0600, junk, sizeof(junk), path);
	assert_int_equal(vault_open(temp_dir, false, &keys, &v), ERR_VAULT);
}

static void
spelling_makes_no_other_person(void **state)
{
	uint8_t a[PERSON_LEN], b[PERSON_LEN];
	struct buf work;

	(void)state;
	assert_int_equal(buf_init_secret(&work, PERSON_ROOM), ERR_OK);
	assert_int_equal(person_index(rec, index_key, &work, a), ERR_OK);
	MADE_COPY(rec->identity.given, "alainbis-eloise");
	assert_int_equal(person_index(rec, index_key, &work, b), ERR_OK);
	assert_memory_equal(a, b, sizeof(a));
	/* What moves from one name to the other is another person. */
	MADE_COPY(rec->identity.given, "ELOISE");
	MADE_COPY(rec->identity.family, "ESSAI ALAINBIS");
	assert_int_equal(person_index(rec, index_key, &work, b), ERR_OK);
	assert_memory_not_equal(a, b, sizeof(a));
	index_key[0] ^= 1;
	MADE_COPY(rec->identity.family, "ESSAI");
	MADE_COPY(rec->identity.given, "alainbis eloise");
	assert_int_equal(person_index(rec, index_key, &work, b), ERR_OK);
	assert_memory_not_equal(a, b, sizeof(a));
	MADE_COPY(rec->identity.family, "\xFF");
	assert_int_equal(person_index(rec, index_key, &work, b), ERR_TEXT);
	assert_true(secret_is_zero(work.p, 64));
	buf_clear(&work);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_decision_is_found_again),
		TEST(nothing_of_a_rolled_back_batch_stays),
		TEST(a_listing_says_how_but_not_who),
		TEST(the_file_names_nobody),
		TEST(another_key_opens_nothing),
		TEST(secrets_die_with_the_next_ones_and_with_the_dossier),
		TEST(no_act_comes_out_of_place),
		TEST(a_refused_act_is_traced_to_its_dossier),
		TEST(a_dossier_dies_with_its_key),
		TEST(no_dossier_passes_for_another),
		TEST(an_altered_trace_shows),
		TEST(one_person_has_one_dossier),
		TEST(a_stranger_is_one_until_there_is_a_dossier),
		TEST(a_stranger_is_looked_for_in_each_transaction),
		TEST(a_vault_that_is_none_is_said),
		TEST(spelling_makes_no_other_person),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
