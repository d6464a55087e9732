/* ctl_switch: which places open dossiers: a word for all, for a profile, for a
 * département or for a site; the most precise counts. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "centre/store.h"
#include "ctl/keeper.h"
#include "ctl/list.h"

/* One of them, and one only. */
static const char *const names[] = { "all", "profile=", "department=",
	"site=", NULL };

static const struct scope {
	const char *name, *said;
	enum switch_scope scope;
	enum seat_word form;
} scopes[] = {
	{ "profile", "profil", SWITCH_PROFILE, SEAT_PROFILE },
	{ "department", "département", SWITCH_DEPARTMENT, SEAT_DEPARTMENT },
	{ "site", "lieu", SWITCH_SITE, SEAT_SITE },
};
enum { SCOPES = sizeof(scopes) / sizeof(scopes[0]) };

static enum err
read_scope(const struct ctl *c, struct switch_word *w)
{
	struct seat form;
	unsigned n = ctl_flag(c, "all");
	enum err r;

	w->scope = SWITCH_ALL;
	for (int i = 0; i < SCOPES; i++) {
		const char *text = ctl_value(c, scopes[i].name);

		if (text == NULL)
			continue;
		if ((r = seat_put(&form, scopes[i].form, text)) != ERR_OK)
			return r;
		(void)snprintf(w->what, sizeof(w->what), "%s", text);
		w->scope = scopes[i].scope;
		n++;
	}
	return n == 1 ? ERR_OK :
	    err_about(ERR_USAGE, "--all, --profile, --department ou --site");
}

/* "département 35", "tout". */
static const char *
scope_said(enum switch_scope scope)
{
	for (int i = 0; i < SCOPES; i++)
		if (scopes[i].scope == scope)
			return scopes[i].said;
	return "tout";
}

/* Who did it stands in the ledger, and in the machine's journal: the word that
 * comes after it takes its place. */
static void
say_done(struct ctl *c, const struct switch_word *w, const char *event,
    const char *done)
{
	log_open("guichetctl", false);
	log_event(event, "%s %s, account=%s", switch_scope_word(w->scope),
	    w->what, w->who);
	log_open("guichetctl", true);
	if (!c->json)
		fprintf(c->out, "%s%s%s : %s.\n", scope_said(w->scope),
		    w->what[0] == '\0' ? "" : " ", w->what, done);
}

/* The words of the line, and the ledger. */
static enum err
begin(struct ctl *c, struct switch_word *w, struct store **out)
{
	struct centre_settings set;
	enum err r;

	w->at_ms = clock_wall_ms();
	keeper_account(w->who);
	if ((r = ctl_words(c, names, 0)) != ERR_OK ||
	    (r = read_scope(c, w)) != ERR_OK)
		return r;
	return ctl_ledger(c, false, &set, out);
}

static enum err
say_word(struct ctl *c, bool open)
{
	struct switch_word w = { .open = open };
	struct store *s = NULL;
	enum err r;

	if ((r = begin(c, &w, &s)) == ERR_OK &&
	    (r = s->ops->switch_set(s, &w)) == ERR_OK)
		say_done(c, &w, open ? "switch-open" : "switch-close",
		    open ? "ouvert" : "fermé");
	store_close(s);
	return r;
}

static enum err
switch_open(struct ctl *c)
{
	return say_word(c, true);
}

static enum err
switch_close(struct ctl *c)
{
	return say_word(c, false);
}

static enum err
switch_forget(struct ctl *c)
{
	struct switch_word w = { .open = true };
	struct store *s = NULL;
	enum err r;

	if ((r = begin(c, &w, &s)) == ERR_OK &&
	    (r = s->ops->switch_forget(s, w.scope, w.what)) == ERR_OK)
		say_done(c, &w, "switch-forget", "rien n'en est plus dit");
	store_close(s);
	return r == ERR_NOT_FOUND ? err_about(r, "%s %s",
	    scope_said(w.scope), w.what) : r;
}

static enum err
show_word(const struct switch_word *w, void *user)
{
	const char *said = scope_said(w->scope);
	char at[CLOCK_TEXT];
	struct list *l = user;
	json_t *o;

	clock_text(w->at_ms, at);
	list_row(l, "pour         lequel                           état    "
	    "depuis                par");
	if (!l->c->json) {
		fprintf(l->c->out, "%s%*s  %-31s  %s  %s  %s\n", said,
		    11 - (int)text_width(said), "", w->what,
		    w->open ? "ouvert" : "fermé ", at, w->who);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "scope", switch_scope_word(w->scope));
	list_text(o, "what", w->what);
	list_bool(o, "open", w->open);
	list_time(o, "since", w->at_ms);
	list_text(o, "account", w->who);
	return list_object(l, o);
}

static enum err
switch_list(struct ctl *c)
{
	static const char *const none[] = { NULL };
	struct list l = { .c = c };
	struct centre_settings set;
	struct store *s = NULL;
	enum err r;

	if ((r = ctl_words(c, none, 0)) == ERR_OK &&
	    (r = ctl_ledger(c, false, &set, &s)) == ERR_OK &&
	    (r = s->ops->switch_each(s, show_word, &l)) == ERR_OK)
		list_end(&l, "Tout est ouvert.");
	store_close(s);
	return r;
}

#define SCOPE "--all | --department D | --profile PROFIL | --site NUMÉRO"

/* The list comes last: its words begin the others'. */
const struct ctl_verb ctl_switch_verbs[] = {
	{ "centre switch open", SCOPE, "ouvre ces lieux à l'inscription",
	    switch_open },
	{ "centre switch close", SCOPE, "n'y ouvre plus de dossiers",
	    switch_close },
	{ "centre switch forget", SCOPE, "n'en dit plus rien : le mot plus "
	    "large vaut", switch_forget },
	{ "centre switch", "", "montre ce qui est ouvert et fermé",
	    switch_list },
	{ .words = NULL },
};
