#!/bin/sh
# nginx: the gateway behind nginx, with the configuration of kiosk/centre: who
# asks is still known, and the slow and the lying harm nobody else.
# alone: it counts the milliseconds of others
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/front.sh
. "$tree/tests/front.sh"

keys=$t/desk/keys

# ask ARGUMENTS...: the status of curl's answer, with the terminal's own
# certificate; plainly: with none.
ask() {
	plainly --cert "$keys/tls.crt" --key "$keys/tls.key" "$@"
}
plainly() {
	curl -s -m 20 --cacert "$keys/ca.crt" -o "$work/body" \
	    -w '%{http_code}' "$@"
}
direct() {
	curl -s -m 20 --unix-socket "$socket" -o "$work/body" \
	    -w '%{http_code}' "$@"
}

# shellcheck disable=SC2317 # called by check
answers() { [ "$(plainly "$url/healthz")" = 200 ]; }

# slow N ADDRESS: that many connections which begin a request and go on by a
# byte a second, for a while.
slow() {
	python3 - "$port" "$1" "$2" "$keys/ca.crt" <<'END'
import socket, ssl, sys, time
port, n, source, ca = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
context = ssl.create_default_context(cafile=ca)
kept = []
for i in range(n):
    s = socket.create_connection(("127.0.0.1", port),
        source_address=(source, 0), timeout=5)
    if i % 2:
        try:
            s = context.wrap_socket(s, server_hostname="localhost")
            s.send(b"POST /v1/envelopes HTTP/1.1\r\nHost: x\r\n"
                b"Content-Length: 200000\r\n")
        except OSError:
            pass
    kept.append(s)
print("ready", flush=True)
for second in range(12):
    time.sleep(1)
    for s in kept:
        try:
            s.send(b"x")
        except OSError:
            pass
END
}

training
port=$(sed -n 's/^centre-url = .*://p' "$t/desk.conf")
url=https://127.0.0.1:$port
socket=$work/gateway.sock
second=$(free_port)
echo "supervision = unix:$work/page.sock" >>"$t/centre.conf"
echo 'un mot de passe' |
    "$B/guichetctl" -c "$t/centre.conf" centre supervisor add marie >/dev/null
sed -i -e "s|^listen = .*|listen = unix:$socket|" -e '/^tls-/d' \
    "$t/centre.conf"
configure
ends 'nginx takes the configuration' 0 nginx -t -c "$work/nginx.conf" \
    -p "$work"
ends 'guichet-central -t' 0 "$B/guichet-central" -c "$t/centre.conf" -t
"$B/guichet-central" -c "$t/centre.conf" >"$work/central.log" 2>&1 &
central=$!
at_end 'kill $central 2>/dev/null; wait'
begin_front
check 'it answers through nginx' within 5 answers
check 'its socket is not for everybody' \
    test "$(stat -c %a "$socket")" = 660
ends 'a second gateway does not take it' 69 "$B/guichet-central" -c \
    "$t/centre.conf"

check 'the first sync brings identifiers' sync_once
check 'someone enrols' enrol "$adult"
check 'it is delivered, opened and told' deliver
queue list --json >"$work/shown"
says 'its outcome is here' '"outcome":"opened"' "$work/shown"

# Who asks.
check 'a terminal is known' test "$(ask "$url/v1/outcomes")" = 200
check 'without a certificate it is 403' \
    test "$(plainly "$url/v1/outcomes")" = 403
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -days 30 -subj /CN=x -keyout "$work/x.key" -out "$work/x.crt" 2>/dev/null
got=$(plainly --cert "$work/x.crt" --key "$work/x.key" "$url/v1/outcomes")
check 'a foreign one is refused' test "$got" = 400
pem=$(python3 -c 'import sys, urllib.parse
print(urllib.parse.quote(open(sys.argv[1]).read()))' "$keys/tls.crt")
check 'its headers cannot be written from outside' test "$(plainly \
    -H 'X-Guichet-Verified: SUCCESS' -H "X-Guichet-Certificate: $pem" \
    "$url/v1/outcomes")" = 403
check 'nginx itself can' test "$(direct -H 'X-Guichet-Verified: SUCCESS' \
    -H "X-Guichet-Certificate: $pem" http://x/v1/outcomes)" = 200
check 'but not for who was not verified' test "$(direct \
    -H 'X-Guichet-Verified: FAILED:expired' \
    -H "X-Guichet-Certificate: $pem" http://x/v1/outcomes)" = 403
check 'nor with half a certificate' test "$(direct \
    -H 'X-Guichet-Verified: SUCCESS' \
    -H "X-Guichet-Certificate: ${pem%%BEGIN*}" http://x/v1/outcomes)" = 403

# The numbers.
check '/metrics answers here' test "$(plainly "$url/metrics")" = 200
says 'with what it keeps' '^guichet_entries_total 1$' "$work/body"
says 'and what it answered' '^guichet_answers_total\{status="4xx"\} [1-9]' \
    "$work/body"
check_status 'it names nobody' 1 \
    grep -Ei 'essai|alainbis|14219|750000001' "$work/body"
check 'and answers nobody else' test "$(plainly --interface 127.0.0.2 \
    "$url/metrics")" = 403

# The page for those who run it.
page=https://127.0.0.1:$second/
check 'the page is not for everybody' test "$(plainly "$page")" = 401
check 'nor for a terminal' test "$(ask "$page")" = 401
check 'who may sees it' test "$(plainly -u 'marie:un mot de passe' \
    "$page")" = 200
says 'as it is' 'Postes en service</dt><dd>1<' "$work/body"

# TLS.
for version in tls1 tls1_1; do
	if openssl s_client -connect "127.0.0.1:$port" -"$version" \
	    </dev/null >"$work/tls" 2>&1 &&
	    grep -q 'Cipher is [A-Z]' "$work/tls"; then
		not_ok "$version is refused"
	else
		ok "$version is refused"
	fi
done
for version in tls1_2 tls1_3; do
	openssl s_client -connect "127.0.0.1:$port" -"$version" </dev/null \
	    >"$work/tls" 2>&1
	says "$version is taken" 'Cipher is [A-Z]' "$work/tls"
done

# The slow and the lying.
: >"$work/slow"
slow 600 127.0.0.3 >"$work/slow" 2>&1 &
slow=$!
at_end 'kill $slow 2>/dev/null'
check '600 slow connections stand' within 20 grep -q ready "$work/slow"
begun=$(date +%s%N)
check 'another is answered meanwhile' test "$(ask "$url/v1/outcomes")" = 200
took=$((($(date +%s%N) - begun) / 1000000))
check "long before they are cut ($took ms)" test $took -lt 10000
check 'and enrols' enrol "$answers/no-account.txt" \
    "$tree/tests/cards/family.card"
check 'and delivers' sync_once
kill $slow 2>/dev/null
head -c 300000 /dev/zero >"$work/huge"
check 'a body that is too large is 413' \
    test "$(ask --data-binary "@$work/huge" "$url/v1/envelopes")" = 413

kill $central
wait $central
check 'the gateway takes its socket away' test ! -e "$socket"
check 'and nginx says that it is away' test "$(ask "$url/healthz")" = 502
check 'another enrols' enrol "$answers/no-account.txt" \
    "$tree/tests/cards/family.card"
ends 'which a terminal takes as a pause' 75 sync_once
kill $front
wait $front

finish
