#!/bin/sh
# terminal: make run in a real terminal of 80 by 24, walked by keys alone.
# alone: a terminal, key by key
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

# cut: something is above or below what the glass shows, or the frame is not
# where it belongs.
cut() {
	grep -Eq 'plus (bas|haut)' "$work/glass" ||
	    ! sed -n 22p "$work/glass" | grep -q '^─' ||
	    ! sed -n 1p "$work/glass" | grep -q 'Guichet'
}

# page NAME TEXT: the page that holds the text comes up, and is there whole.
# Where it does not there is no going on.
page() {
	if ! sees "$2"; then
		not_ok "the page $1: no « $2 »"
		glass | sed 's/^/# /'
		finish
	fi
	stands
	glass >"$work/glass"
	if cut; then
		not_ok "the page $1 is cut"
		sed 's/^/# /' "$work/glass"
	else
		ok "the page $1 is on the glass, whole"
	fi
}

# By name, as a reader of README does.
pane "cd '$tree' && env LANG=C.UTF-8 make -s B='${B#"$tree/"}' DIR='$t' run \
    2>'$work/err'; echo \$? >'$work/status'; sleep 60"
at_end '"$t/stop"'

page welcome 'Bonjour'
press F1
page help 'Appuyez sur Entrée'
press Escape
page welcome 'Bonjour'
press Enter
page card 'Insérez votre carte Vitale'
press F5
page who 'Qui êtes-vous'
press a
page identity 'Est-ce bien vous'
press o
number=1
while sees "page $number sur"; do
	page "information-$number" "page $number sur"
	total=$(sed -n 's/.*page [0-9] sur \([0-9]\).*/\1/p' "$work/glass")
	press s
	[ "$number" -lt "${total:-0}" ] || break
	number=$((number + 1))
done
page consent 'Voulez-vous ouvrir'
press Enter
press o
page consent-missed 'cochez'
press Space o
page certify 'certifiez-vous'
press c
page emergency 'En cas d'
press Right Tab Tab
page emergency-opposed 'En cas d'
press Enter
page contact 'Comment vous joindre'
press 0639981241 Tab Tab
page contact-typed '0639981241'
press Enter
page review 'Tout est-il exact'
press o
page secrets 'papier en main'
press v
sleep 0.5
page secrets-shown 'papier en main'
shown=$(glass | sed -n '/Mot de passe/{n;s/^ *//;s/ *maint.*//;s/ //g;p;}')
press o
page end 'Merci'
press t
page welcome 'Bonjour'
tm capture-pane -p -t 0 -S - >"$work/history"
found() { grep -Eq "ALAINBIS|06 39|$shown" "$work/history"; }
check 'a password was shown' test ${#shown} -ge 8
check 'neither glass nor scrollback keeps the person' eval '! found'

# The card leaves in the middle: forgotten, and said.
press Enter
page who 'Qui êtes-vous'
press a
page identity 'Est-ce bien vous'
press F5
page gone 'retirée'
press t
page welcome 'Bonjour'

# Leaving: what was started is stopped, and where it all is is said.
press F10
check 'it says where the dossiers are' sees 'Les dossiers du centre'
check 'it ends' sees 'feuille(s)'
sleep 0.5
check 'with 0' grep -qx 0 "$work/status"
glass >"$work/glass"
says 'the dossier is there' 'opened|ouvert' "$work/glass"
check 'secrets and receipt are on paper' \
    test "$(find "$t/paper" -type f | wc -l)" -eq 2
for name in central opener sync; do
	check "guichet-$name is stopped" test ! -e "$t/run/$name.pid"
done
finish
