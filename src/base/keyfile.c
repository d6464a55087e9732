/* keyfile: one line, one key, one purpose. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/keyfile.h"
#include "base/secret.h"

#define MAGIC	  "guichet-key-1"
#define LINE_ROOM 256

static bool
is_secret(const char *kind)
{
	const char *dash = strrchr(kind, '-');

	return dash != NULL && strcmp(dash, "-secret") == 0;
}

/* Open the file, refusing what others could have read. */
static enum err
open_strictly(const char *path, bool secret, int *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	enum err r = ERR_OK;

	if (fd == -1)
		return err_about(ERR_KEY_READ, "%s: %s", path,
		    strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		r = ERR_KEY_FORM;
	else if (secret && ((st.st_mode & 077) != 0 ||
	    (st.st_uid != geteuid() && st.st_uid != 0)))
		r = ERR_KEY_MODE;
	if (r != ERR_OK) {
		close(fd);
		return err_about(r, "%s", path);
	}
	*out = fd;
	return ERR_OK;
}

static enum err
try_open(const char *path, bool secret)
{
	int fd;
	enum err r;

	if ((r = open_strictly(path, secret, &fd)) == ERR_OK)
		close(fd);
	return r;
}

enum err
keyfile_private(const char *path)
{
	return try_open(path, true);
}

enum err
keyfile_there(const char *path)
{
	return try_open(path, false);
}

static enum err
read_line(const char *path, bool secret, char *line)
{
	ssize_t n;
	int fd;
	enum err r;

	if ((r = open_strictly(path, secret, &fd)) != ERR_OK)
		return r;
	if ((n = read(fd, line, LINE_ROOM)) < 0)
		r = err_about(ERR_KEY_READ, "%s", path);
	else if (n == 0 || n >= LINE_ROOM || memchr(line, '\0', (size_t)n))
		r = err_about(ERR_KEY_FORM, "%s", path);
	else
		line[n] = '\0';
	close(fd);
	return r;
}

/* True when *at begins with the word, which is then left behind. */
static bool
pass(const char **at, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*at, word, n) != 0)
		return false;
	*at += n;
	return true;
}

/* MAGIC KIND NUMBER BASE64 and one newline, one blank between two words. */
static enum err
parse(char *line, const char *kind, uint8_t *key, size_t len, uint32_t *number)
{
	char *nl = strchr(line, '\n'), *end;
	const char *at = line;
	unsigned long n;
	size_t got;

	if (nl == NULL || nl[1] != '\0')
		return ERR_KEY_FORM;
	*nl = '\0';
	if (!pass(&at, MAGIC " ") || !pass(&at, kind) || !pass(&at, " ") ||
	    *at < '1' || *at > '9')
		return ERR_KEY_FORM;
	n = strtoul(at, &end, 10);
	if (*end != ' ' || n > UINT32_MAX)
		return ERR_KEY_FORM;
	if (base64_read(end + 1, key, len, &got) != ERR_OK || got != len)
		return ERR_KEY_FORM;
	if (number != NULL)
		*number = (uint32_t)n;
	return ERR_OK;
}

enum err
keyfile_read(const char *path, const char *kind, uint8_t *key, size_t len,
    uint32_t *number)
{
	char *line = secret_alloc(LINE_ROOM);
	enum err r;

	if (line == NULL)
		return ERR_MEMORY;
	if ((r = read_line(path, is_secret(kind), line)) == ERR_OK &&
	    (r = parse(line, kind, key, len, number)) != ERR_OK) {
		secret_wipe(key, len);
		r = err_about(r, "%s", path);
	}
	secret_free(line);
	return r;
}

enum err
keyfile_read_in(const char *dir, const char *name, const char *kind,
    uint8_t *key, size_t len, uint32_t *number)
{
	char keys[PATH_ROOM], path[PATH_ROOM];
	enum err r;

	if ((r = path_join(dir, "keys", keys)) != ERR_OK ||
	    (r = path_join(keys, name, path)) != ERR_OK)
		return r;
	return keyfile_read(path, kind, key, len, number);
}

/* The line of a key, in locked memory for secret_free. */
static enum err
make_line(const char *kind, const uint8_t *key, size_t len, uint32_t number,
    char **out)
{
	char *line = secret_alloc(LINE_ROOM);
	int n;

	if (line == NULL)
		return ERR_MEMORY;
	n = snprintf(line, LINE_ROOM, MAGIC " %s %u ", kind, number);
	if (n < 0 || (size_t)n + BASE64_ROOM(len) + 1 > LINE_ROOM) {
		secret_free(line);
		return ERR_TOO_LONG;
	}
	base64_of(key, len, line + n);
	(void)strcat(line, "\n");
	*out = line;
	return ERR_OK;
}

enum err
keyfile_write(const char *path, const char *kind, const uint8_t *key,
    size_t len, uint32_t number)
{
	mode_t mode = is_secret(kind) ? 0600 : 0644;
	char *line = NULL;
	enum err r;
	int fd = -1;

	if ((r = make_line(kind, key, len, number, &line)) != ERR_OK)
		goto out;
	r = ERR_FILE_WRITE;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd == -1)
		goto out;
	/* The umask of our programs would hide a public key. */
	if (fchmod(fd, mode) != 0 ||
	    fd_write_all(fd, line, strlen(line)) != ERR_OK ||
	    fsync(fd) != 0 || folder_sync_of(path) != ERR_OK) {
		(void)unlink(path);
		goto out;
	}
	r = ERR_OK;
out:
	if (fd != -1)
		close(fd);
	secret_free(line);
	return r == ERR_OK ? r : err_about(r, "%s", path);
}

/* n bytes over those of a file of at most as many, and on the disk. */
static enum err
write_over(const char *path, const void *p, size_t n)
{
	struct stat st;
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	enum err r = ERR_FILE_WRITE;

	if (fd == -1)
		return err_about(r, "%s: %s", path, strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (size_t)st.st_size <= n && fd_write_all(fd, p, n) == ERR_OK &&
	    fsync(fd) == 0)
		r = ERR_OK;
	close(fd);
	return r == ERR_OK ? r : err_about(r, "%s", path);
}

enum err
keyfile_overwrite(const char *path, const char *kind, const uint8_t *key,
    size_t len, uint32_t number)
{
	char *line;
	enum err r;

	if ((r = make_line(kind, key, len, number, &line)) == ERR_OK) {
		r = write_over(path, line, strlen(line));
		secret_free(line);
	}
	return r;
}

enum err
keyfile_replace(const char *path, const char *kind, const uint8_t *key,
    size_t len, uint32_t number)
{
	char *line;
	enum err r;

	if ((r = make_line(kind, key, len, number, &line)) == ERR_OK) {
		r = file_replace(path, line, strlen(line), 0644);
		secret_free(line);
	}
	return r;
}

enum err
keyfile_destroy(const char *path)
{
	static const char zeros[LINE_ROOM];
	enum err r;

	if (access(path, F_OK) != 0 && errno == ENOENT)
		return ERR_OK;
	if ((r = write_over(path, zeros, sizeof(zeros))) != ERR_OK)
		return r;
	if (unlink(path) != 0)
		return err_about(ERR_FILE_WRITE, "%s", path);
	return folder_sync_of(path);
}
