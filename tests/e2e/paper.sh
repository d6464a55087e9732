#!/bin/sh
# paper: somebody dies at every point of handing over the secrets; journal,
# paper and centre agree, or the secrets are void. Prints the table of it.
# Whole enrolments; each byte of each kind of paper is for lives.sh.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

training
check 'the services start' "$t/start"
check 'identifiers come' sync_once
check 'the hand on the plug is built' \
    cc -I"$tree" -shared -fPIC -O1 -o "$work/drip.so" "$tree/tests/fault/drip.c"

if ! python3 "$tree/tests/e2e/paper.py" "$B" "$t" "$tree" "$work"; then
	not_ok 'the sweep'
fi
finish
