/* http_serve: microhttpd with TLS on the network, or behind a web server. */
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/keyfile.h"
#include "base/log.h"
#include "centre/cert.h"
#include "centre/http_own.h"

#define BEHIND	     256u /* connections of the web server in front */
#define PER_ADDRESS  8u
/* Of this process: ledger, log, page, questions under way. */
#define OTHER_FILES  (64u + RELAY_SLOTS)

enum err
http_read_pem(const char *path, struct buf *out)
{
	enum err r;

	if ((r = file_read(path, HTTP_PEM_MAX, out)) != ERR_OK)
		return r;
	return buf_terminate(out);
}

static enum err
load(struct http *h, const struct centre_settings *set)
{
	uint8_t sum[CERT_LEN];
	enum err r;

	if ((r = listen_read(set->listen, &h->at)) != ERR_OK ||
	    listen_is_unix(&h->at))
		return r;
	if ((r = cert_of_file(set->tls_cert, sum)) != ERR_OK ||
	    (r = cert_of_file(set->tls_ca, sum)) != ERR_OK ||
	    (r = keyfile_private(set->tls_key)) != ERR_OK ||
	    (r = http_read_pem(set->tls_cert, &h->cert)) != ERR_OK ||
	    (r = http_read_pem(set->tls_ca, &h->ca)) != ERR_OK ||
	    (r = buf_init_secret(&h->key, HTTP_PEM_MAX + 1)) != ERR_OK)
		return r;
	return http_read_pem(set->tls_key, &h->key);
}

static void
http_free(struct http *h)
{
	relay_free(h->relay);
	gather_free(h->gather);
	buf_clear(&h->cert);
	buf_clear(&h->ca);
	buf_clear(&h->key);
	free(h);
}

void
http_make_room(void)
{
	const rlim_t wanted = HTTP_CONNECTIONS + OTHER_FILES;
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0 || l.rlim_cur >= wanted)
		return;
	l.rlim_cur = l.rlim_max < wanted ? l.rlim_max : wanted;
	(void)setrlimit(RLIMIT_NOFILE, &l);
}

/* As many as there are descriptors for. */
static unsigned
connections(void)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) == 0 &&
	    l.rlim_cur < HTTP_CONNECTIONS + OTHER_FILES)
		return (unsigned)l.rlim_cur - OTHER_FILES;
	return HTTP_CONNECTIONS;
}

/* microhttpd says this before it closes the socket. */
static void
on_connection(void *user, struct MHD_Connection *c, void **kept,
    enum MHD_ConnectionNotificationCode what)
{
	const union MHD_ConnectionInfo *at = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CONNECTION_FD);
	struct http *h = user;

	if (what == MHD_CONNECTION_NOTIFY_STARTED && at != NULL) {
		*kept = shed_begin(&h->shed, at->connect_fd,
		    clock_elapsed_ms());
	} else {
		shed_end(&h->shed, *kept);
		*kept = NULL;
	}
}

/* What both ways have in common. */
#define LIMITS							\
	MHD_OPTION_CONNECTION_TIMEOUT, HTTP_SILENCE_S,		\
	MHD_OPTION_STRICT_FOR_CLIENT, 1,			\
	MHD_OPTION_NOTIFY_COMPLETED, http_end, h,		\
	MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,		\
	MHD_OPTION_END

static enum err
begin_tls(struct http *h)
{
	h->daemon = MHD_start_daemon(MHD_USE_TLS |
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
	    (h->at.address.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0), 0,
	    NULL, NULL, http_request, h,
	    MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&h->at.address,
	    MHD_OPTION_HTTPS_MEM_CERT, (char *)h->cert.p,
	    MHD_OPTION_HTTPS_MEM_KEY, (char *)h->key.p,
	    MHD_OPTION_HTTPS_MEM_TRUST, (char *)h->ca.p,
	    MHD_OPTION_HTTPS_PRIORITIES, HTTP_TLS_ONLY,
	    MHD_OPTION_CONNECTION_LIMIT, connections(),
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, PER_ADDRESS, LIMITS);
	return h->daemon != NULL ? ERR_OK : ERR_LISTEN;
}

/* The web server in front limits connections and addresses. */
static enum err
begin_behind(struct http *h)
{
	int fd;
	enum err r;

	if ((r = listen_unix(&h->at, &fd)) != ERR_OK)
		return r;
	h->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
	    MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, http_request, h,
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_CONNECTION_LIMIT, BEHIND, LIMITS);
	if (h->daemon != NULL)
		return ERR_OK;
	close(fd);
	listen_drop(&h->at);
	return ERR_LISTEN;
}

static enum err
begin(struct http *h, const char *listen)
{
	enum err r;

	h->metrics.begun_ms = clock_elapsed_ms();
	shed_init(&h->shed);
	r = listen_is_unix(&h->at) ? begin_behind(h) : begin_tls(h);
	return r == ERR_OK ? ERR_OK : err_about(r, "%s", listen);
}

/* No connection rests any more. */
static void
stop_threads(struct http *h)
{
	relay_stop(h->relay);
	gather_stop(h->gather);
}

enum err
http_start(struct gateway *g, struct store *pen,
    const struct centre_settings *set, struct http **out)
{
	struct http *h;
	enum err r;

	if ((h = calloc(1, sizeof(*h))) == NULL)
		return ERR_MEMORY;
	h->g = g;
	h->set = set;
	h->taker = *g;
	h->taker.store = pen;
	if ((r = load(h, set)) != ERR_OK ||
	    (r = gather_start(&h->taker, &h->gather)) != ERR_OK ||
	    (set->questions[0] != '\0' &&
	    (r = relay_start(set->questions, &h->relay)) != ERR_OK) ||
	    (r = begin(h, set->listen)) != ERR_OK) {
		stop_threads(h);
		http_free(h);
		return r;
	}
	*out = h;
	return ERR_OK;
}

void
http_sweep(struct http *h)
{
	unsigned cut = shed_sweep(&h->shed, clock_elapsed_ms());

	if (cut > 0)
		log_event("connections-shed", "%u", cut);
}

void
http_stop(struct http *h)
{
	if (h == NULL)
		return;
	stop_threads(h);
	MHD_stop_daemon(h->daemon);
	listen_drop(&h->at);
	http_free(h);
}

enum err
http_check(const struct centre_settings *set)
{
	struct http *h;
	enum err r;

	if ((h = calloc(1, sizeof(*h))) == NULL)
		return ERR_MEMORY;
	if ((r = load(h, set)) == ERR_OK && set->questions[0] != '\0')
		r = listen_read(set->questions, &(struct listen_at){ 0 });
	http_free(h);
	return r;
}
