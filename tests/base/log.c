/* log: one line an event, on stderr where the settings say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"

/* What the child wrote on stderr. */
static void
stderr_of(void (*speak)(void), char *said, size_t room)
{
	int fd[2], status;
	size_t n = 0;
	ssize_t k;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	assert_return_code(pid = fork(), errno);
	if (pid == 0) {
		(void)dup2(fd[1], STDERR_FILENO);
		speak();
		_exit(0);
	}
	close(fd[1]);
	while ((k = read(fd[0], said + n, room - 1 - n)) > 0)
		n += (size_t)k;
	said[n] = '\0';
	close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
speak(void)
{
	log_open("guichet-essai", true);
	log_event("envelope-stored", "seq=%d", 7);
	err_say("%s", "a.conf");
	log_error(ERR_FILE_READ, "settings-read");
	err_say("%s", "");
	log_error(ERR_MEMORY, "card-read");
}

static void
speak_long(void)
{
	char words[2000];

	memset(words, 'x', sizeof(words) - 1);
	words[sizeof(words) - 1] = '\0';
	log_open("guichet-essai", true);
	log_event("long", "%s", words);
}

static void
speak_to_syslog(void)
{
	log_open("guichet-essai", false);
	log_event("test-run", "%d", 1);
	log_error(ERR_MEMORY, "test-run");
}

static void
a_line_is_an_event(void **state)
{
	char said[4096];

	(void)state;
	stderr_of(speak, said, sizeof(said));
	assert_string_equal(said,
	    "guichet-essai: envelope-stored seq=7\n"
	    "guichet-essai: settings-read: G-104 a.conf: "
	    "Un fichier ne peut pas être lu.\n"
	    "guichet-essai: card-read: G-101 La mémoire manque.\n");
	stderr_of(speak_long, said, sizeof(said));
	assert_in_range(strlen(said), 500, 700);
	assert_int_equal(said[strlen(said) - 1], '\n');
	stderr_of(speak_to_syslog, said, sizeof(said));
	assert_string_equal(said, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
