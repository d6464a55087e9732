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
for what in gateway letter opener opening answer; do
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
# What the first ledger lent this one does not know.
rm -f "$t"/desk/queue.db*
check 'the services start' "$t/start"
check 'the first sync brings identifiers' sync_once
check 'someone enrols' enrol "$adult"
check 'it is delivered, opened and told' deliver
queue list --json >"$work/shown"
says 'its outcome is here' '"outcome":"opened"' "$work/shown"

# Another opening key, and the end of the first.
ends 'the next opening key' 0 centre opening rotate
ends 'the first stays while the terminal is at it' 1 centre opening retire
check 'the terminal hears of it' sync_once
check 'someone enrols under it' enrol "$answers/no-account.txt" \
    "$tree/tests/cards/accents.card"
check 'and is opened' deliver
ends 'the first goes' 0 centre opening retire
centre opening list --json >"$work/shown"
says 'the terminal is at the second' \
    '"number":2,.*"state":"in-force","terminals":1,"waiting":0' "$work/shown"

# The copy: from now on a receipt says so.
"$pg" standby "$work/pg"
check 'another enrols' enrol "$answers/no-account.txt" \
    "$tree/tests/cards/family.card"
check 'and is delivered' sync_once
psql -qAtX -h "$work/pg/one" -U guichet guichet -c \
    'SELECT get_byte(receipt, 5) FROM entry ORDER BY id' >"$work/levels"
printf '1\n1\n2\n' | check 'the third receipt says replicated' \
    cmp - "$work/levels"
ends 'the ledger is shown' 0 centre ledger

# The configurations that we give.
python3 - "$tree/kiosk/centre/patroni.yml" <<'END' >"$work/yml" 2>&1
import sys, yaml
dcs = yaml.safe_load(open(sys.argv[1]))["bootstrap"]["dcs"]
print(dcs["synchronous_mode"], dcs["synchronous_mode_strict"],
    dcs["maximum_lag_on_failover"],
    dcs["postgresql"]["parameters"]["synchronous_commit"])
END
says "Patroni's is strict" '^True True 0 on$' "$work/yml"
mkdir "$work/conf"
cp "$tree/kiosk/centre/postgresql.conf" "$work/conf"
chmod -R a+rX "$work/conf"
postgres=$(find /usr/lib/postgresql -path '*/bin/postgres' | sort -V | tail -1)
# From a folder that any account may be in: it is not ours that runs there.
for name in synchronous_commit wal_log_hints fsync; do
	(cd / && "$pg" as "$postgres" -D "$work/pg/one/data" -C "$name" \
	    -c "config_file=$work/conf/postgresql.conf")
done >"$work/read" 2>&1
printf 'on\non\non\n' | check 'PostgreSQL reads its own' \
    cmp - "$work/read"
finish
