#!/bin/sh
# gates: each check of the tree turns red when its rule is broken.
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
finish
