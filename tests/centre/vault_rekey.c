/* vault_rekey: other keys, killed anywhere, and nobody is locked out. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "base/db.h"
#include "base/keyfile.h"
#include "centre/opener_keys.h"
#include "centre/rekey.h"
#include "tests/centre/kept.h"
#include "tests/temp.h"

#define PERSONS 150

static struct opener_keys *keys;
static struct vault *vault;
static struct kept k;
static struct rid rids[PERSONS + 100];
static unsigned nrids;

static void
write_key(const char *name, const char *kind, size_t len, uint32_t number)
{
	uint8_t key[SIGN_SECRET_LEN];
	char path[PATH_ROOM];

	secret_random(key, sizeof(key));
	assert_int_equal(keyturn_path(temp_dir, name, path), ERR_OK);
	(void)unlink(path);
	assert_int_equal(keyfile_write(path, kind, key, len, number), ERR_OK);
}

static bool
there(const char *name)
{
	char path[PATH_ROOM];

	assert_int_equal(keyturn_path(temp_dir, name, path), ERR_OK);
	return keyturn_is_there(path);
}

static enum err
open_vault(void)
{
	enum err r = opener_keys_load(temp_dir, &keys);

	return r != ERR_OK ? r : vault_open(temp_dir, true,
	    opener_vault_keys(keys), &vault);
}

static void
close_vault(void)
{
	vault_close(vault);
	opener_keys_free(keys);
	vault = NULL;
	keys = NULL;
}

/* One more person, as an opener would: with keys read again when need be. */
static void
add_person(void)
{
	struct vault *own = k.vault;
	enum err r;

	(void)snprintf(k.rec->identity.given, sizeof(k.rec->identity.given),
	    "CAMILLE%u", nrids);
	k.vault = vault;
	if ((r = vault_begin(vault)) == ERR_MASTER_KEY) {
		assert_int_equal(opener_keys_masters(keys, temp_dir), ERR_OK);
		r = vault_begin(vault);
	}
	assert_int_equal(r, ERR_OK);
	assert_int_equal(kept_act(&k, OUTCOME_OPENED), ERR_OK);
	assert_int_equal(vault_commit(vault), ERR_OK);
	rids[nrids++] = k.rec->rid;
	k.vault = own;
}

static void
all_are_readable(void)
{
	struct buf out;

	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	for (unsigned i = 0; i < nrids; i++) {
		buf_reset(&out);
		assert_int_equal(vault_read(vault, &rids[i], &out), ERR_OK);
	}
	buf_clear(&out);
}

static int
setup(void **state)
{
	char path[PATH_ROOM];

	(void)state;
	if (kept_open(&k) != ERR_OK || path_join(temp_dir, "keys", path) !=
	    ERR_OK || folder_make(path) != ERR_OK)
		return -1;
	write_key("opening.key", "opening-secret", BOX_SECRET_LEN, 1);
	write_key("outcome.key", "outcome-secret", SIGN_SECRET_LEN, 1);
	write_key("master.key", rekey_turn.kind, SYM_KEY_LEN, 1);
	write_key("index.key", "index-secret", SYM_KEY_LEN, 1);
	nrids = 0;
	return open_vault() == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	static const char *const names[] = { "dossiers.db", "dossiers.db-wal",
		"dossiers.db-shm", "keys/master-before.key",
		"keys/master-next.key" };
	char path[PATH_ROOM];

	(void)state;
	close_vault();
	kept_close(&k);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlink(temp_path(names[i], path));
	return 0;
}

static void
a_new_master_key_opens_all_and_the_old_one_nothing(void **state)
{
	uint8_t old[SYM_KEY_LEN];
	struct vault_keys only_old = { .master_number = 1, .master = old };
	struct vault *with_old;
	struct buf out;

	(void)state;
	memcpy(old, opener_vault_keys(keys)->master, sizeof(old));
	only_old.index = opener_vault_keys(keys)->index;
	for (int i = 0; i < 5; i++)
		add_person();
	assert_int_equal(rekey_master(vault, keys, temp_dir), ERR_OK);
	assert_int_equal(opener_vault_keys(keys)->master_number, 2);
	assert_memory_not_equal(opener_vault_keys(keys)->master, old,
	    sizeof(old));
	all_are_readable();
	assert_false(there("master-before.key") || there("master-next.key"));
	close_vault();
	assert_int_equal(open_vault(), ERR_OK);
	all_are_readable();
	/* Whoever still has the old one is told, and opens nothing. */
	assert_int_equal(vault_open(temp_dir, false, &only_old, &with_old),
	    ERR_OK);
	assert_int_equal(vault_begin(with_old), ERR_MASTER_KEY);
	assert_int_equal(buf_init_secret(&out, RECORD_ROOM), ERR_OK);
	assert_int_equal(vault_read(with_old, &rids[0], &out),
	    ERR_MASTER_KEY);
	buf_clear(&out);
	vault_close(with_old);
	assert_int_equal(rekey_master(vault, keys, temp_dir), ERR_OK);
	assert_int_equal(opener_vault_keys(keys)->master_number, 3);
	all_are_readable();
}

/* What an opener does whose master key changes under it. */
static void
who_serves_meanwhile_serves_on(void **state)
{
	struct opener_keys *others = NULL;
	struct vault *other = NULL;

	(void)state;
	for (int i = 0; i < 3; i++)
		add_person();
	assert_int_equal(opener_keys_load(temp_dir, &others), ERR_OK);
	assert_int_equal(vault_open(temp_dir, false,
	    opener_vault_keys(others), &other), ERR_OK);
	assert_int_equal(rekey_master(other, others, temp_dir), ERR_OK);
	add_person();
	all_are_readable();
	vault_close(other);
	opener_keys_free(others);
}

/* Between two names of the key, and with half a key. */
static void
every_step_is_taken_up_again(void **state)
{
	char now[PATH_ROOM], before[PATH_ROOM], next[PATH_ROOM];

	(void)state;
	add_person();
	assert_int_equal(keyturn_path(temp_dir, "master.key", now), ERR_OK);
	assert_int_equal(keyturn_path(temp_dir, "master-before.key", before),
	    ERR_OK);
	assert_int_equal(keyturn_path(temp_dir, "master-next.key", next),
	    ERR_OK);
	(void)temp_file("keys/master-next.key", 0600, "guichet-", 8, next);
	assert_int_equal(rekey_master(vault, keys, temp_dir), ERR_OK);
	assert_int_equal(opener_vault_keys(keys)->master_number, 2);
	write_key("master-next.key", rekey_turn.kind, SYM_KEY_LEN, 3);
	assert_int_equal(link(now, before), 0);
	close_vault();
	assert_int_equal(open_vault(), ERR_OK);
	all_are_readable();
	assert_int_equal(rekey_master(vault, keys, temp_dir), ERR_OK);
	assert_int_equal(opener_vault_keys(keys)->master_number, 3);
	/* The new one in its place, and nothing wrapped by it yet. */
	write_key("master-next.key", rekey_turn.kind, SYM_KEY_LEN, 4);
	assert_int_equal(link(now, before), 0);
	assert_int_equal(rename(next, now), 0);
	close_vault();
	assert_int_equal(open_vault(), ERR_OK);
	add_person();
	all_are_readable();
	assert_int_equal(rekey_master(vault, keys, temp_dir), ERR_OK);
	assert_int_equal(opener_vault_keys(keys)->master_number, 4);
	all_are_readable();
	assert_false(there("master-before.key"));
	/* Nor is it in the memory of who reads them again. */
	assert_int_equal(opener_keys_masters(keys, temp_dir), ERR_OK);
	assert_null(opener_vault_keys(keys)->before);
	assert_true(secret_is_zero(keys->before, sizeof(keys->before)));
}

/* How many dossiers and documents hold the same bytes as in the copy that was
 * made by `before`. */
static uint64_t
same(const char *before)
{
	const struct db_form form = { .schema = "", .version = VAULT_VERSION,
		.fault = ERR_VAULT };
	char path[PATH_ROOM];
	struct db_ask *a;
	struct db *db;
	uint64_t n;
	bool row;

	assert_int_equal(db_open(temp_path("dossiers.db", path), &form, false,
	    &db), ERR_OK);
	if (before != NULL)
		assert_int_equal(db_do(db, before, ""), ERR_OK);
	assert_int_equal(db_ask(db, &a, "SELECT count(*) FROM was WHERE cell"
	    " IN (SELECT sealed FROM document UNION ALL SELECT data_key FROM"
	    " dossier)", ""), ERR_OK);
	assert_int_equal(db_next(a, &row), ERR_OK);
	n = db_u64(a, 0);
	db_done(a);
	db_close(db);
	return n;
}

static void
new_data_keys_seal_all_again(void **state)
{
	const int n = VAULT_RENEWS + 3;

	(void)state;
	for (int i = 0; i < n; i++)
		add_person();
	assert_true(same("CREATE TABLE was AS SELECT sealed AS cell FROM"
	    " document UNION ALL SELECT data_key FROM dossier") ==
	    2 * (uint64_t)n);
	assert_int_equal(rekey_data(vault, k.now_ms + 1), ERR_OK);
	assert_true(same(NULL) == 0);
	all_are_readable();
	assert_int_equal(rekey_data(vault, k.now_ms + 2), ERR_OK);
	all_are_readable();
}

static void
change_keys(bool data)
{
	struct opener_keys *own = NULL;
	struct vault *v = NULL;
	enum err r;

	if ((r = opener_keys_load(temp_dir, &own)) == ERR_OK &&
	    (r = vault_open(temp_dir, false, opener_vault_keys(own), &v)) ==
	    ERR_OK)
		r = data ? rekey_data(v, k.now_ms + 1)
		    : rekey_master(v, own, temp_dir);
	_exit(r == ERR_OK ? 0 : err_number(r) % 256);
}

/*
 * A process changes the keys and is killed, later and later, until it is done;
 * in between others read and write.
 */
static void
killed_until_done(bool data)
{
	struct timespec ts = { .tv_nsec = 500000 };
	int status = -1, kills = 0;

	for (int i = 0; i < PERSONS; i++)
		add_person();
	while (status != 0) {
		pid_t pid = fork();

		assert_true(pid >= 0 && nrids < PERSONS + 90);
		if (pid == 0)
			change_keys(data);
		(void)nanosleep(&ts, NULL);
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status) || status == 0);
		kills += WIFSIGNALED(status) != 0;
		ts.tv_nsec += ts.tv_nsec / 4;
		add_person();
		close_vault();
		assert_int_equal(open_vault(), ERR_OK);
		all_are_readable();
	}
	assert_true(kills > 2);
}

static void
a_killed_change_of_the_master_key_goes_on(void **state)
{
	uint64_t others;

	(void)state;
	killed_until_done(false);
	/* One that was killed when it was done has begun another. */
	assert_true(opener_vault_keys(keys)->master_number >= 2);
	assert_int_equal(vault_wrapped_by_others(vault, &others), ERR_OK);
	assert_true(others == 0);
	assert_false(there("master-before.key") || there("master-next.key"));
}

static void
a_killed_change_of_data_keys_goes_on(void **state)
{
	uint64_t before_ms;

	(void)state;
	killed_until_done(true);
	assert_int_equal(vault_renewal(vault, &before_ms), ERR_OK);
	assert_true(before_ms == 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_new_master_key_opens_all_and_the_old_one_nothing),
		TEST(who_serves_meanwhile_serves_on),
		TEST(every_step_is_taken_up_again),
		TEST(new_data_keys_seal_all_again),
		TEST(a_killed_change_of_the_master_key_goes_on),
		TEST(a_killed_change_of_data_keys_goes_on),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
