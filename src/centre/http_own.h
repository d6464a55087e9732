/*
 * http_own: what http.c, http_rest.c and http_serve.c share: the door of
 * microhttpd. Only they include this.
 */
#ifndef GUICHET_CENTRE_HTTP_OWN_H
#define GUICHET_CENTRE_HTTP_OWN_H

#include <microhttpd.h>

#include "base/listen.h"
#include "centre/gather.h"
#include "centre/http.h"
#include "centre/http_shed.h"
#include "centre/metrics.h"
#include "centre/relay.h"

struct route;

struct http {
	struct gateway *g;
	const struct centre_settings *set;
	struct MHD_Daemon *daemon;
	struct listen_at at;
	struct metrics metrics;
	struct shed shed;
	struct relay *relay; /* NULL: no question is answered */
	struct gateway taker; /* the same by another store, for gather */
	struct gather *gather;
	struct buf cert, key, ca; /* PEM texts; the key in locked memory */
};

/* A request under way. */
struct request {
	struct MHD_Connection *c;
	const struct route *route; /* NULL: none was found */
	struct terminal who;
	uint8_t cert[CERT_LEN]; /* by which they came */
	uint64_t number; /* the query's, 0 when absent */
	struct buf body;
	bool too_large;

	/* Of what is done in another thread, once it is known. */
	bool told;
	enum err came;
	uint8_t response[RESPONSE_LEN]; /* to a question */
	struct gather_one one;		/* of envelopes */
	struct buf kept;		/* its answer */
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

/* Begin what another thread does; the connection rests until q->told. */
void http_begin_question(struct http *h, struct request *q);
void http_begin_envelopes(struct http *h, struct request *q);

#endif
