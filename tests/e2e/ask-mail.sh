#!/bin/sh
# ask-mail: a code by e-mail, from the desk to a real mail server's mailbox and
# back; and a mail server or SMS gateway that is dead, hangs or says no: the
# person hears it soon and goes on.
# alone: a mail server
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/asking.sh
. "$(dirname "$0")/../asking.sh"
# shellcheck source=tests/mail.sh
. "$(dirname "$0")/../mail.sh"

to=essai@patient.example
mail_port=$(free_port)
dead_port=$(free_port)
code() { python3 "$tree/tests/e2e/coded.py" "$work/mail/box" "$1"; }
# soon WORDS ANSWER WHAT...: that is the answer, once it is known, within
# twenty seconds: a terminal that asked much waits for its turn.
soon() {
	words=$1 want=$2
	shift 2
	from=$(date +%s%N)
	until ask "$@" >"$work/out" 2>"$work/err" &&
	    [ "$(cat "$work/out")" != GOING ]; do
		took=$((($(date +%s%N) - from) / 1000000))
		[ $took -lt 20000 ] || break
		sleep 0.3
	done
	got=$(cat "$work/out" "$work/err")
	check "$words ($got)" test "$got" = "$want"
}
# The last code in the outbox.
last_code() { centre notices --json | grep '"code":true' | tail -1; }
# has N WHAT: so many rows of that are in the vault.
has() {
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
n, = db.execute("SELECT count(*) FROM " + sys.argv[3]).fetchone()
sys.exit(n != int(sys.argv[2]))' "$t/vault/dossiers.db" "$@"
}
# with MAIL [SMS]: the services begin again under these settings.
with() {
	"$t/stop"
	sed -i '/^mail = /d; /^sms = /d' "$t/centre.conf"
	printf 'mail = %s\n' "$1" >>"$t/centre.conf"
	[ -z "${2:-}" ] || printf 'sms = %s\n' "$2" >>"$t/centre.conf"
	"$t/start" && within 10 doors && carries
}
# again: who asked much need not wait for their turn.
again() {
	"$t/stop"
	"$t/start"
	check 'the doors are open again' within 10 doors
	vault 'DELETE FROM patience'
}
# contact WORDS MOBILE MAIL CARD ANSWER...: an opening by the line face, with
# what is answered once a contact was given.
contact() {
	words=$1 mobile=$2 mail=$3 card=$4
	shift 4
	ends "$words" 0 python3 "$tree/tests/e2e/spoken.py" "$work/talk" \
	    'Bonjour=o' 'Insérez votre carte=carte' 'Qui êtes-vous=a' \
	    'Est-ce bien vous=o' 'page 1 sur=s' 'page 2 sur=s' \
	    'Je consens=2' 'Oui, je consens=o' 'certifiez-vous=c' \
	    'SAMU (15)=2' 'bris de glace=' 'Continuer=s' \
	    "Téléphone mobile=$mobile" "Adresse e-mail=$mail" 'Continuer=1' \
	    "$@" 'Tout est-il exact=o' 'papier en main=o' 'Merci=t' \
	    'Bonjour=q' -- \
	    "$B/guichet" -c "$t/desk.conf" --card "$card" --face line
}
# verified WORDS PATTERN: so says the record, and the list.
verified() {
	check 'it is delivered and opened' deliver
	rid_saved=$(queue list --json | tail -1 |
	    sed 's/.*"rid": *"\([^"]*\)".*/\1/')
	ends 'the record is kept' 0 "$B/tests/e2e/dossier" "$t/centre.conf" \
	    "$rid_saved"
	says "$1" "$2" "$work/out"
	centre dossiers --json | grep "$rid_saved" >"$work/row"
	says "$1, and so the list" "$3" "$work/row"
}

training
printf 'mail-from = ne-pas-repondre@centre.example\n' >>"$t/centre.conf"
mail_server
check 'the mail server listens' within 10 listens "$mail_port"
check 'the services start' with "smtp://127.0.0.1:$mail_port"
check 'identifiers come' sync_once

# By the questions alone.
hears 'nothing was sent yet' UNSENT sent email $to
hears 'a code goes by mail' SENT send email $to
soon 'the mail server has it' GONE sent email $to
c=$(code 1)
check 'it is six digits, in a mail that says what it should' test ${#c} = 6
hears 'another is wrong' 'WRONG 2' check email $to "$(other "$c")"
hears 'it is right' RIGHT check email $to "$c"
hears 'once' EXPIRED check email $to "$c"
last_code >"$work/row"
says 'it went at the first try' '"reason":0,.*"state":"sent","tries":1' \
    "$work/row"

# From the terminal to the mailbox and back.
contact 'an address is verified by the line face' '' $to "$adult_card" \
    "Code à 6 chiffres=!python3 $tree/tests/e2e/coded.py $work/mail/box 2" \
    'Vérifier=1'
says 'it says where the code went' "Un code est parti à.*$to" "$work/talk"
says 'the review says verified' "$to \(vérifié\)" "$work/talk"
verified 'verified by the centre' \
    '"verified":\{"email":"[0-9a-f]{152}","mobile":""}' \
    '"contact":\{"email":"verified","mobile":""}'

# Who brings it says no: for ever, or now.
vault 'DELETE FROM patience'
hears 'to nobody' SENT send email nobody@patient.example
soon 'there is no such contact' REFUSED sent email nobody@patient.example
last_code >"$work/row"
says 'the operator sees why' '"reason":771,.*"state":"failed","tries":1' \
    "$work/row"
hears 'to a busy one' SENT send email later@patient.example
soon 'it could not go now' UNSENT sent email later@patient.example
last_code >"$work/row"
says 'tried once, and why' '"reason":776,.*"state":"failed","tries":1' \
    "$work/row"
again
contact 'one whose address is nobody mends it' '' nobody@patient.example \
    "$tree/tests/cards/corsica-2a.card" "ce contact n'existe pas=1" \
    "Adresse e-mail=$to" 'Continuer=1' \
    "Code à 6 chiffres=!python3 $tree/tests/e2e/coded.py $work/mail/box 3" \
    'Vérifier=1'
verified 'and is verified' '"verified":\{"email":"[0-9a-f]{152}"' \
    '"contact":\{"email":"verified"'

# A dead mail server beside a dead SMS gateway.
kill $exim
wait $exim 2>/dev/null
vault 'DELETE FROM patience'
echo 'le jeton' >"$work/token"
chmod 600 "$work/token"
echo "sms-key = $work/token" >>"$t/centre.conf"
check 'mail and SMS go nowhere' with "smtp://127.0.0.1:$mail_port" \
    "http://127.0.0.1:$dead_port/"
from=$(date +%s)
contact 'both contacts go on unverified' '06 39 98 12 41' $to \
    "$tree/tests/cards/corsica-2b.card" "n'a pas pu partir=s" \
    "n'a pas pu partir=s"
check 'nobody waited long' test $(($(date +%s) - from)) -lt 30
says 'the review says so' "$to \(non vérifié\)" "$work/talk"
verified 'and so does the record' \
    "\"contact\":\{\"email\":\"$to\",\"mobile\":\"0639981241\"" \
    '"contact":\{"email":"unverified","mobile":"unverified"}'
check_status 'which says of none that it is verified' 1 \
    grep '"verified"' "$work/out"
check 'the operator sees two that did not go' test "$(centre notices --json |
    grep -c '"code":true.*"reason":776.*"state":"failed"')" = 3
says 'and the log has the number' 'G-776' "$work/notice.log"
# What nobody could receive shuts nobody out.
again
for n in 1 2 3 4; do
	hears "code $n to a dead server" SENT send email $to
	soon 'did not leave' UNSENT sent email $to
done

# It takes the connection and says nothing.
python3 -c 'import socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(8)
kept = []
while True: kept.append(s.accept())' "$mail_port" &
# shellcheck disable=SC2034 # at_end's words read it
mute=$!
at_end 'kill $mute 2>/dev/null'
check 'a mute one listens' within 10 listens "$mail_port"
sms_port=$(free_port)
python3 "$tree/tests/e2e/sms.py" "$sms_port" "$work/sms.log" 200 &
# shellcheck disable=SC2034 # at_end's words read it
gateway=$!
at_end 'kill $gateway 2>/dev/null'
check 'an SMS gateway listens' within 10 listens "$sms_port"
check 'mail goes to the one, SMS to the other' with \
    "smtp://127.0.0.1:$mail_port" "http://127.0.0.1:$sms_port/messages"
again
hears 'a code to a mute server' SENT send email $to
hears 'and one by SMS' SENT send mobile 0639981241
from=$(date +%s%N)
soon 'the SMS left' GONE sent mobile 0639981241
check 'it did not wait for the mail' test \
    $((($(date +%s%N) - from) / 1000000)) -lt 3000
soon 'the mail is given up within seconds' UNSENT sent email $to
hears 'the code that came is right' RIGHT check mobile 0639981241 "$(grep \
    '"status": 200' "$work/sms.log" | tail -1 |
    sed 's/.*: \([0-9]\{6\}\)\..*/\1/')"

# Nobody carries: then nobody knows.
again
kill $notice
wait $notice 2>/dev/null
notice=
contact 'who hears nothing of it goes on' '' $to \
    "$tree/tests/cards/accents.card" "peut-être pas parti=" \
    'Continuer sans vérifier=3'
last_code >"$work/row"
says 'the code waits' '"state":"waiting","tries":0' "$work/row"
vault "UPDATE outbox SET made_ms = made_ms - 60000 WHERE state = 1"
hears 'after a minute it is given up' UNSENT sent email $to
last_code >"$work/row"
says 'the operator sees that' '"reason":775,.*"state":"failed"' "$work/row"
check 'nothing is left of what a code said' has 0 \
    'outbox WHERE sealed IS NOT NULL'
check 'nor of whose they were' has 0 sending

# Nobody wrote down to whom.
"$t/stop"
printf '%s\n' $to 0639981241 nobody@patient.example >"$work/words"
check 'no contact is on a disk' python3 "$tree/tests/hunt.py" "$work/words" \
    "$t/desk" "$t/centre" "$t/vault" "$t/run"
check_status 'nor in what notice said' 1 \
    grep -Ff "$work/words" "$work/notice.log"
finish
