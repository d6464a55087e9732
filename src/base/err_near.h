/* err_near: errors 1xx to 4xx, of the machine and of the desk. */
#ifndef GUICHET_BASE_ERR_NEAR_H
#define GUICHET_BASE_ERR_NEAR_H

#include "base/exits.h"

/* Rows as err.h says. */
#define ERRORS_NEAR(X)						\
	X(OK, 0, EXIT_DONE, 200, "Tout va bien.", "Rien à faire.")           \
	/* 1xx: anywhere */                                                  \
	X(MEMORY, 101, EXIT_AGAIN, 503, "La mémoire manque.",                \
	  "Fermez d'autres programmes, puis recommencez.")                   \
	X(USAGE, 102, EXIT_USAGE, 400, "La commande n'est pas comprise.",    \
	  "L'option -h montre comment l'écrire.")                            \
	X(NOT_FOUND, 103, EXIT_NO, 404, "Il n'y a rien de ce nom.",          \
	  "Vérifiez le nom ou la référence.")                                \
	X(FILE_READ, 104, EXIT_IO, 500, "Un fichier ne peut pas être lu.",   \
	  "Vérifiez qu'il existe et que ce compte peut le lire.")            \
	X(FILE_WRITE, 105, EXIT_IO, 500,                                     \
	  "Un fichier ne peut pas être écrit.",                              \
	  "Vérifiez la place libre et les droits du dossier.")               \
	X(TOO_LONG, 106, EXIT_DATA, 413, "Une donnée est trop longue.",      \
	  "Raccourcissez-la.")                                               \
	X(TRUNCATED, 107, EXIT_DATA, 400, "Une donnée est incomplète.",      \
	  "Renvoyez-la en entier.")                                          \
	X(TRAILING, 108, EXIT_DATA, 400,                                     \
	  "Une donnée est suivie d'octets de trop.",                         \
	  "Renvoyez-la telle qu'elle a été écrite.")                         \
	X(JSON, 109, EXIT_DATA, 400, "Un document JSON n'est pas valable.",  \
	  "Corrigez-le à l'endroit indiqué.")                                \
	X(TEXT, 110, EXIT_DATA, 400,                                         \
	  "Un texte contient des caractères refusés.",                       \
	  "Retapez-le sans caractères de commande.")                         \
	X(CHILD, 111, EXIT_UNAVAILABLE, 500,                                 \
	  "Un programme d'aide s'est arrêté.",                               \
	  "Relancez guichet ; si cela continue, appelez l'assistance.")      \
	X(RANDOM, 112, EXIT_UNAVAILABLE, 500,                                \
	  "La bibliothèque de chiffrement ne démarre pas.",                  \
	  "Réinstallez libsodium, puis relancez.")                           \
	X(SANDBOX, 113, EXIT_UNAVAILABLE, 500,                               \
	  "Le confinement du programme n'a pas pu être posé.",               \
	  "Voyez le noyau et l'unité systemd dans guichet(7).")              \
	/* 2xx: settings and keys */                                         \
	X(SET_UNKNOWN, 201, EXIT_SETTINGS, 500, "Un réglage est inconnu.",   \
	  "Corrigez son nom, ou retirez la ligne.")                          \
	X(SET_TWICE, 202, EXIT_SETTINGS, 500,                                \
	  "Un réglage est donné deux fois.", "Gardez une seule ligne.")      \
	X(SET_VALUE, 203, EXIT_SETTINGS, 500,                                \
	  "La valeur d'un réglage ne convient pas.",                         \
	  "Voyez les valeurs permises dans guichet.conf(5).")                \
	X(SET_MISSING, 204, EXIT_SETTINGS, 500,                              \
	  "Un réglage nécessaire manque.",                                   \
	  "Ajoutez-le ; guichet.conf(5) le décrit.")                         \
	X(SET_FILE, 205, EXIT_SETTINGS, 500,                                 \
	  "Le fichier de réglages ne peut pas être lu.",                     \
	  "Vérifiez son nom et ses lignes.")                                 \
	X(KEY_READ, 206, EXIT_SETTINGS, 500, "Une clé ne peut pas être lue.",\
	  "Vérifiez que le fichier existe et que ce compte peut le lire.")   \
	X(KEY_MODE, 207, EXIT_PERMISSION, 500,                               \
	  "Une clé secrète est lisible par d'autres.",                       \
	  "Corrigez avec chmod 600, et remplacez la clé si elle a pu être "  \
	  "lue.")                                                            \
	X(KEY_FORM, 208, EXIT_SETTINGS, 500,                                 \
	  "Un fichier de clé n'a pas la bonne forme.",                       \
	  "Remettez le fichier d'origine, ou refaites la clé.")              \
	X(STATE_FOLDER, 209, EXIT_PERMISSION, 500,                           \
	  "Le dossier d'état ne peut pas servir.",                           \
	  "Créez-le, à ce compte et en mode 0700.")                          \
	X(CATALOGUE, 210, EXIT_SETTINGS, 500,                                \
	  "Une traduction manque ou est abîmée.",                            \
	  "Réinstallez les textes de guichet.")                              \
	/* 3xx: card */                                                      \
	X(CARD_SERVICE, 301, EXIT_UNAVAILABLE, 503,                          \
	  "Le service des lecteurs de cartes ne répond pas.",                \
	  "Démarrez pcscd : systemctl start pcscd.socket.")                  \
	X(CARD_NO_READER, 302, EXIT_UNAVAILABLE, 503,                        \
	  "Aucun lecteur de cartes n'est branché.",                          \
	  "Branchez le lecteur, puis attendez quelques secondes.")           \
	X(CARD_MUTE, 303, EXIT_NO, 503, "La carte ne répond pas.",           \
	  "Retournez-la : la puce vers le haut, dans la fente.")             \
	X(CARD_VITALE1, 304, EXIT_NO, 503,                                   \
	  "C'est une carte Vitale de première génération.",                  \
	  "Ce guichet ne la lit pas ; demandez une carte Vitale 2.")         \
	X(CARD_CPS, 305, EXIT_NO, 503, "C'est une carte de professionnel.",  \
	  "Mettez la carte Vitale dans l'autre fente.")                      \
	X(CARD_FOREIGN, 306, EXIT_NO, 503, "Ce n'est pas une carte Vitale.", \
	  "Mettez la carte Vitale, verte, avec la puce.")                    \
	X(CARD_BUSY, 307, EXIT_AGAIN, 503,                                   \
	  "La carte est occupée par un autre logiciel.",                     \
	  "Attendez quelques secondes ; fermez l'autre logiciel au besoin.") \
	X(CARD_GONE, 308, EXIT_AGAIN, 503,                                   \
	  "La carte a été retirée pendant la lecture.",                      \
	  "Remettez-la et laissez-la en place.")                             \
	X(CARD_PROTECTED, 309, EXIT_NO, 503,                                 \
	  "La carte refuse de montrer ses données.",                         \
	  "Remettez-la ; sinon, allez à une borne de mise à jour.")          \
	X(CARD_DATA, 310, EXIT_DATA, 503,                                    \
	  "Les données de la carte sont abîmées.",                           \
	  "Remettez-la ; sinon, allez à une borne de mise à jour.")          \
	X(CARD_TALK, 311, EXIT_AGAIN, 503,                                   \
	  "Le lecteur et la carte ne se comprennent pas.",                   \
	  "Essuyez la puce, remettez la carte.")                             \
	X(CARD_FILE, 312, EXIT_DATA, 500,                                    \
	  "Le fichier de carte n'est pas valable.",                          \
	  "Corrigez la ligne indiquée ; guichet-simcard(1) dit la forme.")   \
	X(CARD_EMPTY, 313, EXIT_NO, 503, "Aucune carte n'est insérée.",      \
	  "Insérez la carte Vitale.")                                        \
	X(CARD_RESET, 314, EXIT_AGAIN, 503,                                  \
	  "Un autre logiciel a relancé la carte.",                           \
	  "La lecture recommence d'elle-même.")                              \
	/* 4xx: desk */                                                      \
	X(ANSWERS, 401, EXIT_DATA, 500,                                      \
	  "Le fichier de réponses n'est pas valable.",                       \
	  "Corrigez la ligne indiquée ; guichet(1) dit la forme.")           \
	X(UNANSWERED, 402, EXIT_DATA, 500, "Une question est sans réponse.", \
	  "Ajoutez la réponse au fichier.")                                  \
	X(TRAINING_ONLY, 403, EXIT_USAGE, 500,                               \
	  "Cela n'est permis qu'en mode de formation.",                      \
	  "Mettez « mode = training » dans un réglage à part.")              \
	X(TERMINAL, 404, EXIT_UNAVAILABLE, 500,                              \
	  "L'écran ne peut pas être ouvert.",                                \
	  "Essayez avec --face line.")                                       \
	X(NOTICE, 405, EXIT_SETTINGS, 500,                                   \
	  "Le texte d'information manque ou a changé.",                      \
	  "Réinstallez les textes de guichet.")                              \
	X(DEMO_CARD, 406, EXIT_NO, 500,                                      \
	  "C'est une carte de démonstration ou de test.",                    \
	  "Ce guichet est réel : mettez une vraie carte Vitale.")            \
	X(REAL_CARD, 407, EXIT_NO, 500,                                      \
	  "C'est une vraie carte, et ce guichet est en formation.",          \
	  "Mettez une carte de démonstration.")                              \
	X(INPUT_END, 408, EXIT_UNAVAILABLE, 500,                             \
	  "Il n'y a plus personne au bout de la ligne.",                     \
	  "Relancez guichet quand la ligne est rouverte.")                   \
	X(PIN_WRONG, 409, EXIT_NO, 500, "Ce n'est pas le bon code.",         \
	  "Retapez-le ; chaque erreur double l'attente.")                    \
	X(PIN_LOCKED, 410, EXIT_AGAIN, 500,                                  \
	  "Ce compte attend, après des codes faux.",                         \
	  "Patientez, ou demandez guichetctl operator unlock.")              \
	X(PIN_WEAK, 411, EXIT_DATA, 500, "Ce code est trop facile.",         \
	  "Prenez de 6 à 32 chiffres, ni tous égaux ni à la suite.")         \
	X(OPERATORS, 412, EXIT_DATA, 500,                                    \
	  "La liste des professionnels ne peut pas servir.",                 \
	  "Remettez la dernière bonne copie, ou refaites les comptes.")      \
	X(OPERATOR_FORM, 413, EXIT_DATA, 500,                                \
	  "Un compte de professionnel n'est pas valable.",                   \
	  "Donnez un numéro, un nom et une profession, chacun assez court.") \
	X(OPERATOR_TWICE, 414, EXIT_DATA, 500,                               \
	  "Ce professionnel a déjà un compte.",                              \
	  "guichetctl operator pin change son code.")                        \
	X(NO_OPERATOR, 415, EXIT_NO, 500, "Personne ne tient ce guichet.",   \
	  "Un professionnel donne d'abord son code.")

#endif
