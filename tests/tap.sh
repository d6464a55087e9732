# tap.sh: what a test that is a script is written with.
#
#	. "$(dirname "$0")/../tap.sh"
#	check "a word is a word" test word = word
#	finish
#
# $work is a folder of its own, gone at the end. Commands are told to at_end,
# which runs them last first, to stop what the test started.
# shellcheck shell=sh

B=${B:-build}
work=$(mktemp -d)
tap_bad=0
tap_end=:
trap 'eval "$tap_end"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

at_end() {
	tap_end="$*; $tap_end"
}

ok() {
	echo "ok - $*"
}

not_ok() {
	echo "not ok - $*"
	tap_bad=$((tap_bad + 1))
}

skip() { # words, reason
	echo "ok - $1 # skip $2"
}

# check WORDS COMMAND...: ok when the command succeeds; what it said otherwise.
check() {
	tap_words=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		ok "$tap_words"
	else
		not_ok "$tap_words (status $?)"
		sed 's/^/# /' "$work/said"
	fi
}

# check_status WORDS N COMMAND...: ok when the command ends with status N.
check_status() {
	tap_words=$1 tap_want=$2
	shift 2
	"$@" >"$work/said" 2>&1
	set -- $?
	if [ "$1" -eq "$tap_want" ]; then
		ok "$tap_words"
	else
		not_ok "$tap_words (status $1, not $tap_want)"
		sed 's/^/# /' "$work/said"
	fi
}

# within SECONDS COMMAND...: it comes to succeed in that time.
within() {
	tap_left=$(($1 * 20))
	shift
	until "$@"; do
		tap_left=$((tap_left - 1))
		[ $tap_left -gt 0 ] || return 1
		sleep 0.05
	done
}

finish() {
	[ "$tap_bad" -eq 0 ]
	exit
}
