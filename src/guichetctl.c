/* guichetctl: look into a terminal or a centre, and put it right. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/program.h"
#include "ctl/ctl.h"

static const struct option_row rows[] = {
	OPTIONS_COMMON,
	{ '\0', "json", NULL, "une ligne de JSON par objet" },
	{ .name = NULL },
};
enum { OPT_JSON = OPT_OWN };

static void
print_verbs(void)
{
	for (size_t t = 0; ctl_tables[t] != NULL; t++)
		for (const struct ctl_verb *v = ctl_tables[t];
		    v->words != NULL; v++)
			printf("  %s %s\n      %s\n", v->words, v->takes,
			    v->help);
}

/* -t: the file serves a terminal or a centre. */
static enum err
check_settings(struct ctl *c)
{
	struct desk_settings desk;
	struct centre_settings centre;
	enum err r;

	if ((r = ctl_desk(c, &desk)) != ERR_OK &&
	    ctl_centre(c, &centre) == ERR_OK)
		r = ERR_OK;
	return r;
}

/* "--json" may also stand behind the words, where people write it. */
static void
take_json(struct ctl *c)
{
	int n = 0;

	for (int i = 0; i < c->argc; i++) {
		if (strcmp(c->argv[i], "--json") == 0)
			c->json = true;
		else
			c->argv[n++] = c->argv[i];
	}
	c->argc = n;
}

int
main(int argc, char *argv[])
{
	const char *name = "guichetctl";
	const struct ctl_verb *verb;
	struct options opt;
	struct ctl c;
	bool done;
	int used;
	enum err r;

	if ((r = program_start(name, "[options] VERBE …", rows, argc, argv,
	    &opt, &done)) != ERR_OK)
		return err_report(name, r);
	if (done) {
		if (opt.value[OPT_HELP] != NULL)
			print_verbs();
		return EXIT_DONE;
	}
	log_open(name, true);
	c = (struct ctl){ .config = opt.value[OPT_CONFIG], .out = stdout,
		.json = opt.value[OPT_JSON] != NULL,
		.argc = argc - opt.rest, .argv = argv + opt.rest };
	if (opt.value[OPT_TEST] != NULL) {
		r = check_settings(&c);
		return r == ERR_OK ? EXIT_DONE : err_report(name, r);
	}
	take_json(&c);
	if ((verb = ctl_find(c.argc, c.argv, &used)) == NULL)
		return err_report(name, err_about(ERR_USAGE, "%s",
		    c.argc == 0 ? "VERBE" : c.argv[0]));
	c.argc -= used;
	c.argv += used;
	if ((r = verb->run(&c)) != ERR_OK)
		return err_report(name, r);
	return fflush(stdout) == 0 ? EXIT_DONE : EXIT_IO;
}
