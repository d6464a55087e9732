#!/bin/sh
# join: terminals join by a code, over real TLS; a stolen one is replaced.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
url=$(sed -n 's/^centre-url = //p' "$t/desk.conf")
join() { "$B/guichetctl" join "$@"; }

# code ARGUMENTS...: the code that the centre gives.
code() {
	"$B/guichetctl" -c "$t/centre.conf" --json centre terminal "$@" |
	    sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
}

check 'the services start' "$t/start"
check 'the terminal that joined is served' sync_once
check 'someone enrols' enrol "$adult"
check 'it is delivered, opened and told' deliver

# A second one, of another site.
name='Pharmacie du Marché, Nantes'
ends 'a department that there is not' 64 centre terminal add --site 1 \
    --department 2C
second=$(code add --site 2A0000017 --site-name "$name" --profile borne \
    --department 2A)
check 'a code is given' test "${#second}" -eq 53
ends 'a code with a wrong letter' 64 join "$url" "${second%?}u"
# Another centre's pin: the code does not know who answers.
first=${second%-*}
ends 'a centre that is not the one' 75 join "$url" \
    "$first-00041061050R3GG28A1C60T3GF" --state "$work/two"
says 'is said' 'G-602' "$work/err"
check 'nothing is kept of it' test ! -e "$work/two/keys/ca.crt"
ends 'a code that nobody gave' 75 join "$url" \
    "00041061050R3GG28A1C60T3GF-${second#*-}" --state "$work/two"
says 'is said' 'G-603' "$work/err"
check 'it has no certificate' test ! -e "$work/two/keys/tls.crt"
ends 'the right one' 0 join "$url" "$second" --state "$work/two"
says 'its number is shown' '^terminal = 2$' "$work/out"
says 'its site too' '^site-id = 2A0000017$' "$work/out"
says 'the name of its place' "^site-name = $name\$" "$work/out"
says 'its profile' '^profile = borne$' "$work/out"
says 'its department' '^department = 2A$' "$work/out"
ends 'its first identifiers are there' 0 centre leases --json
says 'lent to it' '"outstanding":200,"terminal":2,' "$work/out"
ends 'once only' 65 join "$url" "$second" --state "$work/two"
says 'is said' 'G-742' "$work/err"
ends 'and for nobody else' 75 join "$url" "$second" --state "$work/three"
check 'no key is for others to read' test \
    "$(stat -c %a "$work/two/keys/tls.key" "$work/two/keys/sign.key" |
    sort -u)" = 600

# It works: with its own settings, records go up.
sed -e "s|^state = .*|state = $work/two|" \
    -e 's|^terminal = .*|terminal = 2|' \
    -e 's|^site-id = .*|site-id = 2A0000017|' "$t/desk.conf" >"$work/two.conf"
two() { "$B/guichet-sync" -c "$work/two.conf" --once; }
check 'it gets its identifiers' two
served() {
	curl -s --cacert "$work/$1/keys/ca.crt" \
	    --cert "$work/$1/keys/tls.crt" --key "$work/$1/keys/tls.key" \
	    -o "$work/body" -w '%{http_code}' "$url/v1/outcomes"
}
check 'it is served' test "$(served two)" = 200
ends 'both stand in the list' 0 centre terminals --json
says 'the second one' '"site":"2A0000017","site_name":"Pharmacie du March' "$work/out"

# Renewed: the new one serves, and the one before until then.
cp -p "$work/two/keys/tls.crt" "$work/old.crt"
renew() { "$B/guichetctl" -c "$work/two.conf" renew; }
check 'its certificate is renewed' renew
check 'by another' sh -c "! cmp -s '$work/old.crt' '$work/two/keys/tls.crt'"
check 'which serves' test "$(served two)" = 200
cp -p "$work/two/keys/tls.crt" "$work/new.crt"
cp -p "$work/old.crt" "$work/two/keys/tls.crt"
check 'as the old one does if the answer was lost' \
    test "$(served two)" = 200
check 'it may then ask again' renew
check 'and is served' test "$(served two)" = 200
cp -p "$work/new.crt" "$work/two/keys/tls.crt"
check 'the one that never arrived is nothing' test "$(served two)" = 403
cp -p "$work/old.crt" "$work/two/keys/tls.crt"

# Stolen.
third=$(code replace 2)
check 'a stolen one is replaced' test "${#third}" -eq 53
ends 'a revoked one renews nothing' 75 renew
check 'it is served no more' test "$(served two)" = 403
centre leases --json >"$work/shown"
says 'what it had is void' '"outstanding":0,"terminal":2,"used":0,"void":200' \
    "$work/shown"
ends 'its replacement joins' 0 join "$url" "$third" --state "$work/three"
says 'under a number of its own' '^terminal = 3$' "$work/out"
cp "$work/out" "$work/out.join"
check 'and is served' test "$(served three)" = 200
says 'of the same site' '^site-id = 2A0000017$' "$work/out.join"
says 'the same name' "^site-name = $name\$" "$work/out.join"
says 'the same profile' '^profile = borne$' "$work/out.join"
says 'the same department' '^department = 2A$' "$work/out.join"
ends 'its place is changed' 0 centre terminal set 3 --department 2B
ends 'which is shown' 0 centre terminals --json
says 'with what stayed' '"department":"2B",.*"profile":"borne",' "$work/out"
ends 'of nothing there is nothing to change' 64 centre terminal set 3
ends 'an unknown one stands nowhere' 1 centre terminal set 9 --site 1
fourth=$(code add --site 750000001)
ends 'one of which only the site is known' 0 join "$url" "$fourth" \
    --state "$work/four"
says 'is told that' '^site-id = 750000001$' "$work/out"
check_status 'and no more' 1 grep '^site-name\|^profile\|^dep' "$work/out"
ends 'an unknown one cannot be replaced' 1 centre terminal replace 9
ends 'a centre that is away' 75 join https://127.0.0.1:1 "$third" \
    --state "$work/five"
ends 'an address that is none' 78 join http://127.0.0.1 "$third" \
    --state "$work/five"
finish
