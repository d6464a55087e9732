/*
 * http: the gateway on a TLS socket: who asks is known before the first byte
 * of what is asked is read. The door of microhttpd.
 *
 * TLS 1.3 and 1.2 only. A terminal must show a certificate of the authority
 * that the ledger knows; all it may ask is in the table of routes. Bounded:
 * HTTP_CONNECTIONS, 8 of one address (256 of a web server), 5 seconds of
 * silence, 30 for a request and its answer, bodies of GATEWAY_BODY bytes.
 *
 * On a Unix socket there is no TLS: a web server in front of it has checked
 * the certificate, and hands it on in two headers that it always sets
 * (kiosk/centre/nginx.conf). On the network those headers say nothing.
 */
#ifndef GUICHET_CENTRE_HTTP_H
#define GUICHET_CENTRE_HTTP_H

#include "centre/gateway.h"

#define HTTP_CONNECTIONS 4096u

struct http;

/* Let this process have as many sockets as that; before the sandbox. What it
 * may not have it does without. */
void http_make_room(void);

/*
 * Answer on set->listen ("ADDRESS:PORT", an IPv6 address in brackets, or
 * "unix:PATH") from a thread of its own until http_stop. ERR_LISTEN,
 * ERR_FILE_READ or ERR_CERTIFICATE; the subject says which file or address.
 * All must outlive it. `pen` is the ledger of g opened once more: envelopes
 * are written by it from a second thread, several requests in one commit
 * (centre/gather.h).
 */
enum err http_start(struct gateway *g, struct store *pen,
    const struct centre_settings *set, struct http **out);

/* Cut who takes too long; to be called each second. */
void http_sweep(struct http *h);

/* Finish the answers under way and close; NULL is accepted. */
void http_stop(struct http *h);

/* Read the address, and on the network the three TLS files, and say what is
 * wrong, for -t. */
enum err http_check(const struct centre_settings *set);

#endif
