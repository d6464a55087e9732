/* sandbox_shut: what a card's parser could be made to try, and dies of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sandbox.h"

/* How a child that has shut itself in ends when it does that. */
static int
ends(void (*deed)(void), bool shut)
{
	const pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		(void)signal(SIGABRT, SIG_DFL); /* not cmocka's */
		if (sandbox_start() != ERR_OK ||
		    (shut && sandbox_shut() != ERR_OK))
			_exit(99);
		deed();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
open_to_write(void)
{
	(void)open("/tmp/guichet-sandbox", O_WRONLY | O_CREAT, 0600);
}

static void
reach_the_network(void)
{
	(void)socket(AF_INET, SOCK_STREAM, 0);
}

static void
reach_the_network_by_datagram(void)
{
	(void)socket(AF_INET6, SOCK_DGRAM, 0);
}

/* What a terminal takes as if it had been typed. */
static void
type_for_the_user(void)
{
	(void)ioctl(STDIN_FILENO, TIOCSTI, "x");
}

static void
run_a_program(void)
{
	char *argv[] = { NULL };

	(void)execv("/bin/true", argv);
}

static void
make_a_process(void)
{
	if (fork() == 0)
		_exit(0);
}

static void
be_traced(void)
{
	(void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static void
signal_another(void)
{
	(void)kill(getppid(), 0);
}

static void
remove_a_file(void)
{
	(void)unlink("/tmp/guichet-sandbox");
}

static void
make_a_folder(void)
{
	(void)mkdir("/tmp/guichet-sandbox", 0700);
}

static void
make_memory_code(void)
{
	(void)mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
turn_memory_to_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static void
gain_privileges(void)
{
	if (setuid(geteuid()) != 0)
		_exit(0);
}

/* Each is possible without, so that the sandbox and nothing else ends it. */
static void
forbidden_deeds_are_deadly(void **state)
{
	void (*const deeds[])(void) = { open_to_write,
		reach_the_network, reach_the_network_by_datagram,
		type_for_the_user, run_a_program, make_a_process, be_traced, signal_another,
		remove_a_file, make_a_folder, make_memory_code,
		turn_memory_to_code, gain_privileges };

	(void)state;
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		int status = ends(deeds[i], true);

		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGSYS);
		status = ends(deeds[i], false);
		assert_true(WIFEXITED(status));
		(void)unlink("/tmp/guichet-sandbox");
		(void)rmdir("/tmp/guichet-sandbox");
	}
}

static void *
add_one(void *arg)
{
	++*(int *)arg;
	return NULL;
}

/* What a card's program does all day. */
static void
work(void)
{
	const struct sockaddr_un to = { .sun_family = AF_UNIX,
		.sun_path = "/nonexistent" };
	const struct timespec nap = { 0, 1000 };
	pthread_t thread;
	int n = 0, fd;
	struct stat st;
	char *p;

	if (pthread_create(&thread, NULL, add_one, &n) != 0 ||
	    pthread_join(thread, NULL) != 0 || n != 1)
		_exit(1);
	if ((p = malloc(1 << 20)) == NULL)
		_exit(2);
	free(p);
	if ((fd = socket(AF_UNIX, SOCK_STREAM, 0)) == -1 ||
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0 ||
	    (errno != ENOENT && errno != EACCES))
		_exit(3);
	if (stat("/nonexistent", &st) == 0 || nanosleep(&nap, NULL) != 0 ||
	    time(NULL) == 0 || close(fd) != 0)
		_exit(4);
	if (open("/dev/null", O_RDONLY) != -1 || errno != EACCES)
		_exit(5);
	(void)printf("# stdout still works\n");
	(void)fflush(stdout);
}

static void
allowed_deeds_go_on(void **state)
{
	const int status = ends(work, true);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Our own fault must still look like it. */
static void
abort_is_still_abort(void **state)
{
	const int status = ends(abort, true);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forbidden_deeds_are_deadly),
		cmocka_unit_test(allowed_deeds_go_on),
		cmocka_unit_test(abort_is_still_abort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
