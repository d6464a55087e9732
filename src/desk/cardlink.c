/* cardlink: a child's stdout as card news, its stdin as requests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/proc.h"
#include "base/secret.h"
#include "card/line.h"
#include "desk/cardlink.h"

struct cardlink {
	struct proc child;
	struct lines lines;
	struct card_news *news; /* locked */
};

enum err
cardlink_open(const char *cards, struct cardlink **out)
{
	char path[PATH_ROOM];
	const char *argv[] = { path, NULL, NULL, NULL };
	struct cardlink *l;
	enum err r;

	if ((l = calloc(1, sizeof(*l))) == NULL)
		return ERR_MEMORY;
	l->child = (struct proc){ .to = -1, .from = -1 };
	l->lines.fd = -1;
	if (cards != NULL) {
		argv[1] = "--card";
		argv[2] = cards;
	}
	if ((l->news = secret_alloc(sizeof(*l->news))) == NULL) {
		r = ERR_MEMORY;
		goto out;
	}
	if ((r = proc_sibling("guichet-card", path, sizeof(path))) != ERR_OK ||
	    (r = proc_start(argv, &l->child)) != ERR_OK ||
	    (r = lines_init(&l->lines, l->child.from)) != ERR_OK)
		goto out;
	*out = l;
	l = NULL; /* transferred */
out:
	cardlink_close(l);
	return r;
}

void
cardlink_close(struct cardlink *l)
{
	if (l == NULL)
		return;
	proc_stop(&l->child, NULL);
	if (l->lines.in.p != NULL)
		lines_clear(&l->lines);
	secret_free(l->news);
	free(l);
}

int
cardlink_fd(const struct cardlink *l)
{
	return l->lines.ended ? -1 : l->lines.fd;
}

enum err
cardlink_feed(struct cardlink *l)
{
	enum err r = lines_feed(&l->lines);

	if (r != ERR_OK || l->lines.ended) {
		l->lines.ended = true;
		return err_about(ERR_CHILD, "guichet-card");
	}
	return ERR_OK;
}

enum err
cardlink_next(struct cardlink *l, const struct card_news **out)
{
	char *line = lines_next(&l->lines);

	*out = NULL;
	if (line == NULL)
		return ERR_OK;
	secret_wipe(l->news, sizeof(*l->news));
	if (line_read(line, l->news) != ERR_OK)
		return err_about(ERR_CHILD, "guichet-card");
	secret_wipe(line, strlen(line));
	*out = l->news;
	return ERR_OK;
}

void
cardlink_forget(struct cardlink *l)
{
	secret_wipe(l->news, sizeof(*l->news));
}

enum err
cardlink_say(struct cardlink *l, const char *verb)
{
	char line[16];
	int n = snprintf(line, sizeof(line), "%s\n", verb);

	if (n < 0 || (size_t)n >= sizeof(line))
		return ERR_USAGE;
	if (fd_write_all(l->child.to, line, (size_t)n) != ERR_OK)
		return err_about(ERR_CHILD, "guichet-card");
	return ERR_OK;
}
