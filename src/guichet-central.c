/* guichet-central: the gateway: opens the ledger, answers until told to end. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "centre/http.h"

#define NAME	"guichet-central"
#define HOUR_MS 3600000u

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
	const char *write[] = { set->state, NULL, NULL };
	const bool here = strcmp(set->store, "sqlite") == 0;
	char socket_folder[PATH_ROOM] = "";

	/* The socket of a web server in front is made beside others. */
	if (strncmp(set->listen, "unix:", 5) == 0) {
		(void)snprintf(socket_folder, sizeof(socket_folder), "%s",
		    set->listen + 5);
		*strrchr(socket_folder, '/') = '\0';
		write[1] = socket_folder;
	}
	return sandbox_enter(SANDBOX_CENTRAL, here ? 0 : SANDBOX_CONNECT,
	    read, write);
}

static enum err
serve(const struct centre_settings *set, bool check)
{
	struct store *store = NULL;
	struct gateway g = { .keys = NULL };
	struct http *h = NULL;
	enum err r;

	(void)program_ended(0); /* before any thread starts */
	if ((r = gateway_init(&g, NULL, set)) != ERR_OK ||
	    (r = http_check(set)) != ERR_OK || check)
		goto out;
	if ((r = store_open(set, true, &store)) != ERR_OK)
		goto out;
	g.store = store;
	if ((r = shut_in(set)) != ERR_OK)
		goto out;
	if ((r = http_start(&g, set, &h)) != ERR_OK)
		goto out;
	log_event("gateway-ready", "%s", set->listen);
	while (!program_ended(HOUR_MS))
		;
out:
	http_stop(h);
	gateway_clear(&g);
	store_close(store);
	return r;
}

int
main(int argc, char *argv[])
{
	struct centre_settings set;
	struct options opt;
	bool done;
	enum err r;

	r = program_start(NAME, "-c FICHIER [-t]", rows, argc, argv, &opt,
	    &done);
	if (r == ERR_OK && done)
		return EXIT_DONE;
	if (r == ERR_OK && argc > opt.rest)
		r = err_about(ERR_USAGE, "%s", argv[opt.rest]);
	if (r == ERR_OK &&
	    (r = centre_load(opt.value[OPT_CONFIG], &set)) == ERR_OK) {
		log_open(NAME, set.log == LOG_TO_STDERR);
		json_keep_wiped();
		r = serve(&set, opt.value[OPT_TEST] != NULL);
	}
	return r == ERR_OK ? EXIT_DONE : err_report(NAME, r);
}
