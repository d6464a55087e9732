/* printlink: one slip down, one answer up. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "desk/printlink.h"
#include "slip/printer.h"
#include "slip/report.h"

/* More than guichet-print itself has with its slowest printer. */
#define PATIENCE_MS ((PRINT_SLOWEST + 1) * PRINT_STALL_MS)

struct printlink {
	struct proc child;
	struct lines lines;
};

enum err
printlink_open(const char *config, struct printlink **out)
{
	char path[PATH_ROOM];
	const char *argv[] = { path, NULL, NULL, NULL };
	struct printlink *l;
	enum err r;

	if ((l = calloc(1, sizeof(*l))) == NULL)
		return ERR_MEMORY;
	l->child = (struct proc){ .to = -1, .from = -1 };
	if (config != NULL) {
		argv[1] = "-c";
		argv[2] = config;
	}
	if ((r = proc_sibling("guichet-print", path, sizeof(path))) !=
	    ERR_OK || (r = proc_start(argv, &l->child)) != ERR_OK ||
	    (r = lines_init(&l->lines, l->child.from)) != ERR_OK)
		goto out;
	*out = l;
	l = NULL; /* transferred */
out:
	printlink_close(l);
	return r;
}

void
printlink_close(struct printlink *l)
{
	if (l == NULL)
		return;
	proc_stop(&l->child, NULL);
	if (l->lines.in.p != NULL)
		lines_clear(&l->lines);
	free(l);
}

/* The answer's line, before the patience ends. */
static enum err
listen_for(struct printlink *l, char **line)
{
	uint64_t until = clock_elapsed_ms() + PATIENCE_MS;

	while ((*line = lines_next(&l->lines)) == NULL) {
		struct pollfd p = { .fd = l->lines.fd, .events = POLLIN };
		uint64_t now = clock_elapsed_ms();

		if (now >= until || poll(&p, 1, (int)(until - now)) == 0)
			return ERR_PRINT_WRITE;
		if (lines_feed(&l->lines) != ERR_OK || l->lines.ended)
			return err_about(ERR_CHILD, "guichet-print");
	}
	return ERR_OK;
}

static enum err
answer(const char *line, const char *ref)
{
	struct print_report rp;

	if (report_read(line, &rp) != ERR_OK)
		return ERR_PRINT_WRITE; /* as if nothing was heard */
	if (strcmp(rp.ref, ref) != 0)
		return err_about(ERR_CHILD, "guichet-print");
	return rp.result;
}

enum err
printlink_print(struct printlink *l, const struct slip *s)
{
	struct buf b;
	char *line;
	enum err r;

	if ((r = buf_init_secret(&b, LINE_LIMIT)) != ERR_OK)
		return r;
	if ((r = slip_write(s, &b)) != ERR_OK)
		goto out;
	if (fd_write_all(l->child.to, b.p, b.len) != ERR_OK) {
		r = err_about(ERR_CHILD, "guichet-print");
		goto out;
	}
	buf_reset(&b);
	if ((r = listen_for(l, &line)) == ERR_OK)
		r = answer(line, s->ref);
out:
	buf_clear(&b);
	return r;
}
