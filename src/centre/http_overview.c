/* http_overview: three paths, one way in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "centre/cert.h"
#include "centre/http_overview.h"
#include "centre/http_own.h"
#include "centre/overview.h"
#include "centre/supervisor.h"

#define CONNECTIONS 32u
#define BASIC	    "Basic "
#define REALM	    "Basic realm=\"guichet\", charset=\"UTF-8\""
#define PAGES_MAX   1000000u

struct http_overview {
	struct store *store;
	const struct centre_settings *set;
	struct supervisor_door *door;
	struct MHD_Daemon *daemon;
	struct listen_at at;
	struct buf cert, key; /* PEM texts; the key in locked memory */
};

/* Nothing is run, nothing is kept, nobody frames it. */
static const char *const headers[][2] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self';"
	    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'" },
	{ "Cache-Control", "no-store" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "no-referrer" },
};

static enum MHD_Result
reply(struct MHD_Connection *c, int status, const char *type,
    const void *body, size_t n, unsigned wait_s)
{
	struct MHD_Response *rs;
	enum MHD_Result ok;
	char wait[16];

	if ((rs = MHD_create_response_from_buffer(n, (void *)(uintptr_t)body,
	    MHD_RESPMEM_MUST_COPY)) == NULL)
		return MHD_NO;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		(void)MHD_add_response_header(rs, headers[i][0],
		    headers[i][1]);
	(void)MHD_add_response_header(rs, "Content-Type", type);
	if (status == MHD_HTTP_UNAUTHORIZED)
		(void)MHD_add_response_header(rs, "WWW-Authenticate", REALM);
	if (status == MHD_HTTP_TOO_MANY_REQUESTS) {
		(void)snprintf(wait, sizeof(wait), "%u", wait_s);
		(void)MHD_add_response_header(rs, "Retry-After", wait);
	}
	ok = MHD_queue_response(c, (unsigned)status, rs);
	MHD_destroy_response(rs);
	return ok;
}

/* What went wrong, in words, with its code. */
static enum MHD_Result
refuse(struct MHD_Connection *c, enum err why, unsigned wait_s)
{
	char words[512];
	int n;

	/* Every browser first asks without a name. */
	if (why != ERR_SUPERVISOR || MHD_lookup_connection_value(c,
	    MHD_HEADER_KIND, "Authorization") != NULL)
		log_error(why, "supervision");
	n = snprintf(words, sizeof(words), "%s %s (G-%03d)\n", err_what(why),
	    err_todo(why), err_number(why));
	return reply(c, err_http(why), "text/plain; charset=utf-8", words,
	    (size_t)n < sizeof(words) ? (size_t)n : sizeof(words) - 1,
	    wait_s);
}

static enum err
admit(struct http_overview *o, struct MHD_Connection *c, unsigned *wait_s)
{
	const char *text = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
	    "Authorization");

	if (text != NULL && strncmp(text, BASIC, strlen(BASIC)) == 0)
		text += strlen(BASIC);
	else
		text = NULL;
	return supervisor_admit(o->door, text, clock_elapsed_ms(), wait_s);
}

/* The page asked for; one that is no number is the first. */
static unsigned
read_page(struct MHD_Connection *c)
{
	const char *text = MHD_lookup_connection_value(c,
	    MHD_GET_ARGUMENT_KIND, "page");
	unsigned long n = text == NULL ? 1 : strtoul(text, NULL, 10);

	return n == 0 || n > PAGES_MAX ? 1 : (unsigned)n;
}

static enum MHD_Result
show(struct http_overview *o, struct MHD_Connection *c)
{
	const struct overview_ask ask = { .now_ms = clock_wall_ms(),
		.page = read_page(c),
		.training = o->set->mode == MODE_TRAINING };
	enum MHD_Result ok;
	struct buf page;
	enum err r;

	buf_init(&page);
	r = overview_write(o->store, &ask, &page);
	ok = r == ERR_OK ? reply(c, MHD_HTTP_OK, "text/html; charset=utf-8",
	    page.p, page.len, 0) : refuse(c, r, 0);
	buf_clear(&page);
	return ok;
}

static enum MHD_Result
answer(void *user, struct MHD_Connection *c, const char *path,
    const char *method, const char *version, const char *piece, size_t *size,
    void **kept)
{
	static int seen;
	struct http_overview *o = user;
	unsigned wait_s;
	enum err r;

	(void)version;
	(void)piece;
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
		return refuse(c, err_about(ERR_NOT_FOUND, "chemin"), 0);
	if (*kept == NULL) { /* its headers; the answer is for the end */
		*kept = &seen;
		return MHD_YES;
	}
	*size = 0;
	if ((r = admit(o, c, &wait_s)) != ERR_OK)
		return refuse(c, r, wait_s);
	if (strcmp(path, "/style.css") == 0)
		return reply(c, MHD_HTTP_OK, "text/css; charset=utf-8",
		    overview_style, strlen(overview_style), 0);
	if (strcmp(path, "/") == 0)
		return show(o, c);
	return refuse(c, err_about(ERR_NOT_FOUND, "chemin"), 0);
}

static enum err
load(struct http_overview *o)
{
	enum err r;

	if ((r = listen_read(o->set->supervision, &o->at)) != ERR_OK ||
	    listen_is_unix(&o->at))
		return r;
	if ((r = keyfile_private(o->set->tls_key)) != ERR_OK ||
	    (r = http_read_pem(o->set->tls_cert, &o->cert)) != ERR_OK ||
	    (r = buf_init_secret(&o->key, HTTP_PEM_MAX + 1)) != ERR_OK)
		return r;
	return http_read_pem(o->set->tls_key, &o->key);
}

#define LIMITS							\
	MHD_OPTION_CONNECTION_TIMEOUT, HTTP_SILENCE_S,		\
	MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,		\
	MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END

static enum err
begin_tls(struct http_overview *o)
{
	o->daemon = MHD_start_daemon(MHD_USE_TLS |
	    MHD_USE_EPOLL_INTERNAL_THREAD |
	    (o->at.address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0), 0,
	    NULL, NULL, answer, o,
	    MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&o->at.address,
	    MHD_OPTION_HTTPS_MEM_CERT, (char *)o->cert.p,
	    MHD_OPTION_HTTPS_MEM_KEY, (char *)o->key.p,
	    MHD_OPTION_HTTPS_PRIORITIES, HTTP_TLS_ONLY, LIMITS);
	return o->daemon != NULL ? ERR_OK : ERR_LISTEN;
}

static enum err
begin_behind(struct http_overview *o)
{
	int fd;
	enum err r;

	if ((r = listen_unix(&o->at, &fd)) != ERR_OK)
		return r;
	o->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL,
	    NULL, answer, o, MHD_OPTION_LISTEN_SOCKET, fd, LIMITS);
	if (o->daemon != NULL)
		return ERR_OK;
	close(fd);
	listen_drop(&o->at);
	return ERR_LISTEN;
}

static void
overview_free(struct http_overview *o)
{
	supervisor_door_free(o->door);
	buf_clear(&o->cert);
	buf_clear(&o->key);
	free(o);
}

static enum err
overview_new(const struct centre_settings *set, struct http_overview **out)
{
	struct http_overview *o;
	enum err r;

	if ((o = calloc(1, sizeof(*o))) == NULL)
		return ERR_MEMORY;
	o->set = set;
	if ((r = load(o)) != ERR_OK ||
	    (r = supervisor_door_new(set->state, &o->door)) != ERR_OK) {
		overview_free(o);
		return r;
	}
	*out = o;
	return ERR_OK;
}

enum err
http_overview_start(struct store *s, const struct centre_settings *set,
    struct http_overview **out)
{
	struct http_overview *o;
	enum err r;

	if ((r = overview_new(set, &o)) != ERR_OK)
		return r;
	o->store = s;
	r = listen_is_unix(&o->at) ? begin_behind(o) : begin_tls(o);
	if (r != ERR_OK) {
		overview_free(o);
		return err_about(r, "%s", set->supervision);
	}
	*out = o;
	return ERR_OK;
}

void
http_overview_stop(struct http_overview *o)
{
	if (o == NULL)
		return;
	MHD_stop_daemon(o->daemon);
	listen_drop(&o->at);
	overview_free(o);
}

enum err
http_overview_check(const struct centre_settings *set)
{
	struct http_overview *o;
	enum err r;

	if ((r = overview_new(set, &o)) == ERR_OK)
		overview_free(o);
	return r;
}
