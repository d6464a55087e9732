/* cups: a server that answers as servers do, and one that does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "slip/cups.h"
#include "slip/cups_job.h"

#define STALL_MS 300

static char folder[] = "/tmp/guichet-cups-XXXXXX";
static char where[64];
static struct cups c;

static void
queues_have_plain_names(void **state)
{
	static const char *const wrong[] = { "", "a b", "a/b", "@/run/s",
		"a@", "a@run/s", "a?b" };

	(void)state;
	assert_int_equal(cups_parse("bureau-2", &c), ERR_OK);
	assert_string_equal(c.queue, "bureau-2");
	assert_string_equal(c.socket, CUPS_SOCKET);
	assert_int_equal(cups_parse("a.b_c@/run/s", &c), ERR_OK);
	assert_string_equal(c.queue, "a.b_c");
	assert_string_equal(c.socket, "/run/s");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(cups_parse(wrong[i], &c), ERR_SET_VALUE);
}

/* Somebody who hears one request and says that; NULL: nothing, and waits. */
static pid_t
server(const char *says, size_t n)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), peer;
	char heard[4096];
	ssize_t got;
	pid_t pid;

	assert_int_equal(cups_parse(where, &c), ERR_OK);
	(void)strcpy(at.sun_path, c.socket);
	(void)unlink(c.socket);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 1), 0);
	if ((pid = fork()) == 0) {
		peer = accept(fd, NULL, NULL);
		if (says == NULL)
			pause();
		/* The request is written in two: its last byte ends it. */
		while ((got = read(peer, heard, sizeof(heard))) > 0 &&
		    heard[got - 1] != IPP_END)
			;
		_exit(write(peer, says, n) == (ssize_t)n ? 0 : 1);
	}
	close(fd);
	return pid;
}

static enum err
hear(const char *says, size_t n, struct buf *answer)
{
	pid_t pid = server(says, n);
	struct buf request;
	enum err r;

	buf_init(&request);
	assert_int_equal(ipp_begin(&request, IPP_JOBS, c.queue, c.user),
	    ERR_OK);
	assert_int_equal(ipp_group(&request, IPP_END), ERR_OK);
	r = cups_ask(&c, STALL_MS, &request, NULL, answer);
	buf_clear(&request);
	kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return r;
}

static void
answers_are_strict(void **state)
{
	static const struct {
		const char *says;
		enum err r;
	} rows[] = {
		{ "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd",
		    ERR_OK },
		{ "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
		    ERR_PRINT_OPEN },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcd",
		    ERR_PRINT_WRITE },
		{ "HTTP/1.1 200 OK\r\n\r\nabcd", ERR_PRINT_WRITE },
		{ "HTTP/1.1 200 OK\r\nContent-Le", ERR_PRINT_WRITE },
		{ "", ERR_PRINT_WRITE },
		{ NULL, ERR_PRINT_WRITE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf answer;

		buf_init(&answer);
		assert_int_equal(hear(rows[i].says, rows[i].says == NULL ? 0
		    : strlen(rows[i].says), &answer), rows[i].r);
		assert_int_equal(answer.len, rows[i].r == ERR_OK ? 4 : 0);
		buf_clear(&answer);
	}
}

static void
no_server_is_an_error(void **state)
{
	uint32_t job = 7;
	struct buf none;

	(void)state;
	buf_init(&none);
	assert_int_equal(cups_parse(where, &c), ERR_OK);
	(void)unlink(c.socket);
	assert_int_equal(cups_keeps_nothing(&c, STALL_MS), ERR_PRINT_OPEN);
	assert_int_equal(cups_submit(&c, STALL_MS, &none, &job),
	    ERR_PRINT_OPEN);
	assert_int_equal(cups_purge(&c, STALL_MS, 7), ERR_PRINT_OPEN);
	assert_int_equal(job, 7);
}

static void
reasons_have_an_order(void **state)
{
	(void)state;
	assert_int_equal(cups_why(0), ERR_OK);
	assert_int_equal(cups_why(1), ERR_PRINT_COVER);
	assert_int_equal(cups_why(1u << 3), ERR_PRINT_PAPER);
	assert_int_equal(cups_why(1u << 3 | 1), ERR_PRINT_COVER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queues_have_plain_names),
		cmocka_unit_test(answers_are_strict),
		cmocka_unit_test(no_server_is_an_error),
		cmocka_unit_test(reasons_have_an_order),
	};
	int failed;

	if (mkdtemp(folder) == NULL)
		return 1;
	(void)snprintf(where, sizeof(where), "bureau@%s/sock", folder);
	(void)signal(SIGPIPE, SIG_IGN);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(c.socket);
	(void)rmdir(folder);
	return failed;
}
