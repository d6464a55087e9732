#!/bin/sh
# notice: people are told that their dossier is open, once each, by a real
# mail server and an SMS gateway that are down, refuse and come back.
# alone: a mail server
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/mail.sh
. "$(dirname "$0")/../mail.sh"

here=$(dirname "$0")
mail_port=$(free_port)
sms_port=$(free_port)
notice() {
	"$B/guichet-notice" -c "$t/centre.conf" "$@" 2>"$work/noticed"
	set -- $?
	cat "$work/noticed" >>"$work/notice.log"
	cat "$work/noticed" >&2
	return "$1"
}
# due: the waits are over.
due() {
	sql "$t/vault/dossiers.db" 'UPDATE outbox SET next_ms = 0 WHERE state = 1'
}
# told WAY STATE: how many rows say so.
told() {
	centre notices --json | grep "\"way\":\"$1\"" |
	    grep -c "\"state\":\"$2\""
}

training
echo 'le jeton' >"$work/token"
chmod 600 "$work/token"
check 'the services start' "$t/start"
check 'identifiers come' sync_once

# Three people: an SMS, a mail, a letter.
sms=$answers/complete.txt
sed -e 's/^privacy.confirmation = .*/privacy.confirmation = email/' \
    -e '/^contact.mobile/a contact.email = essai@patient.example' \
    "$answers/choices.txt" >"$work/mail.txt"
ends 'one asks for an SMS' 0 enrol "$sms" "$tree/tests/cards/family.card"
ends 'one for a mail' 0 enrol "$work/mail.txt" \
    "$tree/tests/cards/corsica-2a.card"
mail_rid=$(saved_rid)
ends 'one for a letter' 0 enrol "$answers/choices.txt" \
    "$tree/tests/cards/corsica-2b.card"
letter_rid=$(saved_rid)
check 'they are delivered and opened' deliver
check 'three notices wait' test "$(centre notices --json |
    grep -c '"state":"waiting"')" = 3
check 'where they go is in no file' python3 "$tree/tests/hunt.py" /dev/stdin \
    "$t/vault" <<END
essai@patient.example
END
ends 'without a server nothing is tried' 75 notice --once
check 'and no try is spent' test "$(centre notices --json |
    grep -c '"tries":0')" = 3

cat >>"$t/centre.conf" <<END
mail = smtp://127.0.0.1:$mail_port
mail-from = ne-pas-repondre@centre.example
sms = http://127.0.0.1:$sms_port/messages
sms-key = $work/token
END
ends 'its settings are right' 0 notice -t
ends 'nobody answers there' 75 notice --once
says 'is said' 'G-770' "$work/err"
check 'and a try is' test "$(centre notices --json |
    grep -c '"tries":1')" = 2
ends 'it is not tried again at once' 0 notice --once
check 'still one' test "$(centre notices --json |
    grep -c '"tries":1')" = 2

mail_server
python3 "$here/sms.py" "$sms_port" "$work/sms.log" 503 200 &
# shellcheck disable=SC2034 # at_end's words read it
gateway=$!
at_end 'kill $gateway 2>/dev/null'
check 'the mail server listens' within 10 listens "$mail_port"
check 'the SMS gateway listens' within 10 listens "$sms_port"
due
ends 'one is told, the other waits for the gateway' 75 notice --once
check 'the mail is there' within 10 delivered 1
due
ends 'then the other too' 0 notice --once
check 'a mail was sent' test "$(told email sent)" = 1
check 'and an SMS' test "$(told sms sent)" = 1
check 'letters wait for the post' test "$(told post waiting)" = 1
due
ends 'nothing is left' 0 notice --once
check 'once each' within 10 delivered 1
check 'the SMS was one' test "$(grep -c '"status": 200' "$work/sms.log")" = 1
ends 'what was sent reads well' 0 python3 "$here/sms.py" read \
    "$work/mail/box" "$work/sms.log" "$mail_rid"
check 'and no address is left here' python3 "$tree/tests/hunt.py" /dev/stdin \
    "$t/vault" <<END
essai@patient.example
END

# Refused for ever, and for now.
for who in nobody later; do
	sed "s/^contact.email = .*/contact.email = $who@patient.example/" \
	    "$work/mail.txt" >"$work/$who.txt"
done
ends 'one with an address that is nobody' 0 enrol "$work/nobody.txt" \
    "$tree/tests/cards/abroad.card"
ends 'one whose server is busy' 0 enrol "$work/later.txt" \
    "$tree/tests/cards/accents.card"
check 'they are delivered and opened' deliver
ends 'the one is given up, the other waits' 75 notice --once
check 'the first is over' test "$(told email failed)" = 1
check 'for that reason' sh -c "'$B/guichetctl' -c '$t/centre.conf' centre \
    notices --json | grep failed | grep -q '\"reason\":771'"
check 'the second is not' test "$(told email waiting)" = 1
says 'the log says that it did not go' 'G-770' "$work/notice.log"
check_status 'and names nobody' 1 \
    grep -Ei 'patient.example|ESSAI|\+33|06 ?39' "$work/notice.log"

ends 'the letters are written' 0 centre letters
says 'to whom' 'ESSAI|PAT' "$work/out"
says 'with the reference' "$letter_rid" "$work/out"
check 'in lines that fit a page' python3 -c 'import sys
sys.exit(max(map(len, open(sys.argv[1], encoding="utf-8"))) > 73)' \
    "$work/out"
ends 'the list is written' 0 centre notices
says 'it says what is a letter' "^$letter_rid  avis  post   waiting" \
    "$work/out"
ends 'a mail is no letter' 1 centre letter sent "$mail_rid"
ends 'posted' 0 centre letter sent "$letter_rid"
ends 'not twice' 1 centre letter sent "$letter_rid"
ends 'no letter is left' 0 centre letters
check 'none' test ! -s "$work/out"

# Settings that cannot be meant.
refused() {
	cp "$t/centre.conf" "$work/kept.conf"
	sed -i "/^${2%% *} =/d" "$t/centre.conf"
	echo "$2" >>"$t/centre.conf"
	ends "$1" "$3" notice -t
	cp "$work/kept.conf" "$t/centre.conf"
}
refused 'mail by HTTP' 'mail = http://127.0.0.1:1' 78
refused 'SMS in clear on the network' 'sms = http://192.0.2.1/' 78
chmod 644 "$work/token"
ends 'a token that others read' 77 notice -t
: >"$work/token"
chmod 600 "$work/token"
ends 'an empty one' 78 notice -t
finish
