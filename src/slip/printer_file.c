/* printer_file: paper in training is a file in a folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "slip/printer.h"

struct file_printer {
	struct printer printer; /* first */
	char dir[PATH_ROOM];
};

static enum err
print(struct printer *pr, const struct slip *s)
{
	struct file_printer *fp = (struct file_printer *)pr;
	static const char *const tails[] = {
		[PAPER_SECRETS] = "", [PAPER_RECEIPT] = "-receipt",
		[PAPER_FORM] = "-form", [PAPER_NOTICE] = "-notice",
	};
	char name[RID_TEXT + 12], path[PATH_ROOM];
	struct buf text;
	enum err r;

	if (folder_make(fp->dir) != ERR_OK)
		return err_about(ERR_PRINT_OPEN, "%s", fp->dir);
	(void)snprintf(name, sizeof(name), "%s%s.txt", s->ref,
	    tails[s->paper]);
	if ((r = path_join(fp->dir, name, path)) != ERR_OK)
		return r;
	if ((r = buf_init_secret(&text, SLIP_PLAIN_ROOM)) != ERR_OK)
		return r;
	if ((r = slip_plain(s, SLIP_WIDTH, &text)) == ERR_OK &&
	    file_replace(path, text.p, text.len, 0600) != ERR_OK)
		r = err_about(ERR_PRINT_WRITE, "%s", path);
	buf_clear(&text);
	return r;
}

static void
close_file(struct printer *pr)
{
	free(pr);
}

enum err
printer_file_open(const char *dir, struct printer **out)
{
	static const struct printer_ops ops = { .print = print,
		.close = close_file };
	struct file_printer *fp;

	if (strlen(dir) >= PATH_ROOM)
		return err_about(ERR_TOO_LONG, "printer");
	if ((fp = calloc(1, sizeof(*fp))) == NULL)
		return ERR_MEMORY;
	fp->printer.ops = &ops;
	memcpy(fp->dir, dir, strlen(dir) + 1);
	*out = (struct printer *)fp; /* its first member */
	return ERR_OK;
}
