# asking.sh: what the tests of online questions share.
#
#	. "$(dirname "$0")/../training.sh"
#	. "$(dirname "$0")/../asking.sh"
#
# shellcheck shell=sh
# shellcheck source=tests/training.sh disable=SC2154

rid=01KAJ7RZ8N4V2M6T9Q3X5C1B0D # of the record that may come of it

ask() { "$B/tests/e2e/asker" "$t/desk.conf" "$rid" "$@"; }
# hears WORDS ANSWER WHAT...: that is the answer.
hears() {
	words=$1 want=$2
	shift 2
	got=$(ask "$@" 2>&1)
	if [ "$got" = "$want" ]; then
		ok "$words"
	else
		not_ok "$words: $got, not $want"
	fi
}
# none WORDS NUMBER WHAT...: no answer, for that reason, within three seconds.
none() {
	words=$1 want=$2
	shift 2
	from=$(date +%s%N)
	ask "$@" >"$work/out" 2>"$work/err"
	took=$((($(date +%s%N) - from) / 1000000))
	says "$words" "$want" "$work/err"
	check "$words, in time ($took ms)" test $took -lt 3000
}
other() { echo "$1" | tr 0123456789 1234567890; }
service() { cat "$t/run/$1.pid"; }
vault() { sql "$t/vault/dossiers.db" "$1"; }
# begin NAME: that one service again, as start began it.
begin() {
	setsid "$B/guichet-$1" -c "$t/$2.conf" </dev/null \
	    >>"$t/run/$1.log" 2>&1 &
	echo $! >"$t/run/$1.pid"
}
doors() { [ -S "$t/desk/ask.sock" ] && [ -S "$t/run/ask.sock" ]; }
sent() {
	[ -f "$work/sms.log" ] &&
	    [ "$(grep -c '"status": 200' "$work/sms.log")" -ge "$1" ]
}
# code N: the Nth that tests/e2e/sms.py took to send, once it is there.
code() {
	within 60 sent "$1" || return 1
	grep '"status": 200' "$work/sms.log" | sed -n "$1p" |
	    sed 's/.*: \([0-9]\{6\}\)\..*/\1/'
}
# sms_gateway: the settings of the centre name one, which takes what comes.
sms_gateway() {
	sms_port=$(free_port)
	echo 'le jeton' >"$work/token"
	chmod 600 "$work/token"
	cat >>"$t/centre.conf" <<-END
	sms = http://127.0.0.1:$sms_port/messages
	sms-key = $work/token
	END
	python3 "$tree/tests/e2e/sms.py" "$sms_port" "$work/sms.log" 200 &
	# shellcheck disable=SC2034 # at_end's words read it
	gateway=$!
	at_end 'kill $gateway 2>/dev/null'
}
# carries: guichet-notice does, with the settings of now.
carries() {
	[ -z "${notice:-}" ] || { kill $notice; wait $notice; } 2>/dev/null
	"$B/guichet-notice" -c "$t/centre.conf" 2>>"$work/notice.log" &
	notice=$!
}
at_end '[ -z "${notice:-}" ] || kill $notice 2>/dev/null'
