/* sandbox_enter: each program dies of what DESIGN's third column forbids it,
 * and goes on with what the second one gives it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/db.h"
#include "base/sandbox.h"
#include "tests/temp.h"

static char mine[PATH_ROOM], others[PATH_ROOM], secret[PATH_ROOM];

/* How a child ends that has entered and does that. */
static int
ends(enum sandbox who, void (*deed)(void))
{
	const char *const read[] = { "/etc", NULL };
	const char *const write[] = { mine, "/nonexistent", NULL };
	const pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		(void)signal(SIGABRT, SIG_DFL); /* not cmocka's */
		if (sandbox_start() != ERR_OK ||
		    sandbox_enter(who, 0, read, write) != ERR_OK)
			_exit(99);
		deed();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
reach_out(void)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(9), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 || (connect(fd, (const struct sockaddr *)&to,
	    sizeof(to)) == -1 && errno != ECONNREFUSED))
		_exit(1);
}

static void
listen_to_others(void)
{
	const struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 || bind(fd, (const struct sockaddr *)&at,
	    sizeof(at)) == -1 || listen(fd, 1) == -1)
		_exit(1);
}

static void
speak_raw(void)
{
	(void)socket(AF_PACKET, SOCK_RAW, 0);
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
type_for_the_user(void)
{
	(void)ioctl(STDIN_FILENO, TIOCSTI, "x");
}

static void
be_another(void)
{
	if (setuid(geteuid()) != 0)
		_exit(1);
}

static void
signal_another(void)
{
	if (kill(getppid(), 0) != 0)
		_exit(1);
}

/* Which deeds are whose: a bit for each program, where it is allowed. */
#define BIT(who) (1u << SANDBOX_##who)
static const struct {
	const char *words;
	void (*deed)(void);
	unsigned allowed;
} deeds[] = {
	{ "reach out", reach_out, BIT(SYNC) | BIT(CENTRAL) },
	{ "listen", listen_to_others, BIT(CENTRAL) },
	{ "speak raw", speak_raw, 0 },
	{ "run a program", run_a_program, 0 },
	{ "make a process", make_a_process, 0 },
	{ "be traced", be_traced, 0 },
	{ "type for the user", type_for_the_user, 0 },
	{ "be another", be_another, 0 },
	{ "signal another", signal_another, BIT(DESK) },
};
#define NDEEDS (sizeof(deeds) / sizeof(deeds[0]))

#define NAME(name, needs) #name,
static const char *const names[] = { SANDBOXES(NAME) };
#define NPROGRAMS (sizeof(names) / sizeof(names[0]))

static void
what_is_forbidden_is_deadly(void **state)
{
	(void)state;
	for (unsigned who = 0; who < NPROGRAMS; who++)
		for (size_t d = 0; d < NDEEDS; d++) {
			int status = ends((enum sandbox)who, deeds[d].deed);
			bool lives = deeds[d].allowed & 1u << who;

			if (lives ? status == 0 : WIFSIGNALED(status) &&
			    WTERMSIG(status) == SIGSYS)
				continue;
			fail_msg("%s, to %s: status %#x", names[who],
			    deeds[d].words, (unsigned)status);
		}
}

/* Files of others: neither read, nor changed, nor seen in a list. */
static void
touch_others(void)
{
	if (open(secret, O_RDONLY) != -1 || errno != EACCES)
		_exit(1);
	if (open(secret, O_WRONLY) != -1 || errno != EACCES)
		_exit(2);
	if (unlink(secret) != -1 || errno != EACCES)
		_exit(3);
	if (open(others, O_RDONLY | O_DIRECTORY) != -1 || errno != EACCES)
		_exit(4);
	if (open("/etc/guichet-sandbox", O_WRONLY | O_CREAT, 0600) != -1)
		_exit(5);
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
		_exit(6);
}

static void *
add_one(void *arg)
{
	++*(int *)arg;
	return NULL;
}

/* What all of them do all day: a durable file, threads, the clock. */
static void
work(void)
{
	static const struct db_form form = { .schema = "CREATE TABLE t (n)",
		.version = 1, .fault = ERR_LEDGER };
	char path[PATH_ROOM];
	struct db *d;
	pthread_t thread;
	int n = 0, fd;

	if (path_join(mine, "work.db", path) != ERR_OK ||
	    db_open(path, &form, true, &d) != ERR_OK ||
	    db_do(d, "INSERT INTO t VALUES (1)", "") != ERR_OK ||
	    db_checkpoint(d) != ERR_OK)
		_exit(1);
	db_close(d);
	if (path_join(mine, "new", path) != ERR_OK ||
	    file_replace(path, "x", 1, 0600) != ERR_OK)
		_exit(2);
	if (pthread_create(&thread, NULL, add_one, &n) != 0 ||
	    pthread_join(thread, NULL) != 0 || n != 1)
		_exit(3);
	if ((fd = open("/etc/passwd", O_RDONLY)) == -1 || close(fd) != 0)
		_exit(4);
	if (time(NULL) == 0 || socket(AF_UNIX, SOCK_STREAM, 0) == -1)
		_exit(5);
}

static void
others_files_are_refused(void **state)
{
	char text[PATH_ROOM];
	int fd;

	(void)state;
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1)
		skip(); /* a kernel without Landlock */
	/* Root and owner though we are. */
	fd = open(temp_path("others/secret", text), O_RDONLY);
	assert_true(fd != -1);
	close(fd);
	for (unsigned who = 0; who < NPROGRAMS; who++)
		assert_int_equal(ends((enum sandbox)who, touch_others), 0);
}

static void
work_goes_on(void **state)
{
	(void)state;
	for (unsigned who = 0; who < NPROGRAMS; who++)
		assert_int_equal(ends((enum sandbox)who, work), 0);
}

static int
setup(void **state)
{
	if (temp_setup(state) != 0 ||
	    mkdir(temp_path("mine", mine), 0700) != 0 ||
	    mkdir(temp_path("others", others), 0700) != 0)
		return -1;
	temp_file("others/secret", 0600, "x", 1, secret);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_forbidden_is_deadly),
		cmocka_unit_test(others_files_are_refused),
		cmocka_unit_test(work_goes_on),
	};

	return cmocka_run_group_tests(tests, setup, temp_teardown);
}
