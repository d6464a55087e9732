#!/bin/sh
# memory: a second after the end no program holds the password, anywhere in its
# memory; a planted marker proves that the search would find it.
# alone: it reads the memory of others
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

# of NAME: the guichet-NAME of this set-up, by its settings.
of() {
	if [ "$1" = guichet-card ]; then
		pgrep -x guichet-card -P "$(of guichet)"
		return
	fi
	for pid in $(pgrep -x "$1"); do
		tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$t/" &&
		    echo "$pid"
	done
}

if ! command -v gcore >/dev/null; then
	skip 'memory' 'gdb is not installed'
	finish
fi
training
"$t/start"
sync_once
pane "env LANG=C.UTF-8 '$B/guichet' -c '$t/desk.conf' \
    --card '$adult_card'; sleep 60"
to_review 0639981241
press o
comes 'papier en main'
password=$(password_on "$t"/paper/*.txt)
check 'the paper has a password' test ${#password} -eq 8

# As it is, in the groups of the page, and glyph by glyph as on the paper.
{
	echo "$password"
	echo "$password" | sed 's/..../& /'
	echo "$password" | sed 's/./& /g'
} | sed 's/ $//' >"$work/words"

# dump NAME: its memory, into a folder of its own.
dump() {
	for pid in $(of "$1"); do
		mkdir -p "$work/core-$1"
		gcore -a -o "$work/core-$1/$1" "$pid" >"$work/said" 2>&1
	done
	test -n "$(ls -A "$work/core-$1" 2>/dev/null)"
}
found() { ! python3 "$tree/tests/hunt.py" "$work/words" "$1" >"$work/said"; }

# The search finds it while it is there, in locked memory and on the glass.
check 'the memory of guichet can be read' dump guichet
check 'and holds the password before the end' found "$work/core-guichet"
rm -rf "$work"/core-*
# A key that is held: it is on the glass.
held() {
	tries=0
	while glass | grep -q '• • •'; do
		press v
		tries=$((tries + 1))
		[ $tries -lt 50 ] || return 1
		sleep 0.1
	done
}
check 'and is on the glass while v is held' held
press o
comes 'Merci'
press t
comes 'Bonjour'
sleep 1
for name in guichet guichet-print guichet-card guichet-sync guichet-central \
    guichet-opener; do
	if ! dump "$name"; then
		not_ok "the memory of $name can be read"
		continue
	fi
	if found "$work/core-$name"; then
		not_ok "$name holds the password: $(cat "$work/said")"
	else
		ok "$name holds no password"
	fi
	rm -rf "$work/core-$name"
done
tm capture-pane -p -t 0 -S - >"$work/history"
check_status 'nor does the scrollback' 1 \
    grep -F -- "$password" "$work/history"
finish
