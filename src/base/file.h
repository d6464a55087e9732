/*
 * file: whole files in and out, and lines as they arrive on a pipe.
 */
#ifndef GUICHET_BASE_FILE_H
#define GUICHET_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define PATH_ROOM 512

/* DIR/NAME in out[PATH_ROOM]; ERR_TOO_LONG. */
enum err path_join(const char *dir, const char *name, char out[PATH_ROOM]);

/* Append a whole regular file of at most max bytes. ERR_FILE_READ,
 * ERR_TOO_LONG (also past a secret buffer's capacity), and then nothing was
 * appended; the subject is the path. Reads unbuffered: what is secret stays
 * in the buffer given. */
enum err file_read(const char *path, size_t max, struct buf *out);

/* Replace a file durably: write beside it, fsync, rename, fsync the folder.
 * mode as in open(2). ERR_FILE_WRITE; what stood there stays unless only the
 * last of the four failed. */
enum err file_replace(const char *path, const void *p, size_t n,
    unsigned mode);

/* Write all n bytes to fd. ERR_FILE_WRITE. */
enum err fd_write_all(int fd, const void *p, size_t n);

/* What was made, renamed or removed beside this path stays so after a crash.
 * ERR_FILE_WRITE. */
enum err folder_sync_of(const char *path);

/* Make the folder (0700) unless it is there; ERR_STATE_FOLDER. */
enum err folder_make(const char *path);

/*
 * Lines of a pipe. Embed with lines_init; feed when poll(2) says readable.
 */
#define LINE_LIMIT 65536 /* a longer line is an error, not a bigger buffer */
struct lines {
	int fd;
	struct buf in;
	size_t taken;
	bool ended;
};

/* The buffer is locked memory: a person may stand in a line. */
enum err lines_init(struct lines *l, int fd);
void lines_clear(struct lines *l); /* does not close the descriptor */

/* Read what is there, once. ERR_OK also at the end (then l->ended);
 * ERR_TOO_LONG, ERR_TEXT when a NUL byte is among it, ERR_FILE_READ. */
enum err lines_feed(struct lines *l);

/*
 * The next whole line without its newline, NUL-terminated, valid until the
 * next feed or next; NULL when there is none yet. ERR_TOO_LONG comes from
 * lines_feed.
 */
char *lines_next(struct lines *l);

#endif
