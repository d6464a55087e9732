/*
 * service: what the programs of the centre share, from their words on the
 * command line to their exit status.
 */
#ifndef GUICHET_BASE_SERVICE_H
#define GUICHET_BASE_SERVICE_H

#include "base/program.h"
#include "base/settings.h"

struct service {
	const char *name, *synopsis;
	const struct option_row *rows;
	/* The work, until it is told to end; with OPT_TEST, only what the
	 * settings name is opened. */
	enum err (*serve)(const struct centre_settings *set,
	    const struct options *opt);
};

/*
 * What main returns: the settings of -c are read, the log is opened, and
 * serve() runs. A word that is no option is ERR_USAGE; every error is
 * reported on standard error under the program's name.
 */
int service_run(const struct service *s, int argc, char *argv[]);

#endif
