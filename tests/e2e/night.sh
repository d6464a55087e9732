#!/bin/sh
# night: what the opener does once a day may fail without keeping anybody's
# record from being opened, and is done later.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

vault() {
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
print(db.execute(sys.argv[2]).fetchall()); db.commit()' \
	    "$t/vault/dossiers.db" "$1"
}
# kept N: so many records.
kept() { vault 'SELECT count(*) FROM document' | grep -q "($1,)"; }

training
check 'the services start' "$t/start"
check 'identifiers come' sync_once
ends 'a child gets a dossier' 0 enrol "$answers/minor.txt" \
    "$tree/tests/cards/family.card"
check 'which is opened' deliver
"$t/stop"
echo 'adult-age = 1' >>"$t/centre.conf"
check 'a change is forbidden' vault "CREATE TRIGGER no BEFORE UPDATE ON dossier
    WHEN OLD.subject = 'minor' BEGIN SELECT RAISE(ABORT, 'no'); END"
ends 'once, the opener says so' 74 open_once
says 'with the code of the vault' 'G-708' "$work/err"

check 'the services start again' "$t/start"
ends 'another enrols' 0 enrol "$adult"
check 'it is sent' sync_once
check 'and opened all the same' within 10 kept 2
says 'what the night left undone is in the log' 'nightly' "$t/run/opener.log"
check 'it is not tried all the time' \
    test "$(grep -c nightly "$t/run/opener.log")" -eq 1
"$t/stop"

check 'the change is allowed' vault 'DROP TRIGGER no'
check 'and made up for' open_once
vault 'SELECT subject FROM dossier ORDER BY number' >"$work/out"
says 'the child is of age' "adult.*adult" "$work/out"
finish
