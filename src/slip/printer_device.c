/*
 * printer_device: plain text on a device file, never for longer than it takes.
 *
 * The device is opened for each slip, non-blocking, and never made: a wrong
 * path must not leave secrets in a file of /dev.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "slip/feed.h"
#include "slip/printer.h"

struct device_printer {
	struct printer printer; /* first */
	int stall_ms;
	char path[PATH_ROOM];
};

static enum err
open_device(const struct device_printer *dp, int *out)
{
	int fd = open(dp->path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd == -1)
		return ERR_PRINT_OPEN;
	if (fstat(fd, &st) != 0 || !S_ISCHR(st.st_mode) ||
	    feed_set_line(fd) != ERR_OK) {
		close(fd);
		return ERR_PRINT_OPEN;
	}
	*out = fd;
	return ERR_OK;
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
	struct patience w = feed_begin(dp->stall_ms);
	struct buf bytes;
	enum err r;
	int fd = -1;

	if ((r = buf_init_secret(&bytes, 2 * SLIP_PLAIN_ROOM)) != ERR_OK)
		return r;
	if ((r = layout(s, &bytes)) != ERR_OK ||
	    (r = open_device(dp, &fd)) != ERR_OK ||
	    (r = feed_bytes(fd, &w, bytes.p, bytes.len)) != ERR_OK)
		goto out;
	r = feed_drain(fd, &w);
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
	static const struct printer_ops ops = { .print = print,
		.close = close_device };
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
