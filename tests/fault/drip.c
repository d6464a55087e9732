/*
 * drip: a printer's line that takes a byte at a time, and a hand on the plug.
 *
 * Preloaded into guichet and guichet-print by tests/e2e/paper.py. Writes on a
 * terminal take one byte each; at the moment that DRIP names, somebody dies:
 *
 *	print N		guichet-print, before its Nth byte reaches the paper
 *	desk N		guichet, at the same moment
 *	disk N		guichet, at its Nth writing or syncing of a file
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned long bytes, files;

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
is_desk(void)
{
	char name[64] = "";
	ssize_t n = readlink("/proc/self/exe", name, sizeof(name) - 1);

	return n > 8 && strcmp(name + n - 8, "/guichet") == 0;
}

/*
 * guichet-print is shut in and may signal nobody: somebody outside, born
 * before that, does it when told, and says that it is done.
 */
static int hand[2] = { -1, -1 };

__attribute__((constructor)) static void
lend_a_hand(void)
{
	const char *drip = getenv("DRIP");
	pid_t desk = getppid();
	char told;

	if (is_desk() || drip == NULL || strncmp(drip, "desk", 4) != 0 ||
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
	ssize_t (*next)(int, const void *, size_t);

	*(void **)&next = real("write");
	if (fd <= 2 || n == 0 || !isatty(fd))
		return next(fd, p, n);
	if (due("print", ++bytes))
		raise(SIGKILL);
	if (due("desk", bytes))
		kill_desk();
	return next(fd, p, 1);
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
