/* printer: the setting's forms; training paper; devices good, bad, stuck. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/secret.h"
#include "slip/printer.h"
#include "tests/golden.h"
#include "tests/slip/sample.h"

#define STALL_MS 200

static struct slip *s;
static struct printer *pr;
static char dir[] = "/tmp/guichet-printer-XXXXXX", path[PATH_ROOM];

static int
setup(void **state)
{
	(void)state;
	pr = NULL;
	memcpy(dir + sizeof(dir) - 7, "XXXXXX", 6);
	if ((s = slip_new()) == NULL || mkdtemp(dir) == NULL)
		return -1;
	slip_secrets(s, sample_facts());
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	printer_close(pr);
	printer_close(NULL);
	slip_free(s);
	(void)unlink(path);
	return rmdir(dir);
}

static void
settings_are_strict(void **state)
{
	static const char *const wrong[] = { "", "None", "nonesuch", "file",
		"file:", "device:", "/dev/usb/lp0", "lpr:office", "cups:",
		"cups:a b", "cups:a@run/sock", "cups:a/b" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(printer_open(wrong[i], true, &pr),
		    ERR_SET_VALUE);
	assert_null(pr);
	assert_int_equal(printer_open("file:/tmp", false, &pr),
	    ERR_TRAINING_ONLY);
	assert_null(pr);
}

static void
paths_have_a_limit(void **state)
{
	char setting[PATH_ROOM + 16];

	(void)state;
	memset(setting, 'x', sizeof(setting));
	setting[sizeof(setting) - 1] = '\0';
	memcpy(setting, "file:", 5);
	assert_int_equal(printer_open(setting, true, &pr), ERR_TOO_LONG);
	memcpy(setting, "device:", 7);
	assert_int_equal(printer_open(setting, true, &pr), ERR_TOO_LONG);
	assert_null(pr);
}

static void
none_says_so(void **state)
{
	(void)state;
	assert_int_equal(printer_open("none", false, &pr), ERR_OK);
	assert_int_equal(printer_print(pr, s), ERR_PRINT_NONE);
}

static void
open_file_printer(const char *folder)
{
	char setting[PATH_ROOM + 8];

	(void)snprintf(setting, sizeof(setting), "file:%s", folder);
	assert_int_equal(printer_open(setting, true, &pr), ERR_OK);
}

static void
training_paper_is_a_private_file(void **state)
{
	char name[RID_TEXT + 4];
	struct stat st;
	struct buf b;

	(void)state;
	open_file_printer(dir);
	assert_int_equal(printer_print(pr, s), ERR_OK);
	(void)snprintf(name, sizeof(name), "%s.txt", s->ref);
	assert_int_equal(path_join(dir, name, path), ERR_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	buf_init(&b);
	assert_int_equal(file_read(path, 1 << 20, &b), ERR_OK);
	golden_equal("slip/secrets-66.txt", b.p, b.len);
	buf_clear(&b);
}

static void
a_folder_that_cannot_be_is_an_error(void **state)
{
	char below[PATH_ROOM];

	(void)state;
	assert_int_equal(path_join(dir, "file", path), ERR_OK);
	assert_int_equal(file_replace(path, "x", 1, 0600), ERR_OK);
	assert_int_equal(path_join(path, "paper", below), ERR_OK);
	open_file_printer(below);
	assert_int_equal(printer_print(pr, s), ERR_PRINT_OPEN);
}

static void
a_file_that_cannot_be_written_is_an_error(void **state)
{
	char name[RID_TEXT + 8];

	(void)state;
	open_file_printer(dir);
	(void)snprintf(name, sizeof(name), "%s.txt.new", s->ref);
	assert_int_equal(path_join(dir, name, path), ERR_OK);
	assert_int_equal(mkdir(path, 0700), 0); /* in the new file's place */
	assert_int_equal(printer_print(pr, s), ERR_PRINT_WRITE);
	assert_int_equal(rmdir(path), 0);
}

/* A pseudo-terminal stands for a serial printer; *master is its paper. */
static void
plug_in(int *master)
{
	*master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(*master >= 0);
	assert_int_equal(grantpt(*master), 0);
	assert_int_equal(unlockpt(*master), 0);
	assert_int_equal(printer_device_open(ptsname(*master), STALL_MS,
	    &pr), ERR_OK);
}

static void
a_device_gets_every_byte(void **state)
{
	struct buf got, want;
	uint8_t room[4096];
	int master, held;
	ssize_t n;

	(void)state;
	plug_in(&master);
	held = open(ptsname(master), O_RDWR | O_NOCTTY); /* no hang-up */
	assert_int_equal(printer_print(pr, s), ERR_OK);
	buf_init(&got);
	buf_init(&want);
	do {
		assert_true((n = read(master, room, sizeof(room))) > 0);
		assert_int_equal(buf_put(&got, room, (size_t)n), ERR_OK);
	} while (room[n - 1] != '\f');
	for (size_t i = 0; i + 1 < got.len; i++)
		if (got.p[i] != '\r')
			assert_int_equal(buf_put_u8(&want, got.p[i]), ERR_OK);
		else
			assert_int_equal(got.p[i + 1], '\n');
	golden_equal("slip/secrets-66.txt", want.p, want.len);
	buf_clear(&got);
	buf_clear(&want);
	close(held);
	close(master);
}

/* A slip larger than any buffer on the way, on a printer that is stuck. */
static void
a_stuck_device_is_an_error_in_time(void **state)
{
	char text[SLIP_TEXT];
	uint64_t begun;
	int master, held;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 2 == 0 ? '\\' : ' ';
	text[sizeof(text) - 1] = '\0';
	while (s->n < SLIP_LINES)
		slip_add(s, SLIP_CODE, "Code", text);
	plug_in(&master);
	held = open(ptsname(master), O_RDWR | O_NOCTTY);
	begun = clock_elapsed_ms();
	assert_int_equal(printer_print(pr, s), ERR_PRINT_WRITE);
	assert_true(clock_elapsed_ms() - begun <
	    2 * PRINT_SLOWEST * STALL_MS);
	assert_string_equal(err_subject(), ptsname(master));
	close(held);
	close(master);
}

static void
an_unplugged_device_is_an_error(void **state)
{
	int master;
	enum err r;

	(void)state;
	plug_in(&master);
	close(master);
	r = printer_print(pr, s);
	assert_true(r == ERR_PRINT_OPEN || r == ERR_PRINT_WRITE);
}

static void
assert_device(const char *device, enum err want)
{
	assert_int_equal(printer_device_open(device, STALL_MS, &pr), ERR_OK);
	assert_int_equal(printer_print(pr, s), want);
	printer_close(pr);
	pr = NULL;
}

static void
only_a_device_that_is_there(void **state)
{
	struct stat st;

	(void)state;
	assert_device("/dev/null", ERR_OK);
	assert_device("/dev/full", ERR_PRINT_WRITE);
	assert_int_equal(path_join(dir, "lp0", path), ERR_OK);
	assert_device(path, ERR_PRINT_OPEN);
	assert_int_equal(stat(path, &st), -1); /* nothing was made */
	assert_int_equal(file_replace(path, "", 0, 0600), ERR_OK);
	assert_device(path, ERR_PRINT_OPEN);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 0); /* nor written */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_device(path, ERR_PRINT_OPEN);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(settings_are_strict),
		TEST(paths_have_a_limit),
		TEST(none_says_so),
		TEST(training_paper_is_a_private_file),
		TEST(a_folder_that_cannot_be_is_an_error),
		TEST(a_file_that_cannot_be_written_is_an_error),
		TEST(a_device_gets_every_byte),
		TEST(a_stuck_device_is_an_error_in_time),
		TEST(an_unplugged_device_is_an_error),
		TEST(only_a_device_that_is_there),
	};

	if (secret_start() != ERR_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
