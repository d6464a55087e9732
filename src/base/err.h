/*
 * err: one list of everything that can go wrong, and how to say it.
 *
 * Every function of guichet that can fail returns an enum err, ERR_OK being
 * zero. Results go out by pointer and are written only on success.
 *
 * An error has a number that never changes: the same on the screen, in the
 * log and in guichet(7), so that the person on the telephone can be told it.
 * Hundreds say where: 1 anywhere, 2 settings and keys, 3 card, 4 desk,
 * 5 envelope and queue, 6 sync, 7 centre, 8 paper.
 */
#ifndef GUICHET_BASE_ERR_H
#define GUICHET_BASE_ERR_H

/* Exit statuses: DESIGN section 9, after sysexits(3). */
enum {
	EXIT_DONE = 0,
	EXIT_NO = 1,
	EXIT_USAGE = 64,
	EXIT_DATA = 65,
	EXIT_UNAVAILABLE = 69,
	EXIT_IO = 74,
	EXIT_AGAIN = 75,
	EXIT_PERMISSION = 77,
	EXIT_SETTINGS = 78
};

/* X(name, number, exit status, HTTP status, what happened, what to do) */
#define ERRORS(X)                                                            \
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
	/* 5xx: envelope and queue */                                        \
	X(ENV_FORM, 501, EXIT_DATA, 400, "Une enveloppe est mal formée.",    \
	  "Gardez-la et appelez l'assistance.")                              \
	X(ENV_VERSION, 502, EXIT_DATA, 400,                                  \
	  "Une enveloppe est d'une version inconnue.",                       \
	  "Mettez ce programme à jour.")                                     \
	X(ENV_SIGNATURE, 503, EXIT_DATA, 403,                                \
	  "La signature d'une enveloppe est fausse.",                        \
	  "Gardez-la et appelez l'assistance.")                              \
	X(ENV_OPEN, 504, EXIT_DATA, 422,                                     \
	  "Une enveloppe ne s'ouvre pas avec cette clé.",                    \
	  "Vérifiez quelle clé d'ouverture est en service.")                 \
	X(RECORD_FORM, 505, EXIT_DATA, 422,                                  \
	  "Un enregistrement est mal formé.",                                \
	  "Gardez-le et appelez l'assistance.")                              \
	X(RECORD_VERSION, 506, EXIT_DATA, 422,                               \
	  "Un enregistrement est d'une version inconnue.",                   \
	  "Mettez ce programme à jour.")                                     \
	X(RECEIPT, 507, EXIT_DATA, 502,                                      \
	  "Un reçu du centre n'est pas valable.",                            \
	  "Vérifiez l'adresse et la clé du centre.")                         \
	X(LEASE, 508, EXIT_DATA, 502,                                        \
	  "Un lot d'identifiants n'est pas valable.",                        \
	  "Vérifiez l'adresse et la clé du centre.")                         \
	X(NO_IDENTIFIER, 509, EXIT_AGAIN, 503,                               \
	  "Il ne reste plus d'identifiants à donner.",                       \
	  "Ils reviendront au prochain envoi.")                              \
	X(QUEUE_OPEN, 510, EXIT_IO, 500, "La file ne s'ouvre pas.",          \
	  "N'inscrivez personne et appelez l'assistance.")                   \
	X(QUEUE_DURABLE, 511, EXIT_IO, 500,                                  \
	  "La file ne peut pas garantir l'enregistrement.",                  \
	  "N'inscrivez personne et appelez l'assistance.")                   \
	X(QUEUE_WRITE, 512, EXIT_IO, 500,                                    \
	  "L'enregistrement n'a pas pu être écrit.",                         \
	  "Rien n'a été gardé. Recommencez, ou appelez l'assistance.")       \
	X(QUEUE_UNKNOWN, 513, EXIT_IO, 500,                                  \
	  "On ne sait pas si l'enregistrement est écrit.",                   \
	  "N'inscrivez plus personne et appelez l'assistance.")              \
	X(QUEUE_STORAGE, 514, EXIT_SETTINGS, 500,                            \
	  "Ce disque ne garde pas ce qu'on y écrit.",                        \
	  "Mettez le dossier d'état sur un vrai disque.")                    \
	X(QUEUE_SPACE, 515, EXIT_IO, 507, "Le disque est presque plein.",    \
	  "Libérez de la place avant d'inscrire quelqu'un.")                 \
	X(QUEUE_BUSY, 516, EXIT_AGAIN, 503,                                  \
	  "La file est occupée par un autre programme.",                     \
	  "Attendez un instant, puis recommencez.")                          \
	X(QUEUE_DAMAGED, 517, EXIT_DATA, 500,                                \
	  "Une ligne de la file est abîmée.",                                \
	  "Elle est mise de côté ; appelez l'assistance.")                   \
	X(CHAIN, 518, EXIT_DATA, 409,                                        \
	  "La suite des enveloppes est rompue.",                             \
	  "Appelez l'assistance : le disque a pu être restauré ou copié.")   \
	X(QUEUE_STOPPED, 519, EXIT_IO, 500,                                  \
	  "Le disque a refusé deux enregistrements de suite.",               \
	  "N'inscrivez personne et appelez l'assistance.")                   \
	/* 6xx: sync */                                                      \
	X(SYNC_CONNECT, 601, EXIT_AGAIN, 503, "Le centre est injoignable.",  \
	  "Vérifiez la ligne ; l'envoi reprendra de lui-même.")              \
	X(SYNC_TLS, 602, EXIT_AGAIN, 503,                                    \
	  "Le centre ne prouve pas qui il est.",                             \
	  "Vérifiez l'adresse et le certificat du centre.")                  \
	X(SYNC_REFUSED, 603, EXIT_AGAIN, 503, "Le centre refuse ce poste.",  \
	  "Appelez le centre : le certificat est inconnu ou révoqué.")       \
	X(SYNC_ANSWER, 604, EXIT_AGAIN, 502,                                 \
	  "La réponse du centre n'est pas comprise.",                        \
	  "L'envoi recommencera ; sinon, appelez le centre.")                \
	X(SYNC_BUSY, 605, EXIT_AGAIN, 503, "Le centre est occupé.",          \
	  "L'envoi reprendra de lui-même.")                                  \
	X(SYNC_UNDELIVERED, 606, EXIT_AGAIN, 503,                            \
	  "Des enregistrements attendent encore.",                           \
	  "Ils partiront au prochain envoi.")                                \
	/* 7xx: centre */                                                    \
	X(TERMINAL_UNKNOWN, 701, EXIT_NO, 403,                               \
	  "Le poste est inconnu ou révoqué.",                                \
	  "Inscrivez-le avec guichetctl centre terminal add.")               \
	X(LEDGER, 702, EXIT_IO, 503, "Le registre ne répond pas.",           \
	  "Vérifiez le disque et la base.")                                  \
	X(CONFLICT, 703, EXIT_DATA, 422,                                     \
	  "La même référence porte un autre contenu.",                       \
	  "Gardez les deux et cherchez d'où vient le second.")               \
	X(REQUEST, 704, EXIT_DATA, 400, "La demande n'est pas comprise.",    \
	  "Mettez le poste à jour.")                                         \
	X(TOO_LARGE, 705, EXIT_DATA, 413, "L'envoi est trop gros.",          \
	  "Envoyez au plus 100 enveloppes et 256 Kio.")                      \
	X(GAP, 706, EXIT_AGAIN, 409, "Il manque des enveloppes avant.",      \
	  "Le poste renverra depuis le numéro demandé.")                     \
	X(RULE, 707, EXIT_DATA, 422,                                         \
	  "L'enregistrement ne respecte pas une règle.",                     \
	  "Voyez la raison écrite à côté.")                                  \
	X(VAULT, 708, EXIT_IO, 503, "Le coffre des dossiers ne répond pas.", \
	  "Vérifiez le disque et les clés.")                                 \
	X(LISTEN, 709, EXIT_UNAVAILABLE, 500,                                \
	  "Le centre ne peut pas écouter à cette adresse.",                  \
	  "Changez « listen », ou arrêtez qui l'occupe.")                    \
	X(RULE_SAME, 710, EXIT_DATA, 422,                                    \
	  "L'enregistrement n'est pas celui de son enveloppe.",              \
	  "Gardez-le et cherchez quel poste l'a fait.")                      \
	X(RULE_MODE, 711, EXIT_DATA, 422,                                    \
	  "Une inscription de formation et un centre réel, ou l'inverse.",   \
	  "Corrigez « mode » ou l'adresse du centre sur le poste.")          \
	X(RULE_CONSENT, 712, EXIT_DATA, 422,                                 \
	  "Le consentement manque, ou n'a pas été recueilli à temps.",       \
	  "Reprenez l'inscription avec la personne.")                        \
	X(RULE_CERTIFIED, 713, EXIT_DATA, 422,                               \
	  "Le professionnel n'a pas attesté le consentement.",               \
	  "Reprenez l'inscription avec la personne.")                        \
	X(RULE_IDENTITY, 714, EXIT_DATA, 422, "L'identité est incomplète.",  \
	  "Relisez la carte et reprenez l'inscription.")                     \
	X(RULE_NOTICE, 715, EXIT_DATA, 422,                                  \
	  "L'information n'a pas été montrée en entier.",                    \
	  "Reprenez l'inscription avec la personne.")                        \
	X(RULE_ADULT, 716, EXIT_DATA, 422,                                   \
	  "La personne est mineure, ou son âge n'est pas connu.",            \
	  "Reprenez l'inscription avec son représentant.")                   \
	X(RULE_CONTACT, 717, EXIT_DATA, 422,                                 \
	  "Le mobile ou l'adresse électronique ne convient pas.",            \
	  "Reprenez-le avec la personne.")                                   \
	X(RULE_ACCOUNT, 718, EXIT_DATA, 422,                                 \
	  "Le compte et le moyen de contact ne vont pas ensemble.",          \
	  "Mettez le poste à jour, puis reprenez l'inscription.")            \
	X(RULE_IDENTIFIER, 719, EXIT_DATA, 422,                              \
	  "L'identifiant n'était pas prêté à ce poste, ou a déjà servi.",    \
	  "Cherchez quel poste l'a donné ; son disque a pu être copié.")     \
	X(CERTIFICATE, 720, EXIT_DATA, 500,                                  \
	  "Un certificat n'est pas valable.",                                \
	  "Donnez un certificat PEM, seul dans son fichier.")                \
	X(OPENING_KEY, 721, EXIT_AGAIN, 503,                                 \
	  "Des entrées attendent une clé d'ouverture qui n'est pas ici.",    \
	  "Remettez cette clé, puis relancez l'ouvreur.")                    \
	X(RULE_REGIME, 722, EXIT_DATA, 422,                                  \
	  "La loi du jour ne permet pas cet acte.",                          \
	  "Vérifiez « regime » sur le poste et au centre.")                  \
	X(RULE_PLACE, 723, EXIT_DATA, 422,                                   \
	  "Cet acte ne se fait pas dans ce lieu.",                           \
	  "Envoyez la personne à un guichet tenu par quelqu'un.")            \
	X(RULE_SUBJECT, 724, EXIT_DATA, 422,                                 \
	  "L'âge ou la mesure de protection ne tient pas.",                  \
	  "Reprenez l'acte avec la personne.")                               \
	X(RULE_REPRESENTATIVE, 725, EXIT_DATA, 422,                          \
	  "Le représentant manque, est de trop, ou est mal décrit.",         \
	  "Reprenez l'acte avec le représentant, présent.")                  \
	X(RULE_CHOICE, 726, EXIT_DATA, 422,                                  \
	  "Un choix de la personne ne tient pas.",                           \
	  "Reprenez les préférences avec elle.")                             \
	X(RULE_WARNED, 727, EXIT_DATA, 422,                                  \
	  "La personne n'a pas su ce que ferme la fermeture.",               \
	  "Reprenez la fermeture avec elle.")                                \
	X(RULE_NO_DOSSIER, 728, EXIT_DATA, 422,                              \
	  "Cette personne n'a pas de dossier pour cet acte.",                \
	  "Vérifiez avec elle ; au besoin, proposez d'en ouvrir un.")        \
	X(RULE_CLOSED, 729, EXIT_DATA, 422,                                  \
	  "Le dossier de cette personne est fermé.",                         \
	  "Proposez-lui de le rouvrir.")                                     \
	X(RULE_OPPOSED, 730, EXIT_DATA, 422,                                 \
	  "Cette personne s'est opposée à l'ouverture.",                     \
	  "Rien n'est ouvert. Parlez-en avec elle.")                         \
	X(RULE_HAS_DOSSIER, 731, EXIT_DATA, 422,                             \
	  "Cette personne a déjà un dossier.",                               \
	  "Proposez-lui de le fermer.")                                      \
	X(STORE, 740, EXIT_SETTINGS, 503, "Ce registre ne se conçoit pas.",  \
	  "Réglez « store » : sqlite, ou une adresse postgresql://.")        \
	X(UNVOUCHED, 741, EXIT_AGAIN, 503,                                   \
	  "La base n'a pas confirmé que l'envoi est en lieu sûr.",           \
	  "Vérifiez les machines de secours ; le poste renverra.")           \
	X(JOINED, 742, EXIT_DATA, 409, "Ce poste a déjà un certificat.",     \
	  "Pour le remplacer, videz son dossier de clés d'abord.")           \
	/* 8xx: paper */                                                     \
	X(PRINT_OPEN, 801, EXIT_UNAVAILABLE, 503,                            \
	  "L'imprimante ne s'ouvre pas.",                                    \
	  "Vérifiez qu'elle est branchée et allumée.")                       \
	X(PRINT_WRITE, 802, EXIT_IO, 503,                                    \
	  "L'impression s'est arrêtée en route.",                            \
	  "Vérifiez le papier, puis réessayez.")                             \
	X(SLIP_FORM, 803, EXIT_DATA, 500,                                    \
	  "Le document à imprimer est mal formé.", "Appelez l'assistance.")  \
	X(PRINT_NONE, 804, EXIT_UNAVAILABLE, 503,                            \
	  "Ce poste n'a pas d'imprimante.",                                  \
	  "Recopiez les codes à la main, ou réglez « printer ».")           \
	X(PRINT_PAPER, 805, EXIT_UNAVAILABLE, 503,                           \
	  "L'imprimante n'a plus de papier.",                                \
	  "Mettez un rouleau ou des feuilles, puis réessayez.")              \
	X(PRINT_COVER, 806, EXIT_UNAVAILABLE, 503,                           \
	  "Le capot de l'imprimante est ouvert.",                            \
	  "Fermez-le, puis réessayez.")                                      \
	X(PRINT_FAULT, 807, EXIT_UNAVAILABLE, 503,                           \
	  "L'imprimante est bloquée.",                                       \
	  "Retirez le papier coincé, éteignez-la, rallumez-la.")             \
	X(PRINT_OFFLINE, 808, EXIT_UNAVAILABLE, 503,                         \
	  "L'imprimante est en pause.",                                      \
	  "Appuyez sur son bouton d'avance du papier.")                      \
	X(PRINT_KEEPS, 809, EXIT_SETTINGS, 500,                              \
	  "CUPS garderait une copie de ce qui est imprimé.",                 \
	  "Mettez « PreserveJobFiles No » dans cupsd.conf.")                 \
	X(PROOF_FORM, 811, EXIT_DATA, 400,                                   \
	  "Ce texte n'est pas un reçu de guichet.",                          \
	  "Scannez de nouveau le code carré du papier.")                     \
	X(PROOF_ALTERED, 812, EXIT_DATA, 422,                                \
	  "Ce reçu a été modifié ou mal lu.",                                \
	  "Scannez-le de nouveau ; sinon, ne le croyez pas.")                \
	X(PROOF_FOREIGN, 813, EXIT_DATA, 422,                                \
	  "Ce reçu vient d'un poste que ce centre n'a pas certifié.",        \
	  "Demandez la clé publique du centre qui l'a fait.")                \
	X(PROOF_EXPIRED, 814, EXIT_DATA, 422,                                \
	  "Ce reçu a été signé hors de la durée du certificat du poste.",    \
	  "Demandez au centre si ce poste était encore le sien.")

#define ERR_ENUM(name, number, exit, http, what, todo) ERR_##name,
enum err { ERRORS(ERR_ENUM) };
#undef ERR_ENUM

#define ERR_ONE(name, number, exit, http, what, todo) +1
#define ERR_COUNT (0 ERRORS(ERR_ONE))

/* What happened, in French, one sentence. Static storage. */
const char *err_what(enum err r);

/* What the reader can do about it, in French. Static storage. */
const char *err_todo(enum err r);

/* The stable number, 0 to 999. */
int err_number(enum err r);

/* The exit status of a program that ends with this error. */
int err_exit(enum err r);

/* The HTTP status with which the gateway answers this error. */
int err_http(enum err r);

/* The error of a stable number; ERR_OK when there is none such. */
enum err err_of_number(int number);

/*
 * Say what an error is about (a path, a line, a setting: never a person) and
 * give it on: return err_about(ERR_KEY_MODE, "%s", path). The last one said
 * in this thread is kept, cut at 255 bytes; a new one replaces it. A macro,
 * so that compilers see that the error stays what it was.
 */
#define err_about(r, ...) (err_say(__VA_ARGS__), (enum err)(r))
void err_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* What the last err_about() said; "" when nothing was. Valid until the next. */
const char *err_subject(void);

/*
 * Print on stderr "PROGRAM: SUBJECT: WHAT TODO (G-NUMBER)" and return
 * err_exit(r), for the end of main.
 */
int err_report(const char *program, enum err r);

/* The world's fault and nothing can go on: report and exit. Mains only. */
_Noreturn void fatal(const char *program, enum err r);

#endif
