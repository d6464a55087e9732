/* supervisor: who is let in, how long a wrong word waits, what is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "centre/supervisor.h"
#include "tests/temp.h"

#define WORD "un mot de passe"

static struct supervisor_door *door;
static unsigned wait_s;

static int
setup(void **state)
{
	char path[PATH_ROOM];

	(void)state;
	(void)unlink(temp_path("supervisors", path));
	return supervisor_add(temp_dir, "marie", WORD) == ERR_OK &&
	    supervisor_door_new(temp_dir, &door) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	supervisor_door_free(door);
	return 0;
}

/* "NAME:PASSWORD" at that moment. */
static enum err
comes(const char *pair, uint64_t at_ms)
{
	char pass[600];

	base64_of(pair, strlen(pair), pass);
	return supervisor_admit(door, pass, at_ms, &wait_s);
}

static void
the_right_word_opens(void **state)
{
	(void)state;
	assert_int_equal(comes("marie:" WORD, 1000), ERR_OK);
	assert_int_equal(comes("marie:" WORD, 2000), ERR_OK);
	assert_int_equal(comes("marie:" WORD, 2000000), ERR_OK);
	assert_int_equal(comes("marie:" WORD " ", 3000000), ERR_SUPERVISOR);
}

static void
whatever_is_no_pair_is_refused(void **state)
{
	static const char *const pairs[] = { "marie", "", ":", "Marie:" WORD,
		":" WORD, "marie:", "paul:" WORD };
	char pass[600], long_one[400];

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_int_equal(comes(pairs[i], (i + 1) * 100000),
		    ERR_SUPERVISOR);
	assert_int_equal(supervisor_admit(door, NULL, 1, &wait_s),
	    ERR_SUPERVISOR);
	assert_int_equal(supervisor_admit(door, "***", 1, &wait_s),
	    ERR_SUPERVISOR);
	base64_of("marie:un\0mot", 12, pass);
	assert_int_equal(supervisor_admit(door, pass, 1, &wait_s),
	    ERR_SUPERVISOR);
	memset(long_one, 'a', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	assert_int_equal(comes(long_one, 1), ERR_SUPERVISOR);
}

static void
each_wrong_word_doubles_the_wait(void **state)
{
	static const unsigned waits[] = { 1, 2, 4, 8, 16, 32, 60, 60 };
	uint64_t at = 1000000;

	(void)state;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		assert_int_equal(comes("marie:faux", at), ERR_SUPERVISOR);
		assert_int_equal(comes("marie:" WORD, at),
		    ERR_SUPERVISOR_WAIT);
		assert_int_equal(wait_s, waits[i]);
		at += waits[i] * 1000u;
	}
	/* Others are not made to wait, and the right word ends it. */
	assert_int_equal(comes("paul:faux", at - 1), ERR_SUPERVISOR);
	assert_int_equal(comes("marie:" WORD, at), ERR_OK);
	assert_int_equal(comes("marie:faux", at), ERR_SUPERVISOR);
	assert_int_equal(comes("marie:faux", at), ERR_SUPERVISOR_WAIT);
	assert_int_equal(wait_s, 1);
	/* Who is in stays in while somebody else guesses. */
	assert_int_equal(comes("marie:" WORD, at), ERR_OK);
}

static void
who_is_removed_or_renamed_is_out_at_once(void **state)
{
	(void)state;
	assert_int_equal(comes("marie:" WORD, 1000), ERR_OK);
	assert_int_equal(supervisor_add(temp_dir, "marie", "un autre mot 12"),
	    ERR_OK);
	assert_int_equal(comes("marie:" WORD, 1001), ERR_SUPERVISOR);
	assert_int_equal(comes("marie:un autre mot 12", 5000), ERR_OK);
	assert_int_equal(supervisor_remove(temp_dir, "marie"), ERR_OK);
	assert_int_equal(comes("marie:un autre mot 12", 5001),
	    ERR_SUPERVISOR);
	assert_int_equal(supervisor_remove(temp_dir, "marie"), ERR_NOT_FOUND);
}

static void
names_and_words_have_a_form(void **state)
{
	char name[SUPERVISOR_ROOM + 1];

	(void)state;
	memset(name, 'a', sizeof(name));
	name[SUPERVISOR_ROOM] = '\0';
	assert_int_equal(supervisor_add(temp_dir, name, WORD),
	    ERR_SUPERVISOR_FORM);
	assert_int_equal(supervisor_add(temp_dir, "a b", WORD),
	    ERR_SUPERVISOR_FORM);
	assert_int_equal(supervisor_add(temp_dir, "", WORD),
	    ERR_SUPERVISOR_FORM);
	assert_int_equal(supervisor_add(temp_dir, "paul", "onze octets"),
	    ERR_SUPERVISOR_WEAK);
}

/* The list as a hand may have left it. */
static void
a_list_that_is_none_opens_nothing(void **state)
{
	static const char *const lists[] = { "marie", "marie \n",
		"marie $argon2id$x", "marie clear\n", "Marie $argon2id$x\n",
		"a $argon2id$x\na $argon2id$y\n" };
	char path[PATH_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		assert_int_equal(file_replace(temp_path("supervisors", path),
		    lists[i], strlen(lists[i]), 0600), ERR_OK);
		assert_int_equal(comes("marie:" WORD, 1), ERR_SUPERVISORS);
		assert_int_equal(supervisor_add(temp_dir, "paul", WORD),
		    ERR_SUPERVISORS);
	}
	assert_int_equal(file_replace(path, "", 0, 0640), ERR_OK);
	assert_int_equal(comes("marie:" WORD, 1), ERR_SUPERVISORS);
}

static void
more_than_there_is_room_for(void **state)
{
	char path[PATH_ROOM], pair[64];
	struct buf b;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < SUPERVISORS_MAX; i++)
		assert_int_equal(buf_putf(&b, "n%d $argon2id$x\n", i),
		    ERR_OK);
	assert_int_equal(file_replace(temp_path("supervisors", path), b.p,
	    b.len, 0600), ERR_OK);
	assert_int_equal(supervisor_add(temp_dir, "marie", WORD),
	    ERR_SUPERVISOR_FORM);
	buf_clear(&b);
	/* Guessing at many names does not grow without end. */
	for (int i = 0; i < 2 * SUPERVISORS_MAX; i++) {
		(void)snprintf(pair, sizeof(pair), "x%d:faux", i);
		assert_int_equal(comes(pair, 1000u * (unsigned)(i + 1)),
		    ERR_SUPERVISOR);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_right_word_opens),
		TEST(whatever_is_no_pair_is_refused),
		TEST(each_wrong_word_doubles_the_wait),
		TEST(who_is_removed_or_renamed_is_out_at_once),
		TEST(names_and_words_have_a_form),
		TEST(a_list_that_is_none_opens_nothing),
		TEST(more_than_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
