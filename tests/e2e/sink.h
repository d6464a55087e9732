/* sink: printers of all kinds, as tests/e2e/lives.c needs them. */
#ifndef GUICHET_TESTS_E2E_SINK_H
#define GUICHET_TESTS_E2E_SINK_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"

static const char *kind, *cups;

/* The printer's side: what it got, and how it feels. */
static struct {
	int fd, slave, peer, port;
	bool answers, empty; /* empty: no paper is in it */
	uint8_t got[1 << 16];
	size_t n;
	int spool; /* told when a file of the server's is gone */
	char setting[PATH_ROOM], folder[PATH_ROOM];
} paper = { .fd = -1, .slave = -1, .peer = -1, .spool = -1 };

static void
die(const char *what)
{
	printf("not ok - %s %s: %s\n", kind, what, strerror(errno));
	exit(1);
}

static void
open_spool(void)
{
	char spool[PATH_ROOM];

	(void)snprintf(spool, sizeof(spool), "%.200s/spool", cups);
	if ((paper.spool = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) == -1 ||
	    inotify_add_watch(paper.spool, spool, IN_DELETE) == -1)
		die("has a spool");
}

static void
open_printer(const char *state)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	struct termios raw;

	paper.answers = strncmp(kind, "escpos", 6) == 0 ||
	    strcmp(kind, "tcp") == 0;
	if (strcmp(kind, "file") == 0) {
		(void)snprintf(paper.folder, PATH_ROOM, "%.200s-paper", state);
		(void)snprintf(paper.setting, PATH_ROOM, "file:%.200s",
		    paper.folder);
	} else if (strcmp(kind, "cups") == 0) {
		(void)snprintf(paper.folder, PATH_ROOM, "%.200s/out", cups);
		(void)snprintf(paper.setting, PATH_ROOM,
		    "cups:feuille@%.200s/sock", cups);
		open_spool();
	} else if (strcmp(kind, "tcp") == 0) {
		if ((paper.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC,
		    0)) == -1 || bind(paper.fd, (struct sockaddr *)&at,
		    sizeof(at)) != 0 || listen(paper.fd, 8) != 0 ||
		    getsockname(paper.fd, (struct sockaddr *)&at, &n) != 0)
			die("listens");
		(void)snprintf(paper.setting, PATH_ROOM,
		    "escpos80:tcp:127.0.0.1:%d", ntohs(at.sin_port));
	} else {
		if ((paper.fd = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK |
		    O_CLOEXEC)) == -1 || grantpt(paper.fd) != 0 ||
		    unlockpt(paper.fd) != 0 || (paper.slave = open(
		    ptsname(paper.fd), O_RDWR | O_NOCTTY | O_CLOEXEC)) == -1 ||
		    tcgetattr(paper.slave, &raw) != 0)
			die("has a line");
		cfmakeraw(&raw);
		(void)tcsetattr(paper.slave, TCSANOW, &raw);
		(void)snprintf(paper.setting, PATH_ROOM, "%s:%s", kind,
		    ptsname(paper.fd));
	}
}

/* Sheets in the folder that are of this paper: the secrets'. */
static bool
is_sheet(const char *name)
{
	return strstr(name, ".pdf") != NULL || (strstr(name, ".txt") != NULL &&
	    strstr(name, "-receipt") == NULL);
}

/* Is there one? When they are taken away, all that is there goes. */
static bool
see_sheets(bool take_away)
{
	DIR *d = opendir(paper.folder);
	const struct dirent *e;
	bool seen = false;

	while (d != NULL && (e = readdir(d)) != NULL) {
		seen |= is_sheet(e->d_name);
		if (take_away && strchr(e->d_name, '.') > e->d_name)
			(void)unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d != NULL)
		closedir(d);
	return seen;
}

/* Answer what was asked, and keep the rest. */
static void
take(int fd, const uint8_t *p, size_t n)
{
	for (; n > 0 && paper.n < sizeof(paper.got); p++, n--) {
		size_t k = ++paper.n;

		paper.got[k - 1] = *p;
		if (!paper.answers || k < 3)
			continue;
		if (paper.got[k - 3] == 0x10 && paper.got[k - 2] == 0x04)
			(void)!write(fd, paper.empty && *p == 4 ? "\x72"
			    : "\x12", 1);
		if (memcmp(paper.got + k - 3, "\x1Dr\x01", 3) == 0)
			(void)!write(fd, "", 1);
	}
}

/* The printer's end, where there is one to listen at. */
static int
line(void)
{
	return paper.peer != -1 ? paper.peer : paper.fd;
}

/* What came on it. */
static void
hear(int fd)
{
	uint8_t chunk[4096];
	ssize_t n;

	if (fd == paper.fd && strcmp(kind, "tcp") == 0) {
		paper.peer = accept4(paper.fd, NULL, NULL, SOCK_CLOEXEC);
		return;
	}
	if ((n = read(fd, chunk, sizeof(chunk))) > 0)
		take(fd, chunk, (size_t)n);
	else if (fd == paper.peer) {
		close(paper.peer);
		paper.peer = -1;
	}
}

/* What is still on it. */
static void
hear_out(void)
{
	struct pollfd p = { .fd = line(), .events = POLLIN };

	while (p.fd != -1 && poll(&p, 1, 1) == 1) {
		hear(p.fd);
		p.fd = line();
	}
}

/* Has the server a sheet? The line that guichet-print has it hold, to see
 * whether it keeps things, may stay there when that dies. */
static bool
spooled(void)
{
	char spool[PATH_ROOM];
	const struct dirent *e;
	bool busy = false;
	struct stat st;
	DIR *d;

	(void)snprintf(spool, sizeof(spool), "%.200s/spool", cups);
	d = opendir(spool);
	while (d != NULL && (e = readdir(d)) != NULL)
		busy |= e->d_name[0] == 'd' && fstatat(dirfd(d), e->d_name,
		    &st, 0) == 0 && st.st_size > 100;
	if (d != NULL)
		closedir(d);
	return busy;
}

/* A job that the server has is printed, whoever died. */
static void
settle_cups(void)
{
	struct pollfd p = { .fd = paper.spool, .events = POLLIN };
	char told[4096];

	while (paper.spool != -1 && spooled() && poll(&p, 1, 10000) == 1)
		(void)!read(paper.spool, told, sizeof(told));
}

/* The secrets are whole on paper. */
static bool
complete(void)
{
	const char *end = strcmp(kind, "device") == 0 ? "\f" : "\x1DV\x01";

	if (paper.empty)
		return false;
	settle_cups();
	if (paper.folder[0] != '\0')
		return see_sheets(false);
	for (size_t i = 0; i + strlen(end) <= paper.n; i++)
		if (memcmp(paper.got + i, end, strlen(end)) == 0)
			return true;
	return false;
}

#endif
