#!/bin/sh
# terminal: make run in a real terminal of 80 by 24, by keys alone.
#
# With PICTURES=DIR each screen is also drawn there as SVG (make pictures).
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

tm() { tmux -f /dev/null -S "$work/tmux" "$@"; }
glass() { tm capture-pane -p -t 0; }

# sees TEXT: the glass comes to show the text, within ten seconds.
sees() {
	tries=0
	until glass | grep -qF -- "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || return 1
		sleep 0.05
	done
}

# page NAME TEXT: the page is there, all of it: its bottom lines are where
# they belong and nothing says that there is more below.
page() {
	if ! sees "$2"; then
		not_ok "$1: no « $2 »"
		glass | sed 's/^/# /'
		return
	fi
	sleep 0.2
	glass >"$work/glass"
	if [ "$(wc -l <"$work/glass")" -eq 24 ] &&
	    ! grep -q 'suite' "$work/glass"; then
		ok "$1 is on the glass, whole"
	else
		not_ok "$1 is cut"
		sed 's/^/# /' "$work/glass"
	fi
	[ -z "${PICTURES:-}" ] ||
	    tm capture-pane -p -e -t 0 | "$tree/tools/picture" \
		>"$PICTURES/$1.svg"
}

press() { tm send-keys -t 0 "$@"; }

tm new-session -d -x 80 -y 24 "env LANG=C.UTF-8 \
    '$tree/tools/run' '$B' '$t' 2>'$work/err'; echo ended \$?; sleep 60"
at_end 'tm kill-server 2>/dev/null; "$t/stop"'
tm set-option -g history-limit 5000

page welcome 'Bonjour'
press Enter
page card 'Insérez votre carte Vitale'
press F5
page who 'ALAINBIS'
press a
page identity 'Est-ce bien vous'
press o
page information 'DMP'
finish
