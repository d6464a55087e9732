/* ctl_centre: the ledger, its gaps and terminals, the dossiers: never a name
 * of anybody. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "centre/store.h"
#include "centre/vault.h"
#include "ctl/list.h"

static void
time_words(uint64_t ms, char out[CLOCK_TEXT])
{
	if (ms == 0)
		(void)snprintf(out, CLOCK_TEXT, "jamais");
	else
		clock_text(ms, out);
}

/* A listing of the ledger: no words, then what each() shows. */
static enum err
list_ledger(struct ctl *c, enum err (*each)(struct store *s, struct list *l),
    const char *none)
{
	static const char *const names[] = { NULL };
	struct list l = { .c = c };
	struct centre_settings set;
	struct store *s = NULL;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = ctl_ledger(c, false, &set, &s)) == ERR_OK &&
	    (r = each(s, &l)) == ERR_OK)
		list_end(&l, none);
	store_close(s);
	return r;
}

static enum err
show_entry(const struct entry *e, void *user)
{
	struct list *l = user;
	const char *outcome = e->outcome == 0 ? "waiting" :
	    outcome_word((enum outcome_kind)e->outcome);
	char rid[RID_TEXT], at[CLOCK_TEXT];
	json_t *o;

	rid_text(&e->rid, rid);
	clock_text(e->received_ms, at);
	list_row(l, "référence                   poste  numéro  reçu le"
	    "               suite");
	if (!l->c->json) {
		fprintf(l->c->out, "%s %6u %7llu  %s  %s", rid, e->terminal,
		    (unsigned long long)e->sequence, at, outcome);
		if (e->reason != 0)
			fprintf(l->c->out, " G-%03d", e->reason);
		fputc('\n', l->c->out);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "rid", rid);
	list_number(o, "terminal", e->terminal);
	list_number(o, "sequence", e->sequence);
	list_time(o, "received", e->received_ms);
	list_text(o, "outcome", outcome);
	list_number(o, "reason", (uint64_t)e->reason);
	return list_object(l, o);
}

static enum err
each_ledger(struct store *s, struct list *l)
{
	return s->ops->entry_each(s, show_entry, l);
}

static enum err
centre_ledger(struct ctl *c)
{
	return list_ledger(c, each_ledger, "Le registre est vide.");
}

static enum err
show_gap(uint32_t terminal, uint64_t sequence, uint64_t since_ms, void *user)
{
	struct list *l = user;
	char since[CLOCK_TEXT];
	json_t *o;

	clock_text(since_ms, since);
	list_row(l, "constat   poste  numéro  depuis                fois");
	if (!l->c->json) {
		fprintf(l->c->out, "missing  %6u %7llu  %s\n", terminal,
		    (unsigned long long)sequence, since);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "kind", "missing");
	list_number(o, "terminal", terminal);
	list_number(o, "sequence", sequence);
	list_time(o, "since", since_ms);
	return list_object(l, o);
}

static enum err
show_alarm(const struct alarm *a, void *user)
{
	struct list *l = user;
	char rid[RID_TEXT], at[CLOCK_TEXT];
	json_t *o;

	rid_text(&a->rid, rid);
	clock_text(a->at_ms, at);
	list_row(l, "constat   poste  numéro  depuis                fois");
	if (!l->c->json) {
		fprintf(l->c->out, "%-8s %6u %7llu  %s  %llu\n",
		    alarm_word(a->kind), a->terminal,
		    (unsigned long long)a->sequence, at,
		    (unsigned long long)a->times);
		return ERR_OK;
	}
	o = json_object();
	list_text(o, "kind", alarm_word(a->kind));
	list_number(o, "terminal", a->terminal);
	list_number(o, "sequence", a->sequence);
	list_text(o, "rid", rid);
	list_time(o, "since", a->at_ms);
	list_number(o, "times", a->times);
	return list_object(l, o);
}

static enum err
each_gaps(struct store *s, struct list *l)
{
	enum err r = s->ops->gap_each(s, show_gap, l);

	return r == ERR_OK ? s->ops->alarm_each(s, show_alarm, l) : r;
}

static enum err
centre_gaps(struct ctl *c)
{
	return list_ledger(c, each_gaps, "Rien ne manque.");
}

/* What else the centre was told of its place, on a line of its own. */
static void
show_seat(FILE *out, const struct seat *s)
{
	const char *const words[] = { s->name, s->profile, s->department };
	unsigned said = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i][0] != '\0')
			fprintf(out, "%s%s", said++ == 0 ? "       " : " · ",
			    words[i]);
	if (said > 0)
		fputc('\n', out);
}

static enum err
show_terminal(const struct terminal *t, void *user)
{
	struct list *l = user;
	char cert[2 * CERT_LEN + 1], seen[CLOCK_TEXT];
	json_t *o;

	time_words(t->seen_ms, seen);
	list_row(l, "poste  état     mode        dernier  vu le"
	    "                 lieu");
	if (!l->c->json) {
		fprintf(l->c->out, "%5u  %-7s  %-10s %8llu  %-20s  %s\n",
		    t->number, t->closed && t->state == TERMINAL_ACTIVE ?
		    "closed" : terminal_state_word(t->state),
		    t->training ? "training" : "production",
		    (unsigned long long)t->sequence, seen, t->seat.site);
		show_seat(l->c->out, &t->seat);
		return ERR_OK;
	}
	hex_of(t->cert, CERT_LEN, cert);
	o = json_object();
	list_number(o, "terminal", t->number);
	list_text(o, "site", t->seat.site);
	list_text(o, "site_name", t->seat.name);
	list_text(o, "profile", t->seat.profile);
	list_text(o, "department", t->seat.department);
	list_text(o, "state", terminal_state_word(t->state));
	list_bool(o, "closed", t->closed);
	list_bool(o, "training", t->training);
	list_number(o, "sequence", t->sequence);
	list_time(o, "seen", t->seen_ms);
	list_number(o, "sign_key", t->sign_key);
	list_number(o, "opening_key", t->opening_key);
	list_text(o, "certificate", cert);
	return list_object(l, o);
}

static enum err
each_terminals(struct store *s, struct list *l)
{
	return s->ops->terminal_each(s, show_terminal, l);
}

static enum err
centre_terminals(struct ctl *c)
{
	return list_ledger(c, each_terminals, "Aucun poste n'est inscrit.");
}

static json_t *
consent_object(const struct dossier *d)
{
	json_t *consent = json_object(), *notice = json_object();

	list_text(notice, "id", d->notice_id);
	list_text(notice, "version", d->notice_version);
	list_text(notice, "lang", d->notice_lang);
	list_text(notice, "hash", d->notice_sha);
	list_text(consent, "method", d->method);
	list_time(consent, "at", d->consent_ms);
	(void)json_object_set_new(consent, "notice", notice);
	return consent;
}

static json_t *
access_object(const struct dossier *d)
{
	json_t *access = json_object();

	list_bool(access, "samu_opposed", d->samu_opposed);
	list_bool(access, "break_glass_opposed", d->break_glass_opposed);
	list_bool(access, "masked", d->masked);
	list_bool(access, "sensitive", d->sensitive);
	list_number(access, "allowed", d->allowed);
	list_number(access, "blocked", d->blocked);
	return access;
}

static json_t *
contact_object(const struct dossier *d)
{
	json_t *contact = json_object();

	list_text(contact, "mobile", d->mobile);
	list_text(contact, "email", d->email);
	return contact;
}

/* One that is verified is enough. */
static const char *
contact_word(const struct dossier *d)
{
	if (strcmp(d->mobile, "verified") == 0 ||
	    strcmp(d->email, "verified") == 0)
		return "vérifié";
	return d->mobile[0] != '\0' || d->email[0] != '\0' ? "non vérifié" :
	    "aucun";
}

/* The contract of guichetctl(1): how and when, never who. */
static enum err
dossier_object(const struct list *l, const struct dossier *d)
{
	char rid[RID_TEXT], id[2 * DOSSIER_ID_LEN + 1];
	json_t *o = json_object();

	rid_text(&d->rid, rid);
	hex_of(d->id, DOSSIER_ID_LEN, id);
	list_text(o, "rid", rid);
	list_text(o, "dossier", id);
	list_text(o, "state", dossier_state_word(d->state));
	list_time(o, "opened", d->opened_ms);
	list_time(o, "closed", d->closed_ms);
	list_time(o, "changed", d->changed_ms);
	list_number(o, "acts", d->acts);
	list_text(o, "subject", d->subject);
	list_bool(o, "representative", d->represented);
	(void)json_object_set_new(o, "consent", consent_object(d));
	(void)json_object_set_new(o, "access", access_object(d));
	list_bool(o, "doctor", d->doctor);
	list_bool(o, "emergency_contact", d->emergency);
	list_text(o, "alerts", d->alerts);
	list_text(o, "confirmation", d->confirmation);
	(void)json_object_set_new(o, "contact", contact_object(d));
	list_bool(o, "account", d->account);
	return list_object(l, o);
}

static enum err
show_dossier(const struct dossier *d, void *user)
{
	static const char *const states[] = { [DOSSIER_OPENED] = "ouvert",
		[DOSSIER_CLOSED] = "fermé", [DOSSIER_OPPOSED] = "opposé",
		[DOSSIER_DESTROYED] = "détruit",
		[DOSSIER_DECEASED] = "décédé" };
	char rid[RID_TEXT], changed[CLOCK_TEXT];
	struct list *l = user;
	int pad = 7 - (int)text_width(states[d->state]);

	rid_text(&d->rid, rid);
	clock_text(d->changed_ms, changed);
	list_row(l, "référence                   état     depuis              "
	    "  consentement   compte  contact");
	if (l->c->json)
		return dossier_object(l, d);
	fprintf(l->c->out, "%s  %s%*s  %s  %-13s  %-6s  %s\n", rid,
	    states[d->state], pad, "", changed, d->method,
	    d->account ? "oui" : "non", contact_word(d));
	return ERR_OK;
}

static enum err
centre_dossiers(struct ctl *c)
{
	static const char *const names[] = { NULL };
	struct list l = { .c = c };
	struct centre_settings set;
	struct vault *v = NULL;
	enum err r;

	if ((r = ctl_words(c, names, 0)) == ERR_OK &&
	    (r = ctl_centre(c, &set)) == ERR_OK &&
	    (r = vault_open(set.vault, false, NULL, &v)) == ERR_OK &&
	    (r = vault_each(v, show_dossier, &l)) == ERR_OK)
		list_end(&l, "Aucun dossier n'est ouvert.");
	vault_close(v);
	return r;
}

const struct ctl_verb ctl_centre_verbs[] = {
	{ "centre ledger", "", "montre ce que les postes ont envoyé",
	    centre_ledger },
	{ "centre gaps", "", "montre ce qui manque et ce qui se contredit",
	    centre_gaps },
	{ "centre leases", "", "montre ce que sont devenus les identifiants "
	    "prêtés", ctl_leases },
	{ "centre terminals", "", "montre les postes inscrits",
	    centre_terminals },
	{ "centre dossiers", "", "montre les dossiers ouverts, sans identité",
	    centre_dossiers },
	{ .words = NULL },
};
