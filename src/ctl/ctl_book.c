/*
 * ctl_book: what the program knows of itself: its flow, its errors, its
 * settings. The manual and the picture are printed from here.
 */
#include <stdio.h>

#include "ctl/ctl.h"
#include "desk/flow.h"
#include "screens/screens.h"

static const char *const mdoc_only[] = { "mdoc", NULL };
static const char *const dot_only[] = { "dot", NULL };

static enum err
flow(struct ctl *c)
{
	const struct flow *f = &screens_flow;
	enum err r;

	if ((r = ctl_words(c, dot_only, 0)) != ERR_OK)
		return r;
	if (ctl_flag(c, "dot")) {
		flow_dot(f, c->out);
		return ERR_OK;
	}
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *s = &f->steps[i];
		const char *from = s->from == FROM_ANY ? "*"
		    : f->screens[s->from]->name;

		if (c->json)
			fprintf(c->out, "{\"from\":\"%s\",\"on\":\"%s\","
			    "\"to\":\"%s\",\"effect\":\"%s\"}\n", from,
			    outcome_of_screen_word(s->on),
			    f->screens[s->to]->name, effect_word(s->fx));
		else
			fprintf(c->out, "%-14s %-12s %-14s %s\n", from,
			    outcome_of_screen_word(s->on),
			    f->screens[s->to]->name, effect_word(s->fx));
	}
	return ERR_OK;
}

/* One error in the form asked for. */
static void
print_error(const struct ctl *c, enum err e)
{
	int code = err_number(e), exit_status = err_exit(e);
	const char *what = err_what(e), *todo = err_todo(e);

	if (ctl_flag(c, "mdoc"))
		fprintf(c->out, ".It G-%03d Pq état %d\n%s\n%s\n", code,
		    exit_status, what, todo);
	else if (c->json)
		fprintf(c->out, "{\"code\":%d,\"exit\":%d,\"what\":\"%s\","
		    "\"todo\":\"%s\"}\n", code, exit_status, what, todo);
	else
		fprintf(c->out, "G-%03d  %s\n       %s\n", code, what, todo);
}

static enum err
errors(struct ctl *c)
{
	enum err r;

	if ((r = ctl_words(c, mdoc_only, 0)) != ERR_OK)
		return r;
	for (int e = ERR_OK + 1; e < ERR_COUNT; e++)
		print_error(c, (enum err)e);
	return ERR_OK;
}

static enum err
settings(struct ctl *c)
{
	static const char *const names[] = { "mdoc", "centre", NULL };
	const struct conf_item *table;
	enum err r;

	if ((r = ctl_words(c, names, 0)) != ERR_OK)
		return r;
	table = ctl_flag(c, "centre") ? centre_table : desk_table;
	if (ctl_flag(c, "mdoc"))
		conf_manual(table, c->out);
	else
		for (; table->name != NULL; table++)
			fprintf(c->out, "%-20s %s\n", table->name,
			    table->help);
	return ERR_OK;
}

const struct ctl_verb ctl_book_verbs[] = {
	{ "flow", "[--dot]", "la table des écrans, ou son dessin", flow },
	{ "errors", "[--mdoc]", "la liste des erreurs et de leurs codes",
	    errors },
	{ "settings", "[--centre] [--mdoc]",
	    "la liste des réglages d'un poste, ou du centre", settings },
	{ .words = NULL },
};
