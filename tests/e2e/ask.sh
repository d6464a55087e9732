#!/bin/sh
# ask: is there a dossier, is this contact theirs: from the desk through sync
# and gateway to guichet-answer, and what comes of it when one of them is
# slow, gone, lying or asked again.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/asking.sh
. "$(dirname "$0")/../asking.sh"

mobile=0639981241
training
none 'without sync there is no line' G-607 dossier
check 'the services start' "$t/start"
check 'both doors open' within 10 doors
check 'identifiers come' sync_once
hears 'nobody is known' NONE dossier
hears 'no server: no code' NO_WAY send mobile $mobile

# A file that answers nothing of it runs as ever.
ends 'an enrolment by answers that name no question' 0 enrol "$adult"
check 'it is delivered and opened' deliver
hears 'now there is one' OPENED dossier
sed -e '/^identity.choice/a already.choice = preferences' \
    -e '/^information\./d' -e '/^contact\./d' -e '/^secrets\./d' \
    -e 's/^end.choice/done.choice/' "$adult" >"$work/known.txt"
ends 'who comes to open one changes choices instead' 0 enrol \
    "$work/known.txt"
rid_known=$(saved_rid)
check 'which is delivered' deliver
ends 'and is what was done' 0 "$B/tests/e2e/dossier" "$t/centre.conf" \
    "$rid_known"
says 'by its kind' '"kind":"preferences"' "$work/out"

# Codes, by a gateway for SMS.
sms_gateway
"$t/stop"
check 'the services start again' "$t/start"
check 'and the doors' within 10 doors
carries
hears 'a code goes' SENT send mobile $mobile
c=$(code 1)
check 'it is six digits' test ${#c} = 6
hears 'another is wrong' 'WRONG 2' check mobile $mobile "$(other "$c")"
hears 'it is right' RIGHT check mobile $mobile "$c"
hears 'once' EXPIRED check mobile $mobile "$c"

hears 'three wrong ones' SENT send mobile $mobile
c=$(code 2)
hears 'the first' 'WRONG 2' check mobile $mobile "$(other "$c")"
hears 'the second' 'WRONG 1' check mobile $mobile "$(other "$c")"
hears 'the third' 'WAIT 900' check mobile $mobile "$(other "$c")"
got=$(ask check mobile $mobile "$c")
check 'then the right one waits too' test "${got%% *}" = WAIT
got=$(ask send mobile 0739981241)
check 'and so does the person elsewhere' test "${got%% *}" = WAIT
vault 'UPDATE patience SET until_ms = 1'
hears 'after the wait' SENT send mobile $mobile
c=$(code 3)
vault 'UPDATE code SET until_ms = 1'
hears 'a code that is too old' EXPIRED check mobile $mobile "$c"
vault 'DELETE FROM patience'

# By the line face, to the record. The pipe is read when the code is asked.
mkfifo "$work/code"
(code 4 >"$work/code") &
ends 'a contact is verified by the line face' 0 python3 \
    "$tree/tests/e2e/spoken.py" "$work/said" 'Bonjour=p' \
    'Insérez votre carte=carte' 'Qui êtes-vous=a' 'Est-ce bien vous=o' \
    'Je demande=2' 'Oui, =o' 'certifiez-vous=c' \
    'Téléphone mobile=06 39 98 12 41' 'Adresse e-mail=' \
    'Continuer=1' \
    "Code à 6 chiffres=!cat $work/code" 'Continuer sans vérifier=1' \
    'Tout est-il exact=o' 'papier en main=o' 'Merci=t' 'Bonjour=q' -- \
    "$B/guichet" -c "$t/desk.conf" --card "$adult_card" --face line
rid_known=$(sed -n 's/^saved //p' "$work/said")
check 'it is delivered and opened' deliver
queue list --json | tail -1 >"$work/rows"
says 'as new codes' '"outcome": ?"reissued"' "$work/rows"
rid_known=$(sed -n 's/.*"rid": *"\([^"]*\)".*/\1/p' "$work/rows")
ends 'the record is kept' 0 "$B/tests/e2e/dossier" "$t/centre.conf" \
    "$rid_known"
says 'verified, by the centre' \
    '"verified":{"email":"","mobile":"[0-9a-f]{152}"}' "$work/out"

# One that comes too late helps nobody, and is not sent.
kill $notice
wait $notice 2>/dev/null
notice=
hears 'a code while nobody carries any' SENT send mobile $mobile
if command -v faketime >/dev/null; then
	ends 'somebody carries again, ten minutes later' 0 \
	    faketime -f +11m "$B/guichet-notice" -c "$t/centre.conf" --once
	check 'it did not go' test \
	    "$(grep -c '"status": 200' "$work/sms.log")" = 4
	centre notices --json >"$work/notices"
	says 'and why is said' '"reason":775,.*"state":"failed"' \
	    "$work/notices"
else
	skip 'a code that comes too late' 'faketime is not installed'
fi

# Each was traced, with who asked.
centre trace --person "$rid_known" --json >"$work/traces"
for action in asked-dossier asked-code asked-check; do
	says "$action is traced" "\"action\": ?\"$action\"" "$work/traces"
done
says 'with who asked' '"who": ?"99700024450"' "$work/traces"

# Asked again by who kept it; changed on the way; not a question.
check 'a question is kept' "$B/tests/e2e/asker" "$t/desk.conf" write \
    "$work/question"
hand() { "$B/tests/e2e/asker" "$t/desk.conf" replay "$1"; }
check 'it is answered' test "$(hand "$work/question")" = answered
check 'not twice' test "$(hand "$work/question")" = nothing
says 'the centre says why' 'G-751' "$t/run/answer.log"
centre trace --person "$rid_known" --json >"$work/traces"
says 'and traces it' 'question-refused' "$work/traces"
python3 -c 'import sys
b = bytearray(open(sys.argv[1], "rb").read()); b[100] ^= 1
open(sys.argv[2], "wb").write(b)' "$work/question" "$work/changed"
check 'one that was changed gets nothing' \
    test "$(hand "$work/changed")" = nothing
says 'because of its signature' 'G-503' "$t/run/answer.log"
url=$(sed -n 's/^centre-url = //p' "$t/desk.conf")
post() {
	curl -s -o "$work/body" -w '%{http_code}' --cacert "$t/tls/ca.crt" \
	    --cert "$t/desk/keys/tls.crt" --key "$t/desk/keys/tls.key" \
	    --data-binary "$1" "$url/v1/question"
}
check 'the gateway takes nothing shorter' test "$(post abc)" = 400
curl -s --cacert "$t/tls/ca.crt" "$url/metrics" >"$work/metrics"
says 'what was refused is counted' 'came="refused"} [1-9]' "$work/metrics"
says 'and what was answered' 'came="given"} [1-9]' "$work/metrics"

# Slow, gone, and another in its place.
kill -STOP "$(service answer)"
none 'a centre that hangs' G-750 dossier
kill -CONT "$(service answer)"
check 'then it answers' within 10 eval \
    '[ "$(ask dossier 2>/dev/null)" = OPENED ]'
kill -9 "$(service answer)"
none 'a centre without who answers' G-750 dossier
rm -f "$t/run/ask.sock"
python3 -c 'import socket, sys, os
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1] + ".new"); s.listen(4)
os.rename(sys.argv[1] + ".new", sys.argv[1])
while True:
    c, _ = s.accept()
    c.recv(2713, socket.MSG_WAITALL)
    c.sendall(bytes(1) + os.urandom(226)); c.close()' "$t/run/ask.sock" &
liar=$!
at_end 'kill $liar 2>/dev/null'
check 'a liar takes its place' within 10 eval '[ -S "$t/run/ask.sock" ]'
# A terminal that asked so much may have to wait for its turn.
check 'what another says is not believed' within 10 eval \
    '! ask dossier >"$work/out" 2>"$work/err" && grep -q G-507 "$work/err"'
kill $liar
wait $liar 2>/dev/null
begin answer centre
check 'a new one takes over what a dead one left' within 10 eval \
    '[ "$(ask dossier 2>/dev/null)" = OPENED ]'
kill -STOP "$(service sync)"
none 'a sync that hangs' G-750 dossier
kill -CONT "$(service sync)"
kill "$(service sync)"
check 'its door goes with it' within 10 eval '[ ! -e "$t/desk/ask.sock" ]'
none 'no line again' G-607 dossier

# Nobody wrote down about whom it was.
printf '%s\n' 0639981241 639981241 1421962965167 ALAINBIS >"$work/words"
"$t/stop"
check 'who answered left no socket' test ! -e "$t/run/ask.sock"
check 'no contact, number or name is on a disk' python3 \
    "$tree/tests/hunt.py" "$work/words" "$t/desk" "$t/centre" "$t/vault" \
    "$t/run"
check_status 'nor in what notice said' 1 \
    grep -Ff "$work/words" "$work/notice.log"
finish
