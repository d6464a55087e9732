#!/bin/sh
# supervision: the page for those who run the centre: who sees it, what it
# says, and that it says nothing of anybody.
# alone: a browser
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

here=$(dirname "$0")
password='quatre mots bien longs'
port=$(free_port)
mobile=$(sed -n 's/^contact.mobile = //p' "$adult" | tr -d ' ')
page=https://127.0.0.1:$port

# seen NAME PASSWORD [PATH]: the status; the page is in $work/page.
seen() {
	curl -s -m 20 --cacert "$t/tls/ca.crt" -u "$1:$2" -o "$work/page" \
	    -w '%{http_code}' "$page/${3-}"
}
status() { test "$("$@")" = "$code"; }
supervisor() { "$B/guichetctl" -c "$t/centre.conf" centre supervisor "$@"; }
add() { printf '%s\n' "$2" | supervisor add "$1"; }
# shows WORDS NUMBER: a box of the first rank.
shows() {
	grep -Fq "<dt>$1</dt><dd>$2</dd>" "$work/page"
}

# browse FILE: the page as Chromium shows it, and what it made of it.
browse() {
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
	    --disable-dev-shm-usage --ignore-certificate-errors \
	    --user-data-dir="$work/browser" --window-size=1000,2600 \
	    --enable-logging=stderr --screenshot="$1" \
	    "https://marie:quatre%20mots%20bien%20longs@127.0.0.1:$port/" \
	    >"$work/browser.out" 2>"$work/browser.err"
}
training
echo "supervision = 127.0.0.1:$port" >>"$t/centre.conf"
check 'the services start' "$t/start"
code=401
check 'nobody is let in before anybody may' status seen marie "$password"
ends 'a short password' 65 add marie court
says 'is said' G-763 "$work/err"
ends 'a name of other letters' 64 add Marie "$password"
says 'is said' G-762 "$work/err"
ends 'an account' 0 add marie "$password"
ends 'and another' 0 add paul 'un autre mot de passe'
ends 'both are listed' 0 supervisor list
check 'by name' test "$(tail -n 2 "$work/out" | tr '\n' ' ')" = 'marie paul '
check_status 'no password is in their file' 1 \
    grep -i quatre "$t/centre/supervisors"
check 'which is for nobody else' \
    test "$(stat -c %a "$t/centre/supervisors")" = 600

check 'someone enrols' sync_once
ends 'an adult' 0 enrol "$adult"
check 'it is delivered, opened and told' deliver
sleep_until() { "$@" && return; sleep 1; "$@"; } # the wait after the first try
code=200
check 'who may sees the page' sleep_until status seen marie "$password"
check 'one terminal' shows 'Postes en service' 1
check 'one record' shows 'Enregistrements reçus' 1
# shellcheck disable=SC1112 # the page's own
{
	check 'nothing waits' shows 'En attente d’ouverture' 0
	check 'nobody is at an older key' \
	    shows 'Postes à une clé d’ouverture ancienne' 0
}
says 'of this channel' 'Canal pharmacie : 1 en 30 jours' "$work/page"
says 'of this département' '<th scope="row">44</th><td>1</td>' "$work/page"
check 'the style comes apart' status seen marie "$password" style.css
mv "$work/page" "$work/style"
check 'it is there again' status seen marie "$password"
ends 'it is accessible' 0 python3 "$here/supervision.py" read "$work/page" \
    "$work/style"

code=401
check 'a wrong password' status seen paul "$password"
code=429
check 'makes wait' status seen paul "$password"
code=401
check 'a name of nobody' status seen personne "$password"
check 'none at all' test "$(curl -s -k -o /dev/null -w '%{http_code}' \
    "$page/")" = 401
check 'a terminal is nobody here' test "$(curl -s -k -o /dev/null \
    --cert "$t/desk/keys/tls.crt" --key "$t/desk/keys/tls.key" \
    -w '%{http_code}' "$page/")" = 401
check 'what changes is not asked here' test "$(curl -s -k -o /dev/null \
    -d x -u "marie:$password" -w '%{http_code}' "$page/")" = 404
code=404
check 'nor anything else' status seen marie "$password" metrics
check 'nor a page too far' status seen marie "$password" '?page=9'
check 'terminals find no page where they speak' test "$(curl -s -k \
    -o /dev/null -w '%{http_code}' -u "marie:$password" \
    "$(sed -n 's/^centre-url = //p' "$t/desk.conf")/")" = 404
check 'old TLS is refused' sh -c "! curl -s -k --tls-max 1.1 \
    -u 'marie:$password' '$page/'"

check 'a month of numbers' python3 "$here/supervision.py" fill \
    "$t/centre/ledger.db"
code=200
check 'shows' status seen marie "$password"
check 'all the terminals' shows 'Postes en service' 245
check_status 'none is closed' 1 grep 'lieu fermé' "$work/page"
ends 'one place is closed' 0 centre switch close --site 750000001
check 'which shows' status seen marie "$password"
# shellcheck disable=SC1112 # the page's own
check 'in its number' shows 'Postes fermés à l’ouverture' 1
says 'and by its terminal' '<td>en service, lieu fermé</td>' "$work/page"
check 'a missing number' grep -q 'numéro manquant' "$work/page"
check 'markup of a site is words' grep -q \
    'Pharmacie &lt;100&gt; &amp; &quot;Cie&quot;' "$work/page"
says 'there are more pages' 'Page 1 sur 3' "$work/page"
ends 'it is still accessible' 0 python3 "$here/supervision.py" read "$work/page" \
    "$work/style"
nir=$(sed -n 's/.*\(142196296516794\).*/\1/p' "$adult_card" | head -n 1)
for said in ESSAI ALAIN "${nir:-142196296516}" "$mobile"; do
	check_status 'and nobody is on it' 1 grep -i "$said" "$work/page"
done
check 'Chromium shows it' browse "$work/page.png"
check 'with colours, bars and words' python3 "$here/supervision.py" \
    drawn "$work/page.png"
check_status 'and has nothing to say against it' 1 \
    grep -E 'CONSOLE|Refused' "$work/browser.err"
check 'its third page' status seen marie "$password" '?page=3'
says 'has the one that never spoke' '<td>jamais</td>' "$work/page"

ends 'who is removed' 0 supervisor remove marie
code=401
check 'is out at once' status seen marie "$password"
ends 'and cannot be removed twice' 1 supervisor remove marie
chmod 644 "$t/centre/supervisors"
ends 'a list that others read' 65 supervisor list
says 'is said' G-764 "$work/err"
code=500
check 'and opens nothing' status seen paul 'un autre mot de passe'
check 'the services stop' "$t/stop"
sed -i 's/^supervision = .*/supervision = ici/' "$t/centre.conf"
ends 'an address that is none' 69 "$B/guichet-central" -t -c "$t/centre.conf"
finish
