/* storage: the mount under a folder, judged by its kind and options. */
#include <fcntl.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "queue/storage.h"

#define MOUNTS_MAX ((size_t)1 << 20) /* bytes of mountinfo */

/* Kinds that live in memory, and options that break a promise. */
static const char *const memory[] = { "tmpfs", "ramfs", "rootfs", "devtmpfs",
	NULL };
static const char *const broken[] = { "ro", "nobarrier", "barrier=0",
	"data=writeback", "volatile", NULL };

static bool
listed(const char *word, const char *const list[])
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static enum err
forgets(const char *why)
{
	return err_about(ERR_QUEUE_STORAGE, "%s", why);
}

/* An upper layer that cannot be reached was mounted by an early boot, and
 * there that is memory as a rule: no promise either. */
static enum err
judge_upper(const char *path)
{
	struct statfs fs;

	if (statfs(path, &fs) != 0 || fs.f_type == TMPFS_MAGIC ||
	    fs.f_type == RAMFS_MAGIC)
		return forgets("overlay en mémoire");
	return ERR_OK;
}

/* Comma-separated options, cut to pieces. */
static enum err
judge_options(char *options)
{
	char *rest = NULL, *word;
	enum err r;

	for (word = strtok_r(options, ",", &rest); word != NULL;
	    word = strtok_r(NULL, ",", &rest)) {
		if (listed(word, broken))
			return forgets(word);
		if (strncmp(word, "upperdir=", 9) == 0 &&
		    (r = judge_upper(word + 9)) != ERR_OK)
			return r;
	}
	return ERR_OK;
}

/*
 * proc(5): number, parent, device, root, mount point, options, then optional
 * words up to a lone "-", then kind, source, options of the file system.
 */
enum err
storage_judge(char *line)
{
	char *rest = NULL, *word = strtok_r(line, " \n", &rest);
	char *mine = NULL, *kind;
	enum err r;

	for (int i = 0; word != NULL && strcmp(word, "-") != 0; i++) {
		if (i == 5)
			mine = word;
		word = strtok_r(NULL, " \n", &rest);
	}
	kind = strtok_r(NULL, " \n", &rest);
	(void)strtok_r(NULL, " \n", &rest); /* the source */
	word = strtok_r(NULL, " \n", &rest);
	if (mine == NULL || kind == NULL || word == NULL)
		return err_about(ERR_FILE_READ, "mountinfo");
	if (listed(kind, memory))
		return forgets(kind);
	/* An overlay without an upper layer is read-only, and says so. */
	if ((r = judge_options(mine)) != ERR_OK)
		return r;
	return judge_options(word);
}

/* A file of the kernel as a text. */
static enum err
read_proc(const char *path, struct buf *out)
{
	enum err r;

	if ((r = file_read(path, MOUNTS_MAX, out)) != ERR_OK)
		return r;
	return buf_terminate(out);
}

/* The number of the mount that the folder is on. */
static enum err
mount_of(const char *folder, unsigned long *number)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *said = NULL;
	char path[64];
	struct buf info;
	enum err r;

	if (fd == -1)
		return err_about(ERR_FILE_READ, "%s", folder);
	(void)snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	buf_init(&info);
	if ((r = read_proc(path, &info)) == ERR_OK &&
	    (said = strstr((const char *)info.p, "mnt_id:")) == NULL)
		r = err_about(ERR_FILE_READ, "%s", path);
	if (r == ERR_OK)
		*number = strtoul(said + strlen("mnt_id:"), NULL, 10);
	buf_clear(&info);
	close(fd);
	return r;
}

/* Judge the line of that number. */
static enum err
judge_mount(char *mounts, unsigned long number)
{
	char *rest = NULL;

	for (char *line = strtok_r(mounts, "\n", &rest); line != NULL;
	    line = strtok_r(NULL, "\n", &rest))
		if (strtoul(line, NULL, 10) == number)
			return storage_judge(line);
	return err_about(ERR_FILE_READ, "mountinfo");
}

enum err
storage_check(const char *folder)
{
	unsigned long number = 0;
	struct buf mounts;
	enum err r;

	buf_init(&mounts);
	if ((r = mount_of(folder, &number)) == ERR_OK &&
	    (r = read_proc("/proc/self/mountinfo", &mounts)) == ERR_OK)
		r = judge_mount((char *)mounts.p, number);
	buf_clear(&mounts);
	return r;
}

enum err
storage_room(const char *folder, uint64_t reserve)
{
	struct statvfs fs;

	if (statvfs(folder, &fs) != 0)
		return err_about(ERR_FILE_READ, "%s", folder);
	return (uint64_t)fs.f_bavail * fs.f_frsize < reserve
	    ? err_about(ERR_QUEUE_SPACE, "%s", folder) : ERR_OK;
}
