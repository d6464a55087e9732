#!/bin/sh
# card-pcscd: the card's program over the real pcscd and vpcd's readers, in
# namespaces of its own: what it reads, who else may, what comes and goes.
what='cards over pcscd'
# shellcheck source=tests/apart.sh
. "$(dirname "$0")/../apart.sh"
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
cards=$(dirname "$0")/../cards
reader='Virtual PCD 00 00'


start_pcscd() {
	pcscd -f >>"$work/pcscd.log" 2>&1 9>&- &
	pcscd=$!
	wait_for test -S /run/pcscd/pcscd.comm
}

wait_for() { within 10 "$@" >/dev/null 2>&1; }

has_card() { opensc-tool -l | grep -q '^0 *Yes'; }
has_none() { opensc-tool -l | grep -q '^0 *No'; }

insert() { # FILE
	"$B/guichet-simcard" --card "$cards/$1.card" 2>>"$work/simcard.log" \
	    9>&- &
	card=$!
	wait_for has_card
}

pull() {
	kill "$card"
	wait "$card" 2>/dev/null
	wait_for has_none
}

once() { timeout 5 "$B/guichet-card" --once >"$work/out" 2>"$work/err"; }

# said WORDS PATTERN [FILE]
said() {
	check "$1" grep -Eq -- "$2" "${3:-$work/out}"
}

# soon WORDS PATTERN [COUNT]: the watching program's output comes to hold it.
lines_like() { [ "$(grep -Ec -- "$1" "$work/watch")" -ge "${2:-1}" ]; }
soon() {
	check "$1" wait_for lines_like "$2" "${3:-1}"
}

check_status 'without a service: 69' 69 once
said 'and no-service is its word' '"state":"no-service"'

start_pcscd
at_end 'kill $pcscd 2>/dev/null; wait $pcscd'
check_status 'an empty reader: 1' 1 once
said 'and empty is its word' "\"state\":\"empty\",\"reader\":\"$reader\""

insert adult
at_end 'kill $card 2>/dev/null'
check_status 'the demonstration card is read: 0' 0 once
said 'with its bearer' '"family":"ESSAI","given":"ALAINBIS","birth":"19421901","nir":"1421962965167","key":"94"'
"$B/guichetctl" card list >"$work/out" 2>&1
said 'guichetctl lists it' "^$reader : .*Vitale"
said 'and says what to do with the other' 'Insérez la carte Vitale'
opensc-tool -a -r 0 >"$work/atr" 2>&1
said 'opensc-tool sees the same ATR' '^3b:75:13:00:00:45:09:ea:90:00$' \
    "$work/atr"
pull

for kind in family nineteen pointers pieces right-length second-page; do
	insert $kind
	check_status "$kind over pcscd: 0" 0 once
	"$B/guichet-card" --once --card "$cards/$kind.card" >"$work/played"
	check "$kind reads as when it is played" test \
	    "$(grep -F '"card"' "$work/out")" = \
	    "$(grep -F '"card"' "$work/played")"
	pull
done
for kind in cps:cps vitale1:vitale1 foreign:foreign no-application:foreign \
    protected:error mute:mute; do
	insert "${kind%:*}"
	check_status "${kind%:*}: 1" 1 once
	said "its word is ${kind#*:}" "\"state\":\"${kind#*:}\",\"reader\":\"$reader\""
	pull
done

# One program from here on: it is never started again.
mkfifo "$work/in"
"$B/guichet-card" <"$work/in" >"$work/watch" 2>"$work/err" &
watch=$!
exec 9>"$work/in"
at_end 'exec 9>&-; wait $watch'
soon 'a waiting program says that it is empty' "empty.*$reader"
insert adult
soon 'and reads what comes' '"epoch":1,.*ALAINBIS'
check 'opensc-tool uses the same reader meanwhile' \
    opensc-tool -r 0 -s 00:A4:00:00:02:3F:00
check 'and again, with the card reset' opensc-tool --reset -r 0
pull
soon 'a card that leaves is gone' '^{"event":"gone","epoch":1}'
insert torn-swap
soon 'a swap in the middle ends with the second person' 'epoch":[23],.*DOMINIQUE'
check_status 'and never with the first' 1 \
    grep 'epoch":[23],.*ALAINBIS' "$work/watch"
pull
soon 'and is gone' '"gone"' 2

# Another program has the card: said at once, and read when it lets go.
gone=2
if ${CC:-cc} -I/usr/include/PCSC -o "$work/hold" \
    "$(dirname "$0")/hold.c" -lpcsclite 2>"$work/cc"; then
	mkfifo "$work/keep"
	hold() { # HOW
		"$work/hold" "$reader" "$1" <"$work/keep" >"$work/held" \
		    2>&1 9>&- &
		holder=$!
		exec 8>"$work/keep"
		wait_for grep -q held "$work/held"
	}
	let_go() {
		exec 8>&-
		wait "$holder"
	}
	insert corsica-2a
	soon 'a card is read' ANGE
	for how in transaction alone; do
		hold $how
		check_status "held by another program ($how): 1, no hang" 1 \
		    once
		said "and busy is said ($how)" '"state":"busy"'
		mkfifo "$work/in2"
		"$B/guichet-card" <"$work/in2" >"$work/watch2" 8>&- 9>&- &
		watch2=$!
		exec 7>"$work/in2"
		check "a second one that stays says so ($how)" \
		    wait_for grep -q '"busy"' "$work/watch2"
		let_go
		check "and reads it when it is let go ($how)" \
		    wait_for grep -q '"epoch":1,.*ANGE' "$work/watch2"
		exec 7>&-
		wait $watch2
		rm "$work/in2"
	done
	check 'a reset by another program' \
	    sh -c "'$work/hold' '$reader' reset </dev/null"
	check_status 'and the card is read anew: 0' 0 once
	pull
	# That the card is busy meanwhile may be said, or not.
	soon 'it is pulled' '"gone"' 3
	gone=3
else
	skip 'a card that another program holds' 'no C compiler here'
fi

kill -9 "$pcscd"
wait "$pcscd" 2>/dev/null
soon 'a killed service is said' '"no-service"'
check 'no card was said to leave that did not' \
    test "$(grep -c '"gone"' "$work/watch")" -eq $gone
check 'and waited for' kill -0 "$watch"
rm -f /run/pcscd/*
start_pcscd
insert family
soon 'the next card is read when it is back' 'LAURENCE.*CAMILLE.*MAXENCE'
pull

check 'it runs confined: no new privileges' \
    grep -q '^NoNewPrivs:.1' "/proc/$watch/status"
check 'by a filter of system calls' \
    grep -q '^Seccomp:.2' "/proc/$watch/status"

# What a parser that was taken over would try, in the program itself: a
# library put before it opens a file when the card has been read.
cat >"$work/taken.c" <<'C'
#include <fcntl.h>
#include <winscard.h>
LONG
SCardEndTransaction(SCARDHANDLE card, DWORD how)
{
	(void)card;
	(void)how;
	return open("/tmp/guichet-taken", O_WRONLY | O_CREAT, 0600);
}
C
if ${CC:-cc} -shared -fPIC -I/usr/include/PCSC -o "$work/taken.so" \
    "$work/taken.c" 2>"$work/cc"; then
	insert adult
	check_status 'a card program that opens a file dies of SIGSYS' 159 \
	    env LD_PRELOAD="$work/taken.so" "$B/guichet-card" --once
	check 'and no file was made' test ! -e /tmp/guichet-taken
	pull
else
	skip 'a card program that is taken over' 'no C compiler here'
fi
exec 9>&-
ended() { ! kill -0 "$watch"; }
check 'and ends when its input does' wait_for ended
finish
