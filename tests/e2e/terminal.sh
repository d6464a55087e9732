#!/bin/sh
# terminal: make run in a real terminal, 80 by 24, by keys alone.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

socket=$work/tmux
tm() { tmux -f /dev/null -S "$socket" "$@"; }
glass() { tm capture-pane -p -t 0; }
press() { tm send-keys -t 0 "$@"; }

# shows WORDS TEXT: the glass comes to show the text, within ten seconds, and
# no line of it is wider than the glass nor cut in the middle of a word.
shows() {
	tries=0
	until glass | grep -qF -- "$2"; do
		tries=$((tries + 1))
		if [ $tries -ge 200 ]; then
			not_ok "$1: no « $2 »"
			glass | sed 's/^/# /'
			return
		fi
		sleep 0.05
	done
	ok "$1"
}

# The key to press for what the glass says.
tm new-session -d -x 80 -y 24 \
    "env LANG=C.UTF-8 TERM=tmux-256color '$tree/tools/run' '$B' '$t'; sleep 60"
at_end 'tm kill-server; "$t/stop"'
tm set-option -g history-limit 5000
