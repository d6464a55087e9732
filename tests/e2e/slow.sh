#!/bin/sh
# slow: the slow, the silent and the lying, against the gateway alone and
# behind nginx: they are shed, and nobody else waits for them.
# alone: it counts the milliseconds of others
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/front.sh
. "$tree/tests/front.sh"

# stands PORT: it answers there.
# shellcheck disable=SC2317 # called by check
stands() {
	[ "$(curl -s -m 5 --cacert "$t/desk/keys/ca.crt" -o "$work/body" \
	    -w '%{http_code}' "https://127.0.0.1:$1/healthz")" = 200 ]
}

# crowd NAME FIRST CONF: one terminal beside 2500 idle and 600 slow, which are
# cut after half a minute. Who had to wait for them would wait as long; how
# long it takes is a row of make bench.
crowd() {
	mkdir -p "$work/crowd"
	"$B/tests/load/load" -f "$2" -n 60 -e 1 -b 1 -a 1 -i 2500 -s 600 "$1" \
	    "$work/crowd.json" "$work/crowd" "$3" >"$work/crowd.log" 2>&1
	got=$?
	rm -rf "$work/crowd"
	p99=$(sed -n 's/.*"ours":\([0-9]*\).*/\1/p' "$work/crowd.json" |
	    tail -1)
	if [ $got -eq 0 ] && [ "${p99:-10000}" -lt 10000 ]; then
		ok "$1: a sync beside 2500 idle and 600 slow waits for none"
	else
		not_ok "$1: beside 2500 idle and 600 slow: $got, $p99 ms"
		sed 's/^/# /' "$work/crowd.log"
	fi
}

training
alone=$(sed -n 's/^centre-url = .*://p' "$t/desk.conf")
port=$(free_port) # nginx's
second=$(free_port)
socket=$work/gateway.sock
cp "$t/centre.conf" "$work/alone.conf"
configure

# Alone, and another behind nginx on the same ledger.
sed -e "s|^listen = .*|listen = unix:$socket|" "$t/centre.conf" \
    >"$work/behind.conf"
sed -e "s|^listen = .*|listen = 127.0.0.1:$port|" "$t/centre.conf" \
    >"$work/front.conf"
"$B/guichet-central" -c "$work/alone.conf" >"$work/alone.log" 2>&1 &
first=$!
at_end 'kill $first 2>/dev/null; wait'
"$B/guichet-central" -c "$work/behind.conf" >"$work/behind.log" 2>&1 &
other=$!
at_end 'kill $other 2>/dev/null; wait'
begin_front
check 'the gateway stands alone' within 5 stands "$alone"
check 'and behind nginx' within 5 stands "$port"
"$B/guichetctl" -c "$t/centre.conf" centre ledger --json >"$work/before"

python3 "$tree/tests/e2e/slow.py" alone "$alone" "$t/desk/keys" yes \
    >"$work/alone.tap" 2>&1 &
one=$!
python3 "$tree/tests/e2e/slow.py" 'behind nginx' "$port" "$t/desk/keys" no \
    >"$work/behind.tap" 2>&1 &
two=$!
at_end 'kill $one $two 2>/dev/null'
wait $one
check 'all were played against it alone' test $? -eq 0
wait $two
check 'and behind nginx' test $? -eq 0
cat "$work/alone.tap" "$work/behind.tap"
tap_bad=$((tap_bad + $(grep -c '^not ok' "$work/alone.tap") + \
    $(grep -c '^not ok' "$work/behind.tap")))
says 'the log counts whom it cut' 'connections-shed [0-9]' "$work/alone.log"

crowd alone 1000 "$work/alone.conf"
crowd 'behind nginx' 2000 "$work/front.conf"

check 'both gateways are the same processes still' kill -0 $first $other
for pid in $first $other; do
	kib=$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status")
	check 'and have not grown beyond 512 MiB' test "$kib" -lt 524288
done
kill $first $other $front
wait $first
check 'the one ends as it should' test $? -eq 0
wait $other
check 'and so does the other' test $? -eq 0
finish
