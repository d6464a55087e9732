/* cups: connect, say, listen until the end. */
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "slip/cups.h"
#include "slip/feed.h"

#define ANSWER_MAX ((size_t)256 * 1024)
#define LETTERS                                                              \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

enum err
cups_parse(const char *where, struct cups *out)
{
	const struct passwd *who = getpwuid(geteuid());
	size_t n = strspn(where, LETTERS);
	const char *path = where[n] == '@' ? where + n + 1 : CUPS_SOCKET;

	if (n == 0 || n >= CUPS_NAME || path[0] != '/' ||
	    strlen(path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path) ||
	    (where[n] != '\0' && where[n] != '@'))
		return err_about(ERR_SET_VALUE, "printer");
	memset(out, 0, sizeof(*out));
	memcpy(out->queue, where, n);
	(void)strcpy(out->socket, path);
	(void)snprintf(out->user, sizeof(out->user), "%s",
	    who == NULL ? "guichet" : who->pw_name);
	return ERR_OK;
}

/*
 * Little is on its way at once: the server reads a sheet by pieces, each over
 * the one before, and what is left in its memory is the end of the last, which
 * is a table of offsets. What it could read in one go would stay there whole.
 */
static enum err
open_server(const struct cups *c, int *out)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const int piece = 2048;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0);

	if (fd == -1)
		return ERR_PRINT_OPEN;
	(void)strcpy(at.sun_path, c->socket); /* cups_parse saw its length */
	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &piece, sizeof(piece)) !=
	    0 || connect(fd, (const struct sockaddr *)&at, sizeof(at)) != 0) {
		close(fd);
		return ERR_PRINT_OPEN;
	}
	*out = fd;
	return ERR_OK;
}

static enum err
say(int fd, const struct cups *c, int stall_ms, const struct buf *request,
    const struct buf *document)
{
	struct patience w = feed_begin(stall_ms);
	size_t more = document == NULL ? 0 : document->len;
	struct buf head;
	enum err r;

	buf_init(&head);
	if ((r = buf_putf(&head, "POST /printers/%s HTTP/1.1\r\n"
	    "Host: localhost\r\nConnection: close\r\n"
	    "Authorization: PeerCred %s\r\nContent-Type: application/ipp\r\n"
	    "Content-Length: %zu\r\n\r\n", c->queue, c->user,
	    request->len + more)) == ERR_OK &&
	    (r = feed_bytes(fd, &w, head.p, head.len)) == ERR_OK &&
	    (r = feed_bytes(fd, &w, request->p, request->len)) == ERR_OK &&
	    more > 0)
		r = feed_bytes(fd, &w, document->p, more);
	buf_clear(&head);
	return r;
}

/* All that it says, until it closes. */
static enum err
listen_to(int fd, int stall_ms, struct buf *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint8_t chunk[4096];
	ssize_t n;
	enum err r;

	for (;;) {
		if (poll(&p, 1, stall_ms) != 1)
			return ERR_PRINT_WRITE;
		if ((n = read(fd, chunk, sizeof(chunk))) == 0)
			return ERR_OK;
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0 || out->len + (size_t)n > ANSWER_MAX)
			return ERR_PRINT_WRITE;
		if ((r = buf_put(out, chunk, (size_t)n)) != ERR_OK)
			return r;
	}
}

/* What is behind the head, when that says 200; as long as it says. */
static enum err
open_answer(const struct buf *raw, struct buf *answer)
{
	static const char ok[] = "HTTP/1.1 200 ";
	static const char size[] = "\r\nContent-Length:";
	char head[2048];
	size_t room = raw->len < sizeof(head) - 1 ? raw->len
	    : sizeof(head) - 1;
	const char *end, *length;
	size_t at;

	memcpy(head, raw->p, room);
	head[room] = '\0';
	if ((end = strstr(head, "\r\n\r\n")) == NULL)
		return ERR_PRINT_WRITE;
	at = (size_t)(end - head) + 4;
	if (strncmp(head, ok, sizeof(ok) - 1) != 0)
		return ERR_PRINT_OPEN;
	if ((length = strstr(head, size)) == NULL || length > end ||
	    strtoul(length + sizeof(size) - 1, NULL, 10) != raw->len - at)
		return ERR_PRINT_WRITE;
	return buf_put(answer, raw->p + at, raw->len - at);
}

enum err
cups_ask(const struct cups *c, int stall_ms, const struct buf *request,
    const struct buf *document, struct buf *answer)
{
	struct buf raw;
	int fd = -1;
	enum err r;

	buf_init(&raw);
	if ((r = open_server(c, &fd)) == ERR_OK &&
	    (r = say(fd, c, stall_ms, request, document)) == ERR_OK &&
	    (r = listen_to(fd, stall_ms, &raw)) == ERR_OK)
		r = raw.len == 0 ? ERR_PRINT_WRITE
		    : open_answer(&raw, answer);
	if (fd != -1)
		close(fd);
	buf_clear(&raw);
	return r;
}
