/*
 * http: the centre over TLS, its authority pinned. The door of curl.
 *
 * https only, TLS 1.2 or 1.3, no redirect, no proxy of the environment; one
 * connection, kept open between questions.
 */
#ifndef GUICHET_SYNC_HTTP_H
#define GUICHET_SYNC_HTTP_H

#include "sync/transport.h"

/*
 * To url ("https://HOST:PORT"), with STATE/keys/tls.crt and tls.key as this
 * terminal's certificate and ca.crt as the only authority. ERR_SET_VALUE for
 * another kind of address, ERR_KEY_READ, ERR_KEY_MODE, ERR_MEMORY. Give it
 * back by its close().
 */
enum err http_open(const char *url, const char *state,
    struct transport **out);

/* From now on no answer of this one is waited for longer than that. */
enum err http_hurry(struct transport *t, unsigned ms);

/*
 * The same for who has no certificate yet, with that file as the authority.
 * NULL: whoever answers is believed to be nobody in particular; what they say
 * must be checked by other means. Only to fetch the authority itself.
 */
enum err http_open_bare(const char *url, const char *authority,
    struct transport **out);

#endif
