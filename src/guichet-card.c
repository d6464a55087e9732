/* guichet-card: the card readers on one side, lines of JSON on the other. */
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "base/settings.h"
#include "card/line.h"
#include "card/pcsc.h"
#include "card/played.h"
#include "card/watch.h"

#define NAME "guichet-card"

enum { OPT_ONCE = OPT_OWN, OPT_CARD };

static const struct option_row table[] = {
	OPTIONS_COMMON,
	{ '1', "once", NULL, "lit une carte et s'arrête" },
	{ '\0', "card", "CHEMIN", "joue un fichier de carte, ou un dossier" },
	{ '\0', NULL, NULL, NULL },
};

/* The news as a line on stdout. */
static enum err
print_news(void *to, const struct card_news *news)
{
	struct buf *line = to;
	enum err r;

	if ((r = line_write(news, line)) == ERR_OK)
		r = fd_write_all(STDOUT_FILENO, line->p, line->len);
	buf_cut(line, 0);
	return r;
}

/* Until our input is closed. */
static enum err
stay(struct watch *w)
{
	bool ended = false;
	enum err r = ERR_OK;

	while (r == ERR_OK && !ended)
		r = watch_step(w, &ended);
	return r;
}

/*
 * Until one card was read, or there is none to read: then *status says so,
 * and its line has been printed.
 */
static enum err
once(struct watch *w, int *status)
{
	bool ended;
	enum err r;

	do {
		r = watch_step(w, &ended);
	} while (r == ERR_OK && watch_reading(w));
	if (r != ERR_OK || w->live != NULL)
		return r;
	*status = err_report(NAME, watch_trouble(w));
	if (*status != EXIT_UNAVAILABLE)
		*status = EXIT_NO;
	return ERR_OK;
}

/* Files are opened before the program shuts itself in, readers after. */
static enum err
open_readers(const struct options *o, struct card_io *io)
{
	const bool is_once = o->value[OPT_ONCE] != NULL;
	const int input = is_once ? -1 : STDIN_FILENO;
	struct played *p = NULL;
	enum err r = ERR_OK;

	if (o->value[OPT_CARD] != NULL)
		r = played_load(o->value[OPT_CARD], is_once, input, &p);
	if (r == ERR_OK)
		r = sandbox_enter(SANDBOX_CARD, 0, NULL, NULL);
	if (r == ERR_OK && p == NULL)
		return pcsc_open(input, io);
	if (r == ERR_OK)
		*io = played_io(p);
	else
		played_free(p);
	return r;
}

static int
run(const struct options *o)
{
	struct card_io io = { .free = NULL };
	struct watch w = { .io = NULL };
	int status = EXIT_DONE;
	struct buf line;
	enum err r;

	if ((r = buf_init_secret(&line, LINE_LIMIT)) != ERR_OK)
		return err_report(NAME, r);
	if ((r = open_readers(o, &io)) == ERR_OK &&
	    (r = watch_init(&w, &io, print_news, &line)) == ERR_OK)
		r = o->value[OPT_ONCE] != NULL ? once(&w, &status) : stay(&w);
	watch_clear(&w);
	if (io.free != NULL)
		io.free(io.own);
	buf_clear(&line);
	return r == ERR_OK ? status : err_report(NAME, r);
}

int
main(int argc, char *argv[])
{
	struct desk_settings set;
	struct options o;
	bool done;
	enum err r;

	json_keep_locked();
	r = program_start(NAME, "[-c FICHIER] [-thV] [--once] [--card CHEMIN]",
	    table, argc, argv, &o, &done);
	if (r == ERR_OK && done)
		return EXIT_DONE;
	if (r == ERR_OK && o.rest != argc)
		r = err_about(ERR_USAGE, "%s", argv[o.rest]);
	if (r == ERR_OK && o.value[OPT_CONFIG] != NULL)
		r = desk_load(o.value[OPT_CONFIG], &set);
	if (r != ERR_OK)
		return err_report(NAME, r);
	return o.value[OPT_TEST] != NULL ? EXIT_DONE : run(&o);
}
