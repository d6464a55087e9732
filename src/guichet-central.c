/* guichet-central: the gateway: opens the ledger, answers until told to end. */
#include <stdio.h>
#include <string.h>

#include "base/listen.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/service.h"
#include "centre/http.h"
#include "centre/http_overview.h"

#define NAME	"guichet-central"
#define SECOND_MS 1000u

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ .name = NULL },
};

/* The network and the ledger: no vault, no opening key. */
static enum err
shut_in(const struct centre_settings *set)
{
	const char *const read[] = { "/etc", "/usr", "/lib", "/lib64",
		"/dev/urandom", set->tls_cert, set->tls_key, set->tls_ca,
		set->tls_ca_key, NULL };
	const char *write[] = { set->state, NULL, NULL, NULL };
	const bool here = strcmp(set->store, "sqlite") == 0;
	char sockets[2][PATH_ROOM];
	int n = 1;

	/* The sockets of a web server in front are made beside others. */
	listen_folder(set->listen, sockets[0]);
	listen_folder(set->supervision, sockets[1]);
	for (int i = 0; i < 2; i++)
		if (sockets[i][0] != '\0')
			write[n++] = sockets[i];
	return sandbox_enter(SANDBOX_CENTRAL, here ? 0 : SANDBOX_CONNECT,
	    read, write);
}

static enum err
serve(const struct centre_settings *set, const struct options *opt)
{
	const bool check = opt->value[OPT_TEST] != NULL;
	const bool page = set->supervision[0] != '\0';
	struct store *store = NULL, *pen = NULL, *seen = NULL;
	struct gateway g = { .keys = NULL };
	struct http_overview *o = NULL;
	struct http *h = NULL;
	enum err r;

	(void)program_ended(0); /* before any thread starts */
	if ((r = gateway_init(&g, NULL, set)) != ERR_OK ||
	    (r = http_check(set)) != ERR_OK ||
	    (page && (r = http_overview_check(set)) != ERR_OK) || check)
		goto out;
	if ((r = store_open(set, true, &store)) != ERR_OK ||
	    (r = store_open(set, false, &pen)) != ERR_OK ||
	    (page && (r = store_open(set, false, &seen)) != ERR_OK))
		goto out;
	g.store = store;
	http_make_room();
	if ((r = shut_in(set)) != ERR_OK)
		goto out;
	if ((r = http_start(&g, pen, set, &h)) != ERR_OK ||
	    (page && (r = http_overview_start(seen, set, &o)) != ERR_OK))
		goto out;
	log_event("gateway-ready", "%s", set->listen);
	while (!program_ended(SECOND_MS))
		http_sweep(h);
out:
	http_overview_stop(o);
	http_stop(h);
	gateway_clear(&g);
	store_close(seen);
	store_close(pen);
	store_close(store);
	return r;
}

int
main(int argc, char *argv[])
{
	static const struct service me = {
		NAME, "-c FICHIER [-t]", rows, serve };

	return service_run(&me, argc, argv);
}
