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
		kill(getppid(), SIGKILL);
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
