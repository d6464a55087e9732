/*
 * face: from a key to the bytes on the glass, and from start to first paint.
 *
 * Through a real pseudo-terminal: the child is the curses face in a loop of
 * its own; the reference is a child that only echoes the byte, so that what
 * the kernel and two processes take stands on both sides.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "base/secret.h"
#include "desk/face.h"
#include "tests/desk/samples.h"

#define KEYS 400
#define QUIET_MS 15

typedef void child_main(void);

static double
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The reference: what comes in goes out. */
static void
echo(void)
{
	struct termios raw;
	char c;

	if (tcgetattr(0, &raw) == -1)
		_exit(1);
	cfmakeraw(&raw);
	(void)tcsetattr(0, TCSANOW, &raw);
	if (write(1, "x", 1) != 1)
		_exit(1);
	while (read(0, &c, 1) == 1)
		if (write(1, &c, 1) != 1)
			_exit(1);
}

static void
serve(void)
{
	struct page *p = page_new();
	struct face *f;
	struct event ev;
	struct pollfd pfd;

	if (p == NULL || face_curses_open(false, &f) != ERR_OK)
		_exit(1);
	pfd = (struct pollfd){ .fd = f->fd, .events = POLLIN };
	for (;;) {
		sample_welcome(p);
		if (f->kind->paint(f, p) != ERR_OK || poll(&pfd, 1, -1) != 1)
			_exit(1);
		while (f->kind->next(f, p, &ev) == ERR_OK &&
		    ev.kind != EV_NONE)
			;
	}
}

/* Wait for bytes, and until no more come: when the last of them came. */
static double
settle(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	char bytes[8192];
	double last = 0;

	while (poll(&pfd, 1, last > 0 ? QUIET_MS : 5000) == 1) {
		if (read(fd, bytes, sizeof(bytes)) <= 0)
			exit(1);
		last = now_ms();
	}
	if (last <= 0)
		exit(1);
	return last;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Milliseconds from start, and from each key, to the last byte painted. */
static void
measure(child_main *run, double *start, double key[KEYS])
{
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };
	double from = now_ms();
	int fd;
	pid_t pid = forkpty(&fd, NULL, NULL, &ws);

	if (pid == -1)
		exit(1);
	if (pid == 0) {
		run();
		_exit(0);
	}
	*start = settle(fd) - from;
	for (int i = 0; i < KEYS; i++) {
		from = now_ms();
		/* Down and up again: each moves the focus by one. */
		if (write(fd, i % 2 ? "\033OA" : "\033OB", 3) != 3)
			exit(1);
		key[i] = settle(fd) - from;
	}
	(void)close(fd);
	(void)waitpid(pid, NULL, 0);
	qsort(key, KEYS, sizeof(*key), by_size);
}

static void
row(FILE *f, const char *name, double ours, double reference,
    const char *against, const char *aim)
{
	(void)fprintf(f, "{\"name\":\"%s\",\"ours\":%.3f,\"reference\":%.3f,"
	    "\"against\":\"%s\",\"ratio\":%.2f,\"aim\":\"%s\","
	    "\"unit\":\"ms\",\"better\":\"lower\"}\n", name, ours, reference,
	    against, ours / reference, aim);
}

int
main(int argc, char *argv[])
{
	static double ours[KEYS], theirs[KEYS];
	double start, none;
	FILE *f;

	if (argc < 2 || secret_start() != ERR_OK ||
	    (f = fopen(argv[1], "a")) == NULL)
		return 64;
	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("LANG", "C.UTF-8", 1);
	measure(serve, &start, ours);
	measure(echo, &none, theirs);
	row(f, "key to glass, p50", ours[KEYS / 2], theirs[KEYS / 2],
	    "echo of a byte by a pty", "at most 10 ms");
	row(f, "key to glass, p99", ours[KEYS * 99 / 100],
	    theirs[KEYS * 99 / 100], "echo of a byte by a pty",
	    "at most 50 ms");
	row(f, "start of the face to first paint", start, none,
	    "first byte of a pty's child", "at most 100 ms");
	return fclose(f) == 0 ? 0 : 74;
}
