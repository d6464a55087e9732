/* tongue: find the languages, and keep the whole ones. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "desk/tongue.h"

#define FRENCH "fr"

#define NOTICE_ROW(name, id) [NOTICE_##name] = (id),
static const char *const notice_ids[] = { NOTICES(NOTICE_ROW) };

static void
tongue_clear(struct tongue *t)
{
	catalogue_free(t->words);
	for (size_t i = 0; i < NOTICE_COUNT; i++)
		notice_clear(&t->notice[i]);
	memset(t, 0, sizeof(*t));
}

static enum err
load_words(struct tongue *t, const char *locales)
{
	char name[sizeof(t->code) + 4], path[PATH_ROOM];
	enum err r;

	if (strcmp(t->code, FRENCH) == 0)
		return ERR_OK;
	(void)snprintf(name, sizeof(name), "%s.mo", t->code);
	if ((r = path_join(locales, name, path)) != ERR_OK)
		return r;
	return catalogue_load(path, &t->words);
}

static enum err
load_one(const char *texts, const char *locales, const char *code,
    struct tongue *out)
{
	struct tongue t = { .words = NULL };
	enum err r;

	(void)snprintf(t.code, sizeof(t.code), "%s", code);
	r = load_words(&t, locales);
	for (size_t i = 0; i < NOTICE_COUNT && r == ERR_OK; i++)
		r = notice_load(texts, code, notice_ids[i], &t.notice[i]);
	if (r != ERR_OK) {
		tongue_clear(&t);
		return r;
	}
	*out = t;
	return ERR_OK;
}

/* Letters and hyphens, and neither French nor too long. */
static int
is_other(const struct dirent *d)
{
	size_t n = strspn(d->d_name, "abcdefghijklmnopqrstuvwxyz-");

	return n > 0 && d->d_name[n] == '\0' &&
	    n < sizeof(((struct tongue *)NULL)->code) &&
	    strcmp(d->d_name, FRENCH) != 0;
}

enum err
tongues_load(const char *texts, const char *locales, struct tongues *out)
{
	struct dirent **dir = NULL;
	enum err r;
	int n;

	memset(out, 0, sizeof(*out));
	if ((r = load_one(texts, locales, FRENCH, out->tongue)) != ERR_OK)
		return r;
	out->n = 1;
	n = scandir(texts, &dir, is_other, alphasort);
	for (int i = 0; i < n; i++) {
		r = out->n == TONGUES ? ERR_TOO_LONG : load_one(texts, locales,
		    dir[i]->d_name, &out->tongue[out->n]);
		if (r == ERR_OK)
			out->n++;
		else
			log_error(r, "language");
		free(dir[i]);
	}
	free(dir);
	return ERR_OK;
}

void
tongues_clear(struct tongues *t)
{
	for (size_t i = 0; i < t->n; i++)
		tongue_clear(&t->tongue[i]);
	memset(t, 0, sizeof(*t));
}

const char *
tongues_name(const struct tongues *t, const char *code)
{
	for (size_t i = 0; t != NULL && i < t->n; i++)
		if (strcmp(t->tongue[i].code, code) == 0)
			return catalogue_text(t->tongue[i].words,
			    N_("Français"));
	return code;
}
