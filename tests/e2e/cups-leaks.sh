#!/bin/sh
# cups-leaks: a second after a sheet went through CUPS no spool, log, or memory
# of a program holds the password, neither as letters nor as the sheet's own
# packed bytes; the same search finds both while the sheet is printed.
# alone: a cupsd
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"
# shellcheck source=tests/cups.sh
. "$(dirname "$0")/../cups.sh"

tree=$(cd "$(dirname "$0")/../.." && pwd)
B=$(cd "$B" && pwd)
for tool in /usr/sbin/cupsd gcore; do
	if ! command -v "$tool" >/dev/null; then
		skip 'leaks through CUPS' "$tool is not installed"
		finish
	fi
done
chmod 755 "$work"
cups_start "$work/cups" No
at_end 'cups_stop'
sed -e '/^printer = /d' -e 's/^mode = .*/mode = training/' \
    "$tree/kiosk/desk.conf.example" >"$work/desk.conf"
echo "printer = cups:feuille@$cups/sock" >>"$work/desk.conf"
printf '%s\n' 'aB2!k-Q#' 'aB2! k-Q#' 'a B 2 ! k - Q #' >"$work/words"

# Both processes of guichet-print, and what they started.
family() {
	pgrep -P "$print_pid"
	echo "$print_pid"
}
dump() { # FOLDER PID...
	folder=$work/$1
	shift
	mkdir -p "$folder"
	for pid in "$@"; do
		gcore -a -o "$folder/core" "$pid" >"$work/said" 2>&1
	done
	test -n "$(ls -A "$folder")"
}
found() { ! python3 "$tree/tests/hunt.py" "$work/words" "$@" >"$work/said"; }
# packed FOLDER...: is a piece of the sheet's text, as the PDF packs it, there?
packed() {
	python3 - "$work/sheet.pdf" "$@" <<-'END'
	import os, sys
	pdf = open(sys.argv[1], "rb").read()
	at = pdf.index(b"stream\n") + 7
	end = pdf.index(b"endstream") - 24
	pieces = [pdf[n:n + 24] for n in range(at + 200, end, 50)]
	for folder in sys.argv[2:]:
	    for path, _, names in os.walk(folder):
	        for name in names:
	            data = open(os.path.join(path, name), "rb").read()
	            if any(piece in data for piece in pieces):
	                print(os.path.join(path, name))
	                sys.exit(0)
	sys.exit(1)
	END
}

mkfifo "$work/slips"
"$B/guichet-print" -c "$work/desk.conf" <"$work/slips" >"$work/out" \
    2>"$work/err" &
print_pid=$!
exec 3>"$work/slips"
answers() { [ "$(grep -c . "$work/out")" -ge "$1" ]; } # HOW MANY

# A printer that is slow: the sheet is on its way.
echo slow >"$cups/out/mood"
cat "$tree/tests/golden/slip/secrets.json" >&3
# What guichet-print first asks CUPS to forget is no sheet; nor is half of one.
whole() {
	grep -las startxref "$cups"/spool/d* | head -n 1
}
within 20 eval '[ -n "$(whole)" ]'
cp "$(whole)" "$work/sheet.pdf"
mkdir "$work/spooled"
cp "$work/sheet.pdf" "$work/spooled/"
# shellcheck disable=SC2046 # a list of numbers
check 'its memory can be read' dump during $(family)
check 'it holds the password while it prints' found "$work/during"
check 'the search knows the sheet as it is packed' packed "$work/spooled"
check 'and finds it in memory' packed "$work/during"
check 'the slip is answered' within 30 answers 1
check 'it is printed' grep -q '"printed"' "$work/out"
sleep 1
check 'nobody draws any more' eval '! pgrep -x guichet-pdf -P "$(pgrep -P \
    "$print_pid" | head -1)" >/dev/null'
# shellcheck disable=SC2046 # a list of numbers
check 'its memory can be read again' dump after $(family)
check 'it holds no password' eval '! found "$work/after"'
check 'nor the sheet' eval '! packed "$work/after"'
check 'the spool has no document' test -z "$(find "$cups/spool" -name 'd*')"
check 'nothing in its folders and logs' eval \
    '! found "$cups/spool" "$cups/log" "$cups/cache" &&
    ! packed "$cups/spool" "$cups/log" "$cups/cache"'
check_status 'nor in what guichet-print said' 1 \
    grep -Ff "$work/words" "$work/out" "$work/err"
check "the print server's memory can be read" dump server "$cups_pid"
check 'it holds no password as letters' eval '! found "$work/server"'
check 'nor the sheet' eval '! packed "$work/server"'
exec 3>&-
wait "$print_pid"
finish
