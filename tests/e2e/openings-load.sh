#!/bin/sh
# openings-load: opening keys change twice while people enrol, and a centre
# that comes back from before a change is made whole.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
sed -i -e 's/^sync-every = .*/sync-every = 1/' "$t/desk.conf"
echo 'keep-until = replicated' >>"$t/desk.conf"
echo 'keep-days = 0' >>"$t/centre.conf"
number() { cut -d' ' -f3 "$t/desk/keys/opening.pub"; }
left() { queue list --json | grep -c '"outcome":"waiting"'; }

"$t/start"
check 'identifiers come' sync_once
cat >"$work/people" <<END
#!/bin/sh
n=0
while [ ! -e "$work/enough" ]; do
	n=\$((n + 1))
	"$B/guichet" -c "$t/desk.conf" --card "$adult_card" \\
	    --answers "$answers/no-account.txt" </dev/null
done
echo "\$n" >"$work/came"
END
sh "$work/people" >"$work/saved" 2>"$work/trouble" &
people=$!
at_end 'touch "$work/enough"; wait $people'
check 'the first key is known' within 10 eval \
    'centre opening list --json | grep -q in-force'
for key in 2 3; do
	ends "key $key comes while they enrol" 0 centre opening rotate
	check 'the terminal takes it' within 30 eval '[ "$(number)" = $key ]'
	check 'the key before goes' within 30 centre opening retire
done
touch "$work/enough"
wait $people
# shellcheck disable=SC2016 # for eval
check 'all is told' within 30 eval '[ "$(left)" -eq 0 ]'
check 'everybody was saved' test "$(grep -c '^saved' "$work/saved")" -eq \
    "$(cat "$work/came")"
queue list --json >"$work/out"
check_status 'none was refused' 1 grep '"outcome":"refused"' "$work/out"
check_status 'nothing stayed' 1 grep '"state":"refused"' "$work/out"
ends 'nothing is missing' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"

# Yesterday's ledger, and the keys of today: what came since comes again.
"$t/stop"
rm -f "$t/centre/ledger.db-wal" "$t/centre/ledger.db-shm"
cp "$t/centre/ledger.db" "$work/yesterday"
"$t/start"
ends 'a fourth key' 0 centre opening rotate
check 'the terminal takes it' within 30 eval \
    'enrol "$answers/no-account.txt"; [ "$(number)" = 4 ]'
check 'someone enrols under it' enrol "$answers/no-account.txt"
check 'all is told' within 30 eval '[ "$(left)" -eq 0 ]'
"$t/stop"
rm -f "$t/centre/ledger.db-wal" "$t/centre/ledger.db-shm"
cp "$work/yesterday" "$t/centre/ledger.db"
sed -n '/^service opener/!p' "$t/start" >"$work/start"
chmod 700 "$work/start"
"$work/start"
check 'someone enrols' enrol "$answers/no-account.txt"
ends 'what the ledger never heard of waits' 75 sync_once
says 'and nothing is lost' '"state":"ready"' - <<END
$(queue list --json)
END
"$t/stop"
"$t/start"
check 'the opener says which key it is' within 10 eval \
    'centre opening list --json | grep -q "\"number\":4,.*in-force"'
check 'all is told again' within 60 eval 'sync_once; [ "$(left)" -eq 0 ]'
ends 'nothing is missing' 0 centre gaps
says 'it says' '^Rien ne manque' "$work/out"
ends 'the key before goes' 0 centre opening retire
finish
