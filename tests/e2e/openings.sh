#!/bin/sh
# openings: opening keys that follow one another: announced, taken when nobody
# is served, retired when nobody needs them, and then gone.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
# Only what is asked for here is sent.
sed -i 's/^sync-every = .*/sync-every = 3600/' "$t/desk.conf"
echo 'keep-days = 0' >>"$t/centre.conf"
mine=$t/desk/keys/opening.pub
theirs=$t/vault/keys
number() { cut -d' ' -f3 "$mine"; }
opening() { centre opening "$@"; }
someone() { enrol "$answers/no-account.txt"; }
# What the ledger says of key N.
key() { opening list --json | grep "\"number\":$1,"; }
says_key() { # words, number, pattern
	key "$2" >"$work/key" 2>&1
	says "$1" "$3" "$work/key"
}
waiting() { queue list --json | grep -c '"state":"ready"'; }
outcomes() { queue list --json | grep -c "\"outcome\":\"$1\""; }

# The opener names the key that there always was.
"$t/start"
check 'someone enrols' enrol "$adult"
check 'it is delivered, opened and told' within 10 eval \
    'sync_once && [ "$(outcomes opened)" -eq 1 ]'
says_key 'the first key is known' 1 '"state":"in-force","terminals":1'
ends 'the only one is not retired' 1 opening retire
says 'it is said' 'G-747' "$work/err"

# The next one, while everything serves, and one is offline.
"$B/guichetctl" -c "$t/centre.conf" --json centre terminal add \
    --site 750000002 >"$work/code"
url=$(sed -n 's/^centre-url = //p' "$t/desk.conf")
"$B/guichetctl" join "$url" "$(sed 's/.*"code":"\([^"]*\)".*/\1/' \
    "$work/code")" --state "$work/other" >"$work/other.set"
check 'a terminal joins' test -s "$work/other.set"
sed -e "s|^state = .*|state = $work/other|" -e 's/^terminal = .*/terminal = 2/' \
    "$t/desk.conf" >"$work/other.conf"
other() {
	"$B/guichet" -c "$work/other.conf" --card "$tree/tests/cards/family.card" \
	    --answers "$answers/no-account.txt" >"$work/out" 2>"$work/err" \
	    </dev/null
}
other_sync() { "$B/guichet-sync" -c "$work/other.conf" --once; }
other_number() { cut -d' ' -f3 "$work/other/keys/opening.pub"; }

check 'someone enrols before' someone
ends 'the next key' 0 opening rotate
says 'is in service' '^La clé d.ouverture 2 est en service' "$work/out"
ends 'a third beside two' 1 opening rotate
says 'is refused' 'G-746' "$work/err"
check 'someone enrols, and has not heard' someone
check 'sealed to the first' test "$(number)" = 1
check 'it is delivered' sync_once
check 'nobody sits down: the key stays' test "$(number)" = 1
check 'the next start enrols' someone
check 'sealed to the second' test "$(number)" = 2
check 'both halves are files of one account' sh -c \
    "ls -l '$theirs' | grep -q -- '^-rw------- .*opening-before.key'"
check 'all are delivered, opened by either key, and told' within 10 eval \
    'sync_once && [ "$(queue list --json |
    grep -c "\"outcome\":\"waiting\"")" -eq 0 ]'
check 'none was refused' test "$(outcomes refused)" -eq 0
says_key 'one terminal is at the second' 2 '"terminals":1,"waiting":0'
says_key 'the other still is at the first' 1 '"terminals":1,"waiting":0'
ends 'which is not retired' 1 opening retire
says 'it is said why' '1 poste.*G-747' "$work/err"
says 'and what would be lost' 'ne se rescelle pas' "$work/err"

# One that has waited for long: its envelope is of the first key.
check 'the one that was offline enrols' other
check 'to the first key' test "$(other_number)" = 1
"$B/guichetctl" -c "$work/other.conf" queue hold "$(saved_rid)" >"$work/held"
check 'and keeps it back' other_sync
check 'it enrols no more before it knows the second' other
check 'which it does' test "$(other_number)" = 2
check 'that one is delivered' other_sync
says_key 'what is held back keeps the first key' 1 '"terminals":1'
ends 'which is not retired' 1 opening retire
rid=$("$B/guichetctl" -c "$work/other.conf" --json queue list |
    sed -n 's/.*"rid":"\([^"]*\)".*"state":"held".*/\1/p')
"$B/guichetctl" -c "$work/other.conf" queue release "$rid" >"$work/held"
check 'released, it is delivered' other_sync
check 'nobody needs the first' within 10 eval \
    'opening list --json | grep -q "\"number\":1,.*\"terminals\":0,\"waiting\":0"'
secret=$(cut -d' ' -f4 "$theirs/opening-before.key")
ends 'it is retired' 0 opening retire
says 'and destroyed' 'retirée, et détruite' "$work/out"
check 'no file has it' sh -c \
    "! grep -rqF '${secret%????????????????}' '$t' '$work/other'"
says_key 'it is told' 1 '"retired":"[^"]*",.*"state":"retired"'
ends 'people see it too' 0 opening list
says 'the one that is gone' '^ +1 .* retirée +0 +0$' "$work/out"
says 'and the one that serves' '^ +2 .* en service +2 +0$' "$work/out"
ends 'the chain of each is whole' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"

# Lost: it never heard of the third, and the centre goes on without it.
check 'someone else enrols, and stays offline' other
ends 'the third key' 0 opening rotate
check 'the first terminal hears' sync_once
check 'and takes it' someone
check 'it is the third' test "$(number)" = 3
check 'it is delivered' sync_once
ends 'the second is not retired' 1 opening retire
ends 'but for a reason' 0 opening retire --force 'poste 2 perdu'
says 'that says what is lost' 'G-523' "$work/err"
ends 'it stands in the traces' 0 centre trace --check
curl -s --cacert "$t/tls/ca.crt" --cert "$t/desk/keys/tls.crt" \
    --key "$t/desk/keys/tls.key" "$url/metrics" >"$work/metrics"
says 'it is the third for who watches' '^guichet_opening_key 3$' \
    "$work/metrics"
says 'and one terminal is behind' '^guichet_terminals_behind 1$' \
    "$work/metrics"
check 'the lost one is back' eval 'other_sync; :'
"$B/guichetctl" -c "$work/other.conf" --json queue list >"$work/out"
says 'its envelope stays, and why' '"reason":523,.*"state":"refused"' \
    "$work/out"
check 'it takes the third key' other
check 'and goes on' test "$(other_number)" = 3
check 'what it saved then is delivered' eval 'other_sync; :'
"$B/guichetctl" -c "$work/other.conf" --json queue list >"$work/out"
check 'the last is sent' eval \
    'tail -1 "$work/out" | grep -q "\"state\":\"sent\""'

# Altered, foreign, replayed: what stands in the ledger is not believed.
said() { sql "$t/centre/ledger.db" "$1"; }
said 'CREATE TABLE kept AS SELECT * FROM opening'
bad() { # words, code, what happens to the ledger
	said "$3"
	"$B/guichet-sync" -c "$work/log.conf" --once >"$work/out" 2>"$work/err"
	says "$1" "$2" "$work/err"
	someone
	check 'the key stays' test "$(number)" = 3
	said 'DELETE FROM opening; INSERT INTO opening SELECT * FROM kept'
}
sed 's/^log = .*/log = stderr/' "$t/desk.conf" >"$work/log.conf"
bad 'an altered announcement is refused' 'opening.*G-521' "INSERT INTO opening
    SELECT 4, since_ms, 0, CAST(substr(said, 1, 20) || x'ff' ||
    substr(said, 22) AS BLOB) FROM opening WHERE number = 3"
bad 'one with another number too' 'opening.*G-521' "INSERT INTO opening
    SELECT 4, since_ms, 0, CAST(substr(said, 1, 5) || x'00000004' ||
    substr(said, 10) AS BLOB) FROM opening WHERE number = 3"
bad 'a replayed one is named' 'opening.*G-522' "INSERT INTO opening
    SELECT 4, since_ms, 0, said FROM opening WHERE number = 2"
"$B/guichetctl" key make outcome "$work/foreign.key" \
    --public "$work/foreign.pub"
cp "$t/desk/keys/opener.pub" "$work/opener.pub"
cp "$work/foreign.pub" "$t/desk/keys/opener.pub"
bad 'that of another centre is refused' 'opening.*G-521' "INSERT INTO opening
    SELECT 4, since_ms, 0, said FROM opening WHERE number = 2"
cp "$work/opener.pub" "$t/desk/keys/opener.pub"
finish
