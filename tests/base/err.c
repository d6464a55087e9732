/* err: numbers that never meet, words for each, one way to say it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/text.h"

#define EACH_ERR(r) \
	for (enum err r = ERR_OK; (size_t)(r) < ERR_COUNT; r++)

static void
a_number_is_of_one_error(void **state)
{
	(void)state;
	EACH_ERR(a) {
		assert_int_equal(err_of_number(err_number(a)), a);
		assert_in_range(err_number(a), a == ERR_OK ? 0 : 101, 999);
	}
	assert_int_equal(err_of_number(100), ERR_OK);
	assert_int_equal(err_of_number(-1), ERR_OK);
}

/* The contract of DESIGN section 9, and what HTTP knows. */
static void
exits_and_statuses_are_known(void **state)
{
	static const char exits[] = { EXIT_NO, EXIT_USAGE, EXIT_DATA,
		EXIT_UNAVAILABLE, EXIT_IO, EXIT_AGAIN, EXIT_PERMISSION,
		EXIT_SETTINGS };

	(void)state;
	assert_int_equal(err_exit(ERR_OK), 0);
	assert_int_equal(err_http(ERR_OK), 200);
	EACH_ERR(r) {
		if (r == ERR_OK)
			continue;
		assert_non_null(memchr(exits, err_exit(r), sizeof(exits)));
		assert_in_range(err_http(r), 400, 599);
	}
}

static void
each_has_words_that_can_be_shown(void **state)
{
	(void)state;
	EACH_ERR(r) {
		const char *what = err_what(r), *todo = err_todo(r);

		assert_true(strlen(what) > 8 && text_is_clean(what));
		assert_true(strlen(todo) > 8 && text_is_clean(todo));
		assert_int_equal(what[strlen(what) - 1], '.');
		assert_int_equal(todo[strlen(todo) - 1], '.');
	}
}

static void
the_subject_is_the_last_one(void **state)
{
	char long_one[600];

	(void)state;
	assert_string_equal(err_subject(), "");
	assert_int_equal(err_about(ERR_USAGE, "%s:%d", "a", 3), ERR_USAGE);
	assert_string_equal(err_subject(), "a:3");
	assert_int_equal(err_about(ERR_JSON, "b, %s", err_subject()),
	    ERR_JSON);
	assert_string_equal(err_subject(), "b, a:3");
	memset(long_one, 'x', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = '\0';
	err_say("%s", long_one);
	assert_int_equal(strlen(err_subject()), 255);
	err_say("%s", "");
}

/* What a child that ends with fatal() leaves on stderr, and its status. */
static int
last_words(const char *subject, enum err r, char *said, size_t room)
{
	int fd[2], status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	assert_return_code(pid = fork(), 0);
	if (pid == 0) {
		(void)dup2(fd[1], STDERR_FILENO);
		err_say("%s", subject);
		fatal("guichet-essai", r);
	}
	close(fd[1]);
	assert_true((n = read(fd[0], said, room - 1)) > 0);
	said[n] = '\0';
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
a_report_is_one_line(void **state)
{
	char said[512];

	(void)state;
	assert_int_equal(last_words("sign.key", ERR_KEY_MODE, said,
	    sizeof(said)), EXIT_PERMISSION);
	assert_string_equal(said, "guichet-essai: sign.key: Une clé secrète "
	    "est lisible par d'autres. Corrigez avec chmod 600, et remplacez "
	    "la clé si elle a pu être lue. (G-207)\n");
	assert_int_equal(last_words("", ERR_MEMORY, said, sizeof(said)),
	    EXIT_AGAIN);
	assert_string_equal(said, "guichet-essai: La mémoire manque. Fermez "
	    "d'autres programmes, puis recommencez. (G-101)\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_of_one_error),
		cmocka_unit_test(exits_and_statuses_are_known),
		cmocka_unit_test(each_has_words_that_can_be_shown),
		cmocka_unit_test(the_subject_is_the_last_one),
		cmocka_unit_test(a_report_is_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
