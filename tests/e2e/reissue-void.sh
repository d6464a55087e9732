#!/bin/sh
# reissue-void: the power goes while replaced codes are printed: the next start
# says that they are void, the centre hears of it, and new ones are given.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
"$t/start"
sync_once
ends 'somebody is enrolled' 0 enrol "$adult"
check 'and delivered' deliver
state() { queue prints --json | sed -n '$s/.*"state": *"\([a-z]*\)".*/\1/p'; }
account() { centre dossiers --json | grep -c '"account": *true'; }
check 'their codes are in hand' test "$(state)" = 'done'
check 'and live at the centre' test "$(account)" -eq 1

# Killed at the first byte of the paper, as paper.sh does.
check 'the hand on the plug is built' \
    cc -I"$tree" -shared -fPIC -O1 -o "$work/drip.so" "$tree/tests/fault/drip.c"
killed() {
	LD_PRELOAD=$work/drip.so DRIP='desk 1' "$B/guichet" \
	    -c "$t/desk.conf" --card "$adult_card" \
	    --answers "$answers/reissue.txt" >"$work/out" 2>&1 </dev/null
}
check_status 'guichet dies while new codes are printed' 137 killed
check 'nobody knows whether they are on paper' test "$(state)" = intent
ends 'the next start' 1 enrol "$answers/not-me.txt"
check 'makes them void' test "$(state)" = void
check 'the centre hears of both' deliver
check 'and no codes are live' test "$(account)" -eq 0

ends 'they ask for new ones' 0 enrol "$answers/reissue.txt"
rid=$(saved_rid)
check 'which are on paper' test -s "$t/paper/$rid.txt"
check 'and in hand' test "$(state)" = 'done'
check 'they are delivered' deliver
check 'and live at the centre, once' test "$(account)" -eq 1
finish
