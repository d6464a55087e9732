/*
 * printer_cups: a sheet of A4 through the print server of this machine.
 *
 * We speak to CUPS as lp(1) would, and there is no lp: the sheet goes from
 * guichet-pdf by a pipe into locked memory and from there into the server's
 * socket. No argument, no file, no other program has it. A request that is
 * cut short makes no job; a job that ends, or that we give up, is purged with
 * its document and its place in the history.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/starter.h"
#include "slip/cups_job.h"
#include "slip/printer.h"

#define LOOK_MS	   200	/* between two questions about a job */
#define TROUBLE_MS 1500 /* printers complain for a moment and go on */
#define PDF_ROOM   ((size_t)1024 * 1024)
#define CHUNK	   4096

struct cups_printer {
	struct printer printer; /* first */
	struct cups cups;
	struct starter *pdf;
	char program[PATH_ROOM];
	const char *argv[2];
	int stall_ms;
};

/* Until it closes, straight to where it is wiped; ERR_TOO_LONG beyond the
 * buffer's room. */
static enum err
read_all(int fd, struct buf *out)
{
	ssize_t n;
	enum err r;

	do {
		if ((r = buf_reserve(out, CHUNK)) != ERR_OK)
			return r;
		n = read(fd, out->p + out->len, CHUNK);
		out->len += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	return n == 0 ? ERR_OK : ERR_PRINT_WRITE;
}

/* The slip as guichet-pdf draws it, into a secret buffer. */
static enum err
draw(struct cups_printer *cp, const struct slip *s, struct buf *pdf)
{
	struct buf line;
	int to = -1, from = -1;
	enum err r;

	if ((r = buf_init_secret(&line, SLIP_ROOM)) != ERR_OK)
		return r;
	if ((r = slip_write(s, &line)) == ERR_OK &&
	    (r = starter_run(cp->pdf, &to, &from)) == ERR_OK) {
		r = fd_write_all(to, line.p, line.len);
		close(to);
		if (r == ERR_OK)
			r = read_all(from, pdf);
		close(from);
		if (starter_wait(cp->pdf) != ERR_OK && r == ERR_OK)
			r = err_about(ERR_CHILD, "guichet-pdf");
	}
	buf_clear(&line);
	return r;
}

/* A job under way. */
struct watch {
	uint32_t job, before; /* before: what was said of the printer then */
	uint64_t begun, fine, now;
};

/*
 * What is wrong now, once it lasts. A reason that stood before the job counts
 * only when the job does not end: CUPS repeats what the last job had to say.
 */
static enum err
complaint(const struct cups_printer *cp, struct watch *w)
{
	const uint64_t stall = (uint64_t)cp->stall_ms;
	struct cups_signs signs;
	bool overdue = w->now - w->begun > stall;
	enum err r;

	if ((r = cups_look(&cp->cups, cp->stall_ms, overdue, &signs)) !=
	    ERR_OK)
		return r;
	if (!overdue)
		signs.reasons &= ~w->before;
	if (signs.stopped && signs.reasons == 0)
		return ERR_PRINT_OFFLINE;
	if (signs.reasons == 0)
		w->fine = w->now;
	return w->now - w->fine < TROUBLE_MS ? ERR_OK
	    : cups_why(signs.reasons);
}

/* The job has ended without a sheet, or takes too long. */
static enum err
last_words(const struct cups_printer *cp)
{
	struct cups_signs signs;
	enum err r;

	if ((r = cups_look(&cp->cups, cp->stall_ms, true, &signs)) != ERR_OK)
		return r;
	if (signs.reasons != 0)
		return cups_why(signs.reasons);
	return signs.stopped ? ERR_PRINT_OFFLINE : ERR_PRINT_WRITE;
}

/* Until it is on paper, as far as the server knows: at most PRINT_SLOWEST
 * times stall_ms. */
static enum err
follow(const struct cups_printer *cp, struct watch *w)
{
	uint64_t patience = PRINT_SLOWEST * (uint64_t)cp->stall_ms;
	enum cups_state state;
	enum err r;

	w->begun = w->fine = w->now = clock_elapsed_ms();
	while (w->now < w->begun + patience) {
		(void)poll(NULL, 0, LOOK_MS);
		w->now = clock_elapsed_ms();
		if ((r = cups_state_of(&cp->cups, cp->stall_ms, w->job,
		    &state)) != ERR_OK)
			return r;
		if (state == CUPS_COMPLETED)
			return ERR_OK;
		if (state == CUPS_CANCELLED || state == CUPS_ABORTED)
			break;
		if ((r = complaint(cp, w)) != ERR_OK)
			return r;
	}
	return last_words(cp);
}

static enum err
print_sheet(struct cups_printer *cp, const struct slip *s, struct buf *pdf)
{
	struct cups_signs signs;
	struct watch w;
	enum err r, gone;

	if ((r = cups_look(&cp->cups, cp->stall_ms, false, &signs)) != ERR_OK)
		return r;
	if (signs.stopped)
		return last_words(cp);
	w.before = signs.reasons;
	if ((r = cups_keeps_nothing(&cp->cups, cp->stall_ms)) != ERR_OK ||
	    (r = draw(cp, s, pdf)) != ERR_OK ||
	    (r = cups_submit(&cp->cups, cp->stall_ms, pdf, &w.job)) != ERR_OK)
		return r;
	r = follow(cp, &w);
	if ((gone = cups_purge(&cp->cups, cp->stall_ms, w.job)) != ERR_OK) {
		log_error(gone, "cups-purge"); /* the next slip tries again */
		r = r == ERR_OK ? ERR_PRINT_KEEPS : r;
	}
	return r;
}

static enum err
print(struct printer *pr, const struct slip *s)
{
	struct cups_printer *cp = (struct cups_printer *)pr;
	struct buf pdf;
	enum err r;

	if ((r = buf_init_secret(&pdf, PDF_ROOM)) != ERR_OK)
		return r;
	r = print_sheet(cp, s, &pdf);
	buf_clear(&pdf);
	return r == ERR_OK || r == ERR_CHILD ? r
	    : err_about(r, "%s", cp->cups.queue);
}

/* A job that nobody follows any more may still hold its document. */
static enum err
begin(struct printer *pr)
{
	const struct cups_printer *cp = (const struct cups_printer *)pr;

	return cups_purge_left(&cp->cups, cp->stall_ms);
}

static void
close_cups(struct printer *pr)
{
	struct cups_printer *cp = (struct cups_printer *)pr;

	starter_free(cp->pdf);
	free(cp);
}

enum err
printer_cups_open(const char *where, int stall_ms, struct printer **out)
{
	static const struct printer_ops ops = { .print = print,
		.begin = begin, .close = close_cups };
	struct cups_printer *cp;
	enum err r;

	if ((cp = calloc(1, sizeof(*cp))) == NULL)
		return ERR_MEMORY;
	cp->printer.ops = &ops;
	cp->stall_ms = stall_ms;
	cp->argv[0] = cp->program;
	if ((r = cups_parse(where, &cp->cups)) != ERR_OK ||
	    (r = proc_sibling("guichet-pdf", cp->program,
	    sizeof(cp->program))) != ERR_OK ||
	    (r = starter_new(cp->argv, &cp->pdf)) != ERR_OK) {
		close_cups(&cp->printer);
		return r;
	}
	*out = &cp->printer;
	return ERR_OK;
}
