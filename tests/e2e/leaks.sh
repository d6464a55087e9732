#!/bin/sh
# leaks: after an enrolment no state holds the person or the password, in any
# usual encoding; a planted marker proves that the search would find them.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

hunt=$tree/tests/hunt.py
found() { ! python3 "$hunt" "$work/words" "$1"; }

training
"$t/start"
sync_once
ends 'someone is enrolled' 0 enrol "$adult"
rid=$(saved_rid)
paper=$t/paper/$rid.txt

# The words: from the card, the answers and the paper.
password=$(password_on "$paper")
check 'the paper has a password' test ${#password} -eq 8
mobile=$(sed -n 's/^contact.mobile = //p' "$adult" | tr -d ' ')
cat >"$work/words" <<END
ALAINBIS
142196296516794
1421962965167
19421901
$mobile
$password
END
check 'which is where it should be' found "$t/paper"

saved_and_delivered() {
	python3 "$hunt" "$work/words" "$t/desk" "$t/centre" "$t/vault" "$t/run"
}
check 'saved: nothing in any state folder or log' saved_and_delivered
check 'it is delivered' deliver
check 'delivered: nothing in any state folder or log' saved_and_delivered

for form in utf-8 utf-16-le utf-16-be hex HEX base64 base64-1 base64-2; do
	python3 "$hunt" --plant "$form" "$work/words" "$t/desk/marker"
	check "a planted $form is found" found "$t/desk"
	rm "$t/desk/marker"
done
finish
