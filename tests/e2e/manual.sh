#!/bin/sh
# manual: each program has a page, with every option, verb and member it has.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

page_of() {
	for page in src/man/"$1".[18]; do
		[ ! -f "$page" ] || echo "$page"
	done
}

# An option of -h is "Fl -name" in the page, or "Fl x , -name", or "Fl x".
for program in guichet guichet-card guichet-print guichet-pdf guichet-sync \
    guichet-central guichet-opener guichet-answer guichet-notice \
    guichetctl guichet-simcard; do
	page=$(page_of "$program")
	check "$program has a page" test -n "$page"
	[ -n "$page" ] || continue
	"$B/$program" -h | sed -n \
	    -e 's/^  -\([A-Za-z0-9]\) --\([a-z]*\) .*/\2 \1/p' \
	    -e 's/^     --\([a-z]*\) .*/\1 -\1/p' >"$work/options"
	check "$program -h lists options" grep -q '^version V' "$work/options"
	while read -r option letter; do
		check "$page has --$option" grep -qE -- \
		    "(Fl -$option|, -$option|Fl $letter)( |\$)" "$page"
	done <"$work/options"
done

# Verbs stand two blanks in, their words before what they take.
"$B/guichetctl" -h |
    sed -n 's/^  \([a-z][a-z ]*[a-z]\)\( .*\)\{0,1\}$/\1/p' >"$work/verbs"
check "guichetctl -h lists verbs" grep -qx 'queue list' "$work/verbs"
while read -r verb; do
	check "guichetctl.1 has $verb" grep -qE "Cm $verb( |\$)" \
	    src/man/guichetctl.1
done <"$work/verbs"

# What the page calls a contract is what is printed.
members() { # VERB: the members of its first object
	"$B/guichetctl" "$1" --json | head -n 1 |
	    python3 -c 'import json, sys; print(*json.load(sys.stdin), sep="\n")'
}
for verb in errors flow; do
	members "$verb" >"$work/members"
	check "$verb --json prints objects" test -s "$work/members"
	sed -n "/^\.It Cm $verb\$/,/^\.It/p" src/man/guichetctl.1 >"$work/told"
	while read -r member; do
		check "guichetctl.1 has $verb's $member" \
		    grep -qw "$member" "$work/told"
	done <"$work/members"
done

# What mandoc says of other manuals depends on the machine.
lint() {
	mandoc -Tlint -W style "$1" 2>/dev/null |
	    grep -v -e 'referenced manual not found' -e '^mandoc: outdated' \
	    >"$work/lint"
	cat "$work/lint"
	[ ! -s "$work/lint" ]
}
if command -v mandoc >/dev/null; then
	for page in src/man/*.[1-9]; do
		check "$page is clean" lint "$page"
	done
else
	skip "the pages are clean" "mandoc is not installed"
fi

finish
