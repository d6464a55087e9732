/* slip_secrets: the words of the secrets document. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "slip/slip_secrets.h"

#define GROUP 4 /* glyphs that the eye takes at once */

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
	slip_add(s, SLIP_CODE, label, groups);
	secret_wipe(groups, sizeof(groups));
}

/* A social security number in the groups in which it is always said. The
 * card holds the policy-holder's, whoever is enrolled: the label says so. */
static void
add_nir(struct slip *s, const struct slip_facts *f)
{
	static const char label[] = "Numéro de l'assuré";
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
		    " clé %s", f->key);
	slip_add(s, SLIP_FACT, label, text);
	secret_wipe(text, sizeof(text));
}

static void
add_person(struct slip *s, const struct slip_facts *f)
{
	slip_add(s, SLIP_PARA, "Pour la personne lue sur la carte Vitale :",
	    NULL);
	slip_add(s, SLIP_FACT, "Nom", f->family);
	slip_add(s, SLIP_FACT, "Prénom", f->given);
	slip_add(s, SLIP_FACT, "Naissance", f->birth);
	add_nir(s, f);
}

static void
add_para(struct slip *s, const char *text)
{
	slip_add(s, SLIP_PARA, text, NULL);
}

/* No account is made without a channel (EX_1.X-1300), so one is set. */
static const char *
channel(const struct slip_facts *f)
{
	if (f->by_sms && f->by_email)
		return "par SMS ou par courriel";
	if (!f->by_sms && !f->by_email)
		abort();
	return f->by_sms ? "par SMS" : "par courriel";
}

static void
add_how(struct slip *s, const struct slip_facts *f)
{
	char text[SLIP_TEXT];

	add_para(s, "1. À la première connexion, donnez l'identifiant et le "
	    "mot de passe provisoire. Vous choisirez alors votre propre mot "
	    "de passe, qui le remplacera.");
	(void)snprintf(text, sizeof(text), "2. À chaque connexion, un code à "
	    "6 chiffres vous est envoyé %s. Il ne sert qu'une fois.",
	    channel(f));
	add_para(s, text);
	add_para(s, "3. Vous avez trois essais. Après trois erreurs, attendez "
	    "quinze minutes, puis réessayez.");
	add_para(s, "Ces codes serviront quand le centre aura ouvert votre "
	    "dossier. Si vous aviez déjà un dossier, ceux-ci ne serviront "
	    "pas : vos anciens codes restent valables.");
	add_para(s, "Gardez ce papier pour vous. Personne n'a le droit de "
	    "vous demander votre mot de passe.");
	if (*f->support != '\0') {
		(void)snprintf(text, sizeof(text), "Besoin d'aide : %s",
		    f->support);
		add_para(s, text);
	}
}

void
slip_secrets(struct slip *s, const struct slip_facts *f)
{
	slip_wipe(s);
	memcpy(s->ref, f->ref, sizeof(s->ref));
	s->training = f->training;
	slip_add(s, SLIP_TITLE, "Vos accès à votre Dossier médical partagé",
	    NULL);
	add_person(s, f);
	slip_add(s, SLIP_RULE, NULL, NULL);
	add_code(s, "Identifiant", f->identifier);
	add_code(s, "Mot de passe provisoire", f->password);
	slip_add(s, SLIP_RULE, NULL, NULL);
	add_how(s, f);
	slip_add(s, SLIP_RULE, NULL, NULL);
	slip_add(s, SLIP_FACT, "Lieu", f->site);
	slip_add(s, SLIP_FACT, "Date", f->date);
	slip_add(s, SLIP_FACT, "Référence", f->reference);
}
