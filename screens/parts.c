/* parts: what several screens say or ask in the same way. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/secret.h"
#include "screens/parts.h"
#include "slip/slip_receipt.h"

bool
picked(const struct event *ev, const char *id)
{
	return ev->kind == EV_PICK && strcmp(ev->id, id) == 0;
}

bool
set_to(const struct event *ev, const char *id, const char *value)
{
	return ev->kind == EV_SET && strcmp(ev->id, id) == 0 &&
	    strcmp(ev->value, value) == 0;
}

void
say_who_decides(struct session *s)
{
	struct record *rec = &s->person->rec;

	rec->representative.there = record_is_represented(rec);
	rec->grantor = rec->representative.there ? GRANTOR_REPRESENTATIVE :
	    GRANTOR_PATIENT;
	if (!rec->representative.there)
		secret_wipe(&rec->representative, sizeof(rec->representative));
}

bool
next_contact(struct person *p)
{
	const struct record *rec = &p->rec;

	if (p->reach < REACH_MOBILE && rec->contact.mobile[0] != '\0' &&
	    rec->verified.mobile[0] == '\0')
		p->reach = REACH_MOBILE;
	else if (p->reach < REACH_EMAIL && rec->contact.email[0] != '\0' &&
	    rec->verified.email[0] == '\0')
		p->reach = REACH_EMAIL;
	else
		return false;
	return true;
}

void
wait_or_go_on(struct page *p, const char *text)
{
	page_title(p, _("Un instant"));
	page_wait(p, text);
	page_choice(p, "skip", 's', _("Continuer sans attendre"));
}

enum outcome
goodbye_handle(struct session *s, const struct event *ev)
{
	(void)s;
	return picked(ev, "ok") ? OUT_OK : OUT_STAY;
}

void
goodbye_close(struct page *p)
{
	page_choice(p, "ok", 't', _("Terminer"));
}

void
say_error(struct page *p, enum err r)
{
	page_warn(p, _(err_what(r)));
	page_para(p, _(err_todo(r)));
	page_parf(p, _("Code à dire au téléphone : G-%03d."), err_number(r));
}

void
say_kept(const struct session *s, struct page *p)
{
	page_title(p, _("Merci, c'est fait"));
	page_fact(p, _("Votre référence"), s->reference);
	page_para(p, _(receipt_then(s->served)));
	if (s->served == RECORD_OPEN)
		page_para(p, _("Au début, votre dossier peut être vide. Il se "
			       "remplira au fil de vos soins."));
	if (s->receipt == ERR_OK)
		page_para(p, _("Votre reçu est imprimé : il dit vos choix, "
			       "et il le prouve."));
	else
		page_para(p, _("Il n'y a pas de reçu imprimé : demandez-en "
			       "un avec votre référence."));
}

void
names_of(const struct bearer *b, char *out, size_t room)
{
	(void)snprintf(out, room, "%s %s", b->family, b->given);
}

void
number_masked(const struct bearer *b, char out[NUMBER_ROOM])
{
	const char *n = b->nir;

	if (strlen(n) != sizeof(b->nir) - 1)
		(void)snprintf(out, NUMBER_ROOM, "%s", _("absent"));
	else
		(void)snprintf(out, NUMBER_ROOM, _("%.1s %.2s %.2s %.2s "
		    "... ... clé %s"), n, n + 1, n + 3, n + 5, b->key);
}

void
mobile_words(const char *mobile, bool veiled, char out[MOBILE_ROOM])
{
	const size_t front = mobile[0] == '+' ? 3 : 2, n = strlen(mobile);
	char *at = out;

	for (size_t i = 0; i < n && i < MOBILE_TEXT - 1; i++) {
		if (i >= front && (i - front) % 2 == 0)
			*at++ = ' ';
		*at++ = veiled && i >= front && i + 2 < n ? '.' : mobile[i];
	}
	*at = '\0';
}

#define GROUPS_ROOM 24

/* "4821 KFTP": groups of four, to be read aloud. */
static void
groups_of(const char *code, char out[GROUPS_ROOM])
{
	char *at = out;

	for (size_t i = 0; code[i] != '\0' && at < out + GROUPS_ROOM - 2;
	    i++) {
		if (i > 0 && i % 4 == 0)
			*at++ = ' ';
		*at++ = code[i];
	}
	*at = '\0';
}

void
codes_show(const struct session *s, struct page *p)
{
	const struct person *person = s->person;
	char groups[GROUPS_ROOM];

	groups_of(person->identifier, groups);
	page_code(p, _("Identifiant"), groups, false);
	groups_of(person->password, groups);
	page_code(p, _("Mot de passe provisoire"), groups,
	    s->elapsed_ms >= person->reveal_until_ms);
	secret_wipe(groups, sizeof(groups));
}
