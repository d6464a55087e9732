/* operator: accounts come back, PINs hold, and wrong ones wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/secret.h"
#include "desk/operator.h"
#include "tests/temp.h"

static struct operators *o;
static char path[PATH_ROOM];

/* Invented people under published test numbers. */
static const struct operator camille = { "99700024450",
	"PATBQUATRE CAMILLE", "pharmacien" };
static const struct operator laurence = { "99900063480", "ESSAI LAURENCE",
	"préparateur" };

static int
setup(void **state)
{
	(void)state;
	(void)unlink(temp_path("operators", path));
	return operator_open(temp_dir, &o) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	operator_close(o);
	return 0;
}

static void
add_both(void)
{
	assert_int_equal(operator_add(o, &camille, "271828"), ERR_OK);
	assert_int_equal(operator_add(o, &laurence, "31415926"), ERR_OK);
}

/* As another program sees it, or this one after a restart. */
static void
open_again(void)
{
	operator_close(o);
	assert_int_equal(operator_open(temp_dir, &o), ERR_OK);
}

static enum err
say(const struct operator *who, const char *pin, uint64_t at_ms,
    unsigned want_s)
{
	unsigned wait_s = 12345;
	enum err r = operator_check(o, who->id, pin, at_ms, &wait_s);

	assert_int_equal(wait_s, want_s);
	return r;
}

static void
nobody_is_nobody(void **state)
{
	const struct operator *all;
	size_t n;

	(void)state;
	assert_int_equal(operator_list(o, &all, &n), ERR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(say(&camille, "271828", 0, 0), ERR_NOT_FOUND);
	assert_int_equal(access(path, F_OK), -1);
	operator_close(NULL);
}

static void
accounts_come_back_by_name(void **state)
{
	const struct operator *all;
	struct stat st;
	size_t n;

	(void)state;
	add_both();
	for (int again = 0; again < 2; again++) {
		assert_int_equal(operator_list(o, &all, &n), ERR_OK);
		assert_int_equal(n, 2);
		assert_memory_equal(&all[0], &laurence, sizeof(laurence));
		assert_memory_equal(&all[1], &camille, sizeof(camille));
		open_again();
	}
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
a_pin_is_of_one_account(void **state)
{
	(void)state;
	add_both();
	assert_int_equal(say(&camille, "271828", 5000, 0), ERR_OK);
	assert_int_equal(say(&laurence, "31415926", 5000, 0), ERR_OK);
	assert_int_equal(say(&laurence, "271828", 5000, 1), ERR_PIN_WRONG);
	assert_int_equal(say(&camille, "", 5000, 1), ERR_PIN_WRONG);
}

/* No PIN, and none that could be told from the file. */
static void
the_file_has_no_pin(void **state)
{
	struct buf b;

	(void)state;
	add_both();
	buf_init(&b);
	assert_int_equal(file_read(path, 65536, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	assert_null(strstr((char *)b.p, "31415926"));
	assert_null(strstr((char *)b.p, "271828"));
	assert_non_null(strstr((char *)b.p, "$argon2id$"));
	buf_clear(&b);
}

static void
easy_pins_are_refused(void **state)
{
	static const char *const easy[] = { "", "12", "27182", "000000",
		"777777", "123456", "654321", "0123456789", "27182a",
		"271 828", " 271828", "271828271828271828271828271828271" };

	(void)state;
	for (size_t i = 0; i < sizeof(easy) / sizeof(easy[0]); i++)
		assert_int_equal(operator_add(o, &camille, easy[i]),
		    ERR_PIN_WEAK);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(operator_add(o, &camille,
	    "27182827182827182827182827182827"), ERR_OK);
	assert_int_equal(operator_pin(o, camille.id, "111111"),
	    ERR_PIN_WEAK);
	assert_int_equal(operator_pin(o, camille.id, "024680"), ERR_OK);
}

static void
accounts_are_whole_and_single(void **state)
{
	struct operator odd = camille;

	(void)state;
	odd.name[0] = '\0';
	assert_int_equal(operator_add(o, &odd, "271828"), ERR_OPERATOR_FORM);
	odd = camille;
	odd.profession[0] = '\x1B';
	assert_int_equal(operator_add(o, &odd, "271828"), ERR_OPERATOR_FORM);
	add_both();
	odd = laurence;
	(void)snprintf(odd.id, sizeof(odd.id), "%s", camille.id);
	assert_int_equal(operator_add(o, &odd, "271828"), ERR_OPERATOR_TWICE);
}

static void
the_list_has_an_end(void **state)
{
	struct operator who = camille;
	const struct operator *all;
	char text[LINE_LIMIT];
	struct buf b;
	size_t n;

	/* Filled by hand: each account costs an Argon2id. */
	(void)state;
	buf_init(&b);
	assert_int_equal(buf_putf(&b, "{\"operators\":["), ERR_OK);
	for (int i = 0; i < OPERATORS_MAX; i++)
		assert_int_equal(buf_putf(&b, "%s{\"boot\":\"\",\"fails\":0,"
		    "\"id\":\"%d\",\"name\":\"ESSAI\",\"profession\":\"x\","
		    "\"since_ms\":0,\"verifier\":\"$argon2id$\"}",
		    i == 0 ? "" : ",", i), ERR_OK);
	assert_int_equal(buf_putf(&b, "],\"version\":1}"), ERR_OK);
	memcpy(text, b.p, b.len);
	temp_file("operators", 0600, text, b.len, path);
	assert_int_equal(operator_list(o, &all, &n), ERR_OK);
	assert_int_equal(n, OPERATORS_MAX);
	assert_int_equal(operator_add(o, &who, "271828"), ERR_OPERATOR_FORM);
	assert_int_equal(operator_remove(o, "47"), ERR_OK);
	assert_int_equal(operator_add(o, &who, "271828"), ERR_OK);
	assert_int_equal(operator_check(o, "12", "271828", 0, &(unsigned){ 0 }),
	    ERR_PIN_WRONG); /* a verifier that is none opens to nobody */
	buf_clear(&b);
}

static void
each_wrong_pin_doubles_the_wait(void **state)
{
	uint64_t at = 1000000;
	unsigned wait = 1;

	(void)state;
	add_both();
	for (int i = 0; i < 12; i++) {
		assert_int_equal(say(&camille, "000001", at, wait),
		    ERR_PIN_WRONG);
		/* Also the right one has to wait, to the last moment. */
		assert_int_equal(say(&camille, "271828", at, wait),
		    ERR_PIN_LOCKED);
		assert_int_equal(say(&camille, "271828",
		    at + wait * 1000u - 1, 1), ERR_PIN_LOCKED);
		at += wait * 1000u;
		wait = 2 * wait > PIN_WAIT_MAX ? PIN_WAIT_MAX : 2 * wait;
	}
	assert_int_equal(wait, PIN_WAIT_MAX);
	/* Each account waits for itself. */
	assert_int_equal(say(&laurence, "31415926", at - 1, 0), ERR_OK);
	assert_int_equal(say(&camille, "271828", at, 0), ERR_OK);
	assert_int_equal(say(&camille, "000001", at, 1), ERR_PIN_WRONG);
}

static void
a_wait_survives_a_restart(void **state)
{
	(void)state;
	add_both();
	assert_int_equal(say(&camille, "000001", 1000, 1), ERR_PIN_WRONG);
	assert_int_equal(say(&camille, "000001", 2000, 2), ERR_PIN_WRONG);
	open_again();
	assert_int_equal(say(&camille, "271828", 2000, 2), ERR_PIN_LOCKED);
	assert_int_equal(say(&camille, "271828", 3999, 1), ERR_PIN_LOCKED);
	assert_int_equal(say(&camille, "271828", 4000, 0), ERR_OK);
}

/* Take what stands in the file behind a name for something else. */
static void
rewrite(const char *what, const char *with)
{
	struct buf b, out;
	char *at;

	buf_init(&b);
	buf_init(&out);
	assert_int_equal(file_read(path, 65536, &b), ERR_OK);
	assert_int_equal(buf_terminate(&b), ERR_OK);
	at = strstr((char *)b.p, what);
	assert_non_null(at);
	assert_int_equal(buf_putf(&out, "%.*s%s%s", (int)(at - (char *)b.p),
	    (char *)b.p, with, at + strlen(what)), ERR_OK);
	temp_file("operators", 0600, out.p, out.len, path);
	buf_clear(&b);
	buf_clear(&out);
}

/* Elapsed time began anew with the machine: so does the wait, once. */
static void
a_wait_begins_anew_with_the_machine(void **state)
{
	(void)state;
	assert_int_equal(operator_add(o, &camille, "271828"), ERR_OK);
	assert_int_equal(say(&camille, "000001", 99000, 1), ERR_PIN_WRONG);
	assert_int_equal(say(&camille, "000001", 100000, 2), ERR_PIN_WRONG);
	rewrite("{\"boot\":\"", "{\"boot\":\"x");
	assert_int_equal(say(&camille, "271828", 500, 2), ERR_PIN_LOCKED);
	open_again();
	assert_int_equal(say(&camille, "271828", 1500, 1), ERR_PIN_LOCKED);
	assert_int_equal(say(&camille, "271828", 2500, 0), ERR_OK);
}

/* The try is on the disk before it is looked at; unwritten, it is none. */
static void
a_try_that_is_not_written_is_not_looked_at(void **state)
{
	char beside[PATH_ROOM];

	(void)state;
	add_both();
	assert_int_equal(mkdir(temp_path("operators.new", beside), 0700), 0);
	assert_int_equal(say(&camille, "271828", 1000, 1), ERR_FILE_WRITE);
	assert_int_equal(rmdir(beside), 0);
	assert_int_equal(say(&camille, "271828", 1000, 0), ERR_OK);
	assert_int_equal(unlink(temp_path("operators.lock", beside)), 0);
	assert_int_equal(mkdir(beside, 0700), 0);
	assert_int_equal(say(&camille, "271828", 1000, 0), ERR_FILE_WRITE);
	assert_int_equal(rmdir(beside), 0);
}

static void
a_helper_ends_a_wait(void **state)
{
	(void)state;
	add_both();
	assert_int_equal(say(&camille, "000001", 1000, 1), ERR_PIN_WRONG);
	assert_int_equal(operator_unlock(o, camille.id), ERR_OK);
	assert_int_equal(say(&camille, "271828", 1000, 0), ERR_OK);
	assert_int_equal(say(&camille, "000001", 1000, 1), ERR_PIN_WRONG);
	assert_int_equal(operator_pin(o, camille.id, "161803"), ERR_OK);
	assert_int_equal(say(&camille, "271828", 1000, 1), ERR_PIN_WRONG);
	assert_int_equal(operator_unlock(o, camille.id), ERR_OK);
	assert_int_equal(say(&camille, "161803", 1000, 0), ERR_OK);
	assert_int_equal(operator_remove(o, camille.id), ERR_OK);
	assert_int_equal(say(&camille, "161803", 1000, 0), ERR_NOT_FOUND);
	assert_int_equal(say(&laurence, "31415926", 1000, 0), ERR_OK);
	assert_int_equal(operator_remove(o, camille.id), ERR_NOT_FOUND);
	assert_int_equal(operator_pin(o, camille.id, "161803"),
	    ERR_NOT_FOUND);
	assert_int_equal(operator_unlock(o, camille.id), ERR_NOT_FOUND);
}

static void
another_hand_is_seen(void **state)
{
	struct operators *other;
	const struct operator *all;
	size_t n;

	(void)state;
	assert_int_equal(operator_open(temp_dir, &other), ERR_OK);
	assert_int_equal(operator_add(other, &camille, "271828"), ERR_OK);
	assert_int_equal(say(&camille, "000001", 1000, 1), ERR_PIN_WRONG);
	assert_int_equal(operator_list(o, &all, &n), ERR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(operator_remove(other, camille.id), ERR_OK);
	operator_close(other);
	assert_int_equal(operator_list(o, &all, &n), ERR_OK);
	assert_int_equal(n, 0);
}

static void
another_form_is_refused(void **state)
{
	static const char *const bad[][2] = {
		{ "\"version\":1", "\"version\":2" },
		{ "\"version\":1", "\"version\":1,\"x\":1" },
		{ "\"operators\":[", "\"operators\":[{}," },
		{ "\"fails\":0", "\"fails\":-1" },
		{ "\"fails\":0", "\"fails\":0,\"admin\":true" },
		{ "\"id\":\"99700024450\"", "\"id\":\"\"" },
		{ "\"id\":\"99700024450\"", "\"id\":\"99900063480\"" },
		{ "\"profession\":\"pharmacien\",", "" },
		{ "{", "" },
	};
	const struct operator *all;
	struct buf good;
	size_t n;

	(void)state;
	add_both();
	buf_init(&good);
	assert_int_equal(file_read(path, 65536, &good), ERR_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		rewrite(bad[i][0], bad[i][1]);
		assert_int_equal(operator_list(o, &all, &n), ERR_OPERATORS);
		assert_int_equal(operator_check(o, camille.id, "271828", 0,
		    &(unsigned){ 0 }), ERR_OPERATORS);
		assert_int_equal(operator_add(o, &camille, "271828"),
		    ERR_OPERATORS);
		temp_file("operators", 0600, good.p, good.len, path);
	}
	buf_clear(&good);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(operator_list(o, &all, &n), ERR_OPERATORS);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(operator_list(o, &all, &n), ERR_OPERATORS);
	assert_int_equal(rmdir(path), 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(nobody_is_nobody),
		TEST(accounts_come_back_by_name),
		TEST(a_pin_is_of_one_account),
		TEST(the_file_has_no_pin),
		TEST(easy_pins_are_refused),
		TEST(accounts_are_whole_and_single),
		TEST(the_list_has_an_end),
		TEST(each_wrong_pin_doubles_the_wait),
		TEST(a_wait_survives_a_restart),
		TEST(a_wait_begins_anew_with_the_machine),
		TEST(a_try_that_is_not_written_is_not_looked_at),
		TEST(a_helper_ends_a_wait),
		TEST(another_hand_is_seen),
		TEST(another_form_is_refused),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
