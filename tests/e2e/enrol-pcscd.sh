#!/bin/sh
# enrol-pcscd: the same journey over the real pcscd and a card on vpcd's
# socket, in namespaces of its own.
what='enrolment over pcscd'
# shellcheck source=tests/apart.sh
. "$(dirname "$0")/../apart.sh"
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

pcscd -f >"$work/pcscd.log" 2>&1 &
at_end "kill $!; wait $!"
"$B/guichet-simcard" --card "$adult_card" 2>"$work/simcard.log" &
at_end "kill $!"

training
sed -i '/^cards = /d' "$t/desk.conf"
check 'the services start and answer' "$t/start"
sync_once
ends 'an adult whose card is in a real reader' 0 \
    "$B/guichet" -c "$t/desk.conf" --answers "$adult"
says 'is saved' '^saved [0-9A-Z]{26}$' "$work/out"
rid=$(saved_rid)
check 'the secrets are on paper' test -s "$t/paper/$rid.txt"
check 'it is delivered and opened' deliver
centre dossiers --json >"$work/dossiers"
says 'the centre has the dossier' "$rid.*opened|opened.*$rid" "$work/dossiers"
finish
