#!/bin/sh
# notices: what the law wants told is told, in each language that has a text.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

# flat FILE: its words on one line.
flat() { tr '\n' ' ' <"$1"; }

# tells WHAT NOTICE FR FALC EN: the notice says it, in words of each language.
tells() {
	words=$1 notice=$2
	shift 2
	bad=
	for lang in fr fr-falc en; do
		flat "screens/text/$lang/$notice-info.txt" |
		    grep -Eq -- "$1" || bad="$bad $lang"
		shift
	done
	if [ -z "$bad" ]; then
		ok "$words"
	else
		not_ok "$words:$bad"
	fi
}

tells 'that it is free' dmp \
    "C'est gratuit" 'est gratuit' 'It is free'
tells 'that it is not compulsory' dmp \
    "n'est pas obligatoire" "n'est pas obligatoire" 'not compulsory'
tells 'that no costs or care depend on the answer' dmp \
    'rien à vos remboursements, ni au tiers payant, ni à vos soins' \
    'soignent de la même façon\. .*rembourse de la même façon' \
    'nothing in your reimbursements, in direct billing or in your care'
tells 'that nobody may require it for a contract, even with agreement' dmp \
    "exiger.* contrat.*même si vous êtes d'accord" \
    "mutuelle ne peut pas demander.*interdit, même si vous dites oui" \
    'signing a contract.*even if you agree'
tells 'who answers for it' dmp \
    "L'Assurance maladie \(la Cnam\) en est responsable" \
    "L'Assurance maladie s'occupe" '\(Cnam\) is responsible'
tells 'that one may close it at any time, without a reason' dmp \
    'fermer quand vous voulez, sans dire pourquoi' \
    "quand vous voulez\. Vous n'avez pas à dire pourquoi" \
    'whenever you like, without saying why'
tells 'that it is then kept ten years, and can be opened again' dmp \
    'gardé dix ans.*rouvrir' 'pendant 10 ans.*rouvrir' \
    'kept for ten years.*open it again'
tells 'that a closed one can be read no more' dmp \
    'ne peut plus être lu' 'Personne ne peut lire un dossier fermé' \
    'no longer be read'
tells 'that care of the last 24 months is added' dmp \
    '24 derniers mois' '2 dernières années' 'last 24 months'
tells 'that one chooses who reads it, and may block somebody' dmp \
    'bloquer un' 'bloquer un soignant' 'block one'
tells 'that the declared doctor sees everything' dmp \
    'médecin traitant voit tout' 'médecin traitant.* voit tout' \
    'regular doctor.*sees everything'
tells 'who may never read it' dmp \
    'mutuelles, les assureurs, les banques et la médecine du travail' \
    'Une mutuelle.*Une banque.*patron.*médecin de votre travail ne peut' \
    'Insurers, banks and occupational medicine may not'
tells 'that access in an emergency can be opposed' dmp \
    'urgence.*droit de vous y opposer' 'urgence.*Vous pouvez dire non' \
    'emergency.*right to object'
tells 'that one may see who read it' dmp \
    'Voir qui a ouvert' 'voir qui a lu' 'See who opened'
tells 'how a document is hidden, corrected or taken out' dmp \
    "Cacher un document.*corriger ou retirer un document par celui qui l'a" \
    'cacher un document.*faire corriger' \
    'Hide a document.*corrected or removed by the one who wrote it'
tells 'that an item may be refused for a legitimate reason' dmp \
    'Refuser.*raison légitime' 'refuser une information' \
    'Refuse.*legitimate reason'
tells 'that one takes out what one added' dmp \
    'Supprimer ce que vous' 'enlever ce que vous avez ajouté' \
    'Delete what you added'
tells 'that it serves nothing else' dmp \
    "à rien d'autre.*pas vendues" 'Personne ne vend vos informations' \
    'nothing else.*not sold'
tells 'that a minor may keep some care from the parents' dmp \
    'mineur.*cachés à ses parents' 'jeune.*cacher certains soins' \
    'minor.*hidden from the parents'
tells 'what the web account needs, and that it is not needed' dmp \
    'mobile ou une adresse e-mail.*Sans mobile ni adresse' \
    'téléphone mobile ou une adresse e-mail.*Sans téléphone' \
    'mobile phone or an e-mail.*Without a phone'
tells 'of the code at each connection, three tries and fifteen minutes' dmp \
    'code différent.*trois erreurs.*quinze minutes' \
    'un code à chaque fois.*3 erreurs, attendez 15 minutes' \
    'different code.*three mistakes.*fifteen minutes'
tells 'whom to ask' dmp '0810 331 133' '0810 331 133' '0810 331 133'
tells 'whom to complain to' dmp CNIL CNIL CNIL
tells 'under the other law: that it opens by itself unless opposed' mes \
    "s'ouvre de lui-même.*s'y oppose" "tout seul|de lui-même|s'ouvre" \
    'by itself|automatically'
tells 'under the other law: that a mind may change' mes \
    "changer d'avis" "changer d'avis" 'change your mind'

# A text that lacks it would be seen.
says_it() { flat screens/text/fr/dmp-info.txt | grep -q "$1"; }
check 'what no notice says is not found' eval '! says_it "pour tous"'
finish
