# training.sh: what the end-to-end tests of a whole set-up share.
#
#	. "$(dirname "$0")/../training.sh"
#	training	# $t is a set-up in training mode, its services stopped
#
# shellcheck shell=sh
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

tree=$(cd "$(dirname "$0")/../.." && pwd)
B=$(cd "$B" && pwd)
t=$work/t
# The state must be on storage that keeps its promise: not in /tmp when that
# is memory. Training mode only warns, and the tests run anywhere.
adult_card=$tree/tests/cards/adult.card
answers=$tree/tests/answers
adult=$answers/adult.txt

training() {
	"$tree/tools/training" "$t" "$B"
	at_end '"$t/stop"'
}

# runs WORDS STATUS COMMAND...: its status is that; its output in $work/out
# and $work/err.
ends() {
	words=$1 want=$2
	shift 2
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	if [ "$got" -eq "$want" ]; then
		ok "$words: $want"
	else
		not_ok "$words: $got, not $want"
		sed 's/^/# /' "$work/out" "$work/err"
	fi
}

# says WORDS PATTERN FILE: the file has a line of that extended pattern.
says() {
	if grep -Eq -- "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1: no line « $2 »"
		sed 's/^/# /' "$3"
	fi
}

# free_port: one of this machine that nobody has now.
free_port() {
	python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# sql FILE STATEMENTS: done to that database, beside whoever has it.
sql() {
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.executescript(sys.argv[2])
db.commit()' "$@"
}

# listens PORT: somebody does there.
listens() { [ -n "$(ss -Hltn "sport = :$1")" ]; }

# enrol ANSWERS [CARD]: one journey; output in $work/out and $work/err.
enrol() {
	"$B/guichet" -c "$t/desk.conf" --card "${2:-$adult_card}" \
	    --answers "$1" >"$work/out" 2>"$work/err" </dev/null
}

saved_rid() { sed -n 's/^saved //p' "$work/out"; }

queue() { "$B/guichetctl" -c "$t/desk.conf" queue "$@"; }
centre() { "$B/guichetctl" -c "$t/centre.conf" centre "$@"; }
sync_once() { "$B/guichet-sync" -c "$t/desk.conf" --once; }
open_once() { "$B/guichet-opener" -c "$t/centre.conf" --once; }

# deliver: what waits goes up, is opened, and its outcome comes down.
deliver() { sync_once && open_once && sync_once; }
rows() { queue list --json | wc -l; }

# password_on PAPER...: the password that the secrets document shows.
password_on() {
	grep -hA4 'Mot de passe provisoire' "$@" |
	    LC_ALL=C sed -n '/^ *[!-~]\( [!-~]\)\{3\}/p' |
	    LC_ALL=C tr -cd '!-~'
}
