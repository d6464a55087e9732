/*
 * http_own: what http.c and http_serve.c share: the door of microhttpd. Only
 * they include this.
 */
#ifndef GUICHET_CENTRE_HTTP_OWN_H
#define GUICHET_CENTRE_HTTP_OWN_H

#include <microhttpd.h>

#include "base/listen.h"
#include "centre/http.h"
#include "centre/http_shed.h"
#include "centre/metrics.h"
#include "centre/relay.h"

struct http {
	struct gateway *g;
	const struct centre_settings *set;
	struct MHD_Daemon *daemon;
	struct listen_at at;
	struct metrics metrics;
	struct shed shed;
	struct relay *relay; /* NULL: no question is answered */
	struct buf cert, key, ca; /* PEM texts; the key in locked memory */
};

/* 1.3 and 1.2, a key of its own for each session, and nothing that is not
 * encrypted and authenticated in one. tests/e2e/tls.sh asks a scanner. */
#define HTTP_TLS_ONLY							\
	"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:"\
	"+ECDHE-RSA:-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:"	\
	"+AES-128-GCM:-MAC-ALL:+AEAD:-GROUP-ALL:+GROUP-X25519:"		\
	"+GROUP-SECP256R1:+GROUP-SECP384R1"
#define HTTP_PEM_MAX   ((size_t)64 * 1024)
#define HTTP_SILENCE_S 5u

/* Append a PEM text with the NUL that microhttpd wants. Errors of
 * file_read. */
enum err http_read_pem(const char *path, struct buf *out);

/* What microhttpd calls for each piece of a request, and at its end; `user`
 * is the struct http. */
enum MHD_Result http_request(void *user, struct MHD_Connection *c,
    const char *path, const char *method, const char *version,
    const char *piece, size_t *size, void **kept);
void http_end(void *user, struct MHD_Connection *c, void **kept,
    enum MHD_RequestTerminationCode why);

#endif
