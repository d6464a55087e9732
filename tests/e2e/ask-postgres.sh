#!/bin/sh
# ask-postgres: questions answered with the ledger in PostgreSQL, while its
# primary is lost and a copy takes over.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/asking.sh
. "$(dirname "$0")/../asking.sh"

pg=$tree/tests/pg
mobile=0639981241
mkdir "$work/pg"
chmod 711 "$work" "$work/pg"
at_end '"$pg" stop "$work/pg"'
check 'PostgreSQL starts' "$pg" start "$work/pg"

training
cat >>"$t/centre.conf" <<END
store = postgresql://guichet@/guichet?host=$work/pg/one,$work/pg/two
END
sms_gateway
check 'the terminal is added' centre terminal add --number 1 \
    --site 750000001 --cert "$t/desk/keys/tls.crt" \
    --sign "$t/desk/keys/sign.pub" --training
# What the first ledger lent this one does not know.
rm -f "$t"/desk/queue.db*
check 'the services start' "$t/start"
check 'both doors open' within 10 doors
check 'identifiers come' sync_once
carries

hears 'nobody is known' NONE dossier
ends 'someone enrols' 0 enrol "$adult"
check 'it is delivered and opened' deliver
hears 'now there is one' OPENED dossier
hears 'a code goes' SENT send mobile $mobile
c=$(code 1)
check 'it arrives' test ${#c} = 6
hears 'which is known' GONE sent mobile $mobile
hears 'another is wrong' 'WRONG 2' check mobile $mobile "$(other "$c")"
hears 'it is right' RIGHT check mobile $mobile "$c"
hears 'once' EXPIRED check mobile $mobile "$c"
check 'a question is kept' "$B/tests/e2e/asker" "$t/desk.conf" write \
    "$work/question"
hand() { "$B/tests/e2e/asker" "$t/desk.conf" replay "$1"; }
check 'it is answered' test "$(hand "$work/question")" = answered
check 'not twice' test "$(hand "$work/question")" = nothing

# The primary is lost in the middle of a code.
check 'a copy follows' "$pg" standby "$work/pg"
hears 'another code goes' SENT send mobile $mobile
c=$(code 2)
"$pg" kill "$work/pg"
none 'without a ledger nothing is answered' G-750 dossier
"$pg" promote "$work/pg"
answers_now() { [ "$(ask dossier 2>/dev/null)" = OPENED ]; }
check 'with the copy it is, by who served before' within 30 answers_now
# A terminal that asked so much may have to wait for its turn.
is_right() { [ "$(ask check mobile $mobile "$c" 2>/dev/null)" = RIGHT ]; }
check 'and the code is still good' within 30 is_right
check 'it never ended' kill -0 "$(service answer)"

# A terminal that is stolen asks nothing more.
ends 'the terminal is revoked' 0 centre terminal revoke 1
none 'it hears nothing any more' 'G-750' dossier
says 'and that is said' 'G-701' "$t/run/central.log"
finish
