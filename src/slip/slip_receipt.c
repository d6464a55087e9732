/* slip_receipt: the words of the two receipts. */
#include <string.h>

#include "base/i18n.h"
#include "slip/slip_receipt.h"
#include "slip/words.h"

/* What the paper is, and what happens when the record arrives. */
static const struct {
	const char *title, *then;
} kinds[] = {
	[RECORD_OPEN] = {
		N_("Accusé de création de votre Dossier médical partagé"),
		N_("Votre demande est enregistrée ici. Elle partira au "
		   "prochain envoi, et votre dossier sera ouvert.") },
	[RECORD_REISSUE] = {
		N_("Accusé de votre demande de nouveaux accès"),
		N_("Votre demande est enregistrée ici. Elle partira au "
		   "prochain envoi : vos nouveaux accès marcheront, les "
		   "anciens ne marcheront plus.") },
	[RECORD_PREFERENCES] = {
		N_("Accusé de vos nouveaux choix"),
		N_("Vos choix sont enregistrés ici. Ils partiront au "
		   "prochain envoi, et remplaceront les anciens.") },
	[RECORD_CLOSE] = {
		N_("Accusé de votre demande de fermeture"),
		N_("Votre demande est enregistrée ici. Elle partira au "
		   "prochain envoi, et votre dossier sera fermé. Il est "
		   "gardé dix ans, et vous pouvez le faire rouvrir.") },
	[RECORD_REOPEN] = {
		N_("Accusé de votre demande de réouverture"),
		N_("Votre demande est enregistrée ici. Elle partira au "
		   "prochain envoi, et votre dossier sera rouvert.") },
	[RECORD_OPPOSE] = {
		N_("Accusé de votre opposition"),
		N_("Votre opposition est enregistrée ici. Elle partira au "
		   "prochain envoi. Rien ne sera ouvert.") },
};

const char *
receipt_then(enum record_kind kind)
{
	return kinds[kind].then;
}

static void
add_what(struct slip *s, const struct receipt_facts *f)
{
	words_fact(s, N_("Référence"), f->reference);
	words_fact(s, N_("Date"), f->date);
	words_fact(s, N_("Lieu"), f->site);
	words_fact(s, N_("Avec"), f->operator);
	words_person(s, f->family, f->given, f->birth);
	words_para(s, kinds[f->kind].then);
	if (f->account_later)
		words_para(s, N_("Ce guichet n'avait plus d'identifiants : "
		    "revenez avec votre carte pour recevoir vos codes "
		    "d'accès."));
	else if (f->kind == RECORD_OPEN && !f->account)
		words_para(s, N_("Vous n'avez pas demandé de compte sur "
		    "internet."));
}

/* What is opposed stands apart: nobody should have to look for it. */
static void
add_choices(struct slip *s, const struct receipt_facts *f)
{
	if (!f->samu_opposed && !f->break_glass_opposed) {
		words_para(s, N_("Vous ne vous opposez à rien : en cas "
		    "d'urgence, le médecin du SAMU (15) peut lire votre "
		    "dossier. Un soignant peut le lire si votre vie est en "
		    "danger."));
		return;
	}
	words_para(s, N_("VOUS VOUS OPPOSEZ :"));
	if (f->samu_opposed)
		words_para(s, N_("- à ce que le médecin du SAMU (15) lise "
		    "votre dossier en cas d'urgence."));
	if (f->break_glass_opposed)
		words_para(s, N_("- à ce qu'un soignant le lise quand votre "
		    "vie est en danger (« bris de glace »)."));
	if (!f->samu_opposed)
		words_para(s, N_("Vous acceptez que le médecin du SAMU (15) "
		    "lise votre dossier."));
	if (!f->break_glass_opposed)
		words_para(s, N_("Vous acceptez qu'un soignant le lise quand "
		    "votre vie est en danger."));
}

static void
add_consent(struct slip *s, const struct receipt_facts *f)
{
	static const char *const how[] = {
		[CONSENT_SCREEN] = N_("sur l'écran du guichet"),
		[CONSENT_ORAL] = N_("à voix haute, attesté par le "
		    "professionnel"),
		[CONSENT_PAPER] = N_("sur papier signé"),
	};

	words_para(s, N_("Reçu de votre accord"));
	words_fact(s, N_("Vous avez dit"), f->wording);
	words_fact(s, N_("Le"), f->consent_date);
	words_fact(s, N_("Comment"), _(how[f->method]));
	if (f->form[0] != '\0')
		words_fact(s, N_("Feuille numéro"), f->form);
	words_fact(s, N_("Par"), f->grantor == GRANTOR_PATIENT ?
	    _("vous-même") : _("votre représentant"));
	if (f->notice[0] != '\0') {
		words_fact(s, N_("Après avoir lu"), f->notice);
		words_fact(s, N_("Empreinte du texte"), f->sha);
	}
	words_fact(s, N_("Pour quoi"), _("la prévention, la continuité et la "
	    "coordination de vos soins"));
	words_fact(s, N_("Quelles données"), _("votre identité, vos "
	    "coordonnées et vos documents de santé"));
	words_fact(s, N_("Qui peut les lire"), _("les soignants que vous "
	    "laissez entrer ; jamais un employeur, une banque ni un "
	    "assureur"));
	words_fact(s, N_("Sur quelle base"), _("votre accord explicite (RGPD, "
	    "article 9), en droit français"));
	words_fact(s, N_("Responsable"),
	    _("Caisse nationale de l'assurance maladie, Paris"));
	words_fact(s, N_("Durée"),
	    _("jusqu'à la fermeture, puis dix ans"));
}

static void
add_rights(struct slip *s, const struct receipt_facts *f)
{
	words_para(s, N_("Changer vos choix, retirer votre accord ou fermer "
	    "votre dossier : à tout moment, sans donner de raison, dans un "
	    "guichet avec votre carte Vitale, auprès de votre caisse ou sur "
	    "votre compte. Vos remboursements n'en dépendent pas."));
	words_para(s, N_("Vous pouvez consulter votre dossier et la liste de "
	    "qui l'a ouvert, faire corriger ou masquer un document, et vous "
	    "plaindre à la CNIL (www.cnil.fr)."));
	words_help(s, f->support);
}

void
slip_receipt(struct slip *s, const struct receipt_facts *f)
{
	slip_wipe(s);
	memcpy(s->ref, f->ref, sizeof(s->ref));
	s->paper = PAPER_RECEIPT;
	s->training = f->training;
	words_title(s, kinds[f->kind].title);
	add_what(s, f);
	words_rule(s);
	if (record_has(f->kind, "access")) {
		add_choices(s, f);
		words_rule(s);
	}
	add_consent(s, f);
	words_rule(s);
	add_rights(s, f);
	if (f->proof[0] != '\0')
		slip_add(s, SLIP_QR, _("Ce code prouve ce reçu. Il ne "
		    "contient ni votre nom ni votre numéro."), f->proof);
}
