#!/bin/sh
# cups: a sheet of A4 through a real CUPS: what is on it, what ails the
# printer, and that nothing of it stays behind.
# alone: a cupsd
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/cups.sh
. "$(dirname "$0")/../cups.sh"

for tool in /usr/sbin/cupsd pdftotext pdftoppm zbarimg; do
	if ! command -v "$tool" >/dev/null; then
		skip 'paper through CUPS' "$tool is not installed"
		finish
	fi
done
training
golden=$tree/tests/golden/slip
chmod 755 "$work"
cups_start "$work/cups" No
at_end 'cups_stop'
use() { # PRINTER
	sed -i "s|^printer = .*|printer = $1|; s|^log = .*|log = stderr|" \
	    "$t/desk.conf"
}
use "cups:feuille@$cups/sock"
mood() { echo "$1" >"$cups/out/mood"; }
sheets() { find "$cups/out" -name '*.pdf' | wc -l; }
newest() { find "$cups/out" -name '*.pdf' | sort -V | tail -1; }
# No document; and of the jobs' names only the one that they all have.
nothing_left() {
	within 2 eval '[ -z "$(find "$cups/spool" -type f -name "d*")" ]' &&
	    ! grep -rq -e ESSAI -e PDF -e aB2 "$cups/spool" "$cups/cache"
}

# prints WORDS SLIP ANSWER
prints() {
	"$B/guichet-print" -c "$t/desk.conf" <"$2" >"$work/out" 2>"$work/err"
	if grep -q "$3" "$work/out"; then
		ok "$1"
	else
		not_ok "$1"
		sed 's/^/# /' "$work/out" "$work/err"
	fi
}

prints 'secrets are printed' "$golden/secrets.json" '"printed"'
pdftotext -layout "$(newest)" "$work/text"
says 'the codes are on it' '4 8 2 1 +K F T P' "$work/text"
says 'and the names of their glyphs' 'tiret, lettre q majuscule' "$work/text"
says 'with its accents' 'Numéro de l.assuré' "$work/text"
check 'it is one page of A4' eval 'pdfinfo "$(newest)" |
    grep -q "Page size:.*A4" && pdfinfo "$(newest)" | grep -q "Pages: *1$"'
check 'nothing stays in the spool' nothing_left
sed 's/"large":false/"large":true/' "$golden/secrets.json" >"$work/large.json"
prints 'large print is printed' "$work/large.json" '"printed"'
pdftotext -layout "$(newest)" "$work/text"
says 'with the same codes' 'a B 2 ! +k - Q #' "$work/text"

# Somebody enrols, and their receipt is scanned from the sheet.
"$t/start"
sync_once
before=$(sheets)
ends 'someone is enrolled' 0 enrol "$adult"
check 'secrets and a receipt are on paper' test "$(sheets)" -eq $((before + 2))
pdftoppm -r 150 -png "$(newest)" "$work/page"
zbarimg -q --raw "$work"/page*.png >"$work/scan"
ends 'the code of the sheet verifies' 0 "$B/guichetctl" -c "$t/desk.conf" \
    receipt verify "$work/scan"
check 'neither title nor user names anyone' eval \
    '! grep -q -e ESSAI -e ALAIN -e Vos "$cups/log/page" "$cups/log/access" \
    "$cups/log/error"'
check 'nothing stays in the spool after it' nothing_left

# What ails the printer, before a sheet is out, and nothing stays.
for row in 'paper 805' 'cover 806' 'jam 807' 'unplugged 801' 'half 802' \
    'stop 808'; do
	mood "${row% *}"
	before=$(sheets)
	prints "${row% *} is G-${row#* }" "$golden/secrets.json" \
	    "\"code\":${row#* }"
	check 'no sheet is out, nothing stays' eval \
	    'nothing_left && test "$(sheets)" -eq "$before"'
done
mood ok
prints 'a queue that is stopped is G-808' "$golden/secrets.json" '"code":808'
CUPS_SERVER=$cups/sock cupsenable feuille
mood slow
prints 'a slow printer is waited for' "$golden/secrets.json" '"printed"'
mood ok
CUPS_SERVER=$cups/sock cupsreject feuille
prints 'a queue that takes nothing is G-808' "$golden/secrets.json" \
    '"code":808'
CUPS_SERVER=$cups/sock cupsaccept feuille
CUPS_SERVER=$cups/sock lp -d feuille -t Guichet -H indefinite \
    "$golden/secrets-66.txt" >"$work/said" 2>&1
prints 'what somebody left in the queue' "$golden/secrets.json" '"printed"'
check 'is purged' nothing_left
CUPS_SERVER=$cups/sock lp -d feuille -t Guichet -H indefinite \
    "$golden/secrets-66.txt" >"$work/said" 2>&1
"$B/guichet-print" -c "$t/desk.conf" </dev/null
check 'even at the start, without a slip' nothing_left

use "cups:nulle@$cups/sock"
prints 'an unknown queue is G-801' "$golden/secrets.json" '"code":801'
use "cups:feuille@$cups/none"
prints 'no server is G-801' "$golden/secrets.json" '"code":801'
use 'cups:two words'
check_status 'a queue of no name is 78' 78 \
    "$B/guichet-print" -t -c "$t/desk.conf"
use "cups:feuille@$cups/sock"

# A server that would keep what it prints gets nothing.
for keep in Yes 86400 ''; do
	cups_stop
	cups_start "$work/cups" "$keep"
	before=$(sheets)
	prints "PreserveJobFiles ${keep:-by default} is G-809" \
	    "$golden/secrets.json" '"code":809'
	check 'and nothing was printed' test "$(sheets)" -eq "$before"
done

# guichet-pdf alone.
draw() { "$B/guichet-pdf" "$@" <"$work/slip" >"$work/pdf" 2>"$work/err"; }
printf '{"lines":[]}\n' >"$work/slip"
check_status 'a line that is no slip draws nothing: 65' 65 draw
head -c 300 "$golden/secrets.json" >"$work/slip"
check_status 'nor one that was cut: 65' 65 draw
check_status 'a word too many is 64' 64 draw more
check_status 'its fonts are there' 0 draw -t
cp "$golden/secrets.json" "$work/slip"
check 'it opens no file once it has a slip' eval 'strace -f -o "$work/trace" \
    "$B/guichet-pdf" <"$work/slip" >"$work/pdf" &&
    sed "0,/seccomp(SECCOMP_SET.*filter=/d" "$work/trace" >"$work/after" &&
    grep -q "write(1, .%PDF" "$work/after" &&
    ! grep -q "open.*= [0-9]\|connect\|execve" "$work/after"'
finish
