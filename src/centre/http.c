/* http: a table of routes, and nothing before the check of who asks. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "centre/cert.h"
#include "centre/http_own.h"
#include "centre/join.h"

#define RETRY_AFTER  "30" /* seconds, with a 503 */
#define NUMBER_ROOM  20

/* What the web server in front says of whom it let in: SUCCESS, and the
 * certificate. Believed on the Unix socket only. */
#define HEADER_VERIFIED "X-Guichet-Verified"
#define HEADER_CERT	"X-Guichet-Certificate"

/* Who may ask: a terminal, anybody, or this machine itself. */
enum who { WHO_TERMINAL, WHO_ANYBODY, WHO_HERE };

/* What may be asked. */
struct route {
	const char *method, *path, *query;
	enum who who;
	/* In another thread, the connection resting meanwhile; or NULL. */
	void (*begin)(struct http *h, struct request *q);
	enum err (*answer)(struct http *h, struct request *q,
	    struct buf *out);
	const char *type; /* of the answer; NULL: JSON */
};

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

/* Of the query; as it was when absent. */
static enum err
find_number(struct MHD_Connection *c, const char *name, uint64_t *out)
{
	const char *text = MHD_lookup_connection_value(c,
	    MHD_GET_ARGUMENT_KIND, name);

	return text == NULL || read_number(text, out) == ERR_OK ? ERR_OK :
	    err_about(ERR_REQUEST, "%s", name);
}

static enum err
answer_envelopes(struct http *h, struct request *q, struct buf *out)
{
	(void)h;
	if (q->came != ERR_OK)
		return err_about(q->came, "%s", q->one.post.about);
	return buf_put(out, q->kept.p, q->kept.len);
}

static enum err
answer_lease(struct http *h, struct request *q, struct buf *out)
{
	return gateway_lease(h->g, q->who.number, clock_wall_ms(), out);
}

static enum err
answer_outcomes(struct http *h, struct request *q, struct buf *out)
{
	return gateway_outcomes(h->g, q->who.number, q->number, out);
}

/* What it was told last of its place: open=T or closed=T. */
static enum err
find_told(struct MHD_Connection *c, struct switch_told *out)
{
	uint64_t open = SWITCH_UNSAID, closed = SWITCH_UNSAID;
	enum err r;

	if ((r = find_number(c, "open", &open)) != ERR_OK ||
	    (r = find_number(c, "closed", &closed)) != ERR_OK)
		return r;
	out->open = closed == SWITCH_UNSAID;
	out->at_ms = out->open ? open : closed;
	return ERR_OK;
}

static enum err
answer_opening(struct http *h, struct request *q, struct buf *out)
{
	struct opening_ask ask = { .sealing = (uint32_t)q->number,
		.sent = SENT_UNSAID };
	enum err r;

	if (q->number > UINT32_MAX)
		return err_about(ERR_REQUEST, "%s", q->route->query);
	if ((r = find_number(q->c, "sent", &ask.sent)) != ERR_OK ||
	    (r = find_told(q->c, &ask.told)) != ERR_OK)
		return r;
	return gateway_opening(h->g, &q->who, &ask, clock_wall_ms(), out);
}

static enum err
answer_health(struct http *h, struct request *q, struct buf *out)
{
	struct terminal t;
	struct store *s = h->g->store;
	enum err r = s->ops->terminal_find(s, 0, &t);

	(void)q;
	if (r != ERR_OK && r != ERR_NOT_FOUND)
		return r;
	return buf_put_text(out, "{\"status\":\"ok\"}");
}

static enum err
answer_metrics(struct http *h, struct request *q, struct buf *out)
{
	(void)q;
	if (h->relay != NULL)
		relay_count(h->relay, &h->metrics.questions);
	return metrics_write(&h->metrics, h->g->store, out);
}

static enum err
answer_authority(struct http *h, struct request *q, struct buf *out)
{
	(void)q;
	return join_authority(h->set, out);
}

static enum err
answer_join(struct http *h, struct request *q, struct buf *out)
{
	return join_take(h->g, h->set, cursor_of(q->body.p, q->body.len),
	    clock_wall_ms(), out);
}

static enum err
answer_renew(struct http *h, struct request *q, struct buf *out)
{
	return join_renew(h->g, h->set, q->who.number, q->cert,
	    cursor_of(q->body.p, q->body.len), clock_wall_ms(), out);
}

static enum err
answer_question(struct http *h, struct request *q, struct buf *out)
{
	(void)h;
	return q->came == ERR_OK ? buf_put(out, q->response,
	    sizeof(q->response)) : q->came;
}

static const struct route routes[] = {
	{ "POST", "/v1/envelopes", "missing", WHO_TERMINAL,
	    http_begin_envelopes, answer_envelopes, NULL },
	{ "POST", "/v1/lease", NULL, WHO_TERMINAL, NULL, answer_lease, NULL },
	{ "POST", "/v1/question", NULL, WHO_TERMINAL, http_begin_question,
	    answer_question, "application/octet-stream" },
	{ "GET", "/v1/outcomes", "after", WHO_TERMINAL, NULL,
	    answer_outcomes, NULL },
	{ "GET", "/v1/opening", "sealing", WHO_TERMINAL, NULL,
	    answer_opening, NULL },
	{ "GET", "/healthz", NULL, WHO_ANYBODY, NULL, answer_health, NULL },
	{ "GET", "/v1/authority", NULL, WHO_ANYBODY, NULL, answer_authority,
	    "application/x-pem-file" },
	{ "POST", "/v1/join", NULL, WHO_ANYBODY, NULL, answer_join, NULL },
	{ "POST", "/v1/renew", NULL, WHO_TERMINAL, NULL, answer_renew, NULL },
	{ "GET", "/metrics", NULL, WHO_HERE, NULL, answer_metrics,
	    "text/plain; version=0.0.4" },
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

/* What the web server in front says; nobody else can write there. */
static enum err
cert_of_front(struct MHD_Connection *c, uint8_t cert[CERT_LEN])
{
	const char *verified = MHD_lookup_connection_value(c,
	    MHD_HEADER_KIND, HEADER_VERIFIED), *text =
	    MHD_lookup_connection_value(c, MHD_HEADER_KIND, HEADER_CERT);

	if (verified == NULL || strcmp(verified, "SUCCESS") != 0 ||
	    text == NULL || cert_of_escaped(text, cert) != ERR_OK)
		return err_about(ERR_TERMINAL_UNKNOWN, "certificat refusé");
	return ERR_OK;
}

static enum err
find_terminal(struct http *h, struct MHD_Connection *c, struct request *q)
{
	const union MHD_ConnectionInfo *tls = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_GNUTLS_SESSION);
	enum err r;

	r = listen_is_unix(&h->at) ? cert_of_front(c, q->cert) :
	    cert_of_peer(tls == NULL ? NULL : tls->tls_session, q->cert);
	return r == ERR_OK ? gateway_whom(h->g, q->cert, &q->who) : r;
}

/* Behind a web server it is that one's to say who may see it. */
static bool
asks_from_here(struct http *h, struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *from = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	return listen_is_unix(&h->at) || (from != NULL &&
	    listen_is_here(from->client_addr));
}

/* Who asks and for what, before a byte of the body. */
static enum err
admit(struct http *h, struct MHD_Connection *c, const char *method,
    const char *path, struct request *q)
{
	const struct route *route = find_route(method, path);
	enum err r;

	if (route == NULL || (route->who == WHO_HERE && !asks_from_here(h, c)))
		return err_about(ERR_NOT_FOUND, "chemin");
	q->route = route;
	if (route->who == WHO_TERMINAL &&
	    (r = find_terminal(h, c, q)) != ERR_OK)
		return r;
	return route->query == NULL ? ERR_OK :
	    find_number(c, route->query, &q->number);
}

static enum MHD_Result
reply(struct http *h, struct MHD_Connection *c, int status, const char *type,
    const struct buf *body)
{
	struct MHD_Response *rs;
	enum MHD_Result ok;

	if ((rs = MHD_create_response_from_buffer(body->len, body->p,
	    MHD_RESPMEM_MUST_COPY)) == NULL)
		return MHD_NO;
	metrics_count(&h->metrics, status);
	(void)MHD_add_response_header(rs, "Content-Type",
	    type == NULL ? "application/json" : type);
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		(void)MHD_add_response_header(rs, "Retry-After", RETRY_AFTER);
	ok = MHD_queue_response(c, (unsigned)status, rs);
	MHD_destroy_response(rs);
	return ok;
}

static enum MHD_Result
send_error(struct http *h, struct MHD_Connection *c, const struct request *q,
    enum err why)
{
	struct buf body;
	json_t *doc = json_object();
	enum MHD_Result ok = MHD_NO;

	log_error(why, q->route == NULL ? "demande" : q->route->path);
	buf_init(&body);
	if (json_object_set_new(doc, "code", json_integer(err_number(why))) ==
	    0 && json_object_set_new(doc, "what", json_string(err_what(why)))
	    == 0 && json_write(doc, &body) == ERR_OK)
		ok = reply(h, c, err_http(why), NULL, &body);
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

	if (q->route->begin != NULL && !q->told && !q->too_large) {
		MHD_suspend_connection(c);
		q->route->begin(h, q);
		return MHD_YES;
	}
	buf_init(&out);
	r = q->too_large ? err_about(ERR_TOO_LARGE, "poste %u",
	    q->who.number) : q->route->answer(h, q, &out);
	ok = r == ERR_OK ? reply(h, c, MHD_HTTP_OK, q->route->type, &out) :
	    send_error(h, c, q, r);
	buf_clear(&out);
	return ok;
}

enum MHD_Result
http_request(void *user, struct MHD_Connection *c, const char *path,
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
		q->c = c;
		r = admit(user, c, method, path, q);
		return r == ERR_OK ? MHD_YES : send_error(user, c, q, r);
	}
	if (*size == 0)
		return finish(user, c, q);
	take_piece(q, piece, *size);
	*size = 0;
	return MHD_YES;
}

void
http_end(void *user, struct MHD_Connection *c, void **kept,
    enum MHD_RequestTerminationCode why)
{
	struct request *q = *kept;
	const union MHD_ConnectionInfo *own = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct http *h = user;

	(void)why;
	if (own != NULL)
		shed_again(&h->shed, own->socket_context, clock_elapsed_ms());
	if (q == NULL)
		return;
	buf_clear(&q->body);
	buf_clear(&q->kept);
	free(q);
	*kept = NULL;
}
