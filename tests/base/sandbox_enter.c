/* sandbox_enter: each program dies of what DESIGN's third column forbids it,
 * and goes on with what the second one gives it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/db.h"
#include "base/sandbox.h"
#include "tests/base/deeds.h"
#include "tests/temp.h"

static char mine[PATH_ROOM], others[PATH_ROOM], secret[PATH_ROOM];

#define NAME(name, needs) #name,
static const char *const names[] = { SANDBOXES(NAME) };
#define NPROGRAMS (sizeof(names) / sizeof(names[0]))
#define FREE	  ((enum sandbox)NPROGRAMS) /* nobody's sandbox */

/* A bit for each program that has files. */
#define FILED(name, needs)						\
	| ((needs) & SANDBOX_FILES ? 1u << SANDBOX_##name : 0)
#define WITH_FILES (0u SANDBOXES(FILED))

static bool
has_files(enum sandbox who)
{
	return (WITH_FILES & 1u << who) != 0;
}

static enum err
enter(enum sandbox who)
{
	const char *const read[] = { "/etc", NULL };
	const char *const write[] = { mine, "/nonexistent", NULL };

	if (who == FREE)
		return ERR_OK;
	return has_files(who) ? sandbox_enter(who, 0, read, write) :
	    sandbox_enter(who, 0, NULL, NULL);
}

/* How a child ends that has entered and does that. */
static int
ends(enum sandbox who, void (*deed)(void))
{
	const pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		(void)signal(SIGABRT, SIG_DFL); /* not cmocka's */
		if (sandbox_start() != ERR_OK || enter(who) != ERR_OK)
			_exit(99);
		deed();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* Which deeds are whose: a bit for each program, where it is allowed. */
#define BIT(who) (1u << SANDBOX_##who)
static const struct {
	const char *words;
	void (*deed)(void);
	unsigned allowed;
} deeds[] = {
	{ "reach out", reach_out,
	  BIT(SYNC) | BIT(CENTRAL) | BIT(NOTICE) },
	{ "reach out by datagram", reach_out_by_datagram,
	  BIT(SYNC) | BIT(CENTRAL) | BIT(NOTICE) },
	{ "listen", listen_to_others, BIT(CENTRAL) },
	{ "speak raw", speak_raw, 0 },
	{ "run a program", run_a_program, 0 },
	{ "make a process", make_a_process, 0 },
	{ "be traced", be_traced, 0 },
	{ "type for the user", type_for_the_user, 0 },
	{ "be another", be_another, 0 },
	{ "signal another", signal_another, BIT(DESK) },
	{ "make a file", make_a_file, WITH_FILES },
	{ "remove a file", remove_a_file, WITH_FILES },
	{ "make a folder", make_a_folder, WITH_FILES },
	{ "make memory code", make_memory_code, WITH_FILES },
	{ "turn memory to code", turn_memory_to_code, WITH_FILES },
	{ "ask for the load", ask_the_load, WITH_FILES },
};
#define NDEEDS (sizeof(deeds) / sizeof(deeds[0]))

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

/* So that the sandbox and nothing else ends them. */
static void
without_it_nothing_is_deadly(void **state)
{
	(void)state;
	for (size_t d = 0; d < NDEEDS; d++) {
		assert_true(WIFEXITED(ends(FREE, deeds[d].deed)));
		(void)unlink("/tmp/guichet-sandbox");
		(void)rmdir("/tmp/guichet-sandbox");
	}
}

/* Our own fault must still look like it. */
static void
abort_is_still_abort(void **state)
{
	(void)state;
	for (unsigned who = 0; who < NPROGRAMS; who++) {
		const int status = ends((enum sandbox)who, abort);

		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGABRT);
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

/* What all of them do all day: threads, memory, the clock, a local socket. */
static void
think(void)
{
	const struct sockaddr_un to = { .sun_family = AF_UNIX,
		.sun_path = "/nonexistent" };
	const struct timespec nap = { 0, 1000 };
	pthread_t thread;
	int n = 0, fd;
	char *p;

	if (pthread_create(&thread, NULL, add_one, &n) != 0 ||
	    pthread_join(thread, NULL) != 0 || n != 1)
		_exit(1);
	if ((p = malloc(1 << 20)) == NULL)
		_exit(2);
	free(p);
	if ((fd = socket(AF_UNIX, SOCK_STREAM, 0)) == -1 ||
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0 ||
	    (errno != ENOENT && errno != EACCES) || close(fd) != 0)
		_exit(3);
	if (time(NULL) == 0 || nanosleep(&nap, NULL) != 0)
		_exit(4);
	if (printf("# stdout still works\n") < 0 || fflush(stdout) != 0)
		_exit(5);
}

/* Who has no files at all may look for one: it is no crime. */
static void
look_for_a_file(void)
{
	struct stat st;

	if (stat("/nonexistent", &st) == 0)
		_exit(1);
	if (open("/dev/null", O_RDONLY) != -1 || errno != EACCES)
		_exit(2);
}

/* The others keep some, and write them durably. */
static void
work(void)
{
	static const struct db_form form = { .schema = "CREATE TABLE t (n)",
		.version = 1, .fault = ERR_LEDGER };
	char path[PATH_ROOM];
	struct db *d;
	int fd;

	if (path_join(mine, "work.db", path) != ERR_OK ||
	    db_open(path, &form, true, &d) != ERR_OK ||
	    db_do(d, "INSERT INTO t VALUES (1)", "") != ERR_OK ||
	    db_checkpoint(d) != ERR_OK)
		_exit(1);
	db_close(d);
	if (path_join(mine, "new", path) != ERR_OK ||
	    file_replace(path, "x", 1, 0600) != ERR_OK)
		_exit(2);
	if ((fd = open("/etc/passwd", O_RDONLY)) == -1 || close(fd) != 0)
		_exit(3);
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
		if (has_files((enum sandbox)who))
			assert_int_equal(ends((enum sandbox)who,
			    touch_others), 0);
}

static void
work_goes_on(void **state)
{
	(void)state;
	for (unsigned who = 0; who < NPROGRAMS; who++) {
		assert_int_equal(ends((enum sandbox)who, think), 0);
		assert_int_equal(ends((enum sandbox)who,
		    has_files((enum sandbox)who) ? work : look_for_a_file), 0);
	}
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
		cmocka_unit_test(without_it_nothing_is_deadly),
		cmocka_unit_test(abort_is_still_abort),
		cmocka_unit_test(others_files_are_refused),
		cmocka_unit_test(work_goes_on),
	};

	return cmocka_run_group_tests(tests, setup, temp_teardown);
}
