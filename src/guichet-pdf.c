/* guichet-pdf: one slip on stdin, its sheet of A4 on stdout, and it is gone. */
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "slip/sheet.h"

#define NAME "guichet-pdf"

static const struct option_row options[] = {
	OPTIONS_COMMON,
	{ .name = NULL },
};

/* The line of a slip; what is behind it is an error. */
static enum err
take_slip(struct slip *s)
{
	struct lines in = { .fd = -1 };
	const char *line = NULL;
	enum err r = lines_init(&in, STDIN_FILENO);

	while (r == ERR_OK && line == NULL && !in.ended)
		if ((r = lines_feed(&in)) == ERR_OK)
			line = lines_next(&in);
	if (r == ERR_OK)
		r = line == NULL ? ERR_TRUNCATED : slip_read(line, s);
	lines_clear(&in);
	return r;
}

static enum err
draw(void)
{
	struct slip *s = slip_new();
	struct buf pdf;
	enum err r;

	buf_init(&pdf);
	r = s == NULL ? ERR_MEMORY : take_slip(s);
	if (r == ERR_OK && (r = sheet_pdf(s, &pdf)) == ERR_OK)
		r = fd_write_all(STDOUT_FILENO, pdf.p, pdf.len);
	slip_free(s);
	buf_clear(&pdf);
	return r;
}

int
main(int argc, char *argv[])
{
	struct options opt;
	bool done;
	enum err r;

	if ((r = program_start(NAME, "[-t]", options, argc, argv, &opt,
	    &done)) != ERR_OK || done)
		goto out;
	json_keep_locked();
	if (opt.rest != argc)
		r = err_about(ERR_USAGE, "%s", argv[opt.rest]);
	if (r == ERR_OK && (r = sheet_start()) == ERR_OK &&
	    opt.value[OPT_TEST] == NULL &&
	    (r = sandbox_enter(SANDBOX_PDF, 0, NULL, NULL)) == ERR_OK)
		r = draw();
out:
	return r == ERR_OK ? EXIT_DONE : err_report(NAME, r);
}
