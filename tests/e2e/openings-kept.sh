#!/bin/sh
# openings-kept: an opening key that is retired is kept: a centre of yesterday,
# ledger and dossiers, needs it for what waited, and for what comes again.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
sed -i 's/^sync-every = .*/sync-every = 3600/' "$t/desk.conf"
echo 'keep-until = replicated' >>"$t/desk.conf"
theirs=$t/vault/keys
number() { cut -d' ' -f3 "$t/desk/keys/opening.pub"; }
opening() { centre opening "$@"; }
someone() { enrol "$answers/no-account.txt"; }
waiting() { queue list --json | grep -c '"outcome":"waiting"'; }
# settled: all is delivered, opened and told, within ten seconds.
settled() { within 10 eval 'sync_once && [ "$(waiting)" -eq 0 ]'; }
refused() { queue list --json | grep -c '"outcome":"refused"'; }
kept() { centre ledger --json | wc -l; }
# A backup of the whole centre but for its keys, and back.
files="centre/ledger.db vault/dossiers.db"
save() {
	mkdir -p "$work/$1"
	for f in $files; do
		rm -f "$t/$f-wal" "$t/$f-shm"
		cp "$t/$f" "$work/$1/"
	done
}
restore() {
	for f in $files; do
		rm -f "$t/$f-wal" "$t/$f-shm"
		cp "$work/$1/${f#*/}" "$t/$f"
	done
}

"$t/start"
check 'someone enrols' someone
check 'it is delivered, opened and told' settled
"$t/stop"
sed '/^service opener/d' "$t/start" >"$work/start"
chmod 700 "$work/start"
"$work/start"
check 'another enrols' someone
check 'it is delivered, and waits to be opened' sync_once
"$t/stop"
save yesterday
"$t/start"
check 'a third enrols' someone
check 'all is settled' settled
ends 'the next key' 0 opening rotate
check 'a fourth enrols, and has not heard' someone
check 'all is settled' settled
check 'a fifth enrols' someone
check 'by the second key' test "$(number)" = 2
check 'all is settled' settled
ends 'the first key is retired' 0 opening retire
says 'and kept' 'retirée, et gardée' "$work/out"
check 'its file is there' test -s "$theirs/opening-before.key"
ends 'it is told' 0 opening list --json
says 'as kept' '"number":1,.*"state":"kept"' "$work/out"
ends 'it does not go yet' 1 opening retire
says 'it is said' 'G-748' "$work/err"
ends 'nor for a third' 1 opening rotate
says 'which is said' 'G-748' "$work/err"

"$t/stop"
restore yesterday
"$t/start"
check 'yesterday it had two' test "$(kept)" -eq 2
check 'a sixth enrols' someone
check 'all comes again, is opened by either key, and told' settled
check 'the centre has all' test "$(kept)" -eq 6
check 'none was refused' test "$(refused)" -eq 0
ends 'nothing is missing' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"
ends 'the key that opened them' 0 opening list --json
says 'is in force again' '"number":1,.*"state":"in-force"' "$work/out"
ends 'it is retired again' 0 opening retire
says 'and kept again' 'retirée, et gardée' "$work/out"

# No backup of before comes back any more.
python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.execute("UPDATE opening SET retired_ms = retired_ms - 31 * 86400000"
           " WHERE number = 1")
db.commit()' "$t/centre/ledger.db"
secret=$(cut -d' ' -f4 "$theirs/opening-before.key")
ends 'a month later' 0 opening retire
says 'it is destroyed' 'retirée, et détruite' "$work/out"
check 'no file has it' sh -c \
    "! grep -rqF '${secret%????????????????}' '$t'"
ends 'it is told so' 0 opening list --json
says 'as retired' '"number":1,.*"state":"retired"' "$work/out"

# A backup of since needs it no more.
"$t/stop"
save today
"$t/start"
check 'a seventh enrols' someone
check 'all is settled' settled
"$t/stop"
restore today
"$t/start"
check 'an eighth enrols' someone
check 'all comes again' settled
check 'the centre has all again' test "$(kept)" -eq 8
check 'none was refused' test "$(refused)" -eq 0
ends 'nothing is missing' 0 centre gaps
says 'it says so' '^Rien ne manque' "$work/out"

# A terminal with nothing new was not asked yet for what a ledger lost.
"$t/stop"
save before
"$t/start"
ends 'the third key' 0 opening rotate
check 'someone hears' eval 'someone && settled && someone && settled'
check 'and seals to it' test "$(number)" = 3
"$t/stop"
restore before
"$t/start"
check 'the ledger of before hears of it' \
    within 10 eval 'opening list --json | grep -q "\"number\":3,"'
check 'a terminal has nothing to send' sync_once
check 'and was asked for nothing' test "$(kept)" -eq 8
ends 'the key of what it will send again' 1 opening retire
says 'stays' 'G-747' "$work/err"
says 'for one that is named' '^  poste 1, site ' "$work/err"
check 'another enrols' someone
check 'all comes again once more' settled
check 'the centre has all once more' test "$(kept)" -eq 11
check 'none was refused' test "$(refused)" -eq 0

# By force at once.
ends 'the second is retired' 0 opening retire
ends 'and forced away' 0 opening retire --force 'clé copiée'
says 'at once' 'retirée, et détruite' "$work/out"
check 'its file is gone' test ! -e "$theirs/opening-before.key"
finish
