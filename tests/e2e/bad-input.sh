#!/bin/sh
# bad-input: each a clear error with its code and status, nothing half-saved.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
conf=$t/desk.conf
bad=$work/bad.conf
go() {
	"$B/guichet" -c "${1:-$bad}" --card "$adult_card" \
	    --answers "${2:-$adult}"
}

# Settings and options, of every program.
for program in guichet guichet-sync guichet-print; do
	ends "$program -t takes the terminal's settings" 0 \
	    "$B/$program" -c "$conf" -t
done
for program in guichet-central guichet-opener guichet-answer guichet-notice; do
	ends "$program -t takes the centre's settings" 0 \
	    "$B/$program" -c "$t/centre.conf" -t
done
for program in guichet guichet-card guichet-print guichet-pdf guichet-sync \
    guichet-central guichet-opener guichet-answer guichet-notice \
    guichetctl guichet-simcard; do
	ends "$program -V" 0 "$B/$program" -V
	says 'names itself' "^$program " "$work/out"
	ends "$program -h" 0 "$B/$program" -h
	ends "$program, an unknown option" 64 "$B/$program" --nonsense
	says 'is named' 'nonsense.*G-102' "$work/err"
	ends "$program, an option twice" 64 "$B/$program" -c a -c b
	says 'is said' 'deux fois.*G-102' "$work/err"
done

{ cat "$conf"; echo 'colour = blue'; } >"$bad"
ends 'an unknown setting' 78 go
says 'is named' 'bad.conf:[0-9]+: colour.*G-201' "$work/err"
{ cat "$conf"; echo 'terminal = 2'; } >"$bad"
ends 'a setting twice' 78 go
says 'is named' 'bad.conf:[0-9]+: terminal.*G-202' "$work/err"
sed 's/^terminal = .*/terminal = many/' "$conf" >"$bad"
ends 'a value that does not fit' 78 go
says 'is named' 'terminal.*G-203' "$work/err"
grep -v '^site-id' "$conf" >"$bad"
ends 'a setting that is missing' 78 go
says 'is named' 'site-id.*G-204' "$work/err"
ends 'settings that are not there' 78 go "$work/none.conf"
says 'are named' 'none.conf.*G-205' "$work/err"
sed 's/^mode = .*/mode = production/' "$conf" >"$bad"
ends 'answers outside training' 64 go
says 'are refused' 'G-403' "$work/err"

# Keys.
keys=$t/desk/keys
chmod 644 "$keys/sign.key"
ends 'a key that others can read' 77 go "$conf"
says 'is named' 'sign.key.*G-207' "$work/err"
chmod 600 "$keys/sign.key"
mv "$keys/opening.pub" "$work/opening.pub"
ends 'a key that is not there' 78 go "$conf"
says 'is named' 'opening.pub.*G-206' "$work/err"
echo rubbish >"$keys/opening.pub"
ends 'a key that is none' 78 go "$conf"
says 'is named' 'opening.pub.*G-208' "$work/err"
mv "$work/opening.pub" "$keys/opening.pub"

# Answers and cards.
echo 'welcome choice open' >"$work/answers"
ends 'answers that are malformed' 65 go "$conf" "$work/answers"
says 'by file and line' 'answers:1.*G-401' "$work/err"
grep -v '^consent' "$adult" >"$work/answers"
ends 'a question without an answer' 65 go "$conf" "$work/answers"
says 'is named' 'consent.*G-402' "$work/err"
echo 'ATR 3B' >"$work/bad.card"
ends 'a card file that is malformed' 65 \
    "$B/guichet-card" --once --card "$work/bad.card"
says 'by file and line' 'bad.card:1.*G-312' "$work/err"
check 'nothing of all this is in the queue' test "$(rows)" -eq 0

# The card leaves at each screen before the save.
for screen in who identity information consent certify emergency contact \
    review; do
	awk -v at="$screen" '
	index($0, at ".") == 1 { print at ".card = pull"; exit }
	{ print }
	END { print "gone.choice = ok" }' "$adult" >"$work/answers"
	ends "the card pulled at $screen" 1 go "$conf" "$work/answers"
	says 'ends the session' '^refused card-gone$' "$work/out"
done
check 'and nothing was saved' test "$(rows)" -eq 0

# A centre whose receipts another key signs: nothing it says counts.
"$B/guichetctl" key make receipt "$work/other.key" --public "$work/other.pub"
mv "$keys/centre.pub" "$work/centre.pub"
cp "$work/other.pub" "$keys/centre.pub"
"$t/start"
ends 'an enrolment' 0 go "$conf" "$answers/no-account.txt"
ends 'sync with a centre of another key' 75 sync_once
says 'says which check failed' 'G-50[78]' "$work/err"
queue list --json >"$work/queue"
says 'and the record waits on' '"state": ?"ready"' "$work/queue"
cp "$work/centre.pub" "$keys/centre.pub"
check 'with the right key it is delivered' sync_once
finish
