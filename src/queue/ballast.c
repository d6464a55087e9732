/* ballast: room in a file, made and given back. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "queue/ballast.h"
#include "queue/storage.h"

#define NAME "ballast"

/* All of it or none: half a ballast would be taken for one. */
static enum err
fill(const char *path, uint64_t bytes)
{
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
	int bad;

	if (fd == -1)
		return err_about(ERR_FILE_WRITE, "%s", path);
	bad = posix_fallocate(fd, 0, (off_t)bytes);
	close(fd);
	if (bad == 0)
		return ERR_OK;
	(void)unlink(path);
	return err_about(bad == ENOSPC ? ERR_QUEUE_SPACE : ERR_FILE_WRITE,
	    "%s", path);
}

enum err
ballast_keep(const char *state, uint64_t bytes)
{
	char path[PATH_ROOM];
	struct stat st;
	enum err r;

	if ((r = path_join(state, NAME, path)) != ERR_OK)
		return r;
	if (lstat(path, &st) == 0 && (uint64_t)st.st_size == bytes)
		return ERR_OK;
	if ((r = storage_room(state, 2 * bytes)) != ERR_OK)
		return r;
	return fill(path, bytes);
}

enum err
ballast_throw(const char *state)
{
	char path[PATH_ROOM];
	enum err r;

	if ((r = path_join(state, NAME, path)) != ERR_OK)
		return r;
	return unlink(path) == 0 ? ERR_OK : err_about(ERR_NOT_FOUND, "%s",
	    path);
}
