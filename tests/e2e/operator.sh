#!/bin/sh
# operator: accounts of those who serve, made and changed by guichetctl.
set -u
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training

operator() { "$B/guichetctl" -c "$t/desk.conf" operator "$@"; }
list=$(sed -n 's/^state *= *//p' "$t/desk.conf")/operators

# with PIN COMMAND...: the PIN on a pipe.
with() {
	pin=$1
	shift
	printf '%s\n' "$pin" | "$@"
}
camille() {
	with "$1" operator add --number 99700024450 \
	    --name 'PATBQUATRE CAMILLE' --profession pharmacien
}
laurence() {
	with "$1" operator add --number 99900063480 \
	    --name 'ESSAI LAURENCE' --profession préparateur
}

check 'without accounts the settings serve' operator list
says 'and it says so' 'réglages' "$work/said"
check 'an account is opened' camille 271828
check 'and another' laurence 31415926
operator list --json >"$work/list"
says 'by name, as lines of JSON' '"name":"ESSAI LAURENCE"' "$work/list"
check 'two of them' test "$(wc -l <"$work/list")" -eq 2
check 'for this account alone' test "$(stat -c %a "$list")" = 600

check_status 'no PIN stands in the file' 1 grep '271828\|31415926' "$list"
check 'only what checks it' grep -q 'argon2id' "$list"

check_status 'an account is opened once' 65 camille 271828
says 'which is said' 'G-414' "$work/said"
check_status 'no easy PIN' 65 with 123456 operator pin 99700024450
says 'which is said too' 'G-411' "$work/said"
check_status 'no short one' 65 with 2718 operator pin 99700024450
check_status 'none at all' 69 operator pin 99700024450 </dev/null
check_status 'a number is needed' 64 with 271828 operator add --name x \
    --profession y
check_status 'the PIN is no word of it' 64 operator pin 99700024450 271828
check_status 'nobody is not changed' 1 with 271828 operator pin 1
check_status 'nor unlocked' 1 operator unlock 1
check_status 'nor removed' 1 operator remove 1

before=$(sha256sum <"$list")
check 'a PIN is changed' with 161803 operator pin 99700024450
check 'and the file with it' test "$before" != "$(sha256sum <"$list")"
check 'a wait is ended' operator unlock 99700024450
check 'an account is closed' operator remove 99900063480
check 'and one is left' test "$(operator list --json | wc -l)" -eq 1

# On a terminal it is asked for twice, and not shown.
typed() { # what the terminal showed while stdin was typed, then its modes
	TERM=dumb script -qec "trap : INT; $B/guichetctl -c $t/desk.conf \
	    operator pin 99700024450; stty -a" /dev/null >"$work/shown" 2>&1
}
if command -v script >/dev/null; then
	(sleep 1; echo 602214; sleep 1; echo 602214; sleep 1) | typed
	says 'at a terminal it is asked for' 'Code : ' "$work/shown"
	says 'twice' 'Encore une fois' "$work/shown"
	says 'and taken' 'nouveau code' "$work/shown"
	check_status 'but not shown' 1 grep 602214 "$work/shown"
	(sleep 1; echo 602214; sleep 1; echo 602215; sleep 1) | typed
	says 'two that differ are none' 'G-409' "$work/shown"
	(sleep 1; echo 602214; sleep 1; printf '\003'; sleep 1) | typed
	says 'Ctrl-C ends it' 'G-408' "$work/shown"
	says 'and the terminal shows again what is typed' ' echo ' \
	    "$work/shown"
else
	skip 'at a terminal it is asked for' 'no script(1)'
fi

# A list that others could have changed, or that is none, serves nobody.
chmod 644 "$list"
check_status 'a file open to others is refused' 65 operator list
says 'by its number' 'G-412' "$work/said"
chmod 600 "$list"
cp "$list" "$work/good"
echo '{}' >"$list"
check_status 'and one of another form' 65 operator list
cp "$work/good" "$list"
check 'the good one serves again' operator list

# The desk enrols as before: training has the operator of its settings.
enrol "$adult"
check 'an enrolment goes on' test -n "$(saved_rid)"
finish
