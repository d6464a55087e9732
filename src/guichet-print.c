/* guichet-print: slips as lines on stdin, paper, a word for each on stdout. */
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/settings.h"
#include "slip/printer.h"
#include "slip/report.h"

#define NAME "guichet-print"

static const struct option_row options[] = {
	OPTIONS_COMMON,
	{ .name = NULL },
};

static enum err
answer(const struct print_report *rp)
{
	struct buf line;
	enum err r;

	buf_init(&line);
	if ((r = report_write(rp, &line)) == ERR_OK)
		r = fd_write_all(STDOUT_FILENO, line.p, line.len);
	buf_clear(&line);
	return r;
}

/* Print one, and forget it before anything else. */
static enum err
print_line(struct printer *pr, char *line, struct slip *s)
{
	struct print_report rp = { .ref = "" };

	if ((rp.result = slip_read(line, s)) == ERR_OK) {
		memcpy(rp.ref, s->ref, sizeof(rp.ref));
		rp.result = printer_print(pr, s);
	}
	slip_wipe(s);
	secret_wipe(line, strlen(line));
	if (rp.result != ERR_OK)
		log_error(rp.result, "slip-print");
	return answer(&rp);
}

/* Until stdin is closed. A line without an end was cut: nothing of it. */
static enum err
serve(struct printer *pr)
{
	struct slip *s = slip_new();
	struct lines in = { .fd = -1 };
	char *line;
	enum err r;

	if ((r = printer_begin(pr)) != ERR_OK)
		log_error(r, "printer-begin"); /* each slip will say so */
	r = s == NULL ? ERR_MEMORY : lines_init(&in, STDIN_FILENO);
	while (r == ERR_OK && !in.ended)
		for (r = lines_feed(&in); r == ERR_OK &&
		    (line = lines_next(&in)) != NULL;)
			r = print_line(pr, line, s);
	if (r == ERR_OK && in.in.len > in.taken)
		r = ERR_TRUNCATED;
	lines_clear(&in);
	slip_free(s);
	return r;
}

/* One printer: a folder, a device that may come and go, a socket, or the
 * print server's, which is a domain socket and no file to open. */
static enum err
shut_in(const struct desk_settings *set)
{
	static const char *const read[] = { "/etc", "/usr", "/lib", "/lib64",
		"/dev/urandom", NULL };
	const char *write[] = { NULL, NULL, NULL };
	const char *where = strchr(set->printer, ':');

	if (where++ == NULL) /* "none" */
		return sandbox_enter(SANDBOX_PRINT, 0, read, write);
	if (strncmp(set->printer, "cups:", 5) == 0)
		return sandbox_enter(SANDBOX_PRINT, 0, read, write);
	if (strncmp(where, "tcp:", 4) == 0)
		return sandbox_enter(SANDBOX_PRINT, SANDBOX_CONNECT, read,
		    write);
	write[0] = where;
	/* A folder is made now or not at all; what is wrong with it is said
	 * with the first slip. A device that is unplugged now would not be
	 * found: its folder, then. */
	if (strncmp(set->printer, "file:", 5) == 0)
		(void)folder_make(where);
	else
		write[1] = "/dev";
	return sandbox_enter(SANDBOX_PRINT, 0, read, write);
}

int
main(int argc, char *argv[])
{
	struct desk_settings set;
	struct printer *pr = NULL;
	struct options opt;
	bool done;
	enum err r;

	if ((r = program_start(NAME, "[-t] -c FICHIER", options, argc, argv,
	    &opt, &done)) != ERR_OK || done)
		goto out;
	json_keep_locked();
	if (opt.rest != argc)
		r = err_about(ERR_USAGE, "%s", argv[opt.rest]);
	if (r != ERR_OK ||
	    (r = desk_load(opt.value[OPT_CONFIG], &set)) != ERR_OK ||
	    (r = printer_open(set.printer, set.mode == MODE_TRAINING,
	    &pr)) != ERR_OK)
		goto out;
	log_open(NAME, set.log == LOG_TO_STDERR);
	if (opt.value[OPT_TEST] == NULL &&
	    (r = shut_in(&set)) == ERR_OK)
		r = serve(pr);
out:
	printer_close(pr);
	return r == ERR_OK ? EXIT_DONE : err_report(NAME, r);
}
