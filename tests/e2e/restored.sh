#!/bin/sh
# restored: a centre that comes back from yesterday's backup becomes whole
# again, signing keys too, when terminals keep what is on one machine only.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
printf '%s\n' 'keep-until = replicated' 'epoch-envelopes = 2' >>"$t/desk.conf"
someone() { enrol "$answers/no-account.txt" "$@"; }
kept() { centre ledger --json | wc -l; }
ledger() { centre ledger --json | sed 's/"received":[^,]*,//' | sort; }

"$t/start"
check 'someone enrols' someone
check 'it is delivered' deliver
"$t/stop"
cp "$t/centre/ledger.db" "$work/yesterday"
"$t/start"
check 'another enrols' someone
check 'it is delivered' deliver
check 'a third enrols, by the next key' someone
check 'it is delivered' deliver
check 'the key is the second' test "$(cut -d' ' -f3 "$t/desk/keys/sign.key")" = 2
before=$(kept)
check 'the centre has four' test "$before" -eq 4
ledger >"$work/before"

"$t/stop"
rm -f "$t/centre/ledger.db-wal" "$t/centre/ledger.db-shm"
cp "$work/yesterday" "$t/centre/ledger.db"
"$t/start"
check 'yesterday it had one' test "$(kept)" -eq 1
check 'a fourth enrols' someone
check 'the terminal is asked for the rest' sync_once
check 'the centre has all' test "$(kept)" -eq 5
check 'the opener says of each what it said' open_once
check 'and the terminal hears it' sync_once
ledger >"$work/after"
check 'what was there is there again' \
    test "$(comm -12 "$work/before" "$work/after" | wc -l)" -eq 4
ends 'nothing is missing' 0 centre gaps
says 'and nothing contradicts' '^Rien ne manque' "$work/out"
ends 'the terminals' 0 centre terminals --json
says 'have their key again' '"sign_key":2' "$work/out"
finish
