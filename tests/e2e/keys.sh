#!/bin/sh
# keys: each act and each refusal, by keys in a real terminal, ends at the
# centre as the right record, or as nothing.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

cards=$tree/tests/cards
family=$cards/family.card

# begins ACT [CARD]: the terminal in a pane, on the first page.
begins() {
	act=$1
	before=$(rows 2>"$work/err")
	pane "env LANG=C.UTF-8 '$B/guichet' -c '$t/desk.conf' \
	    --card '${2:-$adult_card}' 2>'$work/err'; sleep 60"
	comes Bonjour
}
who() { # SERVICE [LETTER [ANSWER]]: from the menu to the one on the card
	press "$1"
	at card 'Insérez votre carte Vitale' F5
	at who 'Qui êtes-vous' "${2:-a}"
	at identity 'Est-ce bien vous' "${3:-o}"
}
informed() {
	number=1
	while at "information-$number" "page $number sur"; do
		total=$(glass | tr -s ' \n' ' ' |
		    sed 's/.*page [0-9] sur \([0-9]\).*/\1/')
		to_the_end
		press s
		[ "$number" -lt "$total" ] || break
		number=$((number + 1))
	done
}
agreed() { # NAME TITLE
	at "$1" "$2" Space o
	at certify 'certifiez-vous' c
}
decides() { # KEY...: the representative's page; the keys say who they are
	to_first
	press PATBQUATRE Tab LAURENCE Tab "$@" Tab 0639981241 Tab Tab \
	    Right Tab Space Tab
	at representative-filled '[x] Je suis ici' Enter
}
reached() { at contact 'Comment vous joindre' 0639981241 Tab Tab Enter; }
handed() {
	at review 'Tout est-il exact' o
	at secrets 'papier en main' o
	at end 'Merci' t
	comes Bonjour
}
kept() { # NAME
	at "review-$1" 'Tout est-il exact' o
	at done-"$1" 'Merci' t
	comes Bonjour
}

# ends_as OUTCOME: one record more, and what came of it.
ends_as() {
	if [ "$(rows)" -ne $((before + 1)) ]; then
		not_ok "$act: $(($(rows) - before)) records"
		return
	fi
	deliver >"$work/said" 2>&1
	is=$(queue list --json | sed -n '$s/.*"outcome": *"\([^"]*\)".*/\1/p')
	if [ "$is" = "$1" ]; then
		ok "$act, by keys, ends as $1"
	else
		not_ok "$act, by keys, ends as $is, not $1"
	fi
}
ends_as_nothing() {
	comes Bonjour
	check "$act, by keys, leaves nothing" test "$(rows)" -eq "$before"
}

# What the centre says of somebody before the act is ask.sh's to see: here
# nobody answers, and nobody notices.
services() {
	"$t/start"
	kill "$(cat "$t/run/answer.pid")"
}

training
# A terminal that lost the identifiers of its joining, and has no line yet: its
# status line is not that of other days.
only='consent-reissue-none problem review-no-identifiers end-later'
rm -f "$t/desk/queue.db" "$t/desk/queue.db-wal" "$t/desk/queue.db-shm"
begins 'new codes without identifiers'
who p
at consent-reissue-none 'Voulez-vous de nouveaux' Space o
at problem "n'a pas marché" t
ends_as_nothing

begins 'an opening without identifiers' "$cards/second-page.card"
who o
informed
agreed consent 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" Tab Tab Enter
reached
at review-no-identifiers 'Tout est-il exact' o
at end-later 'Merci' t
comes Bonjour
services
ends_as opened
only=''

begins 'an opening'
at welcome Bonjour F1
at help 'Appuyez sur Entrée' Escape
sleep 0.3 # Escape alone, or the front of another key
comes Bonjour
who o
informed
agreed consent 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" Right Tab Tab Enter
reached
handed
ends_as opened

begins 'the opening for a child' "$family"
who o b
at representative 'Vous qui décidez'
decides Right
informed
agreed consent-represented 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" Tab Tab Enter
at contact-empty 'Comment vous joindre' Tab Tab Tab Enter
at review-represented 'Tout est-il exact' o
at end-plain 'Merci' t
ends_as opened

begins 'the opening for an adult under tutelle' "$cards/corsica-2a.card"
who o a p
at measure 'Quelle est la mesure' t
at representative-adult 'Vous qui décidez'
decides Right
informed
agreed consent-represented 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" Tab Tab Enter
reached
handed
ends_as opened

begins 'the opening by an adult under curatelle' "$cards/corsica-2b.card"
who o a p
at measure 'Quelle est la mesure' c
informed
agreed consent 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" Tab Tab Tab
press Enter
at people 'Vos soignants' Tab Tab Tab Tab Tab Enter
at kin 'Qui prévenir' 'MARTIN' Tab Tab 0199001234 Tab Enter
at privacy 'Votre discrétion' Space Tab Space Tab Tab Tab Enter
reached
handed
ends_as opened

begins 'a change of choices'
who c
agreed consent-preferences 'Voulez-vous changer'
at emergency "En cas d'urgence" Tab Tab Enter
kept preferences
ends_as updated

begins 'new codes'
who p
agreed consent-reissue 'Voulez-vous de nouveaux'
reached
handed
ends_as reissued

begins 'a closing'
who f
agreed consent-close 'Voulez-vous fermer'
kept close
ends_as closed

begins 'a reopening'
who r
informed
agreed consent-reopen 'Voulez-vous rouvrir'
reached
handed
ends_as reopened

begins 'a refusal'
who o
informed
at consent 'Voulez-vous ouvrir' n
at refused "C'est entendu" t
ends_as_nothing

begins 'a yes without its box, then Enter'
who o
informed
at consent 'Voulez-vous ouvrir' o
stands
picture consent-missed
press Enter
stands
press n
at refused "C'est entendu" t
ends_as_nothing

begins 'someone who is not on the card'
press o
at card 'Insérez votre carte Vitale' F5
at who 'Qui êtes-vous' z
at not-mine "n'est pas la vôtre" t
ends_as_nothing

begins 'F10 before the save'
who o
informed
agreed consent 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" F10
at forgotten 'Tout est oublié' t
ends_as_nothing

begins 'a card pulled before the save'
who o
informed
agreed consent 'Voulez-vous ouvrir'
at emergency "En cas d'urgence" F5
at gone 'a été retirée' t
ends_as_nothing

begins 'a doubt of who certifies'
who o
informed
at consent 'Voulez-vous ouvrir' Space o
at certify 'certifiez-vous' n
at consent 'Voulez-vous ouvrir' n
at refused "C'est entendu" t
ends_as_nothing

begins 'a card that is no demonstration' "$cards/overseas.card"
press o
at card 'Insérez votre carte Vitale' F5
at bad-card 'ne sert pas ici' t
ends_as_nothing

# What another place offers.
set_to() {
	sed "/^$1 /d" "$t/desk.conf" >"$work/desk.conf"
	echo "$1 = $2" >>"$work/desk.conf"
	cp "$work/desk.conf" "$t/desk.conf"
}
set_to consent-methods 'screen oral paper'
begins 'a change of choices, said aloud'
who c
at consent-oral 'Voulez-vous changer' v
at certify-oral 'certifiez-vous' c
at emergency "En cas d'urgence" Tab Tab Enter
kept preferences
ends_as updated

begins 'a change of choices, signed on paper'
who c
at consent-signed 'Voulez-vous changer' p
at sign 'Signez la feuille' f
at certify-signed 'certifiez-vous' c
at emergency "En cas d'urgence" Tab Tab Enter
kept preferences
ends_as updated
begins 'a sheet that nobody signs'
who c
at consent-signed 'Voulez-vous changer' p
at sign 'Signez la feuille' n
at refused "C'est entendu" t
ends_as_nothing
set_to consent-methods screen
set_to profile borne
begins 'a child at a borne' "$family"
who o b
at minor 'venir avec un parent' t
ends_as_nothing
begins 'a closing at a borne'
press f
at desk "avec quelqu'un" t
ends_as_nothing
begins 'someone alone at a borne' "$cards/accents.card"
who o
informed
at consent 'Voulez-vous ouvrir' Space o
at emergency "En cas d'urgence" Tab Tab Enter
at contact 'Comment vous joindre' Tab Tab Tab Enter
at review-plain 'Tout est-il exact' o
at end-plain 'Merci' t
ends_as opened

set_to profile accueil
begins "the law at an insurer's desk"
press o
at law 'Personne ne peut exiger' Escape
ends_as_nothing

# Without a printer, and in easy French.
set_to profile pharmacie
set_to printer none
begins 'an opening without a printer, in easy French' "$cards/lunar-day.card"
press F2
comes Hello
press F2
at easy-welcome Bonjour o
at easy-card 'carte Vitale' F5
at easy-who 'Qui êtes-vous' a
at easy-identity 'Est-ce bien vous' o
pages=$(grep -c '^---$' "$tree/screens/text/fr-falc/dmp-info.txt")
number=1
while [ "$number" -le $((pages + 1)) ]; do
	at "easy-information-$number" "page $number "
	to_the_end
	press s
	number=$((number + 1))
done
at readback 'obligé de dire oui' Right
at readback-wrong 'le contraire' s
at easy-consent 'Voulez-vous ouvrir' Space o
at easy-certify 'Question à la personne' c
at easy-emergency 'En urgence' Tab Tab Enter
at easy-contact 'Comment vous appeler' 0639981241 Tab Tab Enter
at easy-review 'tout est juste' o
at copy 'Recopiez' e
at end 'Merci' t
ends_as opened

"$t/stop"
set_to regime mes
echo 'regime = mes' >>"$t/centre.conf"
services
begins 'an opposition' "$cards/abroad.card"
at welcome-mes 'Mon espace santé'
who m
informed
agreed consent-oppose 'Vous opposez-vous'
kept oppose
ends_as opposed

# Where there are accounts the desk is shut until somebody opens it.
printf '%s\n' 271828 | "$B/guichetctl" -c "$t/desk.conf" operator add \
    --number 99700024450 --name 'PATBQUATRE CAMILLE' --profession pharmacien \
    >"$work/said"
act='who serves'
pane "env LANG=C.UTF-8 '$B/guichet' -c '$t/desk.conf' 2>'$work/err'; sleep 60"
at shift 'Qui tient ce guichet' a
at pin 'Votre code' 271828 Enter Enter
at welcome-signed Bonjour
ok 'who serves signs in'
finish
