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

# Every field that the two standards name is where src/PROTOCOL 11.4 says.
fields() {
	verify --json "$work/scan" >"$work/shown" &&
	    python3 "$tree/tests/e2e/fields.py" "$tree/src/PROTOCOL" \
	    "$work/shown" "$paper"
}
check 'it has each field of TS 27560 and of Kantara 1.1' fields

# One character after the other, then bits of one byte after the other.
altered() {
	python3 "$tree/tests/e2e/altered.py" "$work/scan" "$work/altered" \
	    "$B/guichetctl" "$t/desk/keys/centre.pub" "$1"
}
check 'any altered character is G-812' altered characters
check 'any altered byte is G-812' altered bytes

# seen TEXT: what a camera reads of a sheet of A4 with that text as its code.
seen() {
	python3 - "$1" <<-'END' >"$work/slip"
	import json, sys
	text = open(sys.argv[1]).read().rstrip("\n")
	print(json.dumps({"large": False, "paper": "receipt", "version": 2,
	    "ref": "01JD7Q4M5N6P7Q8R9S0T1V2W3X", "training": True, "lines": [
	    {"kind": "title", "label": "Reçu", "value": ""},
	    {"kind": "qr", "label": "Code", "value": text}]}))
	END
	"$B/guichet-pdf" <"$work/slip" >"$work/sheet.pdf" &&
	    pdftoppm -r 150 -gray "$work/sheet.pdf" "$work/sheet" &&
	    zbarimg -q --raw "$work"/sheet*.pgm >"$work/seen"
}
same() { seen "$1" && cmp -s "$1" "$work/seen"; }
if command -v pdftoppm >/dev/null; then
	check 'a sheet of A4 is scanned, and is the same' same "$work/scan"
	ends 'and valid' 0 verify "$work/seen"
	for how in 40 400; do
		altered "$how"
		check "byte $how altered, printed and scanned" same \
		    "$work/altered"
		ends 'does not verify' 65 verify "$work/seen"
		says 'and is named' G-812 "$work/err"
	done
	for how in late early; do
		"$B/tests/e2e/late" "$t/desk.conf" "$work/scan" $how \
		    >"$work/$how"
		check "a receipt signed too $how is scanned" same "$work/$how"
		ends 'does not verify' 65 verify "$work/seen"
		says 'and is named' G-814 "$work/err"
	done
else
	skip 'sheets are scanned' 'poppler-utils is not installed'
fi
"$B/guichetctl" key make receipt "$work/other.key" --public "$work/other.pub"
ends 'another centre' 65 verify "$work/scan" --key "$work/other.pub"
says 'is G-813' G-813 "$work/err"
echo 'https://exemple.fr' >"$work/else"
ends 'any other code' 65 verify "$work/else"
says 'is G-811' G-811 "$work/err"

# A day when the badge is no longer good.
later() {
	faketime -f +1200d "$B/guichet" -c "$t/desk.conf" \
	    --card "$adult_card" --answers "$adult" >"$work/out" 2>"$work/err" \
	    </dev/null
}
if command -v faketime >/dev/null; then
	ends 'somebody is enrolled when the badge has run out' 0 later
	old=$t/paper/$(saved_rid)-receipt.txt
	check 'they have a receipt' test -s "$old"
	check_status 'that claims no proof' 1 grep '█' "$old"
else
	skip 'a badge that has run out' 'faketime is not installed'
fi

ends 'no account, and still a receipt' 0 \
    enrol "$answers/no-account.txt" "$tree/tests/cards/family.card"
rid=$(saved_rid)
check 'is on paper' test -s "$t/paper/$rid-receipt.txt"
check 'without any secrets' test ! -e "$t/paper/$rid.txt"
finish
