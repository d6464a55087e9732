/* slip_form: the words of the sheet that is signed. */
#include <string.h>

#include "base/i18n.h"
#include "slip/slip_form.h"
#include "slip/words.h"

static void
add_who(struct slip *s, const struct form_facts *f)
{
	words_fact(s, N_("Feuille numéro"), f->number);
	words_fact(s, N_("Lieu"), f->site);
	words_fact(s, N_("Avec"), f->operator);
	words_fact(s, N_("Date"), f->date);
	words_person(s, f->family, f->given, f->birth);
	if (f->speaker[0] != '\0')
		words_fact(s, N_("Représentée par"), f->speaker);
}

static void
add_what(struct slip *s, const struct form_facts *f)
{
	words_para(s, N_("Lisez la phrase qui suit. Si vous êtes d'accord, "
	    "signez. Sinon, ne signez pas : personne ne vous demandera "
	    "pourquoi."));
	slip_add(s, SLIP_PARA, f->wording, NULL);
	if (f->notice[0] != '\0') {
		words_fact(s, N_("Après avoir lu"), f->notice);
		words_fact(s, N_("Empreinte du texte"), f->sha);
	}
	slip_add(s, SLIP_SIGN, f->speaker[0] == '\0' ?
	    _("Date et signature :") :
	    _("Date et signature de votre représentant :"), NULL);
}

void
slip_form(struct slip *s, const struct form_facts *f)
{
	slip_wipe(s);
	memcpy(s->ref, f->ref, sizeof(s->ref));
	s->paper = PAPER_FORM;
	s->training = f->training;
	words_title(s, N_("Votre réponse, à signer"));
	add_who(s, f);
	words_rule(s);
	add_what(s, f);
	words_rule(s);
	words_para(s, N_("Le professionnel garde cette feuille. Votre reçu, "
	    "à la fin, en dira le numéro."));
	words_fact(s, N_("Référence entière"), f->ref);
}
