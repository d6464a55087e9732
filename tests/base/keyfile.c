/* keyfile: a key is read only when nothing about it is odd. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/keyfile.h"
#include "base/secret.h"
#include "tests/temp.h"

#define SECRET "essai-secret"
#define LEN 4
#define GOOD "guichet-key-1 " SECRET " 7 AQIDBA==\n"

static const uint8_t bytes[LEN] = { 1, 2, 3, 4 };

static enum err
read_text(const char *text, size_t n, unsigned mode)
{
	char path[PATH_ROOM];
	uint8_t key[LEN] = "abc";
	uint32_t number = 99;
	enum err r;

	r = keyfile_read(temp_file("k", mode, text, n, path), SECRET, key,
	    LEN, &number);
	if (r == ERR_OK) {
		assert_memory_equal(key, bytes, LEN);
		assert_int_equal(number, 7);
	} else {
		assert_true(memcmp(key, "abc", LEN) == 0 ||
		    secret_is_zero(key, LEN));
		assert_int_equal(number, 99);
		assert_string_equal(err_subject(), path);
	}
	return r;
}

static void
what_is_written_is_read(void **state)
{
	char path[PATH_ROOM];
	uint8_t key[LEN];
	uint32_t number;
	struct stat st;
	mode_t before = umask(077);

	(void)state;
	assert_int_equal(keyfile_write(temp_path("new", path), SECRET, bytes,
	    LEN, 4294967295u), ERR_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(keyfile_read(path, SECRET, key, LEN, &number),
	    ERR_OK);
	assert_memory_equal(key, bytes, LEN);
	assert_true(number == 4294967295u);
	assert_int_equal(keyfile_read(path, SECRET, key, LEN, NULL), ERR_OK);

	assert_int_equal(keyfile_write(temp_path("public", path),
	    "essai-public", bytes, LEN, 1), ERR_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(keyfile_read(path, "essai-public", key, LEN,
	    &number), ERR_OK);
	umask(before);
}

static void
no_key_is_overwritten(void **state)
{
	static const uint8_t other[LEN] = { 9, 9, 9, 9 };
	char path[PATH_ROOM];
	uint8_t key[LEN];

	(void)state;
	assert_int_equal(keyfile_write(temp_path("once", path), SECRET, bytes,
	    LEN, 1), ERR_OK);
	assert_int_equal(keyfile_write(path, SECRET, other, LEN, 2),
	    ERR_FILE_WRITE);
	assert_string_equal(err_subject(), path);
	assert_int_equal(keyfile_read(path, SECRET, key, LEN, NULL), ERR_OK);
	assert_memory_equal(key, bytes, LEN);
	assert_int_equal(keyfile_write(temp_path("no/folder", path), SECRET,
	    bytes, LEN, 1), ERR_FILE_WRITE);
}

static void
a_key_has_a_length_to_write(void **state)
{
	static const uint8_t huge[256];
	char path[PATH_ROOM];

	(void)state;
	assert_int_equal(keyfile_write(temp_path("huge", path), SECRET, huge,
	    sizeof(huge), 1), ERR_TOO_LONG);
	assert_int_equal(access(path, F_OK), -1);
}

static void
others_may_not_read_a_secret(void **state)
{
	static const unsigned bad[] = { 0640, 0604, 0620, 0602, 0610, 0777 };
	char path[PATH_ROOM];

	(void)state;
	assert_int_equal(read_text(GOOD, sizeof(GOOD) - 1, 0600), ERR_OK);
	assert_int_equal(read_text(GOOD, sizeof(GOOD) - 1, 0400), ERR_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(read_text(GOOD, sizeof(GOOD) - 1, bad[i]),
		    ERR_KEY_MODE);
	assert_int_equal(keyfile_private(temp_path("k", path)), ERR_KEY_MODE);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(keyfile_private(path), ERR_OK);
}

/* Only root can give a file away to try. */
static void
another_account_may_not_own_a_secret(void **state)
{
	char path[PATH_ROOM];
	uint8_t key[LEN];

	(void)state;
	temp_file("other", 0600, GOOD, sizeof(GOOD) - 1, path);
	if (chown(path, 65534, (gid_t)-1) != 0) {
		print_message("# skip: only root can give a file away\n");
		skip();
	}
	assert_int_equal(keyfile_read(path, SECRET, key, LEN, NULL),
	    ERR_KEY_MODE);
}

static void
what_is_no_file_is_no_key(void **state)
{
	char path[PATH_ROOM], to[PATH_ROOM];
	uint8_t key[LEN];

	(void)state;
	assert_int_equal(keyfile_read(temp_path("none", path), SECRET, key,
	    LEN, NULL), ERR_KEY_READ);
	temp_file("k", 0600, GOOD, sizeof(GOOD) - 1, to);
	assert_int_equal(symlink(to, temp_path("link", path)), 0);
	assert_int_equal(keyfile_read(path, SECRET, key, LEN, NULL),
	    ERR_KEY_READ);
	assert_int_equal(keyfile_private(path), ERR_KEY_READ);
	assert_int_equal(mkfifo(temp_path("fifo", path), 0600), 0);
	assert_int_equal(keyfile_read(path, SECRET, key, LEN, NULL),
	    ERR_KEY_FORM);
	assert_int_equal(keyfile_read(temp_dir, SECRET, key, LEN, NULL),
	    ERR_KEY_FORM);
}

static void
one_line_has_one_form(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} rows[] = {
#define ROW(text) { text, sizeof(text) - 1 }
		ROW(""), ROW("\n"), ROW("garbage\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA=="),
		ROW("guichet-key-2 " SECRET " 7 AQIDBA==\n"),
		ROW("guichet-key-1 essai-public 7 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET "s 7 AQIDBA==\n"),
		ROW("guichet-key-1  " SECRET " 7 AQIDBA==\n"),
		ROW(" guichet-key-1 " SECRET " 7 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " 7  AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA== \n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA==\r\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA==\n\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA==\n\0"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA==\0\n"),
		ROW("guichet-key-1 " SECRET " 0 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " 07 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " +7 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " -7 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " 4294967296 AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " 99999999999999999999999 "
		    "AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " seven AQIDBA==\n"),
		ROW("guichet-key-1 " SECRET " 7\n"),
		ROW("guichet-key-1 " SECRET " 7 \n"),
		ROW("guichet-key-1 " SECRET " 7 AQID\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBAU=\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBB==\n"),
		ROW("guichet-key-1 " SECRET " 7 AQIDBA\n"),
#undef ROW
	};
	char big[300];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(read_text(rows[i].text, rows[i].n, 0600),
		    ERR_KEY_FORM);
	memset(big, 'A', sizeof(big));
	assert_int_equal(read_text(big, sizeof(big), 0600), ERR_KEY_FORM);
	assert_int_equal(read_text(big, 256, 0600), ERR_KEY_FORM);
}

static void
keys_stand_in_their_folder(void **state)
{
	char path[PATH_ROOM], name[PATH_ROOM];
	uint8_t key[LEN];

	(void)state;
	assert_int_equal(folder_make(temp_path("keys", path)), ERR_OK);
	temp_file("keys/a.key", 0600, GOOD, sizeof(GOOD) - 1, path);
	assert_int_equal(keyfile_read_in(temp_dir, "a.key", SECRET, key, LEN,
	    NULL), ERR_OK);
	assert_int_equal(keyfile_read_in(temp_dir, "b.key", SECRET, key, LEN,
	    NULL), ERR_KEY_READ);
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(keyfile_read_in(temp_dir, name, SECRET, key, LEN,
	    NULL), ERR_TOO_LONG);
	assert_int_equal(keyfile_read_in(name, "a.key", SECRET, key, LEN,
	    NULL), ERR_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(no_key_is_overwritten),
		cmocka_unit_test(a_key_has_a_length_to_write),
		cmocka_unit_test(others_may_not_read_a_secret),
		cmocka_unit_test(another_account_may_not_own_a_secret),
		cmocka_unit_test(what_is_no_file_is_no_key),
		cmocka_unit_test(one_line_has_one_form),
		cmocka_unit_test(keys_stand_in_their_folder),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
