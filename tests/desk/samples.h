/* samples: pages like those of the screens, for the tests of the faces. */
#ifndef TESTS_DESK_SAMPLES_H
#define TESTS_DESK_SAMPLES_H

#include "desk/page.h"

#define SAMPLE_CARD                                                          \
	"╭──────────────────────────╮\n"                                     \
	"│  carte Vitale            │\n"                                     \
	"│   ┌───┐                  │\n"                                     \
	"│   │ ▒ │            ▲     │\n"                                     \
	"│   └───┘                  │\n"                                     \
	"╰──────────────────────────╯"

static inline void
sample_top(struct page *p, const char *name)
{
	page_begin(p, name);
	page_site(p, "Pharmacie du Marché, Nantes", "Français", "14:32",
	    NULL);
}

static inline void
sample_welcome(struct page *p)
{
	sample_top(p, "welcome");
	page_site(p, "Pharmacie du Marché, Nantes", "Français", "14:32",
	    "Formation : cartes de démonstration · F5 mettre ou retirer · "
	    "F6 changer");
	page_title(p, "Bonjour");
	page_para(p, "Ce guichet vous aide à ouvrir votre Dossier médical "
	    "partagé. C'est gratuit. Ce n'est pas obligatoire. Vous pouvez "
	    "arrêter à tout moment : rien ne sera gardé.");
	page_para(p, "Il vous faut votre carte Vitale. Comptez environ trois "
	    "minutes.");
	page_choice(p, "open", 0, "Ouvrir mon dossier");
	page_choice(p, "lost", 0,
	    "J'ai perdu mon identifiant ou mon mot de passe");
	page_choice(p, "change", 0, "Changer mes choix");
	page_choice(p, "close", 0, "Fermer ou rouvrir mon dossier");
	page_key(p, "Entrée", "Choisir");
	page_key(p, "↑↓", "Se déplacer");
	page_key(p, "F1", "Aide");
	page_key(p, "F2", "Langue");
	page_status(p, "Lecteur prêt · Rien en attente · Dernier envoi il y "
	    "a 2 min");
}

static inline void
sample_card(struct page *p)
{
	sample_top(p, "card");
	page_step(p, 1, 6, "Carte");
	page_title(p, "Insérez votre carte Vitale");
	page_para(p, "La puce vers le haut, dans la fente de gauche.");
	page_drawing(p, SAMPLE_CARD, "Une carte, la puce à gauche, qui monte "
	    "vers la fente.");
	page_para(p, "Nous lisons seulement votre nom, votre date de "
	    "naissance et votre numéro de Sécurité sociale.");
	page_wait(p, "Le lecteur attend la carte.");
	page_key(p, "Échap", "Revenir");
	page_key(p, "F1", "Aide");
	page_key(p, "F10", "Abandonner");
	page_status(p, "Lecteur KAP-LINK 00 00 : la fente est vide");
}

static inline void
sample_consent(struct page *p)
{
	sample_top(p, "consent");
	page_step(p, 3, 6, "Votre accord");
	page_title(p, "Voulez-vous ouvrir votre Dossier médical partagé ?");
	page_tick(p, "consent", "Je consens à l'ouverture de mon Dossier "
	    "médical partagé.", false);
	page_legal(p, "agree", 'o', "Oui, je consens");
	page_legal(p, "refuse", 'n', "Non, je ne souhaite pas");
	page_choice(p, "reread", 'i', "Relire l'information (2 pages)");
	page_para(p, "Votre réponse ne change rien à vos remboursements ni à "
	    "vos soins. Vous pourrez fermer votre dossier quand vous le "
	    "voudrez.");
	page_para(p, "Texte DMP-INFO 2.1, en français, lu en entier à "
	    "14:34.");
	page_focus(p, "reread");
	page_key(p, "o", "Oui");
	page_key(p, "n", "Non");
	page_key(p, "Échap", "Revenir");
	page_key(p, "F1", "Aide");
	page_key(p, "F10", "Abandonner");
	page_status(p, "ESSAI ALAINBIS · carte présente");
	p->private = true;
}

static inline void
sample_emergency(struct page *p, const char *samu)
{
	static const struct page_value yes_no[] = {
		{ "yes", "Oui" }, { "no", "Non, je m'y oppose" },
		{ NULL, NULL }
	};

	sample_top(p, "emergency");
	page_step(p, 4, 6, "Vos choix");
	page_title(p, "En cas d'urgence, si vous ne pouvez pas répondre");
	page_option(p, "samu", "Le médecin du SAMU (15) peut-il consulter "
	    "votre dossier ?", yes_no, samu);
	page_option(p, "glass", "Un soignant peut-il le consulter si votre "
	    "vie est en danger (« bris de glace ») ?", yes_no, "yes");
	page_choice(p, "next", 0, "Continuer");
	page_para(p, "Ces deux réponses sont indépendantes. Vous pourrez les "
	    "changer à tout moment. Vous serez averti après chaque accès.");
	page_key(p, "Entrée", "Continuer");
	page_key(p, "←→", "Changer");
	page_key(p, "Tab", "Suivant");
	page_key(p, "Échap", "Revenir");
	page_key(p, "F10", "Abandonner");
	page_status(p, "ESSAI ALAINBIS · carte présente");
	p->private = true;
}

static inline void
sample_contact(struct page *p, const char *mobile, const char *error)
{
	sample_top(p, "contact");
	page_step(p, 5, 6, "Vous joindre");
	page_title(p, "Comment vous joindre ?");
	page_fact(p, "Nom", "ESSAI");
	page_fact(p, "Prénom", "ALAINBIS");
	page_field(p, "mobile", "Téléphone mobile (facultatif)", mobile, 24,
	    "Dix chiffres, par exemple 06 12 34 56 78.", error);
	page_field(p, "email", "Adresse électronique (facultatif)", "", 255,
	    NULL, NULL);
	page_warn(p, "Sans l'un ni l'autre, votre dossier sera ouvert, mais "
	    "vous ne pourrez pas le consulter en ligne.");
	page_choice(p, "next", 0, "Continuer");
	page_key(p, "Entrée", "Suivant");
	page_key(p, "Échap", "Revenir");
	page_key(p, "F10", "Abandonner");
	page_status(p, "ESSAI ALAINBIS · carte présente");
	p->private = true;
}

static inline void
sample_secrets(struct page *p, bool hidden)
{
	sample_top(p, "secrets");
	page_step(p, 6, 6, "Vos accès");
	page_title(p, "C'est enregistré. Vos accès sont sur le papier, et "
	    "nulle part ailleurs.");
	page_code(p, "Identifiant", "4821 KFTP", false);
	page_code(p, "Mot de passe provisoire", "aZ3!e7kQ", hidden);
	page_para(p, "À la première connexion, vous choisirez votre propre "
	    "mot de passe. Un code à 6 chiffres vous sera envoyé au "
	    "06 .. .. .. 41.");
	page_heading(p, "Avez-vous le papier en main ?");
	page_choice(p, "ok", 'o', "Oui");
	page_choice(p, "no-paper", 'r', "Il n'est pas sorti");
	page_choice(p, "copied", 'e', "Je l'ai recopié");
	page_choice(p, "reveal", 'v', "Voir le mot de passe");
	page_key(p, "o", "Oui");
	page_key(p, "r", "Il n'est pas sorti");
	page_key(p, "v", "Voir");
	page_key(p, "F1", "Aide");
	page_status(p, "Enregistré ici (réf. 01JD-7Q4M). Il partira au "
	    "prochain envoi.");
	p->private = true;
}

static inline void
sample_notice(struct page *p)
{
	sample_top(p, "information");
	page_step(p, 2, 6, "L'information");
	page_title(p, "Le Dossier médical partagé, en deux pages");
	page_notice(p,
	    "Le dossier garde vos informations de santé. Vous et les "
	    "soignants que vous choisissez peuvent les lire.\n"
	    "\n"
	    "Ce qu'il contient :\n"
	    "- vos comptes rendus d'hôpital et de consultation ;\n"
	    "- vos résultats d'analyses et de radiologie ;\n"
	    "- les remboursements des deux dernières années ;\n"
	    "- ce que vous y mettez vous-même.\n"
	    "\n"
	    "Qui peut le lire : votre médecin traitant, et les soignants "
	    "que vous autorisez. Jamais votre employeur, votre banque, "
	    "votre assurance ni votre mutuelle.\n"
	    "\n"
	    "Vos droits : vous pouvez masquer un document, bloquer un "
	    "soignant, voir qui a lu quoi, et fermer votre dossier à tout "
	    "moment. Un dossier fermé est gardé dix ans, puis détruit.\n"
	    "\n"
	    "Votre accord est libre. Refuser ne change rien à vos "
	    "remboursements ni à la qualité de vos soins.");
	page_choice(p, "next", 0, "J'ai lu, continuer");
	page_choice(p, "print", 'p', "Imprimer ce texte");
	page_key(p, "↓", "Lire la suite");
	page_key(p, "Entrée", "Continuer");
	page_key(p, "F10", "Abandonner");
	page_status(p, "ESSAI ALAINBIS · carte présente");
}

static inline void
sample_pin(struct page *p, const char *pin)
{
	sample_top(p, "pin");
	page_title(p, "Votre code");
	page_secret(p, "pin", "Code", pin, 32, "il ne s'affiche pas");
	page_choice(p, "continue", 0, "Ouvrir le guichet");
}

/* One of each, as they are laid out and touched. */
static inline void
sample_allowed(struct page *p)
{
	sample_emergency(p, "yes");
}

static inline void
sample_wrong(struct page *p)
{
	sample_contact(p, "06 12 34", "Il manque des chiffres : dix en tout.");
}

static inline void
sample_covered(struct page *p)
{
	sample_secrets(p, true);
}

static const struct {
	const char *name;
	void (*build)(struct page *p);
} samples[] = {
	{ "welcome", sample_welcome },	{ "card", sample_card },
	{ "consent", sample_consent },	{ "emergency", sample_allowed },
	{ "contact", sample_wrong },	{ "secrets", sample_covered },
	{ "notice", sample_notice },
};
#define SAMPLES (sizeof(samples) / sizeof(*samples))

#endif
