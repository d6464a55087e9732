#!/bin/sh
# sim: some thousands of worlds of chance hold, and each planted bug is found.
# alone: a thousand days
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
sim=$B/tests/sim

check 'two thousand seeds hold' "$sim/sim" --seeds 2000
for n in 1 2 3 4 5 6 7; do
	check_status "planted bug $n is found" 1 \
	    "$sim/plant-$n" --seeds 2000
	said=$(sed -n 's/.*again: //p' "$work/said")
	# shellcheck disable=SC2086 # a command line
	check_status '... and by its seed alone again' 1 $said
done
finish
