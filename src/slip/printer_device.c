/*
 * printer_device: plain text on a device file, never for longer than it takes.
 *
 * The device is opened for each slip, non-blocking, and never made: a wrong
 * path must not leave secrets in a file of /dev.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "slip/printer.h"

#define LOOK_MS 50 /* between two looks at what a line has still to send */

struct device_printer {
	struct printer printer; /* first */
	int stall_ms;
	char path[PATH_ROOM];
};

/* A serial line sends what we give and answers nothing back to the paper.
 * Its speed and flow control are the administrator's. */
static enum err
set_line(int fd)
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

static enum err
open_device(const struct device_printer *dp, int *out)
{
	int fd = open(dp->path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd == -1)
		return ERR_PRINT_OPEN;
	if (fstat(fd, &st) != 0 || !S_ISCHR(st.st_mode) ||
	    set_line(fd) != ERR_OK) {
		close(fd);
		return ERR_PRINT_OPEN;
	}
	*out = fd;
	return ERR_OK;
}

/* How long we still wait: pushed on by each progress, up to the end. */
struct patience {
	uint64_t until, end;
	int stall_ms;
};

static void
progress(struct patience *w)
{
	w->until = clock_elapsed_ms() + (uint64_t)w->stall_ms;
	if (w->until > w->end)
		w->until = w->end;
}

static struct patience
patience_of(int stall_ms)
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

static enum err
put_bytes(int fd, struct patience *w, const uint8_t *p, size_t n)
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
static enum err
drain(int fd, struct patience *w)
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

/* A bare newline only feeds the paper on most printers. */
static enum err
put_returns(const struct buf *text, struct buf *out)
{
	enum err r = ERR_OK;

	for (size_t i = 0; i < text->len && r == ERR_OK; i++) {
		if (text->p[i] == '\n')
			r = buf_put_u8(out, '\r');
		if (r == ERR_OK)
			r = buf_put_u8(out, text->p[i]);
	}
	return r == ERR_OK ? buf_put_u8(out, '\f') : r;
}

static enum err
layout(const struct slip *s, struct buf *out)
{
	struct buf text;
	enum err r;

	if ((r = buf_init_secret(&text, SLIP_PLAIN_ROOM)) != ERR_OK)
		return r;
	if ((r = slip_plain(s, SLIP_WIDTH, &text)) == ERR_OK)
		r = put_returns(&text, out);
	buf_clear(&text);
	return r;
}

static enum err
print(struct printer *pr, const struct slip *s)
{
	struct device_printer *dp = (struct device_printer *)pr;
	struct patience w = patience_of(dp->stall_ms);
	struct buf bytes;
	enum err r;
	int fd = -1;

	if ((r = buf_init_secret(&bytes, 2 * SLIP_PLAIN_ROOM)) != ERR_OK)
		return r;
	if ((r = layout(s, &bytes)) != ERR_OK ||
	    (r = open_device(dp, &fd)) != ERR_OK ||
	    (r = put_bytes(fd, &w, bytes.p, bytes.len)) != ERR_OK)
		goto out;
	r = drain(fd, &w);
out:
	if (fd != -1) {
		if (r != ERR_OK)
			(void)tcflush(fd, TCOFLUSH); /* close() would wait */
		close(fd);
	}
	buf_clear(&bytes);
	return r == ERR_PRINT_OPEN || r == ERR_PRINT_WRITE
	    ? err_about(r, "%s", dp->path) : r;
}

static void
close_device(struct printer *pr)
{
	free(pr);
}

enum err
printer_device_open(const char *path, int stall_ms, struct printer **out)
{
	static const struct printer_ops ops = { print, close_device };
	struct device_printer *dp;

	if (strlen(path) >= PATH_ROOM)
		return err_about(ERR_TOO_LONG, "printer");
	if ((dp = calloc(1, sizeof(*dp))) == NULL)
		return ERR_MEMORY;
	dp->printer.ops = &ops;
	dp->stall_ms = stall_ms;
	memcpy(dp->path, path, strlen(path) + 1);
	*out = (struct printer *)dp; /* its first member */
	return ERR_OK;
}
