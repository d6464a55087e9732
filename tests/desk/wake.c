/* wake: the input or the bell wakes; a file is always awake. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk/typed.h"
#include "desk/wake.h"

static int
is_ready(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0);
}

static void
input_and_bell_wake(void **state)
{
	struct wake w;
	int in[2];
	char c;

	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(wake_open(&w, in[0]), ERR_OK);
	assert_int_equal(is_ready(w.fd), 0);
	wake_ring(&w);
	wake_ring(&w);
	assert_int_equal(is_ready(w.fd), 1);
	wake_hush(&w);
	wake_hush(&w);
	assert_int_equal(is_ready(w.fd), 0);
	assert_int_equal(write(in[1], "x", 1), 1);
	assert_int_equal(is_ready(w.fd), 1);
	assert_int_equal(read(in[0], &c, 1), 1);
	assert_int_equal(is_ready(w.fd), 0);
	wake_close(&w);
	wake_close(&w);
	assert_int_equal(fcntl(in[0], F_GETFD) & ~FD_CLOEXEC, 0);
	(void)close(in[0]);
	(void)close(in[1]);
}

static void
files_are_awake(void **state)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct wake w;

	(void)state;
	assert_int_equal(wake_open(&w, fd), ERR_OK);
	assert_int_equal(w.fd, fd);
	wake_ring(&w);
	wake_hush(&w);
	wake_close(&w);
	assert_int_equal(close(fd), 0); /* it stayed ours */
	assert_int_equal(wake_open(&w, fd), ERR_TERMINAL);
}

/* A line at a time, and not a byte further. */
static void
lines_are_typed(void **state)
{
	static struct typed t;
	int in[2];

	(void)state;
	assert_int_equal(pipe(in), 0);
	t.fd = in[0];
	assert_false(typed_read(&t));
	assert_int_equal(write(in[1], "un", 2), 2);
	assert_false(typed_read(&t));
	assert_int_equal(write(in[1], "\r\ndeux\n", 7), 7);
	assert_true(typed_read(&t));
	assert_string_equal(t.text, "un");
	assert_int_equal(is_ready(in[0]), 1);
	typed_clear(&t);
	assert_true(typed_read(&t));
	assert_string_equal(t.text, "deux");
	typed_clear(&t);
	(void)close(in[1]);
	assert_false(typed_read(&t));
	assert_true(t.ended);
	(void)close(in[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(input_and_bell_wake),
		cmocka_unit_test(files_are_awake),
		cmocka_unit_test(lines_are_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
