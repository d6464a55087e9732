/* file: whole or not at all, and lines that end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/secret.h"
#include "tests/temp.h"

static void
paths_have_a_length(void **state)
{
	char name[PATH_ROOM], out[PATH_ROOM];

	(void)state;
	assert_int_equal(path_join("a", "b", out), ERR_OK);
	assert_string_equal(out, "a/b");
	memset(name, 'n', sizeof(name) - 1);
	name[PATH_ROOM - 3] = '\0';
	assert_int_equal(path_join("a", name, out), ERR_OK);
	name[PATH_ROOM - 3] = 'n';
	name[PATH_ROOM - 2] = '\0';
	assert_int_equal(path_join("a", name, out), ERR_TOO_LONG);
	assert_int_equal(file_replace(name, "", 0, 0600), ERR_TOO_LONG);
}

static void
a_file_is_read_to_its_limit(void **state)
{
	char path[PATH_ROOM], text[10000];
	struct buf b;

	(void)state;
	memset(text, 't', sizeof(text));
	temp_file("long", 0600, text, sizeof(text), path);
	buf_init(&b);
	assert_int_equal(buf_put(&b, "abc", 3), ERR_OK);
	assert_int_equal(file_read(path, sizeof(text) - 1, &b), ERR_TOO_LONG);
	assert_string_equal(err_subject(), path);
	assert_int_equal(b.len, 3);
	assert_int_equal(file_read(path, 0, &b), ERR_TOO_LONG);
	assert_int_equal(file_read(path, sizeof(text), &b), ERR_OK);
	assert_int_equal(b.len, 3 + sizeof(text));
	assert_memory_equal(b.p + 3, text, sizeof(text));
	temp_file("empty", 0600, "", 0, path);
	assert_int_equal(file_read(path, 0, &b), ERR_OK);
	assert_int_equal(b.len, 3 + sizeof(text));
	buf_clear(&b);
}

static void
a_secret_buffer_holds_what_it_holds(void **state)
{
	char path[PATH_ROOM];
	struct buf b;

	(void)state;
	temp_file("eight", 0600, "12345678", 8, path);
	assert_int_equal(buf_init_secret(&b, 8), ERR_OK);
	assert_int_equal(file_read(path, 100, &b), ERR_OK);
	assert_int_equal(b.len, 8);
	assert_int_equal(file_read(path, 100, &b), ERR_TOO_LONG);
	buf_clear(&b);
	assert_int_equal(buf_init_secret(&b, 7), ERR_OK);
	assert_int_equal(file_read(path, 100, &b), ERR_TOO_LONG);
	assert_int_equal(b.len, 0);
	assert_true(secret_is_zero(b.p, 7));
	buf_clear(&b);
}

static void
only_a_file_is_read(void **state)
{
	char path[PATH_ROOM];
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_int_equal(file_read(temp_path("none", path), 9, &b),
	    ERR_FILE_READ);
	assert_string_equal(err_subject(), path);
	assert_int_equal(file_read(temp_dir, 9, &b), ERR_FILE_READ);
	assert_int_equal(mkfifo(temp_path("fifo", path), 0600), 0);
	assert_int_equal(file_read(path, 9, &b), ERR_FILE_READ);
	assert_int_equal(file_read("/dev/zero", 9, &b), ERR_FILE_READ);
	assert_int_equal(b.len, 0);
}

static void
assert_content(const char *path, const char *text, mode_t mode)
{
	struct stat st;
	struct buf b;

	buf_init(&b);
	assert_int_equal(file_read(path, 64, &b), ERR_OK);
	assert_int_equal(b.len, strlen(text));
	assert_memory_equal(b.p, text, b.len);
	buf_clear(&b);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, mode);
}

static void
a_file_is_replaced_at_once(void **state)
{
	mode_t before = umask(077);
	char path[PATH_ROOM], beside[PATH_ROOM];

	(void)state;
	temp_path("r", path);
	assert_int_equal(file_replace(path, "one", 3, 0644), ERR_OK);
	assert_content(path, "one", 0644);
	/* What a crash left beside it is no obstacle. */
	temp_file("r.new", 0644, "rest of a longer one", 20, beside);
	assert_int_equal(file_replace(path, "two", 3, 0600), ERR_OK);
	assert_content(path, "two", 0600);
	assert_int_equal(access(temp_path("r.new", beside), F_OK), -1);

	/* A folder in the way; no folder; a link beside it. */
	assert_int_equal(mkdir(temp_path("d", path), 0700), 0);
	assert_int_equal(file_replace(path, "x", 1, 0600), ERR_FILE_WRITE);
	assert_int_equal(access(temp_path("d.new", beside), F_OK), -1);
	assert_int_equal(file_replace(temp_path("no/r", path), "x", 1, 0600),
	    ERR_FILE_WRITE);
	assert_string_equal(err_subject(), path);
	assert_int_equal(symlink("r", temp_path("s.new", beside)), 0);
	assert_int_equal(file_replace(temp_path("s", path), "x", 1, 0600),
	    ERR_FILE_WRITE);
	assert_content(temp_path("r", path), "two", 0600);
	umask(before);
}

/* In a child, for a limit cannot be taken back: what a full disk does. */
static void
a_full_disk_leaves_what_was(void **state)
{
	const struct rlimit small = { 2, 2 };
	char path[PATH_ROOM];
	int status;
	pid_t pid;

	(void)state;
	temp_file("full", 0600, "old", 3, path);
	assert_return_code(pid = fork(), errno);
	if (pid == 0) {
		(void)signal(SIGXFSZ, SIG_IGN);
		(void)setrlimit(RLIMIT_FSIZE, &small);
		_exit(file_replace(path, "newer", 5, 0600) == ERR_FILE_WRITE
		    ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_content(path, "old", 0600);
}

static void
folders_are_made_once(void **state)
{
	char path[PATH_ROOM];
	struct stat st;

	(void)state;
	assert_int_equal(folder_make(temp_path("f", path)), ERR_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(folder_make(path), ERR_OK);
	assert_int_equal(folder_make(temp_path("g/h", path)),
	    ERR_STATE_FOLDER);
	assert_string_equal(err_subject(), path);
	temp_file("file", 0600, "", 0, path);
	assert_int_equal(folder_make(path), ERR_STATE_FOLDER);
	assert_int_equal(folder_sync_of(path), ERR_OK);
	assert_int_equal(folder_sync_of("/x"), ERR_OK);
	assert_int_equal(folder_sync_of("x"), ERR_OK);
	assert_int_equal(folder_sync_of(temp_path("no/x", path)),
	    ERR_FILE_WRITE);
}

static void
writing_goes_to_the_end(void **state)
{
	int fd[2];

	(void)state;
	assert_int_equal(fd_write_all(-1, "x", 1), ERR_FILE_WRITE);
	assert_int_equal(fd_write_all(-1, "", 0), ERR_OK);
	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	(void)signal(SIGPIPE, SIG_IGN);
	assert_int_equal(fd_write_all(fd[1], "x", 1), ERR_FILE_WRITE);
	close(fd[1]);
}

static int
pipe_nonblocking(int fd[2])
{
	return pipe(fd) != 0 || fcntl(fd[0], F_SETFL, O_NONBLOCK) != 0 ||
	    fcntl(fd[1], F_SETFL, O_NONBLOCK) != 0 ? -1 : 0;
}

static void
lines_come_as_they_end(void **state)
{
	struct lines l;
	int fd[2];

	(void)state;
	assert_int_equal(pipe_nonblocking(fd), 0);
	assert_int_equal(lines_init(&l, fd[0]), ERR_OK);
	assert_null(lines_next(&l));
	assert_int_equal(lines_feed(&l), ERR_OK); /* nothing there yet */
	assert_false(l.ended);
	assert_int_equal(fd_write_all(fd[1], "one\n\ntw", 7), ERR_OK);
	assert_int_equal(lines_feed(&l), ERR_OK);
	assert_string_equal(lines_next(&l), "one");
	assert_string_equal(lines_next(&l), "");
	assert_null(lines_next(&l));
	assert_int_equal(fd_write_all(fd[1], "o\nrest", 6), ERR_OK);
	assert_int_equal(lines_feed(&l), ERR_OK);
	assert_memory_equal(l.in.p, "two\nrest\0\0\0", 11); /* wiped */
	assert_string_equal(lines_next(&l), "two");
	assert_null(lines_next(&l));
	close(fd[1]);
	assert_int_equal(lines_feed(&l), ERR_OK);
	assert_true(l.ended);
	assert_null(lines_next(&l)); /* a line that was cut is none */
	close(fd[0]);
	assert_int_equal(lines_feed(&l), ERR_FILE_READ);
	lines_clear(&l);
	lines_clear(&l);
}

/* Feed the file of n bytes at text; what lines_feed ends with. */
static enum err
feed(const char *text, size_t n, struct lines *l)
{
	char path[PATH_ROOM];
	enum err r;
	int fd;

	temp_file("lines", 0600, text, n, path);
	assert_return_code(fd = open(path, O_RDONLY | O_CLOEXEC), errno);
	assert_int_equal(lines_init(l, fd), ERR_OK);
	while ((r = lines_feed(l)) == ERR_OK && !l->ended &&
	    lines_next(l) == NULL)
		;
	close(fd);
	return r;
}

static void
a_line_has_a_length(void **state)
{
	static char text[2 * LINE_LIMIT];
	struct lines l;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[LINE_LIMIT - 1] = '\n';
	assert_int_equal(feed(text, LINE_LIMIT, &l), ERR_OK);
	assert_false(l.ended);
	lines_clear(&l);
	text[LINE_LIMIT - 1] = 'x';
	text[LINE_LIMIT] = '\n';
	assert_int_equal(feed(text, LINE_LIMIT + 1, &l), ERR_TOO_LONG);
	lines_clear(&l);
	assert_int_equal(feed("a\0b\n", 4, &l), ERR_TEXT);
	lines_clear(&l);
}

/* Someone who feeds and does not take loses nothing. */
static void
a_full_buffer_of_lines_waits(void **state)
{
	static char text[LINE_LIMIT + 2];
	struct lines l;
	size_t n = 0;
	int fd[2];

	(void)state;
	memset(text, '\n', sizeof(text));
	assert_int_equal(pipe_nonblocking(fd), 0);
	assert_int_equal(lines_init(&l, fd[0]), ERR_OK);
	assert_int_equal(fd_write_all(fd[1], text, LINE_LIMIT), ERR_OK);
	while (l.in.len < LINE_LIMIT)
		assert_int_equal(lines_feed(&l), ERR_OK);
	assert_int_equal(fd_write_all(fd[1], text, 2), ERR_OK);
	assert_int_equal(lines_feed(&l), ERR_OK);
	assert_int_equal(l.in.len, LINE_LIMIT);
	while (lines_next(&l) != NULL)
		n++;
	assert_int_equal(lines_feed(&l), ERR_OK);
	while (lines_next(&l) != NULL)
		n++;
	assert_int_equal(n, LINE_LIMIT + 2);
	close(fd[0]);
	close(fd[1]);
	lines_clear(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_have_a_length),
		cmocka_unit_test(a_file_is_read_to_its_limit),
		cmocka_unit_test(a_secret_buffer_holds_what_it_holds),
		cmocka_unit_test(only_a_file_is_read),
		cmocka_unit_test(a_file_is_replaced_at_once),
		cmocka_unit_test(a_full_disk_leaves_what_was),
		cmocka_unit_test(folders_are_made_once),
		cmocka_unit_test(writing_goes_to_the_end),
		cmocka_unit_test(lines_come_as_they_end),
		cmocka_unit_test(a_line_has_a_length),
		cmocka_unit_test(a_full_buffer_of_lines_waits),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, temp_setup, temp_teardown);
}
