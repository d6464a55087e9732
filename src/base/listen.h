/*
 * listen: where a program listens: an address of the network, or a Unix socket
 * that only its own account and group may open.
 */
#ifndef GUICHET_BASE_LISTEN_H
#define GUICHET_BASE_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/file.h"

struct listen_at {
	struct sockaddr_storage address;
	socklen_t len;
};

/* "ADDRESS:PORT", "[ADDRESS]:PORT" or "unix:PATH". ERR_LISTEN. */
enum err listen_read(const char *text, struct listen_at *out);

/* The folder of a Unix socket so written, to be let make it there; "" for an
 * address. */
void listen_folder(const char *text, char out[PATH_ROOM]);

bool listen_is_unix(const struct listen_at *at);

/*
 * A socket that listens there, of mode 0660; one that nobody answers on any
 * more is replaced. ERR_LISTEN. The caller closes it, then calls listen_drop.
 */
enum err listen_unix(const struct listen_at *at, int *fd);
void listen_drop(const struct listen_at *at);

/* Take exactly n bytes from who came, within so many milliseconds; false when
 * they do not come. */
bool listen_hear(int fd, void *p, size_t n, unsigned within_ms);

/* Is it the machine itself that asks, from one of its two own addresses? */
bool listen_is_here(const struct sockaddr *from);

#endif
