/*
 * http_listen: where the gateway listens: an address of the network, or a
 * Unix socket that only the web server in front of it may open.
 */
#ifndef GUICHET_CENTRE_HTTP_LISTEN_H
#define GUICHET_CENTRE_HTTP_LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/err.h"

struct listen_at {
	struct sockaddr_storage address;
	socklen_t len;
};

/* "ADDRESS:PORT", "[ADDRESS]:PORT" or "unix:PATH". ERR_LISTEN. */
enum err listen_read(const char *text, struct listen_at *out);

bool listen_is_unix(const struct listen_at *at);

/*
 * A socket that listens there, of mode 0660; one that nobody answers on any
 * more is replaced. ERR_LISTEN. The caller closes it, then calls listen_drop.
 */
enum err listen_unix(const struct listen_at *at, int *fd);
void listen_drop(const struct listen_at *at);

/* Is it the machine itself that asks, from one of its two own addresses? */
bool listen_is_here(const struct sockaddr *from);

#endif
