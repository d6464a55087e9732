/* file: unbuffered reading, durable replacing, lines of a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"

enum err
path_join(const char *dir, const char *name, char out[PATH_ROOM])
{
	int n = snprintf(out, PATH_ROOM, "%s/%s", dir, name);

	return n < 0 || n >= PATH_ROOM ? err_about(ERR_TOO_LONG, "%s", name)
	    : ERR_OK;
}

static ssize_t
read_again(int fd, void *p, size_t n)
{
	ssize_t k;

	do
		k = read(fd, p, n);
	while (k < 0 && errno == EINTR);
	return k;
}

/* Nothing may be left once there is no room. */
static enum err
expect_end(int fd)
{
	uint8_t extra;
	ssize_t n = read_again(fd, &extra, 1);

	secret_wipe(&extra, 1);
	return n == 0 ? ERR_OK : n < 0 ? ERR_FILE_READ : ERR_TOO_LONG;
}

/* Append what fd holds, at most max bytes. */
static enum err
read_all(int fd, size_t max, struct buf *out)
{
	size_t start = out->len;
	enum err r;
	ssize_t n;

	for (;;) {
		size_t room = max - (out->len - start);

		if (out->secret && room > out->cap - out->len)
			room = out->cap - out->len;
		if (room == 0)
			return expect_end(fd);
		if (room > 4096)
			room = 4096;
		if ((r = buf_reserve(out, room)) != ERR_OK)
			return r;
		if ((n = read_again(fd, out->p + out->len, room)) < 0)
			return ERR_FILE_READ;
		if (n == 0)
			return ERR_OK;
		out->len += (size_t)n;
	}
}

enum err
file_read(const char *path, size_t max, struct buf *out)
{
	/* Not blocking: a FIFO where a file should be is not awaited. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	size_t start = out->len;
	struct stat st;
	enum err r;

	if (fd == -1)
		return err_about(ERR_FILE_READ, "%s", path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		r = ERR_FILE_READ;
	else
		r = read_all(fd, max, out);
	close(fd);
	if (r == ERR_OK)
		return ERR_OK;
	buf_cut(out, start);
	return err_about(r, "%s", path);
}

enum err
fd_write_all(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t k = write(fd, at, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return ERR_FILE_WRITE;
		at += k;
		n -= (size_t)k;
	}
	return ERR_OK;
}

enum err
folder_sync_of(const char *path)
{
	char dir[PATH_ROOM];
	char *slash;
	enum err r = ERR_OK;
	int fd;

	(void)snprintf(dir, sizeof(dir), "%s", path);
	if ((slash = strrchr(dir, '/')) == NULL)
		(void)snprintf(dir, sizeof(dir), ".");
	else
		slash[slash == dir ? 1 : 0] = '\0';
	if ((fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		return ERR_FILE_WRITE;
	if (fsync(fd) != 0)
		r = ERR_FILE_WRITE;
	close(fd);
	return r;
}

enum err
file_replace(const char *path, const void *p, size_t n, unsigned mode)
{
	char beside[PATH_ROOM];
	enum err r;
	int fd;

	if (snprintf(beside, sizeof(beside), "%s.new", path) >= PATH_ROOM)
		return err_about(ERR_TOO_LONG, "%s", path);
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
	    (mode_t)mode);
	if (fd == -1)
		return err_about(ERR_FILE_WRITE, "%s", path);
	r = fd_write_all(fd, p, n);
	if (r == ERR_OK && (fchmod(fd, (mode_t)mode) != 0 || fsync(fd) != 0))
		r = ERR_FILE_WRITE;
	if (close(fd) != 0)
		r = ERR_FILE_WRITE;
	if (r == ERR_OK && rename(beside, path) != 0)
		r = ERR_FILE_WRITE;
	if (r == ERR_OK)
		r = folder_sync_of(path); /* or the rename is not durable */
	else
		(void)unlink(beside);
	return r == ERR_OK ? r : err_about(r, "%s", path);
}

enum err
folder_make(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return err_about(ERR_STATE_FOLDER, "%s", path);
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode) ||
	    access(path, R_OK | W_OK | X_OK) != 0)
		return err_about(ERR_STATE_FOLDER, "%s", path);
	return ERR_OK;
}

enum err
lines_init(struct lines *l, int fd)
{
	*l = (struct lines){ .fd = fd };
	return buf_init_secret(&l->in, LINE_LIMIT + 1);
}

void
lines_clear(struct lines *l)
{
	buf_clear(&l->in);
	*l = (struct lines){ .fd = -1 };
}

/* Drop the lines already handed out, and wipe where they stood. */
static void
compact(struct lines *l)
{
	size_t left = l->in.len - l->taken;

	memmove(l->in.p, l->in.p + l->taken, left);
	secret_wipe(l->in.p + left, l->taken);
	l->in.len = left;
	l->taken = 0;
}

enum err
lines_feed(struct lines *l)
{
	uint8_t *at;
	ssize_t n;

	compact(l);
	at = l->in.p + l->in.len;
	if (l->in.len == LINE_LIMIT)
		return memchr(l->in.p, '\n', l->in.len) == NULL ? ERR_TOO_LONG
		    : ERR_OK; /* full of lines that nobody took */
	n = read_again(l->fd, at, LINE_LIMIT - l->in.len);
	if (n < 0)
		return errno == EAGAIN ? ERR_OK : ERR_FILE_READ;
	l->ended = n == 0;
	l->in.len += (size_t)n;
	return memchr(at, '\0', (size_t)n) == NULL ? ERR_OK : ERR_TEXT;
}

char *
lines_next(struct lines *l)
{
	uint8_t *from = l->in.p + l->taken, *nl;

	nl = memchr(from, '\n', l->in.len - l->taken);
	if (nl == NULL)
		return NULL;
	*nl = '\0';
	l->taken += (size_t)(nl - from) + 1;
	return (char *)from;
}
