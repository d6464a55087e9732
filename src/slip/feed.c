/* feed: write, wait, and give up in time. */
#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "slip/feed.h"
#include "slip/printer.h"

#define LOOK_MS 50 /* between two looks at what a line has still to send */

static void
progress(struct patience *w)
{
	w->until = clock_elapsed_ms() + (uint64_t)w->stall_ms;
	if (w->until > w->end)
		w->until = w->end;
}

struct patience
feed_begin(int stall_ms)
{
	struct patience w = { .stall_ms = stall_ms };

	w.end = clock_elapsed_ms() + PRINT_SLOWEST * (uint64_t)stall_ms;
	progress(&w);
	return w;
}

static enum err
wait_ready(int fd, const struct patience *w)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	uint64_t now;
	int n;

	do {
		now = clock_elapsed_ms();
		n = poll(&p, 1, now < w->until ? (int)(w->until - now) : 0);
	} while (n == -1 && errno == EINTR);
	return n == 1 && (p.revents & POLLOUT) != 0 ? ERR_OK
	    : ERR_PRINT_WRITE;
}

enum err
feed_bytes(int fd, struct patience *w, const uint8_t *p, size_t n)
{
	enum err r;

	while (n > 0) {
		ssize_t k;

		if ((r = wait_ready(fd, w)) != ERR_OK)
			return r;
		k = write(fd, p, n);
		if (k < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (k <= 0)
			return ERR_PRINT_WRITE;
		progress(w);
		p += k;
		n -= (size_t)k;
	}
	/* usblp drops what is still on its way when it is closed; it is ready
	 * again when its last transfer is over. */
	return wait_ready(fd, w);
}

/* tcdrain(3) waits for ever behind a stopped line, so look first. */
enum err
feed_drain(int fd, struct patience *w)
{
	int left = 0, before = -1;

	if (!isatty(fd))
		return ERR_OK;
	while (ioctl(fd, TIOCOUTQ, &left) == 0 && left > 0) {
		if (clock_elapsed_ms() >= w->until)
			return ERR_PRINT_WRITE;
		if (left != before)
			progress(w);
		before = left;
		(void)poll(NULL, 0, LOOK_MS);
	}
	return tcdrain(fd) == 0 ? ERR_OK : ERR_PRINT_WRITE;
}

/* A serial line sends what we give and answers nothing back to the paper.
 * Its speed and flow control are the administrator's. */
enum err
feed_set_line(int fd)
{
	struct termios t;

	if (!isatty(fd))
		return ERR_OK;
	if (tcgetattr(fd, &t) != 0)
		return ERR_PRINT_OPEN;
	t.c_oflag &= ~(tcflag_t)OPOST;
	t.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
	return tcsetattr(fd, TCSANOW, &t) == 0 ? ERR_OK : ERR_PRINT_OPEN;
}
