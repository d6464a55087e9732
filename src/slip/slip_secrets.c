/* slip_secrets: the words of the secrets document. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/secret.h"
#include "slip/glyph.h"
#include "slip/slip_secrets.h"
#include "slip/words.h"

#define GROUP	 4 /* glyphs that the eye takes at once */
#define NO_BREAK "\xc2\xa0"

_Static_assert(GROUP * (2 * GLYPH_NAME + 2) < SLIP_TEXT,
    "the names of a group have room");

/* "lettre k majuscule, sept": a name is not parted at the end of a line, so
 * its blanks are those that no line ends at. */
static void
add_names(struct slip *s, const char *code, size_t n)
{
	char text[SLIP_TEXT] = "", name[GLYPH_NAME];
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		glyph_name(code[i], name);
		for (const char *c = name; *c != '\0'; c++) {
			text[at] = *c;
			if (*c == ' ')
				memcpy(text + at++, NO_BREAK, 2);
			at++;
		}
		if (i + 1 < n) {
			memcpy(text + at, ", ", 2);
			at += 2;
		}
	}
	slip_add(s, SLIP_NAMES, text, NULL);
	secret_wipe(text, sizeof(text));
	secret_wipe(name, sizeof(name));
}

/* "Kf7bq2Rw" as "Kf7b q2Rw"; the copy is wiped. */
static void
add_code(struct slip *s, const char *label, const char *code)
{
	char groups[2 * SLIP_TEXT];
	size_t n = 0;

	if (*code == '\0' || strlen(code) >= SLIP_TEXT)
		abort();
	for (size_t i = 0; code[i] != '\0'; i++) {
		if (i > 0 && i % GROUP == 0)
			groups[n++] = ' ';
		groups[n++] = code[i];
	}
	groups[n] = '\0';
	slip_add(s, SLIP_CODE, _(label), groups);
	secret_wipe(groups, sizeof(groups));
	for (; *code != '\0'; code += n) {
		n = strlen(code) < GROUP ? strlen(code) : GROUP;
		add_names(s, code, n);
	}
}

/* A social security number in the groups in which it is always said. The
 * card holds the policy-holder's, whoever is enrolled: the label says so. */
static void
add_nir(struct slip *s, const struct slip_facts *f)
{
	const char *n = f->nir;
	char text[40];
	int used;

	if (*n == '\0')
		return;
	if (strlen(n) == 13)
		used = snprintf(text, sizeof(text),
		    "%.1s %.2s %.2s %.2s %.3s %.3s", n, n + 1, n + 3, n + 5,
		    n + 7, n + 10);
	else
		used = snprintf(text, sizeof(text), "%s", n);
	if (*f->key != '\0')
		(void)snprintf(text + used, sizeof(text) - (size_t)used,
		    _(" clé %s"), f->key);
	words_fact(s, N_("Numéro de l'assuré"), text);
	secret_wipe(text, sizeof(text));
}

static void
add_person(struct slip *s, const struct slip_facts *f)
{
	words_para(s, N_("Pour la personne lue sur la carte Vitale :"));
	words_person(s, f->family, f->given, f->birth);
	add_nir(s, f);
}

/* How the one-time code travels. No account is made without a channel
 * (EX_1.X-1300), so one is set. */
static const char *
channel(const struct slip_facts *f)
{
	if (f->by_sms && f->by_email)
		return N_("2. À chaque connexion, un code à 6 chiffres vous "
		    "est envoyé par SMS ou par e-mail. Il ne sert qu'une "
		    "fois.");
	if (f->by_sms)
		return N_("2. À chaque connexion, un code à 6 chiffres vous "
		    "est envoyé par SMS. Il ne sert qu'une fois.");
	if (!f->by_email)
		abort();
	return N_("2. À chaque connexion, un code à 6 chiffres vous est "
	    "envoyé par e-mail. Il ne sert qu'une fois.");
}

static void
add_how(struct slip *s, const struct slip_facts *f)
{
	words_para(s, N_("1. À la première connexion, donnez l'identifiant et "
	    "le mot de passe provisoire. Vous choisirez alors votre propre "
	    "mot de passe, qui le remplacera."));
	words_para(s, channel(f));
	words_para(s, N_("3. Vous avez trois essais. Après trois erreurs, "
	    "attendez quinze minutes, puis réessayez."));
	words_para(s, N_("Ces codes serviront quand votre dossier sera "
	    "ouvert. Si vous aviez déjà un dossier, ceux-ci ne serviront "
	    "pas : vos anciens codes restent valables."));
	words_para(s, N_("Gardez ce papier pour vous. Personne n'a le droit "
	    "de vous demander votre mot de passe."));
	words_help(s, f->support);
}

void
slip_secrets(struct slip *s, const struct slip_facts *f)
{
	slip_wipe(s);
	memcpy(s->ref, f->ref, sizeof(s->ref));
	s->training = f->training;
	words_title(s, N_("Vos accès à votre Dossier médical partagé"));
	add_person(s, f);
	words_rule(s);
	add_code(s, N_("Identifiant"), f->identifier);
	add_code(s, N_("Mot de passe provisoire"), f->password);
	words_rule(s);
	add_how(s, f);
	words_rule(s);
	words_fact(s, N_("Lieu"), f->site);
	words_fact(s, N_("Date"), f->date);
	words_fact(s, N_("Référence"), f->reference);
}
