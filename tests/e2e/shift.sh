#!/bin/sh
# shift: who serves signs in, by keys, by lines and by a file of answers; the
# records bear their name; nobody is served by nobody.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

account() { # PIN NUMBER NAME PROFESSION
	printf '%s\n' "$1" | "$B/guichetctl" -c "$t/desk.conf" operator add \
	    --number "$2" --name "$3" --profession "$4"
}
served_by() { # WORDS NUMBER PROFESSION: whom the last trace of the centre names
	who=$(python3 -c 'import sqlite3, sys
print("|".join(sqlite3.connect(sys.argv[1]).execute("SELECT who, " +
    "profession FROM trace ORDER BY number DESC").fetchone()))' "$t/vault/dossiers.db")
	check "$1" test "$who" = "$2|$3"
}

training
check 'the services start' "$t/start"
check 'the first sync brings identifiers' sync_once

# As before there were accounts.
enrol "$adult"
rid=$(saved_rid)
check 'it is delivered' deliver
served_by 'without accounts the operator of the settings served' 99700024450 \
    pharmacien

check 'an account is opened' account 271828 99700024450 'PATBQUATRE CAMILLE' \
    pharmacien
check 'and another' account 314159 99900063480 'PATTROIS DOMINIQUE' \
    préparateur

# By keys.
echo 'shift-lock = 60' >>"$t/desk.conf"
pane "env LANG=C.UTF-8 '$B/guichet' \
    -c '$t/desk.conf' 2>'$work/err'; echo \$? >'$work/status'; sleep 60"
check 'a desk is shut until somebody opens it' sees 'Qui tient ce guichet'
check 'which cites the law' sees '323-1'
press o
press F5
press b
check 'a name is asked its code' sees 'PATTROIS DOMINIQUE'
press 271828
check 'which is not shown' sees '••••••'
press Enter Enter
check "another's is none" sees 'pas le bon code'
check 'and has to wait' sees 'Attendez encore'
check 'not for long' sees 'Vous pouvez réessayer'
press 314159 Enter Enter
check 'the right one opens the desk' sees 'Ouvrir mon dossier'
check 'which says who is there' sees 'Au guichet'
# The window may hold no PIN, now or before.
tm capture-pane -p -t 0 -S - >"$work/history"
check_status 'no PIN was on the glass' 1 grep -E '271828|314159' "$work/history"
press o
sees 'Qui êtes-vous' || press F5
check 'a person is served' sees 'Qui êtes-vous'
press F10
check 'and stops' sees 'Tout est oublié'
press t
sees 'Au guichet'
press x
check 'the operator hands over' sees 'Qui tient ce guichet'
press a
sees 'PATBQUATRE'
press 271828 Enter Enter
check 'to another' sees 'Au guichet'
check 'whose account is taken away' "$B/guichetctl" -c "$t/desk.conf" \
    operator remove 99700024450
check 'and then serves no more' sees 'Qui tient ce guichet'
press F10
check 'F10 leaves a training desk' within 5 test -s "$work/status"
check 'with 0' grep -qx 0 "$work/status"
check 'nobody was enrolled meanwhile' test "$(rows)" -eq 1

# By a file of answers that knows the page, and by one that does not.
{
	printf '%s\n' 'shift.choice = a' 'pin.pin = 314159' \
	    'pin.choice = continue'
	cat "$answers/no-account.txt"
} >"$work/answers"
enrol "$work/answers" "$tree/tests/cards/corsica-2a.card"
rid=$(saved_rid)
check 'a file signs in and enrols' test -n "$rid"
check 'it is delivered' deliver
served_by 'the record bears that name' 99900063480 préparateur
enrol "$answers/no-account.txt" "$tree/tests/cards/corsica-2b.card"
rid=$(saved_rid)
check 'a file without those lines enrols' deliver
served_by 'for the operator of the settings' 99700024450 \
    pharmacien
sed 's/314159/141421/' "$work/answers" >"$work/wrong"
ends 'a wrong code in a file' 65 enrol "$work/wrong"
says 'leaves a question without an answer' 'G-402' "$work/err"

# A borne has no operator: the patient is alone.
sed -i 's/^profile .*//; $a profile = borne' "$t/desk.conf"
printf 'q\nq\n' | "$B/guichet" -c "$t/desk.conf" --face line >"$work/out" 2>&1
says 'a borne asks nobody to sign in' 'Bonjour' "$work/out"
check_status 'at all' 1 grep 'Qui tient' "$work/out"
sed -i 's/^profile .*//' "$t/desk.conf"
printf 'o\nq\n' | "$B/guichet" -c "$t/desk.conf" --face line >"$work/out" 2>&1
says 'a counter does, in lines too' 'Qui tient ce guichet' "$work/out"

# Nobody serves from a list that others could have changed.
chmod 644 "$t/desk/operators"
ends 'a list open to others' 65 "$B/guichet" -c "$t/desk.conf" --face line
says 'is refused by its number' 'G-412' "$work/err"
finish
