/* slip_receipt: the words of the two receipts. */
#include <stdio.h>
#include <string.h>

#include "slip/slip_receipt.h"

static void
para(struct slip *s, const char *text)
{
	slip_add(s, SLIP_PARA, text, NULL);
}

static void
fact(struct slip *s, const char *label, const char *value)
{
	slip_add(s, SLIP_FACT, label, value);
}

static void
add_what(struct slip *s, const struct receipt_facts *f)
{
	fact(s, "Référence", f->reference);
	fact(s, "Date", f->date);
	fact(s, "Lieu", f->site);
	fact(s, "Avec", f->operator);
	fact(s, "Nom", f->family);
	fact(s, "Prénom", f->given);
	fact(s, "Naissance", f->birth);
	para(s, f->opening ? "Votre demande d'ouverture d'un Dossier médical "
	    "partagé est enregistrée ici. Elle partira au prochain envoi, et "
	    "le centre ouvrira alors votre dossier." :
	    "Votre demande est enregistrée ici. Elle partira au prochain "
	    "envoi.");
	if (f->account_later)
		para(s, "Ce guichet n'avait plus d'identifiants : revenez "
		    "avec votre carte pour recevoir vos codes d'accès.");
	else if (f->opening && !f->account)
		para(s, "Vous n'avez pas demandé de compte sur internet.");
}

/* What is opposed stands apart: nobody should have to look for it. */
static void
add_choices(struct slip *s, const struct receipt_facts *f)
{
	if (!f->samu_opposed && !f->break_glass_opposed) {
		para(s, "Vous ne vous opposez à rien : en cas d'urgence, le "
		    "SAMU et un soignant dont l'accès serait vital pourront "
		    "consulter votre dossier.");
		return;
	}
	para(s, "VOUS VOUS OPPOSEZ :");
	if (f->samu_opposed)
		para(s, "- à ce que le médecin du SAMU (15) consulte votre "
		    "dossier en cas d'urgence ;");
	if (f->break_glass_opposed)
		para(s, "- à ce qu'un soignant le consulte quand votre vie "
		    "est en danger (« bris de glace »).");
	if (!f->samu_opposed)
		para(s, "Vous acceptez que le médecin du SAMU (15) consulte "
		    "votre dossier.");
	if (!f->break_glass_opposed)
		para(s, "Vous acceptez qu'un soignant le consulte quand "
		    "votre vie est en danger.");
}

static void
add_consent(struct slip *s, const struct receipt_facts *f)
{
	static const char *const how[] = {
		[CONSENT_SCREEN] = "sur l'écran du guichet",
		[CONSENT_ORAL] = "à voix haute, attesté par le professionnel",
		[CONSENT_PAPER] = "sur papier signé",
	};

	para(s, "Reçu de votre accord");
	fact(s, "Vous avez dit", f->wording);
	fact(s, "Le", f->consent_date);
	fact(s, "Comment", how[f->method]);
	fact(s, "Par", f->grantor == GRANTOR_PATIENT ? "vous-même"
	    : "votre représentant");
	if (f->notice[0] != '\0') {
		fact(s, "Après avoir lu", f->notice);
		fact(s, "Empreinte du texte", f->sha);
	}
	fact(s, "Pour quoi", "la prévention, la continuité et la "
	    "coordination de vos soins");
	fact(s, "Responsable", "Caisse nationale de l'assurance maladie");
	fact(s, "Durée", "jusqu'à la fermeture, puis dix ans");
}

static void
add_rights(struct slip *s, const struct receipt_facts *f)
{
	char text[SLIP_TEXT];

	para(s, "Changer vos choix, retirer votre accord ou fermer votre "
	    "dossier : à tout moment, sans donner de raison, dans un guichet "
	    "avec votre carte Vitale, auprès de votre caisse ou sur votre "
	    "compte. Vos remboursements n'en dépendent pas.");
	para(s, "Vous pouvez consulter votre dossier et la liste de qui l'a "
	    "ouvert, faire corriger ou masquer un document, et vous plaindre "
	    "à la CNIL (www.cnil.fr).");
	if (f->support[0] != '\0') {
		(void)snprintf(text, sizeof(text), "Besoin d'aide : %s",
		    f->support);
		para(s, text);
	}
}

void
slip_receipt(struct slip *s, const struct receipt_facts *f)
{
	slip_wipe(s);
	memcpy(s->ref, f->ref, sizeof(s->ref));
	s->paper = PAPER_RECEIPT;
	s->training = f->training;
	slip_add(s, SLIP_TITLE, f->opening
	    ? "Accusé de création de votre Dossier médical partagé"
	    : "Accusé de votre demande", NULL);
	add_what(s, f);
	slip_add(s, SLIP_RULE, NULL, NULL);
	if (f->opening) {
		add_choices(s, f);
		slip_add(s, SLIP_RULE, NULL, NULL);
	}
	add_consent(s, f);
	slip_add(s, SLIP_RULE, NULL, NULL);
	add_rights(s, f);
	if (f->proof[0] != '\0')
		slip_add(s, SLIP_QR, "Ce code prouve ce reçu. Il ne contient "
		    "ni votre nom ni votre numéro.", f->proof);
}
