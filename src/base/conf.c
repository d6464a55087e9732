/* conf: inih's callback over our table, strictly. */
#include <ctype.h>
#include <ini.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/manual.h"
#include "base/text.h"

#define ITEMS_MAX 64

/* One reading of one file. */
struct reading {
	const struct conf_item *table;
	const char *path;
	void *into;
	FILE *file;
	int line;	/* the one being read: inih does not tell */
	uint64_t given; /* bit i: table[i] was in the file */
	enum err r;	/* the first that went wrong */
};

static const struct conf_item *
find(const struct conf_item *table, const char *name)
{
	for (; table->name != NULL; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

static enum err
set_number(const struct conf_item *it, const char *value, void *into)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (end == value || *end != '\0' || n < it->min || n > it->max)
		return ERR_SET_VALUE;
	memcpy((char *)into + it->offset, &n, sizeof(n));
	return ERR_OK;
}

static enum err
set_choice(const struct conf_item *it, const char *value, void *into)
{
	for (int i = 0; it->choices[i] != NULL; i++)
		if (strcmp(it->choices[i], value) == 0) {
			memcpy((char *)into + it->offset, &i, sizeof(i));
			return ERR_OK;
		}
	return ERR_SET_VALUE;
}

static enum err
set_text(const struct conf_item *it, const char *value, void *into)
{
	size_t n = strlen(value);

	if (n >= it->size || !text_is_clean(value))
		return ERR_SET_VALUE;
	memcpy((char *)into + it->offset, value, n + 1);
	return ERR_OK;
}

static enum err
set(const struct conf_item *it, const char *value, void *into)
{
	static enum err (*const by_kind[])(const struct conf_item *,
	    const char *, void *) = {
		[CONF_TEXT] = set_text,
		[CONF_NUMBER] = set_number,
		[CONF_CHOICE] = set_choice,
	};

	return by_kind[it->kind](it, value, into);
}

/* inih goes on after a 0: only the first thing wrong is kept. */
static int
on_line(void *user, const char *section, const char *name, const char *value)
{
	struct reading *rd = user;
	const struct conf_item *it = find(rd->table, name);
	uint64_t bit;

	if (rd->r != ERR_OK)
		return 0;
	if (*section != '\0' || it == NULL) {
		rd->r = err_about(ERR_SET_UNKNOWN, "%s:%d: %s", rd->path,
		    rd->line, name);
		return 0;
	}
	bit = (uint64_t)1 << (it - rd->table);
	if ((rd->given & bit) != 0)
		rd->r = ERR_SET_TWICE;
	else
		rd->r = set(it, value == NULL ? "" : value, rd->into);
	rd->given |= bit;
	if (rd->r != ERR_OK)
		err_about(rd->r, "%s:%d: %s", rd->path, rd->line, name);
	return rd->r == ERR_OK;
}

/* fgets for inih, counting lines and stopping at the first thing wrong. */
static char *
next_line(char *room, int size, void *user)
{
	struct reading *rd = user;

	if (rd->r != ERR_OK)
		return NULL;
	rd->line++;
	return fgets(room, size, rd->file);
}

static enum err
load_file(struct reading *rd)
{
	int line;

	if ((rd->file = fopen(rd->path, "re")) == NULL)
		return err_about(ERR_SET_FILE, "%s", rd->path);
	line = ini_parse_stream(next_line, rd, on_line, rd);
	fclose(rd->file);
	if (rd->r != ERR_OK)
		return rd->r;
	if (line != 0)
		return err_about(ERR_SET_FILE, "%s:%d", rd->path, line);
	return ERR_OK;
}

/* "site-name" is GUICHET_SITE_NAME. */
static const char *
from_environment(const char *name)
{
	char var[64];
	size_t n = (size_t)snprintf(var, sizeof(var), "GUICHET_%s", name);

	if (n >= sizeof(var))
		return NULL;
	for (char *p = var; *p != '\0'; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	return getenv(var);
}

enum err
conf_set(const struct conf_item *table, const char *name, const char *value,
    void *into)
{
	const struct conf_item *it = find(table, name);
	enum err r;

	if (it == NULL)
		return err_about(ERR_SET_UNKNOWN, "%s", name);
	if ((r = set(it, value, into)) != ERR_OK)
		return err_about(r, "%s", name);
	return ERR_OK;
}

enum err
conf_load(const struct conf_item *table, const char *path, void *into)
{
	struct reading rd = { .table = table, .path = path, .into = into };
	const struct conf_item *it;
	enum err r;

	for (it = table; it->name != NULL; it++)
		if (it - table >= ITEMS_MAX || (it->standard != NULL &&
		    set(it, it->standard, into) != ERR_OK))
			abort(); /* a default that does not fit is our fault */
	if (path != NULL && (r = load_file(&rd)) != ERR_OK)
		return r;
	for (it = table; it->name != NULL; it++) {
		const char *value = from_environment(it->name);

		if (value != NULL) {
			if ((r = conf_set(table, it->name, value,
			    into)) != ERR_OK)
				return r;
		} else if (it->standard == NULL &&
		    (rd.given >> (it - table) & 1) == 0)
			return err_about(ERR_SET_MISSING, "%s: %s",
			    path == NULL ? "-" : path, it->name);
	}
	return ERR_OK;
}

void
conf_manual(const struct conf_item *table, FILE *out)
{
	for (const struct conf_item *it = table; it->name != NULL; it++) {
		fprintf(out, ".It Cm %s\n", it->name);
		manual_text(it->help, out);
		if (it->kind == CONF_CHOICE) {
			fprintf(out, "Valeurs :");
			for (int i = 0; it->choices[i] != NULL; i++)
				fprintf(out, "%s %s", i == 0 ? "" : ",",
				    it->choices[i]);
			fprintf(out, ".\n");
		} else if (it->kind == CONF_NUMBER)
			fprintf(out, "De %ld à %ld.\n", it->min, it->max);
		if (it->standard == NULL)
			fprintf(out, "À donner.\n");
		else if (*it->standard != '\0')
			fprintf(out, "Par défaut : %s.\n", it->standard);
	}
}
