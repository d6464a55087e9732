/*
 * printer_escpos: a thermal printer on a device or a socket, asked how it is.
 *
 * Before the slip it is asked for its state in real time (DLE EOT); one that
 * answers is believed, and must answer again behind the last line (GS r), so
 * that the paper is known to be out. One that never answers is a device like
 * any other, and the person is asked.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "slip/escpos.h"
#include "slip/feed.h"
#include "slip/printer.h"

#define ASK_MS	   400	/* a printer that answers does so within 100 */
#define CONNECT_MS 5000

struct escpos_printer {
	struct printer printer; /* first */
	const struct escpos_paper *paper;
	int stall_ms;
	char where[PATH_ROOM]; /* path, or tcp:HOST:PORT */
};

static enum err
open_path(const char *path, int *out)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
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

/* One address within the time; -1. */
static int
connect_to(const struct addrinfo *a)
{
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK |
	    SOCK_CLOEXEC, 0), why = 0;
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	socklen_t n = sizeof(why);

	if (fd == -1)
		return -1;
	if ((connect(fd, a->ai_addr, a->ai_addrlen) != 0 &&
	    errno != EINPROGRESS) || poll(&p, 1, CONNECT_MS) != 1 ||
	    getsockopt(fd, SOL_SOCKET, SO_ERROR, &why, &n) != 0 || why != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static enum err
open_socket(const char *where, int *out)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICSERV };
	struct addrinfo *all = NULL;
	char host[PATH_ROOM], *port;

	(void)strcpy(host, where); /* as long as that one */
	if ((port = strrchr(host, ':')) == NULL)
		return ERR_PRINT_OPEN;
	*port++ = '\0';
	if (getaddrinfo(host, port, &hints, &all) != 0)
		return ERR_PRINT_OPEN;
	*out = -1;
	for (struct addrinfo *a = all; a != NULL && *out == -1;
	    a = a->ai_next)
		*out = connect_to(a);
	freeaddrinfo(all);
	return *out == -1 ? ERR_PRINT_OPEN : ERR_OK;
}

static enum err
open_port(const struct escpos_printer *ep, int *out)
{
	return strncmp(ep->where, "tcp:", 4) == 0
	    ? open_socket(ep->where + 4, out) : open_path(ep->where, out);
}

/* The next byte it sends within the time. */
static bool
hear(int fd, int ms, uint8_t *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, ms) == 1 && (p.revents & POLLIN) != 0 &&
	    read(fd, out, 1) == 1;
}

/* DLE EOT n: true when it answered as the command's table says. */
static bool
ask(int fd, uint8_t n, uint8_t *out)
{
	const uint8_t question[] = { 0x10, 0x04, n };

	return write(fd, question, sizeof(question)) ==
	    (ssize_t)sizeof(question) && hear(fd, ASK_MS, out) &&
	    (*out & 0x93) == 0x12;
}

/* What ails it, in the order in which one would mend it. */
static enum err
look(int fd, bool *answers)
{
	static const struct {
		uint8_t n, bits;
		enum err why;
	} signs[] = {
		{ 2, 0x04, ERR_PRINT_COVER }, { 2, 0x20, ERR_PRINT_PAPER },
		{ 4, 0x60, ERR_PRINT_PAPER }, { 2, 0x40, ERR_PRINT_FAULT },
		{ 1, 0x08, ERR_PRINT_OFFLINE },
	};
	uint8_t state;

	*answers = false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!ask(fd, signs[i].n, &state))
			return ERR_OK; /* it says no more */
		*answers = true;
		if ((state & signs[i].bits) != 0)
			return signs[i].why;
	}
	return ERR_OK;
}

/* It answers GS r once all before it is printed. */
static enum err
confirm(int fd, struct patience *w)
{
	static const uint8_t question[] = { 0x1D, 'r', 1 };
	uint8_t state;
	enum err r;

	if ((r = feed_bytes(fd, w, question, sizeof(question))) != ERR_OK)
		return r;
	return hear(fd, w->stall_ms, &state) ? ERR_OK : ERR_PRINT_WRITE;
}

static enum err
send_all(int fd, const struct escpos_printer *ep, const struct buf *bytes)
{
	struct patience w = feed_begin(ep->stall_ms);
	bool answers, still;
	enum err r, why;

	if ((r = look(fd, &answers)) != ERR_OK)
		return r;
	if ((r = feed_bytes(fd, &w, bytes->p, bytes->len)) == ERR_OK &&
	    (r = feed_drain(fd, &w)) == ERR_OK && answers)
		r = confirm(fd, &w);
	/* It stopped on the way: perhaps it says why. */
	if (r == ERR_PRINT_WRITE && answers &&
	    (why = look(fd, &still)) != ERR_OK)
		r = why;
	return r;
}

static enum err
print(struct printer *pr, const struct slip *s)
{
	struct escpos_printer *ep = (struct escpos_printer *)pr;
	struct buf bytes;
	int fd = -1;
	enum err r;

	if ((r = buf_init_secret(&bytes, ESCPOS_ROOM)) != ERR_OK)
		return r;
	if ((r = escpos_write(s, ep->paper, &bytes)) == ERR_OK &&
	    (r = open_port(ep, &fd)) == ERR_OK)
		r = send_all(fd, ep, &bytes);
	if (fd != -1) {
		if (r != ERR_OK)
			(void)tcflush(fd, TCOFLUSH); /* close() would wait */
		close(fd);
	}
	buf_clear(&bytes);
	return r == ERR_OK ? r : err_about(r, "%s", ep->where);
}

static void
close_escpos(struct printer *pr)
{
	free(pr);
}

enum err
printer_escpos_open(const char *where, bool wide, int stall_ms,
    struct printer **out)
{
	static const struct printer_ops ops = { .print = print,
		.close = close_escpos };
	struct escpos_printer *ep;

	if (strlen(where) >= PATH_ROOM)
		return err_about(ERR_TOO_LONG, "printer");
	if (strncmp(where, "tcp:", 4) == 0 && strchr(where + 4, ':') == NULL)
		return err_about(ERR_SET_VALUE, "printer");
	if ((ep = calloc(1, sizeof(*ep))) == NULL)
		return ERR_MEMORY;
	ep->printer.ops = &ops;
	ep->paper = wide ? &escpos_80mm : &escpos_58mm;
	ep->stall_ms = stall_ms;
	memcpy(ep->where, where, strlen(where) + 1);
	*out = (struct printer *)ep; /* its first member */
	return ERR_OK;
}
