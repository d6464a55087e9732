#!/bin/sh
# receipt: an enrolment's receipt is scanned from its paper and verified; what
# was altered, foreign or out of its time is named.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

verify() { "$B/guichetctl" -c "$t/desk.conf" receipt verify "$@"; }

# photograph PAPER PGM: the paper as a camera sees it.
photograph() {
	python3 "$tree/tests/e2e/photo.py" "$1" "$2"
}

training
"$t/start"
sync_once
ends 'someone is enrolled' 0 enrol "$adult"
rid=$(saved_rid)
paper=$t/paper/$rid-receipt.txt
check 'a receipt is printed beside the secrets' test -s "$paper"
says 'it says what it is' 'Accusé de création' "$paper"
says 'and sets apart what is opposed' 'VOUS VOUS OPPOSEZ' "$paper"
says 'and what was agreed to, word for word' 'Je consens' "$paper"
says 'after which text' 'DMP-INFO' "$paper"
secrets() { grep -q -e 'Mot de passe' -e 142196296516794 "$paper"; }
check 'it holds no secret' eval '! secrets'

if ! command -v zbarimg >/dev/null; then
	skip 'a camera reads it' 'zbar-tools is not installed'
	finish
fi
photograph "$paper" "$work/photo.pgm"
zbarimg -q --raw "$work/photo.pgm" >"$work/scan" 2>"$work/err"
says 'a camera reads its code' '^GC1:' "$work/scan"
ends 'it verifies with no network' 0 verify "$work/scan"
says 'and says so' 'valable' "$work/out"
says 'of this record' "$rid" "$work/out"
from_stdin() { verify - <"$work/scan" >"$work/said"; }
check 'also from stdin' from_stdin

# One character after the other.
altered() {
	python3 - "$work/scan" "$work/altered" "$B/guichetctl" \
	    "$t/desk/keys/centre.pub" <<-'END'
	import subprocess, sys
	scan, path, ctl, key = sys.argv[1:]
	text = open(scan).read().rstrip("\n")
	assert len(text) > 300
	for i in range(len(text)):
	    other = "7" if text[i] != "7" else "8"
	    open(path, "w").write(text[:i] + other + text[i + 1:])
	    run = subprocess.run([ctl, "receipt", "verify", path, "--key", key],
	                         capture_output=True, text=True)
	    code = "G-812" if i >= 4 else "G-811"  # no receipt at all
	    assert run.returncode == 65 and code in run.stderr, (i, run)
	END
}
check 'any altered character is G-812' altered
"$B/guichetctl" key make receipt "$work/other.key" --public "$work/other.pub"
ends 'another centre' 65 verify "$work/scan" --key "$work/other.pub"
says 'is G-813' G-813 "$work/err"
echo 'https://exemple.fr' >"$work/else"
ends 'any other code' 65 verify "$work/else"
says 'is G-811' G-811 "$work/err"

# A day when the badge is no longer good; what somebody signs all the same is
# G-814 (tests/envelope/proof.c).
later() {
	faketime -f +1200d "$B/guichet" -c "$t/desk.conf" \
	    --card "$adult_card" --answers "$adult" >"$work/out" 2>"$work/err" \
	    </dev/null
}
if command -v faketime >/dev/null; then
	ends 'somebody is enrolled when the badge has run out' 0 later
	old=$t/paper/$(saved_rid)-receipt.txt
	check 'they have a receipt' test -s "$old"
	check 'that claims no proof' eval '! grep -q "█" "$old"'
else
	skip 'a badge that has run out' 'faketime is not installed'
fi

ends 'no account, and still a receipt' 0 \
    enrol "$answers/no-account.txt" "$tree/tests/cards/family.card"
rid=$(saved_rid)
check 'is on paper' test -s "$t/paper/$rid-receipt.txt"
check 'without any secrets' test ! -e "$t/paper/$rid.txt"
finish
