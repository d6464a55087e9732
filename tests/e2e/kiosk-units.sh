#!/bin/sh
# kiosk-units: what the package installs loads, shuts in, locks and unlocks.
set -u
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/../tap.sh"

root=$work/root
units='guichet@tty1.service guichet-sync.service guichet-central.service
guichet-opener.service guichet-answer.service guichet-notice.service
guichet-renew.service guichet-renew.timer'

# The account that a unit names need not be there for the units to be read.
check "make install fills a folder" make -s B="$B" DESTDIR="$root" install
for program in guichet guichet-card guichet-print guichet-pdf guichet-sync \
    guichet-central guichet-opener guichet-answer guichet-notice \
    guichetctl; do
	check "$program is installed" test -x "$root/usr/bin/$program"
done
for page in src/man/*.[1-9]; do
	check "its page ${page##*/}" test -s \
	    "$root/usr/share/man/man${page##*.}/${page##*/}"
done
check "so is the information text" cmp screens/text/fr/dmp-info.txt \
    "$root/usr/share/guichet/text/fr/dmp-info.txt"

# The package asks for each library that the programs are linked with.
needed=$(readelf -d "$root"/usr/bin/* |
    sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u)
for library in $needed; do
	owner=$(dpkg -S "*/$library" 2>/dev/null | sed -n '1s/:.*//p')
	check "the package asks for $library" \
	    grep -qE "(Depends:|,| )[ ]*${owner:-nobody}[ ,]" kiosk/control
done

# Examples load as they stand, but for what is made on the spot: keys, TLS.
check "the terminal's example loads" "$B/guichet-print" -t \
    -c kiosk/desk.conf.example
as_centre() {
	"$B/guichetctl" -t -c kiosk/centre.conf.example
}
check "the centre's example loads" as_centre
example_is_read() { # up to the keys, which are another matter
	GUICHET_TEXTS=screens/text "$B/guichet" -t -c kiosk/desk.conf.example \
	    2>"$work/example"
	status=$?
	cat "$work/example"
	grep -q G-206 "$work/example" && [ "$status" -eq 78 ]
}
check "guichet reads it, and misses its keys" example_is_read

offline() {
	systemd-analyze security --offline=true --no-pager --root="$root" \
	    --threshold="$2" "$1"
}
verify() { # every other complaint than the other system's units is ours
	systemd-analyze verify --man=no --root="$root" "$@" >"$work/verify" 2>&1
	cat "$work/verify"
	! grep guichet "$work/verify"
}
if ! command -v systemd-analyze >/dev/null; then
	skip "systemd takes the units" "systemd is not installed"
else
	mkdir -p "$root/etc/systemd/system" "$root/usr/lib/systemd/system"
	for unit in sysinit.target basic.target shutdown.target system.slice \
	    multi-user.target timers.target network-online.target sockets.target \
	    pcscd.socket pcscd.service; do
		[ ! -f "/usr/lib/systemd/system/$unit" ] ||
		    cp "/usr/lib/systemd/system/$unit" \
		    "$root/usr/lib/systemd/system/"
	done
	# shellcheck disable=SC2086 # a list
	check "systemd takes the units" verify $units
	# facts: 0.4 was had without a network, 1.2 with; in tenths here. A
	# terminal and a printer are devices.
	check "the terminal is shut in" offline guichet@tty1.service 10
	# With a printer that has an address: its network, and no more.
	drop=$root/etc/systemd/system/guichet@.service.d
	mkdir -p "$drop"
	cp kiosk/network-printer.conf.example "$drop/printer.conf"
	check "systemd takes a network printer" verify guichet@tty1.service
	check "the terminal is shut in with one" \
	    offline guichet@tty1.service 16
	rm -r "$drop"
	check "sync is shut in" offline guichet-sync.service 12
	check "who renews is shut in" offline guichet-renew.service 12
	check "the gateway is shut in" offline guichet-central.service 12
	check "the opener is shut in" offline guichet-opener.service 4
	check "who answers is shut in" offline guichet-answer.service 4
	check "who tells people is shut in" offline guichet-notice.service 12
	for unit in guichet@.service guichet-opener.service \
	    guichet-answer.service; do
		check "$unit has no network" grep -qx PrivateNetwork=yes \
		    "kiosk/units/$unit"
	done
fi

if ! command -v systemd-sysusers >/dev/null ||
    ! command -v systemctl >/dev/null; then
	skip "lock and unlock" "systemd is not installed"
else
	check "the accounts can be made" systemd-sysusers --root="$root" \
	    guichet.conf
	check "for the terminal and for the centre" test 2 -eq \
	    "$(grep -c '^guichet\(-centre\)\?:' "$root/etc/passwd")"
	before=$(find "$root/etc" ! -type d | sort)
	check "lock" sh "$root/usr/share/guichet/kiosk/lock" "$root"
	check "the other console is masked" test /dev/null = \
	    "$(readlink "$root/etc/systemd/system/getty@tty1.service")"
	check "guichet is on tty1" test -L \
	    "$root/etc/systemd/system/multi-user.target.wants/guichet@tty1.service"
	check "pcscd's socket is not for everyone" grep -qx SocketMode=0660 \
	    "$root/etc/systemd/system/pcscd.socket.d/guichet.conf"
	if [ -f "$root/usr/lib/systemd/system/pcscd.service" ]; then
		check "pcscd is shut in" offline pcscd.service 40
	else
		skip "pcscd is shut in" "pcscd is not installed"
	fi
	check "unlock" sh "$root/usr/share/guichet/kiosk/lock" --undo "$root"
	check "nothing is left of it" test "$before" = \
	    "$(find "$root/etc" ! -type d | sort)"
fi

finish
