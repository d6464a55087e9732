#!/bin/sh
# fhir-server: our Bundles are posted to a FHIR server that is not ours, which
# gives back what was sent: the feed, the same taken up again, and for a server
# that gives the ids.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/asking.sh
. "$(dirname "$0")/../asking.sh"
# shellcheck source=tests/fhir/fhir.sh
. "$(dirname "$0")/../fhir/fhir.sh"

training
sms_gateway
check 'the services start' "$t/start"
check 'both doors open' within 10 doors
check 'identifiers come' sync_once
carries

# One whose mobile is verified and then is another; two more.
mkfifo "$work/code"
(code 1 >"$work/code") &
ends 'one opens, with a code' 0 python3 "$tree/tests/e2e/spoken.py" \
    "$work/talk" 'Bonjour=o' 'Insérez votre carte=carte' 'Qui êtes-vous=a' \
    'Est-ce bien vous=o' 'page 1 sur=s' 'page 2 sur=s' 'Je consens=2' \
    'Oui, je consens=o' 'certifiez-vous=c' 'SAMU (15)=2' 'bris de glace=' \
    'Continuer=s' 'Téléphone mobile=06 39 98 12 41' 'Adresse e-mail=' \
    'Continuer=1' "Code à 6 chiffres=!cat $work/code" 'Vérifier=1' \
    'Tout est-il exact=o' 'papier en main=o' 'Merci=t' 'Bonjour=q' -- \
    "$B/guichet" -c "$t/desk.conf" --card "$adult_card" --face line
ends 'a child' 0 enrol "$answers/minor.txt" "$tree/tests/cards/family.card"
ends 'a protected adult' 0 enrol "$answers/protected.txt" \
    "$tree/tests/cards/corsica-2a.card"
ends 'the first changes choices' 0 enrol "$answers/preferences.txt"
check 'all is delivered' deliver
ends 'the first half of the feed' 0 fhir --since begin
head -n 2 "$work/out" >"$work/part"
ends 'then comes another act' 0 enrol "$answers/reissue.txt"
check 'which is delivered' deliver
fhir --since "$(cursor_of 2 "$work/part")" >"$work/rest"
fhir --since begin >"$work/feed"
fhir --since begin --create >"$work/create"
check 'the feed has every act' test "$(wc -l <"$work/feed")" -eq 5
says 'a contact was verified' '"validated"' "$work/feed"
says 'and is another by now' '"req-revalid"' "$work/feed"
if ! fetch; then
	sed 's/^/# /' "$work/npm"
fi
conforms 'the feed is R4' "$work/feed"
if has_modules; then
	node "$tree/tests/fhir/taken.mjs" "$modules" "$work/feed" \
	    "$work/part" "$work/rest" "$work/create" >"$work/tap" 2>&1 ||
	    tap_bad=$((tap_bad + 1))
	cat "$work/tap"
else
	skip 'a FHIR server takes each Bundle of the feed' \
	    'npm gives no server here'
fi
finish
