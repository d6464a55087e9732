#!/bin/sh
# line-leaks: a second after a sheet went to a device, to a thermal printer on
# a line or to one on a socket, guichet-print holds no password.
# alone: it reads the memory of others
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

if ! command -v gcore >/dev/null; then
	skip 'memory behind a line' 'gdb is not installed'
	finish
fi
training
printf '%s\n' 'aB2!k-Q#' 'aB2! k-Q#' 'aB2!' 'k-Q#' 'a B 2 !' 'k - Q #' \
    >"$work/words"
found() { ! python3 "$tree/tests/hunt.py" "$work/words" "$1" >"$work/said"; }

# printer line|socket: what comes goes into $work/paper, questions get
# answers; where it is is in $work/where.
printer() {
	exec python3 - "$1" "$work" <<-'END'
	import os, socket, sys, tty
	kind, work = sys.argv[1:]
	def stands(where):
	    with open(work + "/where.new", "w") as f:
	        f.write(where)
	    os.rename(work + "/where.new", work + "/where")
	if kind == "socket":
	    door = socket.create_server(("127.0.0.1", 0))
	    stands("tcp:127.0.0.1:%d" % door.getsockname()[1])
	    peer = door.accept()[0]
	    fd = peer.fileno()
	else:
	    fd, slave = os.openpty()
	    tty.setraw(slave)
	    stands(os.ttyname(slave))
	got = b""
	while data := os.read(fd, 4096):
	    for n in data:
	        got += bytes([n])
	        if got[-3:-1] == b"\x10\x04":
	            os.write(fd, b"\x12")
	        elif got[-3:] == b"\x1dr\x01":
	            os.write(fd, b"\x00")
	    with open(work + "/paper", "wb") as f:
	        f.write(got)
	END
}
on_paper() { cp "$work/paper" "$work/before/" && found "$work/before"; }
dump() { # FOLDER
	mkdir -p "$work/$1"
	gcore -a -o "$work/$1/core" "$print_pid" >"$work/said" 2>&1
	test -n "$(ls -A "$work/$1")"
}

for kind in device: escpos58: escpos80: escpos80:socket; do
	rm -rf "$work/where" "$work/paper" "$work/out" "$work/slips" \
	    "$work/before" "$work/after"
	case $kind in *socket) printer socket & ;; *) printer line & ;; esac
	printer_pid=$!
	at_end "kill $printer_pid 2>/dev/null"
	within 10 test -s "$work/where"
	sed "s|^printer .*|printer = ${kind%socket}$(cat "$work/where")|" \
	    "$t/desk.conf" >"$work/desk.conf"
	mkfifo "$work/slips"
	"$B/guichet-print" -c "$work/desk.conf" <"$work/slips" >"$work/out" \
	    2>"$work/err" &
	print_pid=$!
	exec 3>"$work/slips"
	cat "$tree/tests/golden/slip/secrets.json" >&3
	check "$kind is answered" within 10 test -s "$work/out"
	check "$kind has printed it" grep -q '"printed"' "$work/out"
	mkdir "$work/before"
	check 'the search finds it on the paper' within 10 on_paper
	sleep 1
	check 'the memory can be read' dump after
	check 'and holds no password' eval '! found "$work/after"'
	check_status 'nor does what it said' 1 \
	    grep -Ff "$work/words" "$work/out" "$work/err"
	exec 3>&-
	wait "$print_pid"
	kill "$printer_pid" 2>/dev/null
	wait "$printer_pid" 2>/dev/null
done
finish
