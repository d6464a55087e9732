/* ctl: the tables joined, and the words of a verb. */
#include <string.h>

#include "centre/store.h"
#include "ctl/ctl.h"

const struct ctl_verb *const ctl_tables[] = {
	ctl_queue_verbs,
	ctl_card_verbs,
	ctl_centre_verbs,
	ctl_vault_verbs,
	ctl_terminal_verbs,
	ctl_switch_verbs,
	ctl_supervisor_verbs,
	ctl_notice_verbs,
	ctl_key_verbs,
	ctl_join_verbs,
	ctl_operator_verbs,
	ctl_book_verbs,
	ctl_receipt_verbs,
	ctl_post_verbs,
	NULL,
};

/* How many words of argv the row's words are, 0 when they differ. */
static int
matches(const char *words, int argc, char *const argv[])
{
	int n = 0;

	while (n < argc) {
		size_t len = strlen(argv[n]);

		if (strncmp(words, argv[n], len) != 0)
			return 0;
		words += len;
		n++;
		if (*words == '\0')
			return n;
		if (*words++ != ' ')
			return 0;
	}
	return 0;
}

const struct ctl_verb *
ctl_find(int argc, char *const argv[], int *used)
{
	for (size_t t = 0; ctl_tables[t] != NULL; t++)
		for (const struct ctl_verb *v = ctl_tables[t];
		    v->words != NULL; v++)
			if ((*used = matches(v->words, argc, argv)) != 0)
				return v;
	return NULL;
}

enum err
ctl_desk(const struct ctl *c, struct desk_settings *out)
{
	return desk_load(c->config, out);
}

enum err
ctl_centre(const struct ctl *c, struct centre_settings *out)
{
	return centre_load(c->config, out);
}

enum err
ctl_ledger(const struct ctl *c, bool create, struct centre_settings *set,
    struct store **out)
{
	enum err r;

	if ((r = ctl_centre(c, set)) != ERR_OK)
		return r;
	return store_open(set, create, out);
}

const char *
ctl_value(const struct ctl *c, const char *name)
{
	for (int i = 0; i + 1 < c->argc; i++)
		if (strncmp(c->argv[i], "--", 2) == 0 &&
		    strcmp(c->argv[i] + 2, name) == 0)
			return c->argv[i + 1];
	return NULL;
}

bool
ctl_flag(const struct ctl *c, const char *name)
{
	for (int i = 0; i < c->argc; i++)
		if (strncmp(c->argv[i], "--", 2) == 0 &&
		    strcmp(c->argv[i] + 2, name) == 0)
			return true;
	return false;
}

/* The list's name that this word is, or NULL. */
static const char *
named(const char *word, const char *const names[])
{
	if (strncmp(word, "--", 2) != 0)
		return NULL;
	for (; *names != NULL; names++) {
		size_t n = strcspn(*names, "=");

		if (strlen(word + 2) == n && memcmp(word + 2, *names, n) == 0)
			return *names;
	}
	return NULL;
}

static bool
takes_value(const char *name)
{
	return name[strlen(name) - 1] == '=';
}

enum err
ctl_words(const struct ctl *c, const char *const names[], int plain)
{
	for (int i = 0; i < c->argc; i++) {
		const char *name = named(c->argv[i], names);

		if (name == NULL) {
			if (strncmp(c->argv[i], "--", 2) == 0 || plain-- <= 0)
				return err_about(ERR_USAGE, "%s", c->argv[i]);
			continue;
		}
		for (int j = 0; j < i; j++)
			if (strcmp(c->argv[i], c->argv[j]) == 0)
				return err_about(ERR_USAGE, "%s, deux fois",
				    c->argv[i]);
		if (takes_value(name) && ++i >= c->argc)
			return err_about(ERR_USAGE, "--%s", name);
	}
	return plain == 0 ? ERR_OK : err_about(ERR_USAGE, "il manque un mot");
}

const char *
ctl_plain(const struct ctl *c, const char *const names[], int i)
{
	for (int k = 0; k < c->argc; k++) {
		const char *name = named(c->argv[k], names);

		if (name == NULL && i-- == 0)
			return c->argv[k];
		if (name != NULL && takes_value(name))
			k++;
	}
	return NULL;
}
