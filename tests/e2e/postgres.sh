#!/bin/sh
# postgres: the whole way with the ledger in PostgreSQL, and the tests of the
# gateway and the opener over it.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

pg=$tree/tests/pg
mkdir "$work/pg"
chmod 711 "$work" "$work/pg"
at_end '"$pg" stop "$work/pg"'
check 'PostgreSQL starts' "$pg" start "$work/pg"
MADE_STORE="postgresql://guichet@/guichet?host=$work/pg/one"
export MADE_STORE
for what in gateway opener; do
	ends "the tests of the $what over it" 0 "$B/tests/centre/$what"
done

training
ends 'an unknown kind of ledger is refused' 78 env GUICHET_STORE=mysql://x \
    "$B/guichet-central" -c "$t/centre.conf"
psql -qX -h "$work/pg/one" -U guichet guichet -c \
    'DROP SCHEMA public CASCADE; CREATE SCHEMA public' 2>/dev/null
echo "store = $MADE_STORE" >>"$t/centre.conf"
ends 'no ledger yet is said' 1 centre ledger
check 'the terminal is added' centre terminal add --number 1 \
    --site 750000001 --cert "$t/desk/keys/tls.crt" \
    --sign "$t/desk/keys/sign.pub" --training
check 'the services start' "$t/start"
check 'the first sync brings identifiers' sync_once
check 'someone enrols' enrol "$adult"
check 'it is delivered, opened and told' deliver
queue list --json >"$work/shown"
says 'its outcome is here' '"outcome":"opened"' "$work/shown"

# The copy: from now on a receipt says so.
"$pg" standby "$work/pg"
check 'another enrols' enrol "$answers/no-account.txt" \
    "$tree/tests/cards/family.card"
check 'and is delivered' sync_once
psql -qAtX -h "$work/pg/one" -U guichet guichet -c \
    'SELECT get_byte(receipt, 5) FROM entry ORDER BY id' >"$work/levels"
printf '1\n2\n' | check 'the second receipt says replicated' \
    cmp - "$work/levels"
ends 'the ledger is shown' 0 centre ledger
finish
