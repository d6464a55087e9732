#!/bin/sh
# hostile: hands that want a shell, a stopped program, half a record or the
# person before them; and on every page of the walk the cursor at the focus.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

# begins: the terminal in a pane of its own; how it ended in $work/status, and
# how the line was set before and after.
begins() {
	rm -f "$work/status" "$work/pid"
	cat >"$work/go" <<-GO
	stty -g >'$work/before'
	sh -c 'echo \$\$ >"$work/pid"
	exec "$B/guichet" -c "$t/desk.conf"'
	echo \$? >'$work/status'
	stty -g >'$work/after'
	sleep 60
	GO
	pane "env LANG=C.UTF-8 sh '$work/go'"
	sees Bonjour
}
lives() { kill -0 "$(cat "$work/pid")" && [ ! -e "$work/status" ] &&
	! grep -qs '^State:.T' "/proc/$(cat "$work/pid")/status"; }

on_focus() {
	row=$(($(tm display-message -p -t 0 '#{cursor_y}') + 1))
	glass >"$work/glass"
	sed -n "${row}p" "$work/glass" | grep -q '▶' ||
	    ! grep -q '▶' "$work/glass"
}
# at_focus NAME TEXT: the page is there, and the cursor on its focused item
# once it is painted.
at_focus() {
	check "the page $1 comes" sees "$2"
	sleep 0.15
	if within 2 on_focus; then
		ok "the cursor is at the focus of $1"
	else
		not_ok "the cursor is in row $row of $1"
		sed 's/^/# /' "$work/glass"
	fi
}

# worries: keys that stop, suspend, quit, freeze; keys without a meaning.
worries() {
	press C-c C-z C-\\ C-s C-q C-d C-o C-v C-y F4 F7 F8 F9 F11 F12 \
	    M-x IC C-@ 2>/dev/null
	press -H 1b 5b 31 3b 35 50 1b 4f 78
	sleep 0.3
}

training
check 'the terminal starts' begins

at_focus welcome Bonjour
worries
check 'no key ends or stops it' lives
press Escape
sleep 0.3 # alone, or it is the front of another key
sees Bonjour
press o
at_focus card 'Insérez'
worries
press F5
at_focus who 'Qui êtes-vous'
worries
check 'no key answers who one is' sees 'Qui êtes-vous'
press a
at_focus identity 'Est-ce bien vous'
press o
page=1
while at_focus "information-$page" "page $page sur"; do
	total=$(sed -n 's/.*page [0-9] sur \([0-9]\).*/\1/p' "$work/glass")
	press s
	[ "$page" -lt "${total:-0}" ] || break
	page=$((page + 1))
done
at_focus consent 'Voulez-vous ouvrir'

# A hundred thousand bytes pasted, all of them the answers of this page.
head -c 100000 /dev/zero | tr '\0' 'o' >"$work/paste"
tm load-buffer "$work/paste"
tm paste-buffer -p -t 0
# A key behind it: once that is answered, all before it was read.
press F1
sees "C'est vous qui décidez"
press Escape
check 'a paste answers nothing' sees 'Voulez-vous ouvrir'
check 'and the terminal lives' lives
press Space o
at_focus certify 'certifiez-vous'
worries
check 'nor does anything certify' sees 'certifiez-vous'
press c
at_focus emergency "En cas d'urgence"
press Tab Tab Enter
at_focus contact 'Comment vous joindre'
tm load-buffer "$work/paste"
tm paste-buffer -p -t 0
press F1
sees 'Écrivez votre numéro'
press Escape
sees 'Comment vous joindre'
glass >"$work/glass"
check_status 'a field takes no paste' 1 grep oooo "$work/glass"

# The window changes its size a hundred times.
i=0
while [ $i -lt 50 ]; do
	tm resize-window -t 0 -x $((20 + i * 3)) -y $((5 + i))
	tm resize-window -t 0 -x $((200 - i)) -y $((60 - i))
	i=$((i + 1))
done
tm resize-window -t 0 -x 80 -y 24
check 'a storm of sizes changes nothing' sees 'Comment vous joindre'
check 'and ends nothing' lives
press 0639981241 Tab Tab Enter
at_focus review 'Tout est-il exact'

# Ended in the middle, by each way: nothing is saved, nothing is left.
restored() { cmp -s "$work/before" "$work/after"; }
clean() {
	tm capture-pane -p -t 0 -S - >"$work/history"
	! grep -Eq 'ALAINBIS|ESSAI|06 ?39' "$work/history"
}
ended() { [ -s "$work/status" ] && [ -s "$work/after" ]; }
for signal in TERM HUP INT; do
	if [ $signal != TERM ]; then
		check 'the terminal starts again' begins
		press o
		sees 'Insérez'
		press F5
		sees 'Qui êtes-vous'
		press a
		sees 'Est-ce bien vous'
	fi
	kill -$signal "$(cat "$work/pid")"
	check "SIG$signal ends it" within 5 ended
	check 'cleanly' grep -qx 0 "$work/status"
	check 'the line is as it was' restored
	check 'glass and scrollback are clear' clean
done

# The person at the end of the line hangs up.
check 'the terminal starts again' begins
press o
sees 'Insérez'
press F5
sees 'Qui êtes-vous'
pid=$(cat "$work/pid")
tm kill-server
gone() { ! kill -0 "$pid"; }
check 'a hang-up ends it' within 3 gone
check 'no record, whole or half, was made' test "$(rows)" -eq 0
finish
