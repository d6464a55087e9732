#!/bin/sh
# tongues: read in one language, checked in another: the papers speak the last,
# and name the first.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

informed() { # "PAGE %d OF", as that language says it
	number=1
	# shellcheck disable=SC2059 # the words are the format
	while comes "$(printf "$1" "$number")"; do
		to_the_end
		press s
		stands
		[ "$number" -lt "$2" ] || break
		number=$((number + 1))
	done
}

training
pane "env LANG=C.UTF-8 '$B/guichet' -c '$t/desk.conf' --card '$adult_card' \
    2>'$work/err'; sleep 60"
act='a journey in two languages'
at welcome Bonjour F2
comes 'Open my record'
press o
at card 'Insert your carte Vitale' F5
at who 'Who are you?' a
at identity 'Is this you?' o
informed '(page %d of' 2
at consent 'Do you want to open' F2
comes 'dans une autre langue'
comes 'English.'
ok 'the consent names the language that was read'
press F2
comes 'English. Pour le lire ici'
press F2
at consent 'Do you want to open' Space o
at certify 'do you certify' c
at emergency 'In an emergency' Right Tab Tab Enter
at contact 'How can we reach you' 0639981241 Tab Tab Enter
at review 'Is everything right' F2
comes 'Est-ce que tout est juste'
comes 'I consent to the opening'
ok 'what was agreed to keeps its words'
press o
at secrets 'le papier dans la main' o
comes 'Merci'
press t
comes 'Ouvrir mon dossier'
ok 'the next person is greeted in French'

secrets=$(find "$t/paper" -name '*.txt' ! -name '*-receipt.txt')
receipt=$(find "$t/paper" -name '*-receipt.txt')
says 'the codes come in easy French' \
    'écrivez les 2 codes' "$secrets"
says 'each sign has its easy name' '(grande|petite) lettre' "$secrets"
says 'the receipt comes in easy French' 'Ce papier prouve votre réponse' \
    "$receipt"
says 'the receipt keeps what was agreed to' 'I consent to the opening' \
    "$receipt"
says 'the receipt names the language that was read' \
    'DMP-INFO 3\.0 \(English\)' "$receipt"
record=$(queue list --json | sed -n '$s/.*"rid": *"\([^"]*\)".*/\1/p')
check 'the papers are that record'\''s' test -e "$t/paper/$record.txt"
finish
