/* sandbox_files: Landlock, in whatever version the kernel has. */
#define _GNU_SOURCE /* O_PATH */
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sandbox_own.h"

/*
 * Landlock's attributes as they have grown; a kernel takes as many bytes as
 * its version knows. Headers are older than kernels, so by number.
 */
struct attributes {
	uint64_t files, net, scoped;
};

static const struct {
	uint64_t files, net, scoped;
	size_t size;
} versions[] = {
	{ 0x1FFF, 0, 0, 8 },	/* 1: read, write, run, make, remove */
	{ 0x3FFF, 0, 0, 8 },	/* 2: link and rename elsewhere */
	{ 0x7FFF, 0, 0, 8 },	/* 3: truncate */
	{ 0x7FFF, 3, 0, 16 },	/* 4: TCP bind and connect */
	{ 0xFFFF, 3, 0, 16 },	/* 5: ioctl on devices */
	{ 0xFFFF, 3, 3, 24 },	/* 6: abstract sockets and signals outside */
};
#define NVERSIONS (long)(sizeof(versions) / sizeof(versions[0]))

#define RUN	  ((uint64_t)0x0001) /* execute a file: never allowed */
#define TO_READ	  ((uint64_t)0x000C) /* read a file, list a folder */
#define OF_A_FILE ((uint64_t)0xC006) /* what can be allowed for a file alone */

/* One more name that may be used so. */
static enum err
allow(int ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat st;
	long bad;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd == -1)
		return ERR_OK; /* not there: nothing to allow */
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= OF_A_FILE;
	bad = syscall(SYS_landlock_add_rule, ruleset,
	    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	(void)close(rule.parent_fd);
	return bad == 0 ? ERR_OK : err_about(ERR_SANDBOX, "%s", path);
}

static enum err
allow_all(int ruleset, const char *const *paths, uint64_t rights)
{
	enum err r = ERR_OK;

	for (; r == ERR_OK && paths != NULL && *paths != NULL; paths++)
		r = allow(ruleset, *paths, rights);
	return r;
}

enum err
sandbox_files(const char *const *read, const char *const *write, bool net,
    bool out)
{
	long v = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	struct attributes a;
	int fd;
	enum err r;

	if (v < 1)
		return ERR_OK;
	v = v > NVERSIONS ? NVERSIONS : v;
	a = (struct attributes){ versions[v - 1].files,
		net ? 0 : versions[v - 1].net, out ? 0 :
		versions[v - 1].scoped };
	fd = (int)syscall(SYS_landlock_create_ruleset, &a,
	    versions[v - 1].size, 0);
	if (fd < 0)
		return ERR_SANDBOX;
	if ((r = allow_all(fd, read, a.files & TO_READ)) == ERR_OK &&
	    (r = allow_all(fd, write, a.files & ~RUN)) == ERR_OK &&
	    syscall(SYS_landlock_restrict_self, fd, 0) != 0)
		r = ERR_SANDBOX;
	(void)close(fd);
	return r;
}
