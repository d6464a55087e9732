#!/bin/sh
# thermal: receipts and secrets on a thermal printer of 58 and 80 mm, on a
# device and a socket, with what can ail it.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
golden=$tree/tests/golden/slip
if ! command -v zbarimg >/dev/null; then
	skip 'thermal printers' 'zbar-tools is not installed'
	finish
fi
cp "$t/desk.conf" "$work/desk.conf"
sed -i 's/^log = .*/log = stderr/' "$work/desk.conf"
# A receipt with a real code: the longest that there is.
"$t/start"
sync_once
enrol "$adult"
rid=$(saved_rid)
python3 "$tree/tests/e2e/photo.py" "$t/paper/$rid-receipt.txt" "$work/r.pgm"
code=$(zbarimg -q --raw "$work/r.pgm")
python3 - "$golden/receipt.json" "$work/receipt.json" "$code" <<'END'
import json, sys
slip = json.load(open(sys.argv[1]))
for line in slip["lines"]:
    if line["kind"] == "qr":
        line["value"] = sys.argv[3]
open(sys.argv[2], "w").write(json.dumps(slip) + "\n")
END
if ! python3 "$tree/tests/e2e/thermal.py" "$B" "$work/desk.conf" \
    "$golden/secrets.json" "$work/receipt.json" "$work"; then
	not_ok 'the thermal printer'
fi
[ -z "${PICTURES:-}" ] || cp "$work"/escpos*.pgm "$PICTURES"
finish
