#!/bin/sh
# switch: a pilot: one département is open and another is not; a place that is
# closed keeps and delivers what it has, and opens again by a word.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
sed -i 's/^log = .*/log = stderr/' "$t/desk.conf"
url=$(sed -n 's/^centre-url = //p' "$t/desk.conf")
stick=$work/stick
mkdir "$stick"
switch() { centre switch "$@"; }
lent() { centre leases --json | grep -c "\"terminal\":$1,"; }
age() { queue ages --json; }

check 'the services start' "$t/start"
check 'the first terminal is served' sync_once
ends 'its place is said' 0 centre terminal set 1 --department 35

# The second one, of a département that is not of the pilot.
code=$("$B/guichetctl" -c "$t/centre.conf" --json centre terminal add \
    --site 440000001 --department 44 | sed -n 's/.*"code":"\([^"]*\)".*/\1/p')
ends 'everything is closed' 0 switch close --all
ends 'but one département' 0 switch open --department 35
ends 'which stand in the list' 0 switch --json
says 'closed' '"open":false,"scope":"all"' "$work/out"
says 'and open' '"open":true,"scope":"department".*"what":"35"' "$work/out"
ends 'one of the other joins' 0 "$B/guichetctl" join "$url" "$code" \
    --state "$work/two"
says 'and is told why it has no identifiers' 'G-749' "$work/err"
check 'it has none' test "$(lent 2)" -eq 0
ends 'each is shown' 0 centre terminals --json
says 'the one' '"closed":false,.*"terminal":1,' "$work/out"
says 'the other' '"closed":true,.*"terminal":2,' "$work/out"
curl -s --cacert "$t/desk/keys/ca.crt" "$url/metrics" >"$work/metrics"
says 'and counted' '^guichet_terminals_closed 1$' "$work/metrics"
sed -e "s|^state = .*|state = $work/two|" -e 's|^terminal = .*|terminal = 2|' \
    "$t/desk.conf" >"$work/two.conf"
two() { "$B/guichet-sync" -c "$work/two.conf" --once; }
two_lists() { "$B/guichetctl" -c "$work/two.conf" queue ages --json; }
ends 'its round is a calm one' 0 two
says 'it hears that it is closed' 'place-closed' "$work/err"
check 'and nothing else' sh -c "! grep -q G- '$work/err'"
ends 'the next one too' 0 two
check 'says nothing' test ! -s "$work/err"
check 'it knows' sh -c "'$B/guichetctl' -c '$work/two.conf' queue ages \
    --json | grep -q '\"closed\":true'"

# The first enrols; then it is closed too, with something on the way.
check 'someone enrols in the pilot' enrol "$adult"
rid=$(saved_rid)
ends 'the pilot ends' 0 switch close --site 750000001
check 'what waited goes up, is opened and told' deliver
ends 'as any' 0 queue show "$rid" --json
says 'opened' '"outcome":"opened"' "$work/out"
ends 'and the place knows' 0 age
says 'that it is closed' '"closed":true' "$work/out"
ends 'nobody can begin there' 65 enrol "$adult"
check 'and nothing is saved' test -z "$(saved_rid)"
timeout 5 "$B/guichet" -c "$t/desk.conf" --card "$adult_card" --face line \
    </dev/null >"$work/page" 2>"$work/err"
says 'the page says so' "n'ouvre pas de dossier pour l'instant" "$work/page"
says 'where else to ask' 'Demandez dans une autre pharmacie' "$work/page"
check 'and offers none' sh -c "! grep -q 'Ouvrir mon dossier' '$work/page'"
check 'a dossier is closed there all the same' enrol "$answers/close.txt"
check 'and that is delivered' deliver
before=$(lent 1)
check 'another round' sync_once
check 'asks for nothing' test "$(lent 1)" -eq "$before"

# Open again; the word of the département counts.
ends 'the word on the place is taken back' 0 switch forget --site 750000001
ends 'once' 1 switch forget --site 750000001
ends 'a round' 0 sync_once
says 'hears it' 'place-opened' "$work/err"
check 'and someone enrols again' enrol "$adult" "$tree/tests/cards/accents.card"
check 'which is delivered' deliver
ends 'the other is opened' 0 switch open --site 440000001
ends 'by its site' 0 two
check 'and has its identifiers at once' test "$(lent 2)" -gt 0

# A site with no line hears by a stick.
ends 'closed once more' 0 switch close --department 35
ends 'a bundle' 0 queue export "$stick/bundle"
ends 'goes to the centre' 0 centre import "$stick/bundle" "$stick/reply" --lease
says 'which lends nothing' 'aucun identifiant' "$work/out"
ends 'the reply comes back' 0 queue import "$stick/reply" --json
says 'and says so' '"switches":1' "$work/out"
ends 'which is known' 0 age
says 'as closed' '"closed":true' "$work/out"
ends 'a reply of before' 0 queue import "$stick/reply"
ends 'opened by line' 0 switch forget --department 35
ends 'and by a word for all' 0 switch open --all
check 'is heard' sync_once
ends 'the older word, once more on a stick' 0 queue import "$stick/reply"
ends 'undoes nothing' 0 age
says 'it is open' '"closed":false' "$work/out"
finish
