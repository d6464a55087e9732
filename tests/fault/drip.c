/*
 * drip: a printer's line, counted byte by byte, and a hand on the plug.
 *
 * Preloaded into guichet and guichet-print by tests/e2e/paper.sh. What is
 * written to the paper is cut at the moment that DRIP names, and somebody dies:
 *
 *	print N		guichet-print, before its Nth byte reaches the paper
 *	desk N		guichet, at the same moment
 *	disk N		guichet, at its Nth writing or syncing of a file
 *
 * DRIP_TOLD may name a file that is a struct told (tests/fault/drip.h).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/fault/drip.h"

static unsigned long bytes, files;
static int in_print; /* a sandbox lets nobody ask later */

/* Is this the moment? */
static int
due(const char *who, unsigned long n)
{
	const char *drip = getenv("DRIP");
	size_t len = strlen(who);

	return drip != NULL && strncmp(drip, who, len) == 0 &&
	    drip[len] == ' ' && strtoul(drip + len, NULL, 10) == n;
}

static void *
real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static int
is(const char *program)
{
	char name[256] = "";
	ssize_t n = readlink("/proc/self/exe", name, sizeof(name) - 1);
	size_t len = strlen(program);

	return n > (ssize_t)len && strcmp(name + n - len, program) == 0;
}

static int
is_desk(void)
{
	return is("/guichet");
}

/* A terminal, a file, or a socket with a peer that has a name. */
static int
is_paper(int fd)
{
	struct sockaddr_un peer = { .sun_family = AF_UNSPEC };
	socklen_t n = sizeof(peer);
	struct stat st;

	if (fd <= 2 || fstat(fd, &st) != 0)
		return 0;
	if (!S_ISSOCK(st.st_mode))
		return isatty(fd) || S_ISREG(st.st_mode);
	return getpeername(fd, (struct sockaddr *)&peer, &n) == 0 &&
	    (peer.sun_family == AF_INET || (peer.sun_family == AF_UNIX &&
	    peer.sun_path[0] == '/'));
}

/* How many bytes may still go before the moment of `print` or `desk`. */
static unsigned long
until_due(void)
{
	const char *drip = getenv("DRIP"), *n = drip == NULL ? NULL
	    : strchr(drip, ' ');

	return n == NULL || (strncmp(drip, "print", 5) != 0 &&
	    strncmp(drip, "desk", 4) != 0) ? (unsigned long)-1
	    : strtoul(n + 1, NULL, 10) - bytes - 1;
}

/*
 * guichet-print is shut in and may signal nobody: somebody outside, born
 * before that, does it when told, and says that it is done.
 */
static int hand[2] = { -1, -1 };
static struct told nobody, *told_to = &nobody;

static void
open_told(void)
{
	const char *path = getenv("DRIP_TOLD");
	int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
	void *p = fd == -1 ? MAP_FAILED : mmap(NULL, sizeof(nobody),
	    PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p != MAP_FAILED)
		told_to = p;
	if (fd != -1)
		close(fd);
}

__attribute__((constructor)) static void
lend_a_hand(void)
{
	const char *drip = getenv("DRIP");
	pid_t desk = getppid();
	char told;

	in_print = is("/guichet-print");
	if (in_print)
		open_told();
	if (!in_print || drip == NULL || strncmp(drip, "desk", 4) != 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, hand) != 0 ||
	    fork() != 0)
		return;
	close(hand[0]);
	for (int fd = 0; fd <= 2; fd++)
		close(fd); /* nobody waits for their end because of us */
	if (read(hand[1], &told, 1) == 1 && kill(desk, SIGKILL) == 0)
		(void)!syscall(SYS_write, hand[1], &told, 1);
	_exit(0);
}

static void
kill_desk(void)
{
	char told = 'k';

	close(hand[1]);
	(void)!syscall(SYS_write, hand[0], &told, 1);
	(void)!read(hand[0], &told, 1);
}

static void
on_disk(void)
{
	if (is_desk() && due("disk", ++files))
		raise(SIGKILL);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t (*next)(int, const void *, size_t), got;

	*(void **)&next = real("write");
	if (in_print && fd == STDOUT_FILENO && told_to->first == 0)
		told_to->first = bytes;
	if (n == 0 || !in_print || !is_paper(fd))
		return next(fd, p, n);
	if (due("print", bytes + 1)) {
		told_to->fell = 1;
		raise(SIGKILL);
	}
	if (due("desk", bytes + 1)) {
		told_to->fell = 1;
		kill_desk();
		(void)unsetenv("DRIP"); /* it goes on alone */
	}
	if (n > until_due())
		n = until_due();
	if ((got = next(fd, p, n)) > 0)
		bytes += (unsigned long)got;
	return got;
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	ssize_t (*next)(int, const void *, size_t, off64_t);

	*(void **)&next = real("pwrite64");
	on_disk();
	return next(fd, p, n, at);
}

int
fdatasync(int fd)
{
	int (*next)(int);

	*(void **)&next = real("fdatasync");
	on_disk();
	return next(fd);
}

int
fsync(int fd)
{
	int (*next)(int);

	*(void **)&next = real("fsync");
	on_disk();
	return next(fd);
}
