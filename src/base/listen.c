/* listen: addresses read, and a Unix socket of the right mode. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/listen.h"

#define UNIX_WORD "unix:"
#define BACKLOG	  511

static enum err
read_path(const char *path, struct listen_at *out)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	size_t n = strlen(path);

	if (path[0] != '/' || n >= sizeof(un.sun_path))
		return err_about(ERR_LISTEN, "%s", path);
	memcpy(un.sun_path, path, n + 1);
	memset(out, 0, sizeof(*out));
	memcpy(&out->address, &un, sizeof(un));
	out->len = sizeof(un);
	return ERR_OK;
}

enum err
listen_read(const char *text, struct listen_at *out)
{
	const struct addrinfo hints = {
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *ai = NULL;
	char host[64];
	const char *start = text, *colon = strrchr(text, ':');
	size_t n = colon == NULL ? 0 : (size_t)(colon - text);

	if (strncmp(text, UNIX_WORD, strlen(UNIX_WORD)) == 0)
		return read_path(text + strlen(UNIX_WORD), out);
	if (n == 0 || n >= sizeof(host))
		return err_about(ERR_LISTEN, "%s", text);
	if (text[0] == '[' && text[n - 1] == ']') {
		start++;
		n -= 2;
	}
	memcpy(host, start, n);
	host[n] = '\0';
	if (getaddrinfo(host, colon + 1, &hints, &ai) != 0)
		return err_about(ERR_LISTEN, "%s", text);
	memset(out, 0, sizeof(*out));
	memcpy(&out->address, ai->ai_addr, ai->ai_addrlen);
	out->len = ai->ai_addrlen;
	freeaddrinfo(ai);
	return ERR_OK;
}

void
listen_folder(const char *text, char out[PATH_ROOM])
{
	out[0] = '\0';
	if (strncmp(text, UNIX_WORD, strlen(UNIX_WORD)) != 0)
		return;
	(void)snprintf(out, PATH_ROOM, "%s", text + strlen(UNIX_WORD));
	*strrchr(out, '/') = '\0';
}

bool
listen_is_unix(const struct listen_at *at)
{
	return at->address.ss_family == AF_UNIX;
}

static const char *
path_of(const struct listen_at *at)
{
	return ((const struct sockaddr_un *)&at->address)->sun_path;
}

/* Does anybody answer there? */
static bool
is_answered(const struct listen_at *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool yes = fd != -1 && connect(fd,
	    (const struct sockaddr *)&at->address, at->len) == 0;

	if (fd != -1)
		close(fd);
	return yes;
}

static bool
is_socket(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

enum err
listen_unix(const struct listen_at *at, int *fd)
{
	const char *path = path_of(at);
	int s;

	if (is_socket(path) && !is_answered(at))
		(void)unlink(path);
	if ((s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		return err_about(ERR_LISTEN, "%s", path);
	if (bind(s, (const struct sockaddr *)&at->address, at->len) != 0) {
		close(s);
		return err_about(ERR_LISTEN, "%s", path);
	}
	if (chmod(path, 0660) != 0 || listen(s, BACKLOG) != 0) {
		close(s);
		(void)unlink(path);
		return err_about(ERR_LISTEN, "%s", path);
	}
	*fd = s;
	return ERR_OK;
}

void
listen_drop(const struct listen_at *at)
{
	if (listen_is_unix(at))
		(void)unlink(path_of(at));
}

bool
listen_hear(int fd, void *p, size_t n, unsigned within_ms)
{
	const uint64_t until = clock_elapsed_ms() + within_ms;
	struct pollfd at = { .fd = fd, .events = POLLIN };
	uint64_t now;
	size_t got = 0;
	ssize_t k;

	while (got < n && (now = clock_elapsed_ms()) < until) {
		if (poll(&at, 1, (int)(until - now)) <= 0)
			continue;
		k = recv(fd, (char *)p + got, n - got, MSG_DONTWAIT);
		if (k == 0 || (k == -1 && errno != EAGAIN && errno != EINTR))
			return false;
		if (k > 0)
			got += (size_t)k;
	}
	return got == n;
}

bool
listen_is_here(const struct sockaddr *from)
{
	const struct sockaddr_in *four = (const void *)from;
	const struct sockaddr_in6 *six = (const void *)from;

	if (from->sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
	return from->sa_family == AF_INET &&
	    ntohl(four->sin_addr.s_addr) == INADDR_LOOPBACK;
}
