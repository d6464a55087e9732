/* program: what every main does with its command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/program.h"

enum { OPT_ONCE = OPT_OWN, OPT_FACE };
static const struct option_row table[] = {
	OPTIONS_COMMON,
	{ 'o', "once", NULL, "une fois" },
	{ '\0', "face", "NOM", "la face" },
	{ .name = NULL },
};

/* What a child's program_start said and returned. */
struct run {
	enum err r;
	bool done;
	char out[1024], value[3][32];
	int rest;
};

/* Words up to 11, ended by NULL; in a child, for it gives rights up. */
static void
child(char *words[], int fd)
{
	struct options o;
	struct run run = { .r = ERR_OK };
	int argc = 0;

	while (words[argc] != NULL)
		argc++;
	run.r = program_start("guichet-essai", "[-t] [FICHIER]", table, argc,
	    words, &o, &run.done);
	for (int i = 0; run.r == ERR_OK && i < 3; i++) {
		static const int which[] = { OPT_CONFIG, OPT_ONCE, OPT_FACE };
		const char *v = o.value[which[i]];

		(void)snprintf(run.value[i], 32, "%s", v == NULL ? "-" : v);
	}
	run.rest = o.rest;
	(void)snprintf(run.out, sizeof(run.out), "%s", err_subject());
	fflush(stdout);
	_exit(write(fd, &run, sizeof(run)) == sizeof(run) ? 0 : 1);
}

static struct run
start(const char *line)
{
	char text[256], *words[12] = { NULL }, *save = NULL;
	struct run run;
	int status, fd[2], out[2], n = 0;
	ssize_t said;
	pid_t pid;

	(void)snprintf(text, sizeof(text), "%s", line);
	for (char *w = strtok_r(text, " ", &save); w != NULL;
	    w = strtok_r(NULL, " ", &save))
		words[n++] = w;
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(pipe(out), 0);
	assert_return_code(pid = fork(), errno);
	if (pid == 0) {
		(void)dup2(out[1], STDOUT_FILENO);
		child(words, fd[1]);
	}
	close(out[1]);
	close(fd[1]);
	assert_int_equal(read(fd[0], &run, sizeof(run)), sizeof(run));
	if (run.done) {
		said = read(out[0], run.out, sizeof(run.out) - 1);
		assert_true(said > 0);
		run.out[said] = '\0';
	}
	close(fd[0]);
	close(out[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	return run;
}

static void
options_are_read(void **state)
{
	struct run run = start("guichet-essai -c a.conf --once --face line x");

	(void)state;
	assert_int_equal(run.r, ERR_OK);
	assert_false(run.done);
	assert_string_equal(run.value[0], "a.conf");
	assert_string_equal(run.value[1], "");
	assert_string_equal(run.value[2], "line");
	assert_int_equal(run.rest, 6);
	run = start("guichet-essai");
	assert_int_equal(run.r, ERR_OK);
	assert_string_equal(run.value[0], "-");
	assert_int_equal(run.rest, 1);
	run = start("guichet-essai x --once"); /* options end at a word */
	assert_string_equal(run.value[1], "-");
	run = start("guichet-essai -- -o");
	assert_string_equal(run.value[1], "-");
	assert_int_equal(run.rest, 2);
}

static void
what_is_not_understood_is_named(void **state)
{
	static const char *const rows[][2] = {
		{ "g -o -o", "--once, deux fois" },
		{ "g -o --once", "--once, deux fois" },
		{ "g -c a -c a", "--config, deux fois" },
		{ "g --face", "--face" },
		{ "g -c", "-c" },
		{ "g -x", "-x" },
		{ "g --none", "--none" },
		{ "g --once=3", "--once=3" },
		{ "g -V -h -V", "--version, deux fois" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct run run = start(rows[i][0]);

		assert_int_equal(run.r, ERR_USAGE);
		assert_false(run.done);
		assert_string_equal(run.out, rows[i][1]);
	}
}

static void
help_and_version_are_answers(void **state)
{
	struct run run = start("g -V");

	(void)state;
	assert_int_equal(run.r, ERR_OK);
	assert_true(run.done);
	assert_string_equal(run.out, "guichet-essai " GUICHET_VERSION "\n");
	run = start("g --help");
	assert_true(run.done);
	assert_ptr_equal(strstr(run.out,
	    "usage : guichet-essai [-t] [FICHIER]\n"), run.out);
	assert_non_null(strstr(run.out, "  -c --config FICHIER"));
	assert_non_null(strstr(run.out, "     --face NOM"));
}

/* What is opened later never stands where stderr was closed. */
static void
standard_files_are_held(void **state)
{
	char *words[] = { (char[]){ "g" }, NULL };
	struct options o;
	int status, fd;
	bool done;
	pid_t pid;

	(void)state;
	assert_return_code(pid = fork(), errno);
	if (pid == 0) {
		close(STDIN_FILENO);
		close(STDERR_FILENO);
		if (program_start("g", "", table, 1, words, &o, &done) !=
		    ERR_OK)
			_exit(1);
		fd = open("/dev/null", O_RDONLY);
		_exit(fd > STDERR_FILENO ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_read),
		cmocka_unit_test(what_is_not_understood_is_named),
		cmocka_unit_test(help_and_version_are_answers),
		cmocka_unit_test(standard_files_are_held),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
