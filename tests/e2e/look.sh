#!/bin/sh
# look: without a printer the password is on the glass while a key is held, or
# a finger is on its choice, and a moment later it is not; twice and no more.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

training
check 'the services start' "$t/start"
check 'identifiers come' sync_once
sed -i 's/^printer .*/printer = none/' "$t/desk.conf"

covered() { glass | grep -q '• • •'; }
uncovered() { glass | grep -q 'Mot de passe' && ! covered; }
# As a keyboard tells that v is down: at once, and from half a second on.
hold() {
	press v
	sleep 0.5
	while [ ! -e "$work/up" ]; do
		press v
		sleep 0.03
	done
}
while_held() { # COMMAND...
	rm -f "$work/up"
	hold &
	holder=$!
	"$@"
	said=$?
	: >"$work/up"
	wait "$holder"
	return $said
}
still() { # COMMAND...: for a second
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		"$@" || return 1
		sleep 0.1
	done
}
seen_and_still() { within 3 uncovered && still uncovered; }
never_seen() { ! within 3 uncovered; }
finger() { # M|m: down or up on the choice
	row=$(glass | grep -n 'Voir le mot\|Revoir le mot' | cut -d: -f1)
	tm send-keys -t 0 -l "$(printf '\033[<0;20;%d%s' "$row" "$1")"
}

pane "env LANG=C.UTF-8 '$B/guichet' -c '$t/desk.conf' 2>'$work/err'"
to_review 0639981241
press o
comes 'Recopiez vos accès'
check 'the password is covered' covered
press v
check 'a press alone shows nothing' still covered
check 'it is seen while the key is held' while_held seen_and_still
check 'and covered when that goes up' within 3 covered
sleep 1.2
finger M
check 'a finger shows it the last time' within 3 uncovered
check 'while it is there' still uncovered
finger m
check 'and not longer' within 3 covered
sleep 1.2
check 'who holds again sees nothing' while_held never_seen
check 'the page goes on' sees "Je l'ai recopié"
press e
check 'and ends' sees 'est enregistr'
finish
