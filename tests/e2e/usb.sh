#!/bin/sh
# usb: a site with no line: bundles out on a stick, replies back in; torn,
# foreign, and the same one twice.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
stick=$work/stick
mkdir "$stick"
waiting() { queue list --json | grep -c '"state":"ready"'; }
count() { centre ledger --json | wc -l; }
import() { centre import "$@"; }
sed -i 's|^centre-url = .*|centre-url = https://127.0.0.1:1|' "$t/desk.conf"
echo 'epoch-envelopes = 1' >>"$t/desk.conf"
echo 'keep-days = 0' >>"$t/centre.conf"
rm -f "$t/desk/keys/badge.pub"

# Identifiers come by hand too.
check 'someone enrols without an account' enrol "$answers/no-account.txt"
ends 'a first bundle' 0 queue export "$stick/empty"
ends 'asks for identifiers' 0 import "$stick/empty" "$stick/lease" --lease
ends 'which come' 0 queue import "$stick/lease"
says 'as one block' '1 lot' "$work/out"
check 'someone enrols' enrol "$adult"
first=$(saved_rid)
ends 'nobody answers' 75 sync_once
ends 'a bundle goes out' 0 queue export "$stick/bundle" --json
says 'of what waits' '"envelopes":2' "$work/out"

# Torn, altered, somebody else's.
head -c 2000 "$stick/bundle" >"$stick/torn"
ends 'a torn bundle' 65 import "$stick/torn" "$stick/none"
check 'leaves no reply' test ! -e "$stick/none"
cp "$stick/bundle" "$stick/altered"
printf 'X' | dd of="$stick/altered" bs=1 seek=1500 conv=notrunc 2>"$work/dd"
ends 'an altered one' 65 import "$stick/altered" "$stick/none"
says 'is said' 'G-503' "$work/err"
cp "$stick/bundle" "$stick/foreign"
printf '\011' | dd of="$stick/foreign" bs=1 seek=8 conv=notrunc 2>"$work/dd"
ends 'one of a terminal that nobody knows' 1 import "$stick/foreign" \
    "$stick/none"
says 'is said' 'G-701' "$work/err"
check 'nothing of these is kept' test "$(count)" -eq 1

ends 'the bundle' 0 import "$stick/bundle" "$stick/reply" --json
says 'is kept' '"refused":0,.*"stored":2,"terminal":1' "$work/out"
cp "$stick/reply" "$work/reply"
ends 'the same again' 0 import "$stick/bundle" "$stick/reply"
check 'changes nothing' test "$(count)" -eq 3
check 'and gets the same reply' cmp "$stick/reply" "$work/reply"
check 'the opener opens' open_once

head -c 300 "$stick/reply" >"$stick/half"
ends 'half a reply' 65 queue import "$stick/half"
check 'changes nothing' test "$(waiting)" -eq 2
ends 'the reply' 0 queue import "$stick/reply"
says 'brings receipts' '^2 reçu' "$work/out"
check 'nothing waits' test "$(waiting)" -eq 0
ends 'once more' 0 queue import "$stick/reply"

# Outcomes come with the next one, and a new key is signed for.
check 'a third enrols, by the next key' enrol "$adult"
ends 'it goes out' 0 queue export "$stick/second"
ends 'and in' 0 import "$stick/second" "$stick/reply" --json
says 'with its hand-over' '"outcomes":2,.*"stored":2' "$work/out"
ends 'the reply' 0 queue import "$stick/reply" --json
all='"badges":1,"leases":0,"openings":1,"outcomes":2,"receipts":2'
says 'brings all of it' "$all"',"refusals":0,"refused":0' \
    "$work/out"
ends 'the first one' 0 queue show "$first"
says 'has its outcome' '^Suite +existe' "$work/out"
sed -i 's/^epoch-envelopes = .*/epoch-envelopes = 1000/' "$t/desk.conf"
check 'a fourth enrols' enrol "$adult"
check 'and has a code, by the badge of the stick' \
    grep -q '[█▀▄]' "$t/paper/$(saved_rid)-receipt.txt"

# What is held back is named.
held=$(saved_rid)
queue hold "$held" >"$work/out"
check 'a fifth enrols' enrol "$answers/no-account.txt"
ends 'without the one that is held' 0 queue export "$stick/third"
ends 'it comes in' 0 import "$stick/third" "$stick/reply"
ends 'the centre names it' 0 centre gaps --json
says 'as missing' '"kind":"missing"' "$work/out"
queue release "$held" >"$work/out"
ends 'released, it goes out' 0 queue export "$stick/fourth"
ends 'and comes in' 0 import "$stick/fourth" "$stick/reply"
ends 'nothing is missing' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"
ends 'the last reply' 0 queue import "$stick/reply"
check 'nothing waits at the end' test "$(waiting)" -eq 0

# The next opening key comes by hand, and the one before goes.
ends 'another opening key' 0 centre opening rotate
check 'a sixth enrols' enrol "$answers/no-account.txt"
ends 'it goes out' 0 queue export "$stick/fifth"
ends 'and in' 0 import "$stick/fifth" "$stick/reply"
ends 'the reply' 0 queue import "$stick/reply"
check 'a seventh enrols, sealed to that' enrol "$answers/no-account.txt"
check 'which is the second' \
    test "$(cut -d' ' -f3 "$t/desk/keys/opening.pub")" = 2
check 'the opener opens' open_once
ends 'the first stays' 1 centre opening retire
ends 'it goes out' 0 queue export "$stick/sixth"
ends 'and in' 0 import "$stick/sixth" "$stick/reply"
ends 'the first is needed no more' 0 centre opening retire
ends 'the last reply of all' 0 queue import "$stick/reply"
check 'nothing waits again' test "$(waiting)" -eq 0

# One that is held back under the key before: the bundle says so, and that key
# stays until it has come.
check 'an eighth enrols' enrol "$answers/no-account.txt"
held=$(saved_rid)
ends 'and is kept back' 0 queue hold "$held"
ends 'a third opening key' 0 centre opening rotate
check 'a ninth enrols' enrol "$answers/no-account.txt"
ends 'a bundle goes out' 0 queue export "$stick/seventh"
says 'and says what is not in it' '^1 enveloppe.*retenue' "$work/out"
says 'and which key that needs' "clé d'ouverture 2 :" "$work/out"
ends 'it comes in' 0 import "$stick/seventh" "$stick/reply"
ends 'and back, with the key' 0 queue import "$stick/reply"
check 'a tenth enrols, sealed to the third' enrol "$answers/no-account.txt"
check 'which it is' \
    test "$(cut -d' ' -f3 "$t/desk/keys/opening.pub")" = 3
ends 'a bundle goes out' 0 queue export "$stick/eighth" --json
says 'and says the second' '"held":1,.*"sealing":2' "$work/out"
ends 'it comes in' 0 import "$stick/eighth" "$stick/reply"
ends 'and back' 0 queue import "$stick/reply"
check 'the opener opens' open_once
ends 'the second key stays' 1 centre opening retire
says 'for one that is named' '^  poste 1, site ' "$work/err"
ends 'what was held is released' 0 queue release "$held"
ends 'it goes out' 0 queue export "$stick/ninth"
ends 'and in' 0 import "$stick/ninth" "$stick/reply"
check 'and is opened' open_once
ends 'the answer may still be lost' 1 centre opening retire
ends 'it is taken' 0 queue import "$stick/reply"
ends 'an empty one says so' 0 queue export "$stick/tenth"
ends 'and comes in' 0 import "$stick/tenth" "$stick/reply"
ends 'the second key goes' 0 centre opening retire
ends 'the held one' 0 queue import "$stick/reply"
queue show "$held" >"$work/out"
says 'was opened' '^Suite +existe' "$work/out"

# A ledger of before: an empty bundle does not say away what it lost.
carry() {
	queue export "$stick/out" && import "$stick/out" "$stick/back" &&
	    queue import "$stick/back"
} >>"$work/carried" 2>&1
sed -i '/^epoch-envelopes/d' "$t/desk.conf"
echo 'keep-until = replicated' >>"$t/desk.conf"
check 'all has come' carry
cp "$t/centre/ledger.db" "$work/ledger.db"
check 'an eleventh enrols' enrol "$answers/no-account.txt"
check 'it is carried' carry
ends 'a fourth opening key' 0 centre opening rotate
check 'it is carried too' carry
check 'a twelfth enrols, sealed to it' enrol "$answers/no-account.txt"
check 'which it is' \
    test "$(cut -d' ' -f3 "$t/desk/keys/opening.pub")" = 4
check 'it is carried as well' carry
check 'the opener opens all' open_once
rm -f "$t/centre/ledger.db-wal" "$t/centre/ledger.db-shm"
cp "$work/ledger.db" "$t/centre/ledger.db"
check 'the ledger of before hears of the key' open_once
check 'an empty bundle comes' carry
ends 'the third key stays' 1 centre opening retire
says 'for the same one' '^  poste 1, site ' "$work/err"
check 'a thirteenth enrols' enrol "$answers/no-account.txt"
check 'it is carried, and what was lost is missing' carry
check 'the opener opens it' open_once
ends 'then the third key goes' 0 centre opening retire

# A second history, of a copied disk: the first has the number, and the other
# is told by hand what the line would have told it.
cp -R "$t/desk" "$work/copy"
check 'the first enrols' enrol "$adult"
ends 'and goes out' 0 queue export "$stick/fifth"
ends 'and in' 0 import "$stick/fifth" "$stick/none"
rm -R "$t/desk"
mv "$work/copy" "$t/desk"
check 'its copy enrols too' enrol "$adult"
other=$(saved_rid)
ends 'and goes out' 0 queue export "$stick/copied"
ends 'and is not kept' 65 import "$stick/copied" "$stick/reply" --json
says 'as it says' '"refused":1,.*"stored":0' "$work/out"
ends 'the reply' 0 queue import "$stick/reply" --json
says 'says it at the copy' '"receipts":0,"refusals":1,"refused":0' "$work/out"
ends 'the queue' 0 queue show "$other"
says 'says it too' 'G-518' "$work/out"

"$B/guichetctl" -c "$t/centre.conf" centre terminal revoke 1 >"$work/out"
ends 'a revoked one brings nothing' 1 import "$stick/fourth" "$stick/none"
finish
