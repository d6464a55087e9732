#!/bin/sh
# journeys: each act, by answers file, ends at the centre as the right record,
# or as nothing.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

cards=$tree/tests/cards
family=$cards/family.card
outcome() {
	queue show "$1" --json |
	    python3 -c 'import json,sys; print(json.load(sys.stdin)["outcome"])'
}

# goes WORDS OUTCOME ANSWERS [CARD]: saved, delivered, and what came of it.
goes() {
	goes_words=$1 goes_want=$2
	shift 2
	ends "$goes_words" 0 enrol "$@"
	rid=$(saved_rid)
	check 'is delivered' deliver
	is=$(outcome "$rid")
	if [ "$is" = "$goes_want" ]; then
		ok "and ends as $is"
	else
		not_ok "and ends as $is, not $goes_want"
		queue show "$rid" --json | sed 's/^/# /'
	fi
}

training
# A terminal that lost the identifiers of its joining, and has no line: what
# needs one is refused, or comes later.
rm -f "$t/desk/queue.db" "$t/desk/queue.db-wal" "$t/desk/queue.db-shm"
printf '%s\n' 'welcome.choice = reissue' 'who.choice = a' \
    'identity.choice = yes' 'consent.box = yes' 'consent.choice = agree' \
    'problem.choice = ok' >"$work/answers"
ends 'new codes where there are no identifiers' 1 enrol "$work/answers"
says 'are refused' '^refused failed G-509$' "$work/out"
check 'and nothing is saved' test "$(rows)" -eq 0
sed 's/^secrets/end-later/; s/^end-later.choice = .*/end-later.choice = ok/
    /^end\.choice/d' "$adult" >"$work/answers"
ends 'an opening where there are no identifiers' 0 enrol "$work/answers" \
    "$cards/second-page.card"
rid=$(saved_rid)
check 'has a receipt' test -s "$t/paper/$rid-receipt.txt"
check 'and no secrets' test ! -e "$t/paper/$rid.txt"

check 'the services start' "$t/start"
check 'the first sync brings identifiers' sync_once
check 'that opening is delivered' deliver
check 'and opened' test "$(outcome "$rid")" = opened
centre dossiers --json >"$work/dossier"
says 'without an account' '"account": ?false' "$work/dossier"

goes 'a child, with a parent' opened "$answers/minor.txt" "$family"
goes 'an adult under tutelle, with the tutor' opened "$answers/protected.txt" \
    "$cards/corsica-2a.card"
goes 'an adult under curatelle, with more choices' opened \
    "$answers/choices.txt"
goes 'other choices' updated "$answers/preferences.txt"
goes 'lost codes' reissued "$answers/reissue.txt"
check 'are replaced on paper' test -s "$t/paper/$rid.txt"
goes 'a closing' closed "$answers/close.txt"
goes 'a second closing' refused "$answers/close.txt"
goes 'a reopening' reopened "$answers/reopen.txt"

# Each other measure: who decides follows from it.
protected_by() { # MEASURE: the answers of an adult under it
	sed "s/^measure.choice = .*/measure.choice = $1/" \
	    "$answers/protected.txt"
}
deciding_by() { # MEASURE: the same, where the person decides
	protected_by "$1" | sed '/^representative/d
	    s/^measure.choice/measure.assistant = MARTIN CLAUDE\n&/'
}
deciding_by sauvegarde >"$work/answers"
goes 'an adult under sauvegarde de justice' opened "$work/answers" \
    "$cards/corsica-2b.card"
deciding_by curatelle-plus >"$work/answers"
goes 'an adult under curatelle renforcée' opened "$work/answers" \
    "$cards/abroad.card"
deciding_by assistance >"$work/answers"
goes 'an adult whom the family assists' opened "$work/answers" \
    "$cards/lunar-day.card"
protected_by representation | sed 's/= guardian$/= entitled/' >"$work/answers"
goes 'an adult whom the family represents' opened "$work/answers" \
    "$cards/key-wrong.card"

# The full creation of the DMP's own tests (1.1-070).
goes 'a creation with all there is, accents and guardian' opened \
    "$answers/complete.txt" "$family"
centre dossiers --json | sed -n '$p' >"$work/dossier"
says 'the SAMU is opposed and break-glass is not' \
    '"break_glass_opposed": ?false.*"samu_opposed": ?true' "$work/dossier"
says 'who decides stands in it' \
    '"representative": ?true.*"subject": ?"minor"' "$work/dossier"

# What a place or a law does not offer is no answer there.
saved=$(rows)
printf '%s\n' 'welcome.choice = open' 'bad-card.choice = ok' >"$work/answers"
ends 'a card that is no demonstration' 1 enrol "$work/answers" \
    "$cards/overseas.card"
says 'is refused in training' '^refused bad-card G-407$' "$work/out"
set_to() {
	sed "/^$1 /d" "$t/desk.conf" >"$work/desk.conf"
	echo "$1 = $2" >>"$work/desk.conf"
	cp "$work/desk.conf" "$t/desk.conf"
}
sed -e '/^consent\.box/d' -e 's/^consent\.choice .*/consent.choice = spoken/' \
    "$answers/preferences.txt" >"$work/spoken"
ends 'a yes said aloud where the setting does not allow it' 65 \
    enrol "$work/spoken"
check 'is no record' test "$(rows)" -eq "$saved"
set_to consent-methods 'screen oral'
goes 'a yes said aloud, and attested' updated "$work/spoken"
says 'the receipt says how' 'voix haute' "$t/paper/$rid-receipt.txt"
# The notice on paper, then nothing: all of it, both levels, and its hash.
printf '%s\n' 'welcome.choice = open' 'who.choice = a' 'identity.choice = yes' \
    'information.choice = more' 'detail.choice = print-large' \
    'detail.choice = safe' 'detail.choice = print' 'detail.choice = text' \
    'information.choice = continue' 'information.choice = continue' \
    'consent.choice = refuse' 'refused.choice = ok' >"$work/answers"
saved=$(rows)
ends 'a notice printed and read' 1 enrol "$work/answers"
check 'leaves no record' test "$(rows)" -eq "$saved"
check 'and two papers' test "$(echo "$t"/paper/*-notice.txt | wc -w)" -eq 2
cat "$t"/paper/*-notice.txt >"$work/notices"
says 'the notice says its name' '^Texte.*DMP-INFO 3' "$work/notices"
says 'and its second level' 'radiologie' "$work/notices"
says 'and its hash' "^Empreinte du texte.*" "$work/notices"
says 'the other says how all is kept safe' 'Chaque dossier a sa propre clé' \
    "$work/notices"
rm -f "$t"/paper/*-notice.txt
sed 's/^consent\.choice .*/consent.choice = paper\nsign.choice = signed/' \
    "$work/spoken" >"$work/signed"
saved=$(rows)
ends 'a yes on paper where the setting does not allow it' 65 \
    enrol "$work/signed"
check 'is no record' test "$(rows)" -eq "$saved"
set_to consent-methods 'screen oral paper'
goes 'a yes signed on paper, and kept by who attests it' updated "$work/signed"
sheet=$(echo "$t"/paper/*-form.txt)
says 'the sheet says what is agreed to' 'Je demande à remplacer' "$sheet"
number=$(sed -n 's/^Feuille numéro[^:]*: //p' "$sheet")
says 'the receipt says how' 'papier signé' "$t/paper/$rid-receipt.txt"
says 'and bears the number of the sheet' "Feuille numéro.*$number" \
    "$t/paper/$rid-receipt.txt"
rm -f "$sheet"
sed 's/^sign.choice = .*/sign.choice = refuse/; s/^review.*//; s/^certify.*//
    s/^emergency.*//; s/^done.*/refused.choice = ok/' "$work/signed" \
    >"$work/unsigned"
saved=$(rows)
ends 'a sheet that nobody signs' 1 enrol "$work/unsigned"
says 'is a refusal like another' '^refused refuse$' "$work/out"
check 'and no record' test "$(rows)" -eq "$saved"
rm -f "$t"/paper/*-form.txt
mv "$t/paper" "$t/paper.away" && echo >"$t/paper"
sed "s/^sign.choice .*/consent.box = yes\nconsent.choice = agree/" \
    "$work/signed" >"$work/jammed"
goes 'a sheet that does not come out, and a yes on the screen' updated \
    "$work/jammed"
rm -f "$t/paper" && mv "$t/paper.away" "$t/paper"
set_to consent-methods screen
saved=$(rows)
ends 'an opposition while records are opened by consent' 65 \
    enrol "$answers/oppose.txt"
set_to profile borne
sed '/^certify/d' "$answers/no-account.txt" >"$work/answers"
goes 'someone alone at a borne, with nobody to certify' opened \
    "$work/answers" "$cards/accents.card"
says 'the accents of the card are on paper' "ESSAI-D'ÉCÔLE" \
    "$t/paper/$rid-receipt.txt"
saved=$((saved + 1))
printf '%s\n' 'welcome.choice = close' 'desk.choice = ok' >"$work/close.txt"
ends 'a closing at a borne points to a desk' 1 enrol "$work/close.txt"
says 'is said' '^refused desk$' "$work/out"
printf '%s\n' 'welcome.choice = open' 'who.choice = b' \
    'identity.choice = yes' 'minor.choice = ok' >"$work/child.txt"
ends 'so does a child' 1 enrol "$work/child.txt" "$family"
says 'is said' '^refused desk$' "$work/out"
set_to profile accueil
ends 'at an insurer the law comes first' 65 enrol "$adult"
check 'nothing of all this is saved' test "$(rows)" -eq "$saved"
set_to profile pharmacie
set_to regime mes
ends 'an opening under the law of Mon espace santé' 65 enrol "$adult"
check 'is no record' test "$(rows)" -eq "$saved"
"$t/stop"
echo 'regime = mes' >>"$t/centre.conf"
check 'the centre is under that law too' "$t/start"
goes 'an opposition' opposed "$answers/oppose.txt" "$family"
finish
