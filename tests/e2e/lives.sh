#!/bin/sh
# lives: of each kind of printer, somebody dies at every byte of the paper, it
# is empty, or unplugged: journal and paper agree, or the secrets are void.
#
# A byte is one of all that guichet-print sends: for CUPS of each request, its
# head and the sheet. STRIDE=1 tries every byte, the default is every 400th (of
# CUPS every 6400th); of the receipt that CUPS gets behind the secrets it is
# every 16th of those. KINDS says of which printers; JOBS terminals live side
# by side, each with a printer, and a CUPS, of its own; LIVES_LOG has the table
# as it grows. The sheets for CUPS are drawn once, by guichet-pdf, and are then
# the same for each life.
# tests/e2e/lives.c is the test; this gives it printers and prints its table.
# tests/e2e/paper.sh goes as far as the centre.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/cups.sh
. "$(dirname "$0")/../cups.sh"

training
check 'the hand on the plug is built' \
    cc -I"$tree" -shared -fPIC -O1 -o "$work/drip.so" "$tree/tests/fault/drip.c"
kinds=${KINDS:-device escpos58 escpos80 tcp file cups}
jobs=${JOBS:-2}
mkdir "$work/bin"
cp "$B/tests/e2e/lives" "$B/guichet-print" "$work/bin/"
cat >"$work/bin/guichet-pdf" <<END
#!/bin/sh
read -r slip
case \$slip in *'"paper":"secrets"'*) sheet=secrets ;; *) sheet=receipt ;; esac
sheet=$work/bin/\$sheet.pdf
[ -s "\$sheet" ] || {
	echo "\$slip" | "$B/guichet-pdf" >"\$sheet.\$\$" &&
	mv "\$sheet.\$\$" "\$sheet"
}
exec cat "\$sheet"
END
chmod 755 "$work" "$work/bin/guichet-pdf"

# A CUPS for each terminal; its logs do not grow for ever.
servers=''
folders=''
start_servers() {
	for i in $(seq "$jobs"); do
		cups=$work/cups$i
		cups_lay_out
		printf 'MaxLogSize 1m\nLogLevel error\n' >>"$cups/etc/cupsd.conf"
		cups_start "$cups" No || return 1
		servers="$servers $cups_pid"
		folders="$folders $cups"
	done
}
at_end 'kill $servers 2>/dev/null; wait'

echo '# printer   victim     lives  in hand  copied   void  torn, void  live, lost  odd'
for kind in $kinds; do
	each=${STRIDE:-400}
	[ "$kind" = cups ] && each=${STRIDE:-6400}
	if [ "$kind" = cups ] && ! [ -x /usr/sbin/cupsd ]; then
		skip 'the lives of cups' 'cups-daemon is not installed'
		continue
	fi
	[ "$kind" != cups ] || start_servers
	# shellcheck disable=SC2086 # the folders are meant to be split
	LIVES=$work "$work/bin/lives" "$kind" "$t/desk.conf" "$work/drip.so" \
	    "$each" "$jobs" $folders 2>>"${LIVES_LOG:-$work/err}" ||
	    not_ok "the lives of $kind"
done
finish
