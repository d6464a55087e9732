#!/bin/sh
# enrol: from the card to the centre, by answers file, in every way it ends.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

outcome() {
	queue show "$1" --json |
	    python3 -c 'import json,sys; print(json.load(sys.stdin)["outcome"])'
}
dossiers() { centre dossiers --json; }
# The dossier of the record is as the answers said.
as_answered() {
	python3 - "$1" "$work/dossiers" <<-'END'
	import json, sys
	rows = [json.loads(line) for line in open(sys.argv[2])]
	assert len(rows) == 1, rows
	row = rows[0]
	assert row["rid"] == sys.argv[1] and row["state"] == "opened", row
	consent = row["consent"]
	assert consent["method"] == "screen", consent
	notice = consent["notice"]
	assert notice["id"] and notice["version"], notice
	assert notice["lang"] == "fr" and len(notice["hash"]) == 64, notice
	assert row["account"] is True, row
	END
}
without_account() {
	dossiers | grep "$1" | grep -Eq '"account": ?false'
}

training
check 'the services start and answer' "$t/start"
check 'the first sync brings a block of identifiers' sync_once

ends 'an adult with a mobile is enrolled' 0 enrol "$adult"
check 'stdout is one line' test "$(wc -l <"$work/out")" -eq 1
says 'saved RID' '^saved [0-9A-HJKMNP-TV-Z]{26}$' "$work/out"
rid=$(saved_rid)
check 'the secrets are on paper' test -s "$t/paper/$rid.txt"
check 'it is delivered, opened, and the outcome comes back' deliver
dossiers >"$work/dossiers"
check 'the centre has it as opened, with its consent' as_answered "$rid"
check 'the terminal knows it' test "$(outcome "$rid")" = opened

queue list --json >"$work/queue"
check 'a second sync' deliver
dossiers | check 'changes no dossier' cmp - "$work/dossiers"
queue list --json | check 'and no row of the queue' cmp - "$work/queue"

ends 'the same person again' 0 enrol "$adult"
again=$(saved_rid)
check 'is delivered' deliver
check 'and ends as already open' test "$(outcome "$again")" = already-open
dossiers | check 'without second secrets' cmp - "$work/dossiers"

ends 'someone without mobile nor e-mail' 0 \
    enrol "$answers/no-account.txt" "$tree/tests/cards/family.card"
rid=$(saved_rid)
check 'gets no secrets' test ! -e "$t/paper/$rid.txt"
check 'is delivered' deliver
check 'and has a dossier without an account' without_account "$rid"

ends 'a refusal' 1 enrol "$answers/refuse.txt"
says 'is said' '^refused refuse$' "$work/out"
ends 'someone else than on the card' 1 enrol "$answers/not-me.txt"
says 'is said' '^refused not-me$' "$work/out"
check 'neither leaves anything in the queue' test "$(rows)" -eq 3
queue days --json >"$work/days"
says 'but each is counted' '"count":1,"day":"[0-9]*","end":"refuse"' \
    "$work/days"

"$t/stop"
ends 'with the centre down' 0 enrol "$answers/no-account.txt"
says 'the enrolment is saved all the same' '^saved ' "$work/out"
ends 'sync says to try again' 75 sync_once
says 'naming the centre' 'G-601' "$work/err"
check 'the centre is back' "$t/start"
check 'and has everything' deliver
finish
