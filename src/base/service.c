/* service: options, settings, log, work, exit status. */
#include "base/json.h"
#include "base/log.h"
#include "base/service.h"

static enum err
start(const struct service *s, int argc, char *argv[], struct options *opt,
    bool *done)
{
	enum err r;

	if ((r = program_start(s->name, s->synopsis, s->rows, argc, argv,
	    opt, done)) != ERR_OK || *done)
		return r;
	return argc == opt->rest ? ERR_OK :
	    err_about(ERR_USAGE, "%s", argv[opt->rest]);
}

int
service_run(const struct service *s, int argc, char *argv[])
{
	struct centre_settings set;
	struct options opt;
	bool done;
	enum err r;

	if ((r = start(s, argc, argv, &opt, &done)) == ERR_OK && !done &&
	    (r = centre_load(opt.value[OPT_CONFIG], &set)) == ERR_OK) {
		log_open(s->name, set.log == LOG_TO_STDERR);
		json_keep_wiped();
		r = s->serve(&set, &opt);
	}
	return r == ERR_OK ? EXIT_DONE : err_report(s->name, r);
}
