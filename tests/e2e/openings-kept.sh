#!/bin/sh
# openings-kept: a terminal keeps what one machine has, so the opening key of
# that stays, and a centre of yesterday, ledger and dossiers, is made whole;
# once the copies are old they go, and then the key.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
sed -i 's/^sync-every = .*/sync-every = 3600/' "$t/desk.conf"
printf '%s\n' 'keep-until = replicated' 'keep-days = 2' >>"$t/desk.conf"
theirs=$t/vault/keys
number() { cut -d' ' -f3 "$t/desk/keys/opening.pub"; }
opening() { centre opening "$@"; }
someone() { enrol "$answers/no-account.txt"; }
waiting() { queue list --json | grep -c '"outcome":"waiting"'; }
# settled: all is delivered, opened and told, within ten seconds.
settled() {
	tries=0
	until sync_once && [ "$(waiting)" -eq 0 ]; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || return 1
		sleep 0.1
	done
}
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
save yesterday
"$t/start"
check 'another enrols' someone
check 'all is settled' settled
ends 'the next key' 0 opening rotate
check 'a third enrols, and has not heard' someone
check 'all is settled' settled
check 'a fourth enrols' someone
check 'by the second key' test "$(number)" = 2
check 'all is settled' settled
ends 'the first key is not retired' 1 opening retire
says 'it is said why' '1 poste.*G-747' "$work/err"
says 'and for whom' '^  poste 1, site 750000001, vu le 20' "$work/err"

"$t/stop"
restore yesterday
"$t/start"
check 'yesterday it had one' test "$(kept)" -eq 1
check 'a fifth enrols' someone
check 'all comes again, is opened by either key, and told' settled
check 'the centre has all' test "$(kept)" -eq 5
check 'none was refused' test "$(refused)" -eq 0
ends 'nothing is missing' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"
ends 'the first key is not retired still' 1 opening retire
check 'its file is there' test -s "$theirs/opening-before.key"

# Old by the clock here, and by the centre's: before any backup that counts.
aged() { # DAYS: the first three
	python3 -c 'import sqlite3, sys
days = int(sys.argv[2]) * 86400000
db = sqlite3.connect(sys.argv[1], timeout=10)
for seq, made, receipt in db.execute("SELECT sequence, made_ms, receipt FROM"
        " envelope WHERE sequence <= 3").fetchall():
    at = int.from_bytes(receipt[22:30], "big") - days
    db.execute("UPDATE envelope SET made_ms = ?, receipt = ? WHERE sequence ="
               " ?", (made - days, receipt[:22] + at.to_bytes(8, "big") +
                      receipt[30:], seq))
db.commit()' "$t/desk/queue.db" "$1"
}
aged 1
check 'a day passes' sync_once
ends 'too few for keep-days' 1 opening retire
aged 2
check 'three have passed' sync_once
check 'what is younger is kept' test "$(queue list --json |
    grep -c '"bytes":0')" -eq 3
ends 'the first key is retired' 0 opening retire
check 'and destroyed' test ! -e "$theirs/opening-before.key"

# A backup that is young enough has what was let go.
"$t/stop"
save today
"$t/start"
check 'a sixth enrols' someone
check 'all is settled' settled
"$t/stop"
restore today
"$t/start"
check 'a seventh enrols' someone
check 'all comes again' settled
check 'the centre has all again' test "$(kept)" -eq 7
check 'none was refused' test "$(refused)" -eq 0
ends 'nothing is missing' 0 centre gaps
says 'it says so' '^Rien ne manque' "$work/out"
finish
