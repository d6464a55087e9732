/* starter: a program is started by another, and its end is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/starter.h"

static struct starter *s;

static void
begin(const char *script)
{
	static const char *argv[] = { "/bin/sh", "-c", NULL, NULL };

	argv[2] = script;
	assert_int_equal(starter_new(argv, &s), ERR_OK);
}

/* What it answers to a line; its pipes are closed. */
static ssize_t
say(const char *line, char *out, size_t room)
{
	int to, from;
	ssize_t n;

	assert_int_equal(starter_run(s, &to, &from), ERR_OK);
	assert_int_equal(write(to, line, strlen(line)), strlen(line));
	close(to);
	n = read(from, out, room);
	close(from);
	return n;
}

static void
each_task_has_a_process_of_its_own(void **state)
{
	char first[32], second[32];
	ssize_t n;

	(void)state;
	begin("read word; echo $word $$");
	n = say("one\n", first, sizeof(first));
	assert_true(n > 4);
	assert_memory_equal(first, "one ", 4);
	assert_int_equal(starter_wait(s), ERR_OK);
	assert_true(say("one\n", second, sizeof(second)) > 4);
	assert_int_equal(starter_wait(s), ERR_OK);
	assert_memory_not_equal(first, second, (size_t)n);
	starter_free(s);
}

static void
a_bad_end_is_told(void **state)
{
	char none[8];

	(void)state;
	begin("read word; exit 3");
	assert_int_equal(say("one\n", none, sizeof(none)), 0);
	assert_int_equal(starter_wait(s), ERR_CHILD);
	assert_int_equal(say("two\n", none, sizeof(none)), 0);
	assert_int_equal(starter_wait(s), ERR_CHILD);
	starter_free(s);
}

static void
a_program_that_is_not_there_is_an_error(void **state)
{
	static const char *const argv[] = { "/nonexistent", NULL };

	(void)state;
	s = NULL;
	assert_int_equal(starter_new(argv, &s), ERR_CHILD);
	assert_null(s);
	starter_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_task_has_a_process_of_its_own),
		cmocka_unit_test(a_bad_end_is_told),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
