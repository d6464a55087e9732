#!/bin/sh
# tls: what a scanner finds at the gateway's door and at nginx's: TLS 1.2 and
# 1.3 with forward secrecy, and nothing of old.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/front.sh
. "$tree/tests/front.sh"

# lacks WORDS PATTERN FILE
lacks() {
	if grep -Eq -- "$2" "$3"; then
		not_ok "$1"
		grep -E -- "$2" "$3" | sed 's/^/# /'
	else
		ok "$1"
	fi
}

# scan NAME PORT
scan() {
	check "$1: sslscan ends well" sslscan --no-colour --show-certificate \
	    --ipv4 "127.0.0.1:$2"
	cp "$work/said" "$work/scan"
	for version in SSLv2 SSLv3 TLSv1.0 TLSv1.1; do
		says "$1: no $version" "^$version +disabled" "$work/scan"
	done
	for version in TLSv1.2 TLSv1.3; do
		says "$1: $version" "^$version +enabled" "$work/scan"
	done
	says "$1: no renegotiation by a client" \
	    'renegotiation (not supported|disabled)|not supported' \
	    "$work/scan"
	lacks "$1: nor one that is not secure" 'Insecure session' "$work/scan"
	# What OpenSSL of Debian 12 cannot compress, sslscan cannot ask for.
	openssl s_client -connect "127.0.0.1:$2" -tls1_2 </dev/null \
	    >"$work/said" 2>&1
	says "$1: no compression" '^Compression: NONE' "$work/said"
	lacks "$1: no heartbleed" '(^|[^t]) vulnerable to heartbleed' \
	    "$work/scan"
	grep -E '^(Preferred|Accepted)' "$work/scan" >"$work/ciphers"
	check "$1: some ciphers" test -s "$work/ciphers"
	lacks "$1: none without authenticated encryption" \
	    'CBC|AES(128|256)-SHA|CAMELLIA|ARIA|RC4|DES|NULL|EXP|MD5|ADH' \
	    "$work/ciphers"
	lacks "$1: none below 128 bits" ' (0|40|56|64|112) bits' \
	    "$work/ciphers"
	grep -v 'TLSv1.3' "$work/ciphers" >"$work/old"
	if grep -vE 'ECDHE|DHE' "$work/old" | grep -q .; then
		not_ok "$1: each with forward secrecy"
		grep -vE 'ECDHE|DHE' "$work/old" | sed 's/^/# /'
	else
		ok "$1: each with forward secrecy"
	fi
}

training
alone=$(sed -n 's/^centre-url = .*://p' "$t/desk.conf")
port=$(free_port)
second=$(free_port)
socket=$work/gateway.sock
configure
"$B/guichet-central" -c "$t/centre.conf" >"$work/central.log" 2>&1 &
central=$!
at_end 'kill $central 2>/dev/null; wait'
begin_front
check 'the gateway listens' within 10 listens "$alone"
check 'and nginx' within 10 listens "$port"
scan gateway "$alone"
cat "$work/scan" >"$work/first"
scan nginx "$port"
kill $front $central
finish
