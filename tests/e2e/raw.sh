#!/bin/sh
# raw: the bytes of a name that nobody can be shown reach the sealed dossier,
# and nothing else: no screen, paper, log or file in clear.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

hunt=$tree/tests/hunt.py
hostile=$tree/tests/cards/hostile.card
family=45535341491b5b324a07
given=414c41494e9b33316dad0a424953857f

# The bytes themselves, and as the line and the record write them.
{
	printf '%s\n' "hex:$family" "hex:$given" "$family" "$given"
} >"$work/words"
nowhere() { python3 "$hunt" "$work/words" "$@"; }
somewhere() { ! nowhere "$@"; }

"$B/guichet-card" --once --card "$hostile" >"$work/line"
mkdir -p "$work/pipe"
mv "$work/line" "$work/pipe"
check 'the line on the pipe has them: the search would find them' \
    somewhere "$work/pipe"

training
"$t/start"
sync_once
ends 'the hostile card enrols' 0 enrol "$adult" "$hostile"
# shellcheck disable=SC2034 # eval's words read it
rid=$(saved_rid)
mkdir -p "$work/said_by_it"
cp "$work/out" "$work/err" "$work/said_by_it"
check 'what it says has no byte of them' nowhere "$work/said_by_it"
check 'nor has the paper' nowhere "$t/paper"
check 'which names the person, made safe' grep -rqF 'ESSAI�' "$t/paper"
check 'saved: no file in clear has them' nowhere "$t/desk" "$t/run"
check 'it is delivered' deliver
check 'delivered: no file of the centre has them' \
    nowhere "$t/desk" "$t/centre" "$t/vault" "$t/run" "$t/paper"

mkdir -p "$work/opened"
check 'the dossier opens with its keys' \
    eval '"$B/tests/e2e/dossier" "$t/centre.conf" "$rid" >"$work/opened/act"'
says 'and holds the bytes of the family name' \
    "\"family_raw\":\"$family\"" "$work/opened/act"
says 'and those of the given names' "\"given_raw\":\"$given\"" \
    "$work/opened/act"
says 'and says that it is so' '"altered":true' "$work/opened/act"
rm "$work/opened/act"
centre dossiers --json >"$work/opened/list"
check 'a Bundle is made of the dossier' \
    eval 'centre fhir --person "$rid" >"$work/opened/bundle"'
says 'with the name made safe' 'ESSAI�' "$work/opened/bundle"
check 'neither it nor the list of dossiers has a byte of them' \
    nowhere "$work/opened"

# A real terminal, and every byte that is written to it.
mkdir -p "$work/glass"
pane "env LANG=C.UTF-8 '$B/guichet' \
    -c '$t/desk.conf' --card '$hostile'; sleep 60"
tm pipe-pane -t 0 "cat >'$work/glass/bytes'"
check 'the terminal starts' sees Bonjour
press o
check 'and waits for the card' sees 'Insérez'
press F5
check 'which has somebody on it' sees 'Qui êtes-vous'
press a
check 'whose page comes' sees 'Est-ce bien vous'
check 'with the name made safe' sees 'ESSAI�'
check 'all that is written to the glass is heard' \
    grep -q ESSAI "$work/glass/bytes"
check 'and has no byte of them' nowhere "$work/glass"
finish
