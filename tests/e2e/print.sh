#!/bin/sh
# print: guichet-print on a folder, on a device, and on what is neither.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

here=$(cd "$(dirname "$0")/.." && pwd)
print=$(cd "$B" && pwd)/guichet-print
slip=$here/golden/slip/secrets.json
ref=01JD7Q4M5N6P7Q8R9S0T1V2W3X

settings() { # PRINTER [MODE]
	cat <<END
mode = ${2:-training}
log = stderr
state = $work
terminal = 1
site-id = 750000001
site-name = Pharmacie du Marché, Nantes
department = 44
operator-id = 99700024450
operator-name = Camille Officine
operator-profession = pharmacien
centre-url = https://127.0.0.1:1
printer = $1
END
}

# answers PRINTER LINES...: what guichet-print says to the lines, and its
# status last.
answers() {
	settings "$1" >"$work/desk.conf"
	shift
	printf '%s\n' "$@" | "$print" -c "$work/desk.conf" 2>"$work/err"
	echo "status $?"
}

same() { # WORDS WANTED GOT
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1"
		printf '%s\n' "wanted: $2" "got: $3" | sed 's/^/# /'
	fi
}

failed() { # CODE [REF]
	printf '{"code":%s,"event":"failed","ref":"%s"}\nstatus 0' "$1" \
	    "${2-$ref}"
}

printed=$(printf '{"event":"printed","ref":"%s"}\nstatus 0' "$ref")

same "a slip is printed into the folder" "$printed" \
    "$(answers "file:$work/paper" "$(cat "$slip")")"
check "it is the paper that we know" cmp "$work/paper/$ref.txt" \
    "$here/golden/slip/secrets-66.txt"
same "nobody else can read it" 600 "$(stat -c %a "$work/paper/$ref.txt")"

same "a missing device is G-801" "$(failed 801)" \
    "$(answers "device:$work/lp0" "$(cat "$slip")")"
check "and no file was made of it" test ! -e "$work/lp0"
check "the log names the device, and the code" \
    grep -q "G-801 $work/lp0" "$work/err"
check_status "the log holds neither name nor password" 1 \
    grep -e ESSAI -e 'aB2!' -e 4821 "$work/err"
same "a full device is G-802" "$(failed 802)" \
    "$(answers device:/dev/full "$(cat "$slip")")"
same "no printer is G-804" "$(failed 804)" \
    "$(answers none "$(cat "$slip")")"
same "a line that is no slip is G-803, and the next is printed" \
    "$(printf '%s\n' '{"code":803,"event":"failed","ref":""}' "$printed")" \
    "$(answers "file:$work/paper" '{"lines":[]}' "$(cat "$slip")")"
same "nothing in, nothing out" "status 0" "$(
	settings none >"$work/desk.conf"
	"$print" -c "$work/desk.conf" </dev/null
	echo "status $?")"

# A line that was cut is not printed.
settings "file:$work/cut" >"$work/desk.conf"
cut_line() { head -c 500 "$slip" | "$print" -c "$work/desk.conf"; }
check_status "a line without an end is 65" 65 cut_line
check "and nothing is printed of it" test -z "$(ls -A "$work/cut")"
long_line() {
	head -c 70000 /dev/zero | tr '\0' x | "$print" -c "$work/desk.conf"
}
check_status "a line beyond the limit is 65" 65 long_line
gone() { # the answer cannot be given
	"$print" -c "$work/desk.conf" <"$slip" >/dev/full
}
check_status "an answer that nobody takes is 74" 74 gone

settings "file:$work/paper" production >"$work/desk.conf"
check_status "a file printer in production is 64" 64 \
    "$print" -t -c "$work/desk.conf"
settings "lpr:office" >"$work/desk.conf"
check_status "a printer of no known form is 78" 78 \
    "$print" -t -c "$work/desk.conf"
settings none >"$work/desk.conf"
check_status "good settings pass -t" 0 "$print" -t -c "$work/desk.conf"
check_status "a word too many is 64" 64 "$print" -c "$work/desk.conf" more
check_status "missing settings are 78" 78 "$print" -t -c "$work/none"

# A pseudo-terminal is a serial printer; what it got is its paper.
cat >"$work/pty.py" <<'END'
import os, subprocess, sys
program, conf, slip, paper = sys.argv[1:]
master, slave = os.openpty()
text = open(conf).read().replace("none", "device:" + os.ttyname(slave))
open(conf, "w").write(text)
run = subprocess.Popen([program, "-c", conf], stdin=open(slip, "rb"))
got = b""
while not got.endswith(b"\f"):
    got += os.read(master, 4096)
open(paper, "wb").write(got)
sys.exit(run.wait())
END
check "a device prints" timeout 30 python3 "$work/pty.py" "$print" \
    "$work/desk.conf" "$slip" "$work/paper.raw"
tr -d '\r\f' <"$work/paper.raw" >"$work/paper.txt"
check "the same paper" cmp "$work/paper.txt" \
    "$here/golden/slip/secrets-66.txt"

finish
