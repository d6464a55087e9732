#!/bin/sh
# epochs: signing keys that follow one another: the centre takes each in its
# turn, receipts go on verifying, and a copied terminal is found out.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
key=$t/desk/keys/sign.key
number() { cut -d' ' -f3 "$key"; }
kept() { centre ledger --json | grep -c "\"outcome\":\"$1\""; }
verify() { "$B/guichetctl" -c "$t/desk.conf" receipt verify "$@"; }
code_of() { "$B/guichetctl" -c "$t/desk.conf" verify; }
echo 'epoch-envelopes = 2' >>"$t/desk.conf"
"$t/start"
sync_once

cp -p "$key" "$work/first.key"
first=$(cut -d' ' -f4 "$key")
check 'someone enrols' enrol "$adult"
check 'it is delivered' sync_once
check 'the key is the first' test "$(number)" = 1
check 'a second one enrols' enrol "$answers/no-account.txt"
check 'it is delivered' sync_once
# A start with nobody there: two were signed, so it is time.
check 'the next start enrols a third' enrol "$answers/no-account.txt"
check 'by the next key' test "$(number)" = 2
check_status 'the first is no more' 1 \
    grep -F "${first%????????????????}" "$key"
check 'and no other file of it is left' test ! -e "$t/desk/keys/sign.next"
check 'both are delivered' sync_once
shows_epoch() { queue list --json | grep -q '"outcome":"epoch"'; }
check 'the queue names the hand-over' shows_epoch
check 'and so does the ledger' test "$(kept epoch)" = 1
check 'the opener leaves it alone' deliver
check 'all is told' test "$(queue list --json |
    grep -c '"outcome":"waiting"')" -eq 0
ends 'nothing is missing, nothing contradicts' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"
ends 'the terminals' 0 centre terminals --json
says 'have their key' '"sign_key":2' "$work/out"
ends 'the queue is whole, each key for its own' 0 code_of
says 'it says' 'entière' "$work/out"

# Receipts: of the first key, of the second before and behind its badge.
check 'one more enrols' enrol "$adult"
if command -v zbarimg >/dev/null; then
	last=$t/paper/$(saved_rid)-receipt.txt
	for paper in "$t"/paper/*-receipt.txt; do
		python3 "$tree/tests/e2e/photo.py" "$paper" "$work/photo.pgm" \
		    2>"$work/err" || continue # it bears no code
		zbarimg -q --raw "$work/photo.pgm" >"$work/scan" \
		    2>"$work/err" || continue
		name=${paper##*/}
		ends "the receipt ${name%%-*} verifies" 0 verify "$work/scan"
		[ "$paper" = "$last" ] && newest=yes
	done
	check 'the newest has a code, by the badge that came' \
	    test "${newest:-}" = yes
else
	skip 'receipts go on verifying' 'zbar-tools is not installed'
fi
check 'it is delivered' sync_once

# By hand: what goes out on a stick is signed by the key of now.
check 'the next start hands over again' enrol "$answers/no-account.txt"
check 'to the third' test "$(number)" = 3
ends 'a bundle goes out' 0 queue export "$work/bundle"
check 'it is delivered by the line' sync_once

# Whoever puts the first key back signs nothing.
cp -p "$key" "$work/third.key"
cp -p "$work/first.key" "$key"
ends 'an old key does not start' 65 enrol "$adult"
says 'it is said' 'G-520' "$work/err"
cp -p "$work/third.key" "$key"

# A copy of the terminal goes on for itself.
cp -pr "$t/desk" "$work/copy"
check 'the terminal goes on' enrol "$answers/no-account.txt"
check 'and is heard' sync_once
mv "$t/desk" "$work/true"
mv "$work/copy" "$t/desk"
check 'its copy goes on too' enrol "$answers/no-account.txt"
sync_once 2>"$work/err"
ends 'the centre tells' 0 centre gaps --json
says 'of two that contradict' '"kind":"fork"' "$work/out"
rm -rf "$t/desk"
mv "$work/true" "$t/desk"
check 'the true one goes on' enrol "$answers/no-account.txt"
check 'and is served' sync_once
finish
