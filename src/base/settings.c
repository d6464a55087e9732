/* settings: the tables themselves. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/settings.h"

static const char *const modes[] = { "production", "training", NULL };
static const char *const profiles[] = { "pharmacie", "borne", "accueil",
	NULL };
static const char *const regimes[] = { "dmp", "mes", NULL };
static const char *const logs[] = { "syslog", "stderr", NULL };
static const char *const orders[] = { "digits-letters", "letters-digits",
	NULL };
static const char *const methods[] = { "screen", "oral", "paper", NULL };
static const char *const yes_no[] = { "no", "yes", NULL };
static const char *const levels[] = { "stored", "replicated", NULL };

#define TEXT(type, field)				\
	.kind = CONF_TEXT, .offset = offsetof(type, field), \
	.size = sizeof(((type *)NULL)->field)
#define NUMBER(type, field, low, high)				\
	.kind = CONF_NUMBER, .offset = offsetof(type, field),	\
	.min = (low), .max = (high)
#define CHOICE(type, field, list)			\
	.kind = CONF_CHOICE, .offset = offsetof(type, field), \
	.choices = (list)
#define WORDS(type, field, list)			\
	.kind = CONF_WORDS, .offset = offsetof(type, field), \
	.choices = (list)

#define D struct desk_settings
const struct conf_item desk_table[] = {
	{ "mode", CHOICE(D, mode, modes), .standard = "production",
	    .help = "En formation, seules les cartes de démonstration "
		    "servent, et chaque écran le dit." },
	{ "profile", CHOICE(D, profile, profiles), .standard = "pharmacie",
	    .help = "Le lieu : qui tient le clavier." },
	{ "regime", CHOICE(D, regime, regimes), .standard = "dmp",
	    .help = "La loi du jour : dmp, on ouvre avec le consentement ; "
		    "mes, tout est ouvert d'office et l'on s'oppose." },
	{ "regime-from", NUMBER(D, regime_from, 0, 99991231),
	    .standard = "0",
	    .help = "Le jour (AAAAMMJJ) depuis lequel ce régime vaut ; "
		    "avant ce jour, c'est l'autre. 0 : depuis toujours." },
	{ "log", CHOICE(D, log, logs), .standard = "syslog",
	    .help = "Où va le journal." },
	{ "state", TEXT(D, state), .standard = "/var/lib/guichet",
	    .help = "Le dossier d'état : la file et, sous keys, les clés." },
	{ "terminal", NUMBER(D, terminal, 1, 4294967295L),
	    .help = "Le numéro de ce poste, donné par le centre." },
	{ "site-id", TEXT(D, site_id),
	    .help = "Le numéro du lieu (FINESS, SIRET)." },
	{ "site-name", TEXT(D, site_name),
	    .help = "Le nom du lieu, montré en haut de chaque écran." },
	{ "department", TEXT(D, department),
	    .help = "Le département du lieu." },
	{ "operator-id", TEXT(D, operator_id),
	    .help = "Le numéro (RPPS) du professionnel qui répond d'une borne, "
		    "et qui sert en formation tant que personne n'a de "
		    "compte ; ailleurs chacun a le sien." },
	{ "operator-name", TEXT(D, operator_name),
	    .help = "Le nom de ce professionnel." },
	{ "operator-profession", TEXT(D, operator_profession),
	    .help = "Sa profession." },
	{ "centre-url", TEXT(D, centre_url),
	    .help = "L'adresse du centre, en https." },
	{ "printer", TEXT(D, printer), .standard = "none",
	    .help = "L'imprimante : none, file:DOSSIER (formation), "
		    "device:CHEMIN, thermique : escpos58: ou escpos80: "
		    "suivi de CHEMIN ou de tcp:HÔTE:PORT, ou, pour du A4, "
		    "cups:FILE (cups:FILE@CHEMIN si la prise de CUPS est "
		    "ailleurs)." },
	{ "texts", TEXT(D, texts), .standard = "/usr/share/guichet/text",
	    .help = "Le dossier des textes d'information." },
	{ "locales", TEXT(D, locales), .standard = "/usr/share/guichet/locale",
	    .help = "Le dossier des traductions." },
	{ "cards", TEXT(D, cards), .standard = "",
	    .help = "Le dossier des cartes de démonstration (formation)." },
	{ "support", TEXT(D, support), .standard = "",
	    .help = "Le numéro et les heures de l'assistance, imprimés sur "
		    "le papier." },
	{ "identifier-order", CHOICE(D, identifier_order, orders),
	    .standard = "digits-letters",
	    .help = "L'ordre des chiffres et des lettres de l'identifiant." },
	{ "keep-until", CHOICE(D, keep_until, levels), .standard = "stored",
	    .help = "Le reçu qui permet d'effacer l'enveloppe du poste." },
	{ "consent-methods", WORDS(D, consent_methods, methods),
	    .standard = "screen",
	    .help = "Comment le oui peut être dit : screen, sur l'écran ; "
		    "oral, à voix haute, et le professionnel l'atteste ; "
		    "paper, sur une feuille imprimée ici, signée, et que le "
		    "professionnel garde. À une borne, screen seulement." },
	{ "mobiles-abroad", CHOICE(D, mobiles_abroad, yes_no),
	    .standard = "no",
	    .help = "yes : un mobile d'un autre pays est accepté, écrit avec "
		    "+ et l'indicatif du pays." },
	{ "adult-age", NUMBER(D, adult_age, 1, 99), .standard = "18",
	    .help = "L'âge de la majorité." },
	{ "lease-low", NUMBER(D, lease_low, 1, 1000), .standard = "20",
	    .help = "En dessous de ce nombre d'identifiants, le poste en "
		    "demande d'autres." },
	{ "contrast", CHOICE(D, contrast, yes_no), .standard = "no",
	    .help = "yes : l'écran commence en fort contraste, blanc et jaune "
		    "sur noir. F4 le change à tout moment." },
	{ "idle-warn", NUMBER(D, idle_warn, 5, 3600), .standard = "60",
	    .help = "Secondes sans geste avant l'avertissement." },
	{ "idle-grace", NUMBER(D, idle_grace, 20, 600), .standard = "30",
	    .help = "Secondes de l'avertissement avant l'oubli." },
	{ "shift-lock", NUMBER(D, shift_lock, 60, 86400), .standard = "600",
	    .help = "Secondes sans personne au guichet avant que le "
		    "professionnel doive redonner son code." },
	{ "sync-every", NUMBER(D, sync_every, 1, 86400), .standard = "60",
	    .help = "Secondes entre deux envois, à un dixième près." },
	{ "sync-retries", NUMBER(D, sync_retries, 1, 1000), .standard = "10",
	    .help = "Essais manqués que le poste se permet ; dix "
		    "enregistrements livrés en rendent un. Au-delà, il "
		    "attend des minutes." },
	{ "epoch-envelopes", NUMBER(D, epoch_envelopes, 1, 1000000),
	    .standard = "1000",
	    .help = "Nombre d'enveloppes qu'une clé de signature signe au "
		    "plus, avant la suivante." },
	{ "epoch-days", NUMBER(D, epoch_days, 1, 366), .standard = "7",
	    .help = "Jours qu'une clé de signature sert au plus." },
	{ .name = NULL },
};
#undef D

#define C struct centre_settings
const struct conf_item centre_table[] = {
	{ "mode", CHOICE(C, mode, modes), .standard = "production",
	    .help = "Un centre de formation n'accepte que des postes en "
		    "formation, un centre réel que des postes réels." },
	{ "regime", CHOICE(C, regime, regimes), .standard = "dmp",
	    .help = "La loi du jour : dmp, on ouvre avec le consentement ; "
		    "mes, tout est ouvert d'office et l'on s'oppose." },
	{ "regime-from", NUMBER(C, regime_from, 0, 99991231),
	    .standard = "0",
	    .help = "Le jour (AAAAMMJJ) depuis lequel ce régime vaut ; "
		    "avant ce jour, c'est l'autre. 0 : depuis toujours." },
	{ "log", CHOICE(C, log, logs), .standard = "syslog",
	    .help = "Où va le journal." },
	{ "state", TEXT(C, state), .standard = "/var/lib/guichet-centre",
	    .help = "Le dossier du registre et des clés de la passerelle." },
	{ "vault", TEXT(C, vault), .standard = "/var/lib/guichet-vault",
	    .help = "Le dossier des dossiers et des clés de l'ouvreur." },
	{ "store", TEXT(C, store), .standard = "sqlite",
	    .help = "Où est le registre : sqlite, dans « state », ou une "
		    "adresse postgresql://, de plusieurs machines s'il le "
		    "faut. Le mot de passe va dans un fichier (passfile=)." },
	{ "listen", TEXT(C, listen), .standard = "127.0.0.1:8443",
	    .help = "L'adresse et le port d'écoute, ou unix:CHEMIN derrière "
		    "un serveur web qui tient TLS." },
	{ "supervision", TEXT(C, supervision), .standard = "",
	    .help = "L'adresse et le port de la page de supervision, ou "
		    "unix:CHEMIN derrière un serveur web ; rien : pas de "
		    "page. Qui la voit : guichetctl centre supervisor." },
	{ "questions", TEXT(C, questions), .standard = "",
	    .help = "Où la passerelle remet à guichet-answer les questions "
		    "des postes : unix:CHEMIN, ou une adresse et un port "
		    "d'un réseau à vous ; rien : aucune réponse, et la "
		    "visite continue sans." },
	{ "tls-cert", TEXT(C, tls_cert), .standard = "",
	    .help = "Le certificat du centre (PEM), inutile derrière un "
		    "serveur web, comme les deux suivants." },
	{ "tls-key", TEXT(C, tls_key), .standard = "",
	    .help = "La clé de ce certificat (PEM)." },
	{ "tls-ca", TEXT(C, tls_ca), .standard = "",
	    .help = "L'autorité qui certifie les postes (PEM)." },
	{ "tls-ca-key", TEXT(C, tls_ca_key), .standard = "",
	    .help = "La clé de cette autorité (PEM), pour que les postes "
		    "puissent se joindre au centre par un code." },
	{ "mail", TEXT(C, mail), .standard = "",
	    .help = "Le serveur de courrier de guichet-notice : "
		    "smtp://HÔTE:PORT ou smtps://HÔTE:PORT ; rien : pas de "
		    "courrier." },
	{ "mail-from", TEXT(C, mail_from), .standard = "",
	    .help = "L'adresse d'où vient ce courrier." },
	{ "mail-login", TEXT(C, mail_login), .standard = "",
	    .help = "Le fichier (0600) d'une ligne NOM:MOT DE PASSE." },
	{ "mail-texts", TEXT(C, mail_texts),
	    .standard = "/usr/share/guichet/mail",
	    .help = "Le dossier des textes envoyés aux personnes." },
	{ "sms", TEXT(C, sms), .standard = "",
	    .help = "L'adresse, en https, qui envoie les SMS : elle reçoit "
		    "un objet JSON « id », « to », « text »." },
	{ "sms-key", TEXT(C, sms_key), .standard = "",
	    .help = "Le fichier (0600) du jeton que cette adresse veut." },
	{ "support", TEXT(C, support), .standard = "",
	    .help = "Le numéro de l'assistance, dans ces textes." },
	{ "lease-size", NUMBER(C, lease_size, 1, 1000), .standard = "200",
	    .help = "Nombre d'identifiants prêtés à la fois." },
	{ "adult-age", NUMBER(C, adult_age, 1, 99), .standard = "18",
	    .help = "L'âge de la majorité." },
	{ "consent-methods", WORDS(C, consent_methods, methods),
	    .standard = "screen oral paper",
	    .help = "Les façons de dire oui que le centre accepte." },
	{ "mobiles-abroad", CHOICE(C, mobiles_abroad, yes_no),
	    .standard = "yes",
	    .help = "no : un mobile d'un autre pays est refusé." },
	{ "keep-days", NUMBER(C, keep_days, 0, 3650), .standard = "30",
	    .help = "Jours pendant lesquels une clé d'ouverture retirée est "
		    "gardée : plus que l'âge de la plus vieille sauvegarde "
		    "dont le centre puisse revenir." },
	{ "opener-every", NUMBER(C, opener_every, 10, 60000),
	    .standard = "500",
	    .help = "Millisecondes entre deux lectures du registre par "
		    "l'ouvreur." },
	{ .name = NULL },
};
#undef C

enum err
desk_load(const char *path, struct desk_settings *out)
{
	memset(out, 0, sizeof(*out));
	return conf_load(desk_table, path, out);
}

enum err
centre_load(const char *path, struct centre_settings *out)
{
	memset(out, 0, sizeof(*out));
	return conf_load(centre_table, path, out);
}

enum regime
settings_regime(int regime, long from, uint64_t at_ms)
{
	char day[9];

	clock_day(at_ms, day);
	if (strtol(day, NULL, 10) >= from)
		return (enum regime)regime;
	return regime == REGIME_DMP ? REGIME_MES : REGIME_DMP;
}
