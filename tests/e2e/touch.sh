#!/bin/sh
# touch: a whole opening by touches alone, as a terminal tells of them, on a
# wide glass and on a small one; and what no touch does.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

# point BUTTON ROW COLUMN END: what xterm sends for one move of a button.
point() {
	tm send-keys -t 0 -l "$(printf '\033[<%s;%s;%s%s' "$1" "$3" "$2" "$4")"
}

# where TEXT: "ROW COLUMN" of its second letter on the glass; 1 when it is not.
where() {
	glass >"$work/glass"
	row=$(grep -nF -- "$1" "$work/glass" | head -1 | cut -d: -f1)
	[ -n "$row" ] || return 1
	line=$(sed -n "${row}p" "$work/glass")
	lead=${line%%"$1"*}
	echo "$row" $(($(printf %s "$lead" | LC_ALL=C.UTF-8 wc -m) + 2))
}

# finger TEXT: down and up on it, once; scrolled to by a wheel if need be.
finger() {
	rolls=0
	until at=$(where "$1"); do
		rolls=$((rolls + 1))
		[ $rolls -lt 20 ] || return 1
		point 65 3 3 M
		stands
	done
	# shellcheck disable=SC2086 # two words
	point 0 $at M
	# shellcheck disable=SC2086
	point 0 $at m
}

# touches TEXT NEXT: that page comes of it. A page takes no finger before it has
# stood for three tenths of a second.
touches() {
	sleep 0.35
	finger "$1"
	comes "$2"
}
again='Touchez encore'
flag() { tm display-message -p -t 0 "#{mouse_$1_flag}"; }

# opens NAME [CARD]: the terminal, in a shell that outlives it.
opens() {
	act=$1
	pane "env LANG=C.UTF-8 TERM=xterm-256color '$B/guichet' \
	    -c '$t/desk.conf' --card '${2:-$adult_card}' \
	    2>'$work/err'; sleep 60"
	comes Bonjour
}
# card_in: nobody touches a card into its slot; where the glass has room to
# name the key that plays it, that is touched.
card_in() {
	if where F5 >/dev/null; then
		touches 'F5' 'Qui êtes-vous'
	else
		press F5
		comes 'Qui êtes-vous'
	fi
}
by_touches() {
	before=$(rows)
	touches 'Ouvrir mon dossier' 'votre carte Vitale'
	card_in
	touches '[a]' 'Est-ce bien vous'
	touches '[o]' 'page 1 sur'
	number=1
	stands
	total=$(glass | tr -s ' \n' ' ' |
	    sed 's/.*page 1 sur \([0-9]\).*/\1/')
	while [ "$number" -lt "$total" ]; do
		touches '[s]' "page $((number + 1)) sur"
		number=$((number + 1))
	done
	touches '[s]' 'Voulez-vous'
	touches '[ ] Je consens' '[x] Je consens'
	check 'a ticked box alone goes nowhere' sees 'Voulez-vous'
	touches '[o]' "$again"
	check 'nor does the first touch of a yes' sees '[x] Je consens'
	touches '[o]' 'certifiez-vous'
	check 'nor has it certified' sees 'certifiez-vous'
	touches '[c]' "$again"
	touches '[c]' "En cas d'urgence"
	touches "( ) Non, je m'y oppose" "(•) Non, je m'y oppose"
	touches '[s]' 'vous joindre'
	touches "Ni l'un ni l'autre" 'Tout est-il exact'
	touches '[o]' "$again"
	touches '[o]' 'Merci'
	touches '[t]' 'Bonjour'
	check "$act, by touches alone, is saved" \
	    test "$(rows)" -eq $((before + 1))
	deliver >"$work/said" 2>&1
	is=$(queue list --json | sed -n '$s/.*"outcome": *"\([^"]*\)".*/\1/p')
	check "$act, by touches alone, is $is at the centre" \
	    test "$is" = "$2"
}

training
"$t/start"
sync_once

opens 'an opening'
check 'the terminal is asked for touches' test "$(flag any)$(flag sgr)" = 11
by_touches 'an opening' opened
sleep 0.35
finger F10
untouched() { [ "$(flag any)$(flag sgr)" = 00 ]; }
check 'and no longer once the program has ended' within 5 untouched

# Killed by a fault, the terminal is given back too.
opens 'a fault'
pid=$(tm display-message -p -t 0 '#{pane_pid}')
child=$(cut -d' ' -f1 "/proc/$pid/task/$pid/children")
touches 'Ouvrir mon dossier' 'votre carte Vitale'
touches 'F5' 'Qui êtes-vous'
kill -SEGV "$child"
check 'a fault leaves no touch asked for' within 5 untouched
tm capture-pane -p -t 0 -S - >"$work/history"
check_status 'nor anybody on the glass' 1 grep ALAINBIS "$work/history"

WIDE=40 HIGH=12 opens 'an opening on a small glass' \
    "$tree/tests/cards/accents.card"
by_touches 'an opening on a small glass' opened
finish
