/* conf: inih's callback over our table, strictly. */
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/manual.h"
#include "base/text.h"

#define ITEMS_MAX     64
#define VARIABLE_ROOM 64

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
	long n;

	/* strtol would also take blanks and a plus sign. */
	if (*value != '-' && !isdigit((unsigned char)*value))
		return ERR_SET_VALUE;
	errno = 0;
	n = strtol(value, &end, 10);
	if (errno != 0 || *end != '\0' || n < it->min || n > it->max)
		return ERR_SET_VALUE;
	memcpy((char *)into + it->offset, &n, sizeof(n));
	return ERR_OK;
}

/* Which of the choices those n bytes are; -1: none. */
static int
choice_of(const struct conf_item *it, const char *value, size_t n)
{
	for (int i = 0; it->choices[i] != NULL; i++)
		if (strlen(it->choices[i]) == n &&
		    memcmp(it->choices[i], value, n) == 0)
			return i;
	return -1;
}

static enum err
set_choice(const struct conf_item *it, const char *value, void *into)
{
	int i = choice_of(it, value, strlen(value));

	if (i < 0)
		return ERR_SET_VALUE;
	memcpy((char *)into + it->offset, &i, sizeof(i));
	return ERR_OK;
}

static enum err
set_words(const struct conf_item *it, const char *value, void *into)
{
	int bits = 0, i;

	for (size_t n; *value != '\0'; value += n + strspn(value + n, " ")) {
		n = strcspn(value, " ");
		if ((i = choice_of(it, value, n)) < 0 || (bits >> i & 1) != 0)
			return ERR_SET_VALUE;
		bits |= 1 << i;
	}
	if (bits == 0)
		return ERR_SET_VALUE;
	memcpy((char *)into + it->offset, &bits, sizeof(bits));
	return ERR_OK;
}

static enum err
set_text(const struct conf_item *it, const char *value, void *into)
{
	size_t n = strlen(value);

	if (n >= it->size || !text_is_clean(value))
		return ERR_SET_VALUE;
	if (n == 0 && it->standard == NULL)
		return ERR_SET_VALUE; /* what must be given is not empty */
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
		[CONF_WORDS] = set_words,
	};

	return by_kind[it->kind](it, value, into);
}

/* The first thing wrong is kept: inih goes on after a 0. */
static enum err
wrong(struct reading *rd, enum err r, const char *name)
{
	rd->r = err_about(r, "%s:%d%s%s", rd->path, rd->line,
	    *name == '\0' ? "" : ": ", name);
	return r;
}

static int
on_line(void *user, const char *section, const char *name, const char *value)
{
	struct reading *rd = user;
	const struct conf_item *it = find(rd->table, name);
	uint64_t bit;
	enum err r;

	(void)section; /* next_line lets none pass */
	if (it == NULL)
		return wrong(rd, ERR_SET_UNKNOWN, name) == ERR_OK;
	bit = (uint64_t)1 << (it - rd->table);
	if ((rd->given & bit) != 0)
		return wrong(rd, ERR_SET_TWICE, name) == ERR_OK;
	rd->given |= bit;
	if ((r = set(it, value, rd->into)) != ERR_OK)
		(void)wrong(rd, r, name);
	return r == ERR_OK;
}

/* True for a line that inih would cut, join or give a section. */
static bool
is_misread(const char *line, int size, bool last)
{
	size_t n = strlen(line), blank = strspn(line, " \t");

	/* Without an end: longer than inih's room, or a NUL in the middle. */
	if ((n == 0 || line[n - 1] != '\n') && (!last || (int)n == size - 1))
		return true;
	if (line[blank] == '[' || strstr(line, " ;") != NULL ||
	    strstr(line, "\t;") != NULL)
		return true;
	return blank > 0 && strchr("#\r\n", line[blank]) == NULL;
}

/* fgets for inih: counts lines and stops at the first thing wrong. */
static char *
next_line(char *room, int size, void *user)
{
	struct reading *rd = user;

	if (rd->r != ERR_OK || fgets(room, size, rd->file) == NULL)
		return NULL;
	rd->line++;
	if (is_misread(room, size, feof(rd->file) != 0)) {
		(void)wrong(rd, ERR_SET_FILE, "");
		return NULL;
	}
	return room;
}

static enum err
load_file(struct reading *rd)
{
	int line;

	if ((rd->file = fopen(rd->path, "re")) == NULL)
		return err_about(ERR_SET_FILE, "%s", rd->path);
	line = ini_parse_stream(next_line, rd, on_line, rd);
	if (rd->r == ERR_OK && ferror(rd->file) != 0)
		rd->r = err_about(ERR_SET_FILE, "%s", rd->path);
	fclose(rd->file);
	if (rd->r == ERR_OK && line != 0)
		rd->r = err_about(ERR_SET_FILE, "%s:%d", rd->path, line);
	return rd->r;
}

/* "site-name" is GUICHET_SITE_NAME. */
static void
variable_of(const char *name, char var[VARIABLE_ROOM])
{
	(void)snprintf(var, VARIABLE_ROOM, "GUICHET_%s", name);
	for (char *p = var; *p != '\0'; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
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

/* Defaults; one that does not fit is our fault. */
static void
load_standards(const struct conf_item *table, void *into)
{
	for (const struct conf_item *it = table; it->name != NULL; it++)
		if (it - table >= ITEMS_MAX ||
		    strlen(it->name) + sizeof("GUICHET_") > VARIABLE_ROOM ||
		    (it->standard != NULL &&
		    set(it, it->standard, into) != ERR_OK))
			abort();
}

enum err
conf_load(const struct conf_item *table, const char *path, void *into)
{
	struct reading rd = { .table = table, .path = path, .into = into };
	enum err r;

	load_standards(table, into);
	if (path != NULL && (r = load_file(&rd)) != ERR_OK)
		return r;
	for (const struct conf_item *it = table; it->name != NULL; it++) {
		char var[VARIABLE_ROOM];
		const char *value;

		variable_of(it->name, var);
		if ((value = getenv(var)) != NULL) {
			if ((r = set(it, value, into)) != ERR_OK)
				return err_about(r, "%s", var);
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
		if (it->kind == CONF_CHOICE || it->kind == CONF_WORDS) {
			fprintf(out, it->kind == CONF_CHOICE ? "Valeurs :" :
			    "Un mot ou plusieurs parmi :");
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
