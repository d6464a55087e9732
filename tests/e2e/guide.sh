#!/bin/sh
# guide: the staff guide says what the screens, the paper and the errors say.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

guide=kiosk/guide.md

# The strings of the program, whole, for C joins neighbours; blanks that do not
# break are blanks. The names of letters are made, and kept by a test.
cat screens/*.c src/desk/*.c src/slip/*.[ch] src/base/err_*.h tests/slip/glyph.c |
    tr -d '\n\t\134' | sed 's/" *"//g; s/\xC2\xA0/ /g; s/\xE2\x80\xAF/ /g' \
    >"$work/strings"

# What stands between guillemets is quoted from there.
grep -o '« [^»]* »' "$guide" | sed 's/^« //; s/ »$//' | sort -u >"$work/quotes"
check "the guide quotes the screens" test -s "$work/quotes"
while IFS= read -r quote; do
	check "\"$quote\" is in the program" grep -qF -- "$quote" \
	    "$work/strings"
done <"$work/quotes"

grep -o 'G-[0-9]*' "$guide" | sort -u >"$work/codes"
while read -r code; do
	check "$code is an error" grep -qxF ".It Sy $code" src/man/guichet.7
done <"$work/codes"

# Each row of a card error begins with what the screen says of it.
sed -n 's/^| \([^(|]*\) (\(G-3[0-9]*\)) |.*/\2 \1/p' "$guide" >"$work/cards"
check "the guide lists the card errors" test -s "$work/cards"
while read -r code words; do
	check "$code: $words" grep -qF "$words" "$work/strings"
done <"$work/cards"

# Each picture is one of make pictures.
for page in README.md "$guide"; do
	sed -n 's/.*!\[[^]]*\](\([^)]*\)).*/\1/p' "$page" >"$work/pictures"
	check "$page has pictures" test -s "$work/pictures"
	while read -r picture; do
		check "${picture##*/} is there" test -s \
		    "$(dirname "$page")/$picture"
	done <"$work/pictures"
done

# A marker that is nowhere is not found: the search can fail.
check_status "what the program does not say is not found" 1 \
    grep -F 'Votre dossier est effacé' "$work/strings"

finish
