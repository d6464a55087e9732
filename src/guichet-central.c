/* guichet-central: the gateway: opens the ledger, answers until told to end. */
#include "base/json.h"
#include "base/log.h"
#include "base/program.h"
#include "centre/http.h"

#define NAME	"guichet-central"
#define HOUR_MS 3600000u

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ .name = NULL },
};

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
