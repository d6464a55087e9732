/* http: microhttpd with TLS, a table of routes, and nothing before the check
 * of who asks. */
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "centre/cert.h"
#include "centre/http.h"

#define TLS_ONLY     "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define CONNECTIONS  256u
#define PER_ADDRESS  8u
#define SILENCE_S    5u
#define PEM_MAX	     ((size_t)64 * 1024)
#define RETRY_AFTER  "30" /* seconds, with a 503 */
#define NUMBER_ROOM  20

struct http {
	struct gateway *g;
	struct MHD_Daemon *daemon;
	struct buf cert, key, ca; /* PEM texts; the key in locked memory */
};

/* A request under way. */
struct request {
	const struct route *route;
	struct terminal who;
	uint64_t number; /* the query's, 0 when absent */
	struct buf body;
	bool too_large;
};

/* What may be asked. A route that is open asks for no certificate. */
struct route {
	const char *method, *path, *query;
	bool open;
	enum err (*answer)(struct gateway *g, struct request *q,
	    struct buf *out);
};

static enum err
answer_envelopes(struct gateway *g, struct request *q, struct buf *out)
{
	return gateway_envelopes(g, q->who.number,
	    cursor_of(q->body.p, q->body.len), q->number, clock_wall_ms(),
	    out);
}

static enum err
answer_lease(struct gateway *g, struct request *q, struct buf *out)
{
	return gateway_lease(g, q->who.number, clock_wall_ms(), out);
}

static enum err
answer_outcomes(struct gateway *g, struct request *q, struct buf *out)
{
	return gateway_outcomes(g, q->who.number, q->number, out);
}

static enum err
answer_health(struct gateway *g, struct request *q, struct buf *out)
{
	struct terminal t;
	enum err r = g->store->ops->terminal_find(g->store, 0, &t);

	(void)q;
	if (r != ERR_OK && r != ERR_NOT_FOUND)
		return r;
	return buf_put_text(out, "{\"status\":\"ok\"}");
}

static const struct route routes[] = {
	{ "POST", "/v1/envelopes", "missing", false, answer_envelopes },
	{ "POST", "/v1/lease", NULL, false, answer_lease },
	{ "GET", "/v1/outcomes", "after", false, answer_outcomes },
	{ "GET", "/healthz", NULL, true, answer_health },
};

static const struct route *
find_route(const char *method, const char *path)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (strcmp(routes[i].path, path) == 0 &&
		    strcmp(routes[i].method, method) == 0)
			return &routes[i];
	return NULL;
}

/* Decimal digits only, below 2^63. */
static enum err
read_number(const char *text, uint64_t *out)
{
	uint64_t v = 0;
	size_t n = strlen(text);

	if (n == 0 || n >= NUMBER_ROOM || strspn(text, "0123456789") != n)
		return ERR_REQUEST;
	for (; *text != '\0'; text++)
		v = v * 10 + (uint64_t)(*text - '0');
	if (v > INT64_MAX)
		return ERR_REQUEST;
	*out = v;
	return ERR_OK;
}

/* Who asks and for what, before a byte of the body. */
static enum err
admit(struct http *h, struct MHD_Connection *c, const char *method,
    const char *path, struct request *q)
{
	const union MHD_ConnectionInfo *tls = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_GNUTLS_SESSION);
	uint8_t cert[CERT_LEN];
	const char *text;
	enum err r;

	if ((q->route = find_route(method, path)) == NULL)
		return err_about(ERR_NOT_FOUND, "chemin");
	if (!q->route->open && ((r = cert_of_peer(tls == NULL ? NULL :
	    tls->tls_session, cert)) != ERR_OK ||
	    (r = gateway_whom(h->g, cert, &q->who)) != ERR_OK))
		return r;
	if (q->route->query == NULL)
		return ERR_OK;
	text = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND,
	    q->route->query);
	if (text == NULL || read_number(text, &q->number) == ERR_OK)
		return ERR_OK;
	return err_about(ERR_REQUEST, "%s", q->route->query);
}

static enum MHD_Result
reply(struct MHD_Connection *c, int status, const struct buf *body)
{
	struct MHD_Response *rs;
	enum MHD_Result ok;

	if ((rs = MHD_create_response_from_buffer(body->len, body->p,
	    MHD_RESPMEM_MUST_COPY)) == NULL)
		return MHD_NO;
	(void)MHD_add_response_header(rs, "Content-Type", "application/json");
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		(void)MHD_add_response_header(rs, "Retry-After", RETRY_AFTER);
	ok = MHD_queue_response(c, (unsigned)status, rs);
	MHD_destroy_response(rs);
	return ok;
}

static enum MHD_Result
send_error(struct MHD_Connection *c, const struct request *q, enum err why)
{
	struct buf body;
	json_t *doc = json_object();
	enum MHD_Result ok = MHD_NO;

	log_error(why, q->route == NULL ? "demande" : q->route->path);
	buf_init(&body);
	if (json_object_set_new(doc, "code", json_integer(err_number(why))) ==
	    0 && json_object_set_new(doc, "what", json_string(err_what(why)))
	    == 0 && json_write(doc, &body) == ERR_OK)
		ok = reply(c, err_http(why), &body);
	json_decref(doc);
	buf_clear(&body);
	return ok;
}

/* The next piece of the body; what is too much is not kept. */
static void
take_piece(struct request *q, const char *p, size_t n)
{
	if (q->body.len + n > GATEWAY_BODY ||
	    buf_put(&q->body, p, n) != ERR_OK)
		q->too_large = true;
}

static enum MHD_Result
finish(struct http *h, struct MHD_Connection *c, struct request *q)
{
	enum MHD_Result ok;
	struct buf out;
	enum err r;

	buf_init(&out);
	r = q->too_large ? err_about(ERR_TOO_LARGE, "poste %u",
	    q->who.number) : q->route->answer(h->g, q, &out);
	ok = r == ERR_OK ? reply(c, MHD_HTTP_OK, &out) : send_error(c, q, r);
	buf_clear(&out);
	return ok;
}

static enum MHD_Result
on_request(void *user, struct MHD_Connection *c, const char *path,
    const char *method, const char *version, const char *piece, size_t *size,
    void **kept)
{
	struct request *q = *kept;
	enum err r;

	(void)version;
	if (q == NULL) {
		if ((q = calloc(1, sizeof(*q))) == NULL)
			return MHD_NO;
		*kept = q;
		r = admit(user, c, method, path, q);
		return r == ERR_OK ? MHD_YES : send_error(c, q, r);
	}
	if (*size == 0)
		return finish(user, c, q);
	take_piece(q, piece, *size);
	*size = 0;
	return MHD_YES;
}

static void
on_end(void *user, struct MHD_Connection *c, void **kept,
    enum MHD_RequestTerminationCode why)
{
	struct request *q = *kept;

	(void)user;
	(void)c;
	(void)why;
	if (q == NULL)
		return;
	buf_clear(&q->body);
	free(q);
	*kept = NULL;
}

/* "ADDRESS:PORT" or "[ADDRESS]:PORT". ERR_LISTEN. */
static enum err
read_address(const char *listen, struct sockaddr_storage *out,
    socklen_t *len)
{
	const struct addrinfo hints = {
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
		.ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *ai = NULL;
	char host[64];
	const char *colon = strrchr(listen, ':');
	size_t n = colon == NULL ? 0 : (size_t)(colon - listen);

	if (n == 0 || n >= sizeof(host))
		return err_about(ERR_LISTEN, "%s", listen);
	if (listen[0] == '[' && listen[n - 1] == ']') {
		listen++;
		n -= 2;
	}
	memcpy(host, listen, n);
	host[n] = '\0';
	if (getaddrinfo(host, colon + 1, &hints, &ai) != 0)
		return err_about(ERR_LISTEN, "%s", listen);
	memcpy(out, ai->ai_addr, ai->ai_addrlen);
	*len = ai->ai_addrlen;
	freeaddrinfo(ai);
	return ERR_OK;
}

/* A PEM text with the NUL that microhttpd wants. */
static enum err
read_pem(const char *path, struct buf *out)
{
	enum err r;

	if ((r = file_read(path, PEM_MAX, out)) != ERR_OK)
		return r;
	return buf_terminate(out);
}

static enum err
load(struct http *h, const struct centre_settings *set)
{
	uint8_t sum[CERT_LEN];
	enum err r;

	if ((r = cert_of_file(set->tls_cert, sum)) != ERR_OK ||
	    (r = cert_of_file(set->tls_ca, sum)) != ERR_OK ||
	    (r = keyfile_private(set->tls_key)) != ERR_OK ||
	    (r = read_pem(set->tls_cert, &h->cert)) != ERR_OK ||
	    (r = read_pem(set->tls_ca, &h->ca)) != ERR_OK ||
	    (r = buf_init_secret(&h->key, PEM_MAX + 1)) != ERR_OK)
		return r;
	return read_pem(set->tls_key, &h->key);
}

static void
http_free(struct http *h)
{
	buf_clear(&h->cert);
	buf_clear(&h->ca);
	buf_clear(&h->key);
	free(h);
}

static enum err
begin(struct http *h, const char *listen)
{
	struct sockaddr_storage at = { .ss_family = AF_UNSPEC };
	socklen_t len;
	enum err r;

	if ((r = read_address(listen, &at, &len)) != ERR_OK)
		return r;
	h->daemon = MHD_start_daemon(MHD_USE_TLS |
	    MHD_USE_EPOLL_INTERNAL_THREAD |
	    (at.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0), 0, NULL, NULL,
	    on_request, h,
	    MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
	    MHD_OPTION_HTTPS_MEM_CERT, (char *)h->cert.p,
	    MHD_OPTION_HTTPS_MEM_KEY, (char *)h->key.p,
	    MHD_OPTION_HTTPS_MEM_TRUST, (char *)h->ca.p,
	    MHD_OPTION_HTTPS_PRIORITIES, TLS_ONLY,
	    MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, PER_ADDRESS,
	    MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_S,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL,
	    MHD_OPTION_END);
	return h->daemon != NULL ? ERR_OK :
	    err_about(ERR_LISTEN, "%s", listen);
}

enum err
http_start(struct gateway *g, const struct centre_settings *set,
    struct http **out)
{
	struct http *h;
	enum err r;

	if ((h = calloc(1, sizeof(*h))) == NULL)
		return ERR_MEMORY;
	h->g = g;
	if ((r = load(h, set)) != ERR_OK ||
	    (r = begin(h, set->listen)) != ERR_OK) {
		http_free(h);
		return r;
	}
	*out = h;
	return ERR_OK;
}

void
http_stop(struct http *h)
{
	if (h == NULL)
		return;
	MHD_stop_daemon(h->daemon);
	http_free(h);
}

enum err
http_check(const struct centre_settings *set)
{
	struct sockaddr_storage at = { .ss_family = AF_UNSPEC };
	socklen_t len;
	struct http *h;
	enum err r;

	if ((h = calloc(1, sizeof(*h))) == NULL)
		return ERR_MEMORY;
	if ((r = load(h, set)) == ERR_OK)
		r = read_address(set->listen, &at, &len);
	http_free(h);
	return r;
}
