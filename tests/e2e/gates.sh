#!/bin/sh
# gates: each check of the tree turns red when its rule is broken.
# alone: it changes copies of the tree
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

tree=$work/tree

# A small tree in which every rule holds.
fresh() {
	rm -rf "$tree"
	mkdir -p "$tree/src/base" "$tree/src/card" "$tree/src/queue" \
	    "$tree/screens" "$tree/tests/corpus/tlv" "$tree/tools"
	cp Makefile "$tree"
	cp tools/doors.txt tools/arrow.txt tools/*.awk "$tree/tools"
	header src/base/a.h "struct a { int b; };"
	header src/card/b.h '#include "base/a.h"'
	cat >"$tree/src/base/a.c" <<-'END'
		/* a: nothing to speak of. */
		#include <stdio.h>

		#include "base/a.h"

		static int
		one(struct a *a)
		{
			return a->b;
		}
	END
	echo x >"$tree/tests/corpus/tlv/x"
	cat >"$tree/README.md" <<-'END'
		```text tree
		src/*/           the stages
		src/             programs
		screens/         what is seen
		tests/           and their
		                 corpus
		tests/corpus/*/  seeds
		tests/corpus/    all seeds
		tools/           checks
		```
	END
}

header() { # path, line
	guard=$(echo "GUICHET_${1#src/}" | tr 'a-z./' 'A-Z__')
	name=$(basename "$1" .h)
	printf '/*\n * %s: a contract.\n */\n#ifndef %s\n#define %s\n' \
	    "$name" "$guard" "$guard" >"$tree/$1"
	printf '\n%s\n\n#endif\n' "$2" >>"$tree/$1"
}

add() { # path, lines on standard input
	cat >>"$tree/$1"
}

green() { # gate
	check "$1 lets a good tree pass" "tools/check-$1" "$tree"
}

# red GATE WORDS: the gate fails and says these words; then all is well again.
red() {
	if "tools/check-$1" "$tree" >"$work/said" 2>&1; then
		not_ok "$1 does not see: $2"
	elif grep -q '^not ok - ' "$work/said" &&
	    grep -qF -- "$2" "$work/said"; then
		ok "$1 sees: $2"
	else
		not_ok "$1 does not say: $2"
		sed 's/^/# /' "$work/said"
	fi
	fresh
}

many() { # lines
	awk -v n="$1" 'BEGIN { while (n-- > 0) print "\tx();" }'
}

fresh
mkdir -p "$tree/screens"
header screens/s.h "struct a;"
for gate in doors direction headers size map; do
	green "$gate"
done

echo '#include <sqlite3.h>' | add src/base/a.c
red doors "src/base/a.c:11 includes <sqlite3.h>: its door is src/base/db"
echo '#  include <curl/curl.h>' | add src/base/a.h
red doors "<curl/curl.h>: its door is src/sync/http.c"
echo '#include <linux/landlock.h>' | add src/card/b.h
red doors "<linux/landlock.h>: its door is src/base/sandbox*.c"
echo '#include <zlib.h>' | add src/base/a.c
red doors "<zlib.h>: tools/doors.txt has no row for it"

echo '#include "card/b.h"' | add src/base/a.c
red direction "src/base/a.c:11: base may not use card"
echo '#include "queue/q.h"' | add src/card/b.h
red direction "card may not use queue"
echo '#include "a.h"' | add src/base/a.c
red direction 'includes "a.h" without its stage'
mkdir "$tree/src/extra"
header src/extra/e.h '#include "base/a.h"'
red direction "the Makefile has no ON_extra"
sed -i 's/^ON_base .*/ON_base = card/' "$tree/Makefile"
red direction "ON_base of the Makefile has card, which the arrow does not"
sed -i 's/^ON_queue .*/ON_queue = base/' "$tree/Makefile"
red direction "ON_queue of the Makefile lacks envelope"
sed -i 's/^ON_guichet-card .*/ON_guichet-card = card/' "$tree/Makefile"
red direction "ON_guichet-card of the Makefile has card and lacks base"
echo 'base queue' | add tools/arrow.txt
red direction "the arrow leads from queue back to it"

header src/base/a.h "int f(size_t);"
red headers "src/base/a.h does not compile alone with gcc"
header src/base/a.h "struct a { int b; int b[sizeof(struct c)]; };"
red headers "src/base/a.h does not compile alone with clang"
sed -i 's/GUICHET_BASE_A_H/A_H/' "$tree/src/base/a.h"
red headers "src/base/a.h has no guard GUICHET_BASE_A_H"
sed -i 1d "$tree/src/base/a.c"
red headers "src/base/a.c does not begin with /* a: what it is"

many 401 | add src/base/a.c
red size "src/base/a.c has more than 400 lines"
{ printf '\nint\nlong_one(\n    int a)\n{\n'; many 61; echo '}'; } |
    add src/base/a.c
red size "long_one() has 61 lines"
{ printf '\nint\nlong_one(int a)\n{\n'; many 60; echo '}'; } |
    add src/base/a.c
green size
fresh
printf 'int f(void)\n{\n}\n' | add src/base/a.c
red size "src/base/a.c:12 has a function whose name begins no line"
printf '\tint %067d;\n' 0 | add src/base/a.c
green size
printf '\tint %068d;\n' 0 | add src/base/a.c
red size "src/base/a.c:12 is 81 columns wide"

rm "$tree/README.md"
red map "there is no README.md"
sed -i 's/text tree/text/' "$tree/README.md"
red map 'no block ```text tree'
sed -i '/^screens/d' "$tree/README.md"
echo x >"$tree/screens/x"
red map "does not name screens/"
echo '```text tree
gone/  nothing
```' | add README.md
red map "README names gone/, which is not there"
mkdir -p "$tree/tests/corpus/tlv/deep"
echo x >"$tree/tests/corpus/tlv/deep/x"
red map "does not name tests/corpus/tlv/deep/"

page=src/man/guichet.conf.5
manual() { # words that stand in the tables
	mkdir -p "$tree/src/man"
	{
		for table in desk centre errors; do
			printf '.\\" table %s\n' "$table"
			"$B/tools/manual" "$table"
			printf '.\\" end %s\nwords\n' "$table"
		done
	} >"$tree/$page"
}
manual
green manual
manual
sed -i 's/G-104/G-904/' "$tree/$page"
red manual "$page is not what the code says"
manual
sed -i 's/table centre/table center/' "$tree/$page"
red manual "no page of src/man has the table centre"
manual
cp "$tree/$page" "$work/page"
sed -i '/^À donner/d; s/^words/old words/' "$tree/$page"
sed -i 's/^words/old words/' "$work/page"
tools/check-manual --write "$tree" >/dev/null
check "manual writes its tables and nothing else" \
    cmp "$tree/$page" "$work/page"

# A sentence in each language; ~ is the blank that no line ends at.
sentence() { # LANG MSGID MSGSTR [COMMENT]
	printf '\n%s\nmsgid "%s"\nmsgstr "%s"\n' "${4:-#}" "$2" "$3" |
	    sed "s/~/$(printf '\302\240')/g" >>"$tree/screens/po/$1.po"
}
words() {
	fresh
	mkdir -p "$tree/screens/po" "$tree/src/desk" \
	    "$tree/screens/text/fr-falc"
	echo 'X(A, 1, 1, 1, "Le lien est : coupé.", "Rien.")' \
	    >"$tree/src/base/err_near.h"
	echo 'X(B, 701, 1, 1, "Le centre dort.", "Rien.")' \
	    >"$tree/src/base/err_far.h"
	echo '_("tapez : 1")' >"$tree/src/desk/say.c"
	: >"$tree/src/desk/face_line_take.c"
	printf 'id: a\nversion: 1\nlang: fr-falc\ntitle: Titre\n\n' \
	    >"$tree/screens/text/fr-falc/a.txt"
	echo 'Vous pouvez dire non.' >>"$tree/screens/text/fr-falc/a.txt"
	sentence guichet 'Est-ce vous~?' ''
	sentence guichet 'Le lien est : coupé.' ''
	sentence guichet 'tapez : 1' ''
	sentence guichet 'Le centre dort.' ''
	mv "$tree/screens/po/guichet.po" "$tree/screens/po/guichet.pot"
	sentence en 'Est-ce vous~?' 'Is it you?'
	sentence en 'Le lien est : coupé.' 'The line is: cut.'
	sentence en 'tapez : 1' 'type: 1'
	sentence en 'Le centre dort.' 'The centre sleeps.'
	sentence fr-falc 'Le lien est : coupé.' 'Le lien est : coupé.' \
	    '# personnel'
	sentence fr-falc 'tapez : 1' 'tapez : 1'
}
easy() { # SENTENCE WORDS: in easy French it is told off so
	words
	sentence fr-falc 'Est-ce vous~?' "$1"
	red words "fr-falc: \"Est-ce vous$(printf '\302\240')?\" $2"
}
words
sentence fr-falc 'Est-ce vous~?' 'Est-ce vous~?'
green words
words
red words "fr-falc does not say \"Est-ce vous"
words
sentence fr-falc 'Est-ce vous~?' 'Est-ce vous~?'
sed -i 's/701/301/' "$tree/src/base/err_far.h"
red words 'fr-falc does not say "Le centre dort."'
easy 'Un deux trois quatre cinq six sept huit neuf dix onze douze treize' \
    'has a line of 13 words'
easy 'Vous avez 3 codes. Gardez ces codes.' 'has two sentences in a line'
easy 'Vous consentez' 'has the hard word consentez'
easy 'Il faut quinze minutes' 'has a number in letters: quinze'
easy 'Garde ton papier' 'does not say vous'
easy 'Le dossier est gardé' 'is passive'
easy 'Attendez~; revenez' 'has a semicolon'
easy 'Appelez le SAMU' 'does not explain samu'
easy "C’est vous" 'has a curled apostrophe'
easy 'Est-ce vous ?' 'has a plain blank at a sign'
easy 'Est-ce vous?' 'has a sign without its blank'
easy 'Dites \"oui\"' 'has no French quotes'
easy 'A la fin' 'has a capital without its accent'
words
sentence fr-falc 'Est-ce vous~?' 'Est-ce vous~?' '# personnel'
red words 'is not for "personnel"'
words
sentence fr-falc 'Est-ce vous~?' 'Est-ce vous~?'
sentence guichet 'Et~?' ''
cat "$tree/screens/po/guichet.po" >>"$tree/screens/po/guichet.pot"
rm "$tree/screens/po/guichet.po"
sentence fr-falc 'Et~?' 'Et~?'
sentence en 'Et~?' 'And ?'
red words 'has French signs'
words
sentence fr-falc 'Est-ce vous~?' 'Est-ce vous~?'
echo 'Votre dossier sera transmis.' >>"$tree/screens/text/fr-falc/a.txt"
red words 'a.txt:7" has the hard word transmis'
words
sentence fr-falc 'Est-ce vous~?' 'Est-ce vous~?'
mkdir -p "$tree/screens/mail/fr-falc"
echo 'Nous procédons afin de vous aider.' \
    >"$tree/screens/mail/fr-falc/letter.txt"
red words 'letter.txt:1" has the hard word afin'

# A row each, and what the last run said of their tests.
requirements() {
	fresh
	mkdir -p "$tree/tests/base" "$tree/tests/e2e" "$work/run"
	echo 'cmocka_unit_test(a_thing_is_so),' >"$tree/tests/base/a.c"
	echo "check 'it works' true" >"$tree/tests/e2e/a.sh"
	: >"$tree/tests/requirements.tsv"
	tools/check-requirements "$tree" 2>/dev/null |
	    sed -n 's/^not ok - requirement \(.*\) has no row$/\1/p' |
	    while read -r id; do
		printf '%s\twords\tin\t\t%s\n' "$id" \
		    'tests/base/a: a_thing_is_so | tests/e2e/a.sh: it works'
	done >"$work/rows"
	cp "$work/rows" "$tree/tests/requirements.tsv"
	printf '%s\n' '<!-- requirements -->' '<!-- end requirements -->' \
	    >>"$tree/README.md"
	printf '%s\t%s\t%s\n' tests/base/a passed a_thing_is_so \
	    tests/base/a ran 9999999999 \
	    tests/e2e/a.sh passed 'it works: 0' \
	    tests/e2e/a.sh ran 9999999999 >"$work/run/results"
	tools/check-requirements --write "$tree" >"$work/said"
}
row() { # NUMBER CELL WORDS
	awk -v id="$1" -v cell="$2" -v words="$3" 'BEGIN { FS = OFS = "\t" }
	    $1 == id { $cell = words }
	    { print }' "$work/rows" >"$tree/tests/requirements.tsv"
}
B=$work/run
export B
requirements
check 'each requirement has a row' test 157 -eq "$(wc -l <"$work/rows")"
green requirements
grep -v '^64	' "$work/rows" >"$tree/tests/requirements.tsv"
red requirements "requirement 64 has no row"
requirements
cat "$work/rows" "$work/rows" >"$tree/tests/requirements.tsv"
red requirements "requirement 64 stands there twice"
requirements
row 64 1 640
red requirements "there is no requirement 640"
requirements
row 64 5 ''
red requirements "requirement 64 has no test"
requirements
row 64 3 later
red requirements "64 does not say why it is later"
requirements
row 64 3 'done'
red requirements "64 is in no scope: done"
requirements
echo 'cmocka_unit_test(a_thing_is_other),' >"$tree/tests/base/a.c"
red requirements '64: tests/base/a has no test "a_thing_is_so"'
requirements
rm "$tree/tests/e2e/a.sh"
red requirements "64: there is no tests/e2e/a.sh"
requirements
row 64 5 'tests/b.sh: it works'
red requirements "64: tests/b.sh: it works is no FILE: WORDS"
requirements
sed -i '/it works/s/passed/failed/' "$B/results"
red requirements '64: "it works" of tests/e2e/a.sh failed'
requirements
sed -i '/it works/d' "$B/results"
red requirements '64: "it works" of tests/e2e/a.sh did not run'
requirements
sed -i '/it works/s/passed/failed/; s/9999999999/9/' "$B/results"
green requirements
requirements
sed -i 's/passed/skipped/' "$B/results"
check 'requirements says which were skipped' sh -c \
    "B='$B' tools/check-requirements '$tree' |
    grep -q '^ok - requirement 64 # skip'"
requirements
sed -i 's/157 rows/158 rows/' "$tree/README.md"
red requirements "README.md does not say what the rows say"
finish
