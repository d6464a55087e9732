#!/bin/sh
# sync-centre: the terminal and the centre over real TLS, each thing wrong in
# turn: what waits stays, and the reason is said by its code.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

keys=$t/desk/keys
family=$tree/tests/cards/family.card

# The state of every row, and how many wait.
states() { queue list --json | sed 's/.*"state":"\([a-z]*\)".*/\1/'; }
waiting() { states | grep -c '^ready$'; }
count() { "$@" | wc -l; }
ledger() { centre ledger --json; }

# ask ARGUMENTS...: curl to the gateway with the terminal's certificate.
ask() {
	curl -s --cacert "$keys/ca.crt" --cert "$keys/tls.crt" \
	    --key "$keys/tls.key" "$@"
}
status() { ask -o "$work/body" -w '%{http_code}' "$@"; }

# An authority that nobody here knows, and a certificate of its.
foreign_ca() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
	    -nodes -days 30 -subj "/CN=$1" -keyout "$work/$1.key" \
	    -out "$work/$1.crt" 2>/dev/null
}

# with NAME FILE: another file under keys/, until `mended`.
with() {
	[ -d "$work/keys" ] || cp -rp "$keys" "$work/keys"
	cp "$2" "$keys/$1"
}
mended() { cp -p "$work/keys/"* "$keys/"; }

# Only the gateway: the rest is run by hand here.
# shellcheck disable=SC2317 # called by check
gateway_up() {
	"$t/start" || return
	for name in sync opener; do
		kill "$(cat "$t/run/$name.pid")"
		rm -f "$t/run/$name.pid"
	done
}

stays() { # words, code
	ends "$1" 75 sync_once
	says "... and its code is said" "$2" "$work/err"
	check '... and the record waits' test "$(waiting)" -eq 1
}

# shows WORDS PATTERN COMMAND...: its output has a line of that pattern.
shows() {
	words=$1 pattern=$2
	shift 2
	"$@" >"$work/shown" 2>&1
	says "$words" "$pattern" "$work/shown"
}

training
url=$(sed -n 's/^centre-url = //p' "$t/desk.conf")
for program in central opener; do
	ends "guichet-$program -t" 0 "$B/guichet-$program" -c \
	    "$t/centre.conf" -t
done
ends 'guichet-sync -t' 0 "$B/guichet-sync" -c "$t/desk.conf" -t
check 'the gateway starts' gateway_up
check 'the first sync brings identifiers' sync_once

# The gateway by itself.
check '/metrics answers here' test "$(status "$url/metrics")" = 200
says 'with what was lent' '^guichet_identifiers_lent_total [1-9]' \
    "$work/body"
check 'and nowhere else' \
    test "$(status --interface 127.0.0.2 "$url/metrics")" = 404
check '/healthz answers' test "$(status "$url/healthz")" = 200
check 'an unknown path is 404' test "$(status "$url/")" = 404
check 'a wrong method is 404' test "$(status "$url/v1/envelopes")" = 404
check 'a body that is none is 400' \
    test "$(status -d x "$url/v1/envelopes")" = 400
says 'with its code' '"code":704' "$work/body"
check 'a number that is none is 400' \
    test "$(status "$url/v1/outcomes?after=-1")" = 400
check 'nor is the second one' \
    test "$(status "$url/v1/opening?sealing=1&sent=-1")" = 400
check 'outcomes are answered' \
    test "$(status "$url/v1/outcomes?after=0")" = 200
head -c 300000 /dev/zero >"$work/huge"
check 'a body that is too large is 413' \
    test "$(status --data-binary "@$work/huge" "$url/v1/envelopes")" = 413
foreign_ca foreign
code=$(curl -s --cacert "$keys/ca.crt" -o "$work/body" -w '%{http_code}' \
    "$url/v1/outcomes")
check 'without a certificate it is 403' test "$code" = 403
code=$(curl -s --cacert "$keys/ca.crt" --cert "$work/foreign.crt" \
    --key "$work/foreign.key" -o "$work/body" -w '%{http_code}' \
    "$url/v1/outcomes")
check 'with a foreign one too' test "$code" = 403
address=${url#https://}
for version in tls1 tls1_1; do
	if openssl s_client -connect "$address" -"$version" </dev/null \
	    >"$work/tls" 2>&1 && grep -q 'Cipher is [A-Z]' "$work/tls"; then
		not_ok "$version is refused"
	else
		ok "$version is refused"
	fi
done
for version in tls1_2 tls1_3; do
	openssl s_client -connect "$address" -"$version" </dev/null \
	    >"$work/tls" 2>&1
	says "$version is taken" 'Cipher is [A-Z]' "$work/tls"
done

# A record waits, and everything is wrong in turn.
check 'someone enrols' enrol "$adult"
"$B/guichetctl" key make receipt "$work/r.key" --public "$work/centre.pub"
with centre.pub "$work/centre.pub"
stays 'another centre key' G-507
mended
with ca.crt "$work/foreign.crt"
stays 'another authority' G-602
mended
with tls.crt "$work/foreign.crt"
stays 'a certificate without its key' G-602
with tls.key "$work/foreign.key"
stays 'a foreign certificate' G-603
mended

check 'then it is delivered' sync_once
check 'nothing waits' test "$(waiting)" -eq 0
# The centre had it since the receipt of the wrong key: no second entry.
check 'the ledger has it once' test "$(count ledger)" -eq 1
ledger >"$work/ledger"
queue list --json >"$work/queue"
check 'a second sync' sync_once
ledger | check 'changes no entry' cmp - "$work/ledger"
queue list --json | check 'and no row' cmp - "$work/queue"

mv "$t/vault/keys/opening.key" "$work/opening.key"
"$B/guichetctl" key make opening "$t/vault/keys/opening.key" \
    --public "$work/opening.pub" --number 2
ends 'an entry for another opening key waits' 75 open_once
says 'is said' 'G-721' "$work/err"
mv -f "$work/opening.key" "$t/vault/keys/opening.key"
check 'the opener opens it' open_once
check 'the outcome comes down' sync_once
shows 'it was opened' '"outcome":"opened"' queue list --json
shows 'nothing is missing' '^Rien ne manque' centre gaps
shows 'the terminals are listed' '^ *1  active' centre terminals
shows 'and the ledger' " 1  .*opened\$" centre ledger
shows 'and the dossiers' ' screen  .*oui' centre dossiers

# The centre is down, then back.
"$t/stop"
check 'someone enrols with the centre down' \
    enrol "$answers/no-account.txt" "$family"
stays 'the stopped centre' G-601
check 'the centre is back' gateway_up
check 'and takes what waited' sync_once
check 'nothing waits any more' test "$(waiting)" -eq 0

# A record that an operator holds back does not hold the others.
held=$(enrol "$adult" && saved_rid)
queue hold "$held" >/dev/null
check 'another enrols behind a held one' enrol "$adult"
check 'and is delivered' sync_once
shows 'the centre names what is missing' '"kind":"missing"' \
    centre gaps --json
queue release "$held" >/dev/null
check 'released, it is delivered' sync_once
shows 'and nothing is missing' '^Rien ne manque' centre gaps

# Revoked: nothing more, and nothing is lost.
check 'someone enrols' enrol "$adult"
ends 'the terminal is revoked' 0 centre terminal revoke 1
stays 'the revoked terminal' G-603
shows 'what it had left is void' '"outstanding":0,.*"void":199' \
    centre leases --json
ends 'an unknown terminal cannot be revoked' 1 centre terminal revoke 9
ends 'a terminal needs its words' 64 centre terminal add --number 2
ends 'a number is one terminal' 65 centre terminal add --number 1 \
    --site x --cert "$keys/tls.crt" --sign "$keys/sign.pub"
ends 'a certificate must be one' 65 centre terminal add --number 2 \
    --site x --cert "$t/desk.conf" --sign "$keys/sign.pub"

chmod 644 "$t/centre/keys/receipt.key"
ends 'a key that others read' 77 "$B/guichet-central" -c "$t/centre.conf" -t
chmod 600 "$t/centre/keys/receipt.key"
chmod 644 "$t/tls/centre.key"
ends 'a TLS key that others read' 77 \
    "$B/guichet-central" -c "$t/centre.conf" -t
chmod 600 "$t/tls/centre.key"
ends 'a port that is taken' 69 "$B/guichet-central" -c "$t/centre.conf"
says 'is said' 'G-709' "$work/err"
kill "$(cat "$t/run/central.pid")"
gone() { ! kill -0 "$(cat "$t/run/central.pid")"; }
check 'SIGTERM ends the gateway' within 5 gone
rm -f "$t/run/central.pid"
finish
