/* ctl_trace: what was done with one dossier, for its holder; and whether the
 * chain of all of it holds. */
#include <string.h>
#include <time.h>

#include "centre/feed.h"
#include "centre/inquiry.h"
#include "ctl/keeper.h"
#include "ctl/list.h"

/* Actions as the holder reads them. */
static const char *
said(const char *action)
{
	static const struct {
		const char *action, *words;
	} all[] = {
		{ "opened", "ouverture" },
		{ "already-open", "demande d'ouverture, déjà ouvert" },
		{ "refused", "demande refusée" },
		{ "reissued", "nouveaux codes" },
		{ "updated", "choix changés" },
		{ "closed", "fermeture" },
		{ "reopened", "réouverture" },
		{ "opposed", "opposition à l'ouverture" },
		{ "voided", "codes annulés par le poste" },
		{ "destroyed", "destruction" },
		{ "deceased", "fermeture, titulaire décédé" },
		{ "majority", "majorité, codes annulés" },
		{ INQUIRY_DOSSIER, "question : y a-t-il un dossier" },
		{ INQUIRY_SEND, "envoi d'un code à un contact" },
		{ INQUIRY_CHECK, "vérification d'un code" },
		{ INQUIRY_REFUSED, "question refusée" },
		{ FEED_LOOK, "copie vers un autre système" },
		{ FEED_READ, "lecture des traces" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(action, all[i].action) == 0)
			return all[i].words;
	return action;
}

static const char *
or_none(const char *text)
{
	return text[0] == '\0' ? "-" : text;
}

static enum err
show_line(const struct trace_line *t, void *user)
{
	time_t at = (time_t)(t->at_ms / 1000);
	struct list *l = user;
	char rid[RID_TEXT], when[32] = "";
	struct tm tm;
	json_t *o;

	list_row(l, "date et heure      qui           profession      lieu  "
	    "       ce qui a été fait");
	if (!l->c->json) {
		if (localtime_r(&at, &tm) != NULL)
			(void)strftime(when, sizeof(when), "%d/%m/%Y %H:%M",
			    &tm);
		fprintf(l->c->out, "%-17s  %-12s  %-14s  %-11s  %s\n", when,
		    or_none(t->who), or_none(t->profession),
		    or_none(t->site), said(t->action));
		return ERR_OK;
	}
	rid_text(&t->rid, rid);
	o = json_object();
	list_number(o, "number", t->number);
	list_time(o, "at", t->at_ms);
	list_text(o, "who", t->who);
	list_text(o, "profession", t->profession);
	list_text(o, "site", t->site);
	list_text(o, "action", t->action);
	list_text(o, "rid", secret_is_zero(t->rid.b, sizeof(t->rid.b)) ? ""
	    : rid);
	return list_object(l, o);
}

/* Theirs, with the look that this is. */
static enum err
show_person(struct ctl *c, struct keeper *k, const char *reference)
{
	struct list l = { .c = c };
	uint8_t id[DOSSIER_ID_LEN];
	enum err r;

	if ((r = keeper_find(k, reference, id)) != ERR_OK ||
	    (r = keeper_trace(k, id, FEED_READ)) != ERR_OK)
		return r;
	return vault_traces(k->vault, id, 0, TRACE_LAST, show_line, &l);
}

static enum err
check_chain(struct ctl *c, struct keeper *k)
{
	struct list l = { .c = c };
	uint64_t n;
	json_t *o;
	enum err r;

	if ((r = vault_check(k->vault, &n)) != ERR_OK)
		return r;
	if (!c->json) {
		fprintf(c->out, "%llu traces, aucune ne manque.\n",
		    (unsigned long long)n);
		return ERR_OK;
	}
	o = json_object();
	list_number(o, "traces", n);
	return list_object(&l, o);
}

enum err
ctl_trace(struct ctl *c)
{
	static const char *const names[] = { "person=", "check", NULL };
	const char *person = ctl_value(c, "person");
	struct keeper k = { .keys = NULL };
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (person != NULL) == ctl_flag(c, "check"))
		r = err_about(ERR_USAGE, "--person ou --check");
	if (r == ERR_OK && (r = keeper_open(c, &k)) == ERR_OK)
		r = person != NULL ? show_person(c, &k, person)
		    : check_chain(c, &k);
	keeper_close(&k);
	return r;
}
