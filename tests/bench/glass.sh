#!/bin/sh
# glass: the whole terminal through a pty, beside whiptail and dialog.
#
# glass.sh JSON FOLDER; see glass.py.
set -eu
json=$1
B=$(cd "${B:-build}" && pwd)
tree=$(cd "$(dirname "$0")/../.." && pwd)
t=$2/t
"$tree/tools/training" "$t" "$B"
trap '"$t/stop"' EXIT
"$t/start"
"$B/guichet-sync" -c "$t/desk.conf" --once
# Debian's own, which knows of python3-pyte.
/usr/bin/python3 "$tree/tests/bench/glass.py" "$json" "$B" "$t"
