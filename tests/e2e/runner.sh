#!/bin/sh
# runner: tests/run counts what passes and misses nothing that fails.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
run=$(dirname "$0")/../run

# plant NAME: a test made of the lines on standard input.
plant() {
	{ echo '#!/bin/sh'; cat; } >"$work/$1"
	chmod +x "$work/$1"
}

# runs WORDS STATUS LAST-LINE NAME...: what the runner says of those tests.
runs() {
	words=$1 want=$2 last=$3
	shift 3
	names=
	for name in "$@"; do
		names="$names $work/$name"
	done
	# shellcheck disable=SC2086 # the list is meant to be split
	TEST_LIMIT=2 "$run" $names >"$work/report" 2>"$work/noise"
	got=$?
	[ -s "$work/noise" ] && sed 's/^/# noise: /' "$work/noise"
	if [ "$got" -eq "$want" ] &&
	    [ "$(tail -n 1 "$work/report")" = "$last" ]; then
		ok "$words"
	else
		not_ok "$words (status $got)"
		sed 's/^/# /' "$work/report"
	fi
}

shows() {
	check "$1" grep -qF -- "$2" "$work/report"
}

plant good <<-'END'
	echo 'ok - one'; echo 'ok - two'
END
plant cmocka <<-'END'
	[ "$CMOCKA_MESSAGE_OUTPUT" = TAP ] || exit 9
	echo 1..2; echo 'ok 1 - one'; echo 'not ok 2 # SKIP two'; echo '# ok - t'
END
plant short <<-'END'
	echo 1..3; echo 'ok 1 - one'; echo 'ok 2 - two'
END
plant red <<-'END'
	echo 'ok - one'; echo '# why it is red'; echo 'not ok - two'; exit 1
END
plant liar <<-'END'
	echo 'ok - one'; exit 3
END
plant crash <<-'END'
	echo 'ok - one'; kill -SEGV $$
END
plant slow <<-'END'
	echo 'ok - one'; exec sleep 60
END
plant empty <<-'END'
	echo 'nothing to see'
END
plant partial <<-'END'
	echo 'ok - one'; printf 'ok - two # skip no such card'
END
plant orphan <<-'END'
	(sleep 30 >/dev/null; echo 'ok - late') &
	echo $! >"$(dirname "$0")/orphan.pid"
	echo 'ok - one'
END

runs "what passes is counted" 0 "2 passed, 0 failed" good
runs "cmocka's skips are skips" 0 "1 passed, 0 failed, 1 skipped" cmocka
runs "several files are added up" 0 "3 passed, 0 failed, 1 skipped" good cmocka
runs "a missing test is a failure" 1 "2 passed, 1 failed" short
shows "and is said" "announced 3 tests and ran 2"
runs "a red test is a failure" 1 "3 passed, 1 failed" good red
shows "and is shown in full" "# why it is red"
runs "a status of its own is a failure" 1 "1 passed, 1 failed" liar
shows "and is said" "ended with status 3"
runs "a crash is a failure" 1 "3 passed, 1 failed" crash good
shows "and is said" "ended by signal 11"
runs "a test that hangs is a failure" 1 "1 passed, 1 failed" slow
shows "and is said" "still ran after 2 seconds"
runs "a test of nothing is a failure" 1 "0 passed, 1 failed" empty
runs "a last line without its end counts" 0 "1 passed, 0 failed, 1 skipped" \
    partial
shows "and a skip is shown with its reason" "# skip no such card"
runs "a forgotten process does not hold the run" 0 "3 passed, 0 failed" \
    orphan good
kill "$(cat "$work/orphan.pid")" 2>/dev/null
runs "a program that is not there is a failure" 1 "0 passed, 1 failed" absent
runs "no test at all is a failure" 1 "0 passed, 0 failed"

# What each said is kept, and said anew when it runs again.
kept() { RESULTS=$work/results "$run" "$@" >"$work/report" 2>&1; }
kept "$work/good" "$work/cmocka" "$work/partial"
kept "$work/red" "$work/good"
printf '%s\t%s\t%s\n' cmocka passed one cmocka skipped two cmocka ran '' \
    partial passed one partial skipped two partial ran '' \
    red passed one red failed two red ran '' \
    good passed one good passed two good ran '' |
    sed "s|^|$work/|" >"$work/want"
sed -i 's/ran	[0-9]*$/ran	/' "$work/results"
check "what each test said is kept" diff "$work/want" "$work/results"

# Two at a time: each waits for the other to have begun.
for pair in 'left right' 'right left'; do
	# shellcheck disable=SC2086 # the two names
	set -- $pair
	plant "$1" <<-END
		touch "$work/$1.on"
		until [ -e "$work/$2.on" ]; do sleep 0.05; done
		[ -e "$work/$2.off" ] || sleep 0.3
		touch "$work/$1.off"
		echo 'ok - $1'
	END
done
plant lonely <<-END
	# alone: it is tested here
	[ -e "$work/left.off" ] && [ -e "$work/right.off" ] && echo 'ok - alone'
END
AT_ONCE=2
export AT_ONCE
runs "two at a time have company" 0 "2 passed, 0 failed" left right
rm "$work"/*.on "$work"/*.off
runs "what must be alone comes last" 0 "5 passed, 0 failed" lonely left good \
    right
sed -n 's|^.*/\([a-z]*\) .*|\1|p' "$work/report" >"$work/order"
printf 'left\ngood\nright\nlonely\n' >"$work/want"
check "and all in their order" diff "$work/want" "$work/order"
runs "what is wrong is shown with its own" 1 "7 passed, 2 failed" good red \
    short good
shows "as it is alone" "# why it is red"
kept "$work/good" "$work/red" "$work/cmocka"
check "what each said is kept" test "$(grep -c '	ran	' "$work/results")" = 4
unset AT_ONCE
finish
