/* err_far: errors 5xx to 8xx, of what travels, the centre and paper. */
#ifndef GUICHET_BASE_ERR_FAR_H
#define GUICHET_BASE_ERR_FAR_H

#include "base/exits.h"

/* Rows as err.h says. */
#define ERRORS_FAR(X)						\
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
	X(EPOCH, 520, EXIT_DATA, 409,                                        \
	  "Une clé de signature a servi hors de son tour.",                  \
	  "Appelez l'assistance : des clés ont pu être copiées.")            \
	X(OPENING_SAID, 521, EXIT_DATA, 502,                                 \
	  "L'annonce d'une clé d'ouverture n'est pas valable.",              \
	  "Le poste garde sa clé. Appelez le centre.")                       \
	X(OPENING_OLD, 522, EXIT_DATA, 409,                                  \
	  "Le centre annonce une clé d'ouverture plus ancienne.",            \
	  "Le poste garde la sienne. Appelez le centre.")                    \
	X(OPENING_RETIRED, 523, EXIT_DATA, 422,                              \
	  "Une enveloppe est scellée à une clé qui n'est plus en service.",  \
	  "Elle ne s'ouvrira plus : refaites l'acte avec la personne.")      \
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
	X(SYNC_DOOR, 607, EXIT_UNAVAILABLE, 503,                             \
	  "Ce poste n'a pas de ligne pour poser une question au centre.",    \
	  "La visite continue ; vérifiez que guichet-sync tourne.")          \
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
	X(RULE_IDENTITY, 714, EXIT_DATA, 422,                                \
	  "L'identité est incomplète, ou n'est pas celle de la carte.",      \
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
	X(RULE_DECEASED, 732, EXIT_DATA, 422,                                \
	  "Le titulaire de ce dossier est décédé.",                          \
	  "Le dossier ne se rouvre pas. Adressez les proches au centre.")    \
	X(RULE_VOUCH, 733, EXIT_DATA, 422,                                   \
	  "La preuve d'un contact vérifié n'est pas du centre.",             \
	  "Gardez l'enregistrement et cherchez quel poste l'a fait.")        \
	X(STORE, 740, EXIT_SETTINGS, 503, "Ce registre ne se conçoit pas.",  \
	  "Réglez « store » : sqlite, ou une adresse postgresql://.")        \
	X(UNVOUCHED, 741, EXIT_AGAIN, 503,                                   \
	  "La base n'a pas confirmé que l'envoi est en lieu sûr.",           \
	  "Vérifiez les machines de secours ; le poste renverra.")           \
	X(JOINED, 742, EXIT_DATA, 409, "Ce poste a déjà un certificat.",     \
	  "Pour le remplacer, videz son dossier de clés d'abord.")           \
	X(CURSOR, 743, EXIT_DATA, 400,                                       \
	  "Cette marque de reprise n'est pas de ce coffre.",                 \
	  "Prenez celle du dernier envoi reçu, ou recommencez à « begin ».") \
	X(STATE, 744, EXIT_DATA, 409,                                        \
	  "L'état de ce dossier ne permet pas cela.",                        \
	  "Voyez son état avec guichetctl centre dossiers.")                 \
	X(MASTER_KEY, 745, EXIT_AGAIN, 503,                                  \
	  "La clé maîtresse du coffre a changé.",                            \
	  "Relancez ; vérifiez que master.key est celle du coffre.")         \
	X(OPENING_TWO, 746, EXIT_NO, 409,                                    \
	  "Deux clés d'ouverture sont déjà en service.",                     \
	  "Retirez l'ancienne : guichetctl centre opening retire.")          \
	X(OPENING_NEEDED, 747, EXIT_NO, 409,                                 \
	  "La plus ancienne clé d'ouverture sert encore.",                   \
	  "Voyez à qui : guichetctl centre opening list.")                   \
	X(OPENING_KEPT, 748, EXIT_NO, 409,                                   \
	  "La clé d'ouverture d'avant est retirée, et encore gardée.",       \
	  "Attendez keep-days jours : une sauvegarde peut en avoir besoin.") \
	X(CLOSED, 749, EXIT_NO, 423,                                         \
	  "Ce lieu n'ouvre pas de dossiers pour l'instant.",                 \
	  "Rien n'est à réparer : le centre le lui dira quand il ouvrira.")  \
	X(NOT_NOW, 750, EXIT_AGAIN, 503,                                     \
	  "Le centre ne répond pas maintenant à cette question.",            \
	  "La visite continue ; vérifiez que guichet-answer tourne.")        \
	X(ASKED_BEFORE, 751, EXIT_DATA, 409,                                 \
	  "Une question a déjà été posée, ou n'est pas de ce moment.",       \
	  "Mettez le poste à l'heure ; sinon, cherchez qui la rejoue.")      \
	X(ASKED_OFTEN, 752, EXIT_AGAIN, 429,                                 \
	  "Un poste pose trop de questions.",                                \
	  "Attendez ; sinon, voyez ce qu'on y fait.")                        \
	X(SUPERVISOR, 760, EXIT_NO, 401,                                     \
	  "Le nom ou le mot de passe n'est pas le bon.",                     \
	  "Retapez-les, ou : guichetctl centre supervisor add.")             \
	X(SUPERVISOR_WAIT, 761, EXIT_AGAIN, 429,                             \
	  "Trop de mots de passe faux de suite.",                            \
	  "Attendez un peu avant de réessayer.")                             \
	X(SUPERVISOR_FORM, 762, EXIT_USAGE, 400,                             \
	  "Ce nom ne convient pas, ou il y en a trop.",                      \
	  "Un mot de minuscules et de chiffres ; 32 comptes au plus.")       \
	X(SUPERVISOR_WEAK, 763, EXIT_DATA, 400,                              \
	  "Ce mot de passe est trop court.",                                 \
	  "Prenez de 12 à 32 caractères.")                                   \
	X(SUPERVISORS, 764, EXIT_DATA, 500,                                  \
	  "La liste de qui voit la supervision est illisible.",              \
	  "Elle doit être à vous seul (0600) ; sinon refaites-la.")          \
	X(NOTICE_LINE, 770, EXIT_AGAIN, 503,                                 \
	  "Un avis n'a pas pu partir.",                                      \
	  "Il partira plus tard ; vérifiez « mail » et « sms ».")            \
	X(NOTICE_REFUSED, 771, EXIT_DATA, 422,                               \
	  "Un avis est refusé par qui devait le porter.",                    \
	  "L'adresse n'existe pas ; la personne a son papier.")              \
	X(NOTICE_NONE, 772, EXIT_SETTINGS, 500,                              \
	  "Rien ne porte cet avis.",                                         \
	  "Réglez « mail » ou « sms ».")                                     \
	X(NOTICE_TEXT, 773, EXIT_SETTINGS, 500,                              \
	  "Le texte d'un avis manque ou ne se remplit pas.",                 \
	  "Remettez les textes de « mail-texts ».")                          \
	X(NOTICE_ADDRESS, 774, EXIT_DATA, 422,                               \
	  "L'adresse d'un avis n'en est pas une.",                           \
	  "Vérifiez « mail-from » ; la personne a son papier.")              \
	X(NOTICE_LATE, 775, EXIT_DATA, 422,                                  \
	  "Un code n'a pas pu partir à temps.",                              \
	  "La personne peut en redemander un ; vérifiez « mail » et « sms ».") \
	X(NOTICE_CODE, 776, EXIT_UNAVAILABLE, 503,                           \
	  "Un code n'a pas pu partir.",                                      \
	  "La personne continue sans lui ; vérifiez « mail » et « sms ».")   \
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

#endif
