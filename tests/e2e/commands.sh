#!/bin/sh
# commands: what README, the guide and the manual tell people to type is typed
# by a test: here, in this order, or where the table below says.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
cd "$tree" || exit

# Every command: sh blocks, what stands in backquotes and begins like one, and
# the examples of the manual.
{
	awk '/^```/ { on = $0 == "```sh"; next } on' README.md CONTRIBUTING.md \
	    kiosk/guide.md | sed 's/ *# .*//'
	grep -oE '`((sudo )?(make|apt|man|runuser|systemctl|journalctl|lock|operator) |guichet[a-z-]* |/usr/share/guichet/kiosk/lock)[^`]*`' \
	    kiosk/guide.md | tr -d '`'
	for page in src/man/*.[1-9]; do
		sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$page" |
		    sed -e ':a' -e '/\\e$/ { N; s/ *\\e\n */ /; ba' -e '}' |
		    sed -n -e 's/^\$ //p' -e 's/^\.Dl //p'
	done
} | sed '/^$/d' | sort -u >"$work/told"

# What a test types: "here", or a test and words of it; "by hand" is what only
# a machine given over to it can be asked to do.
tr -s '\t' <<'TABLE' | sed '/^$/d' >"$work/table"
make run	tests/e2e/terminal.sh	make -s
make test	tests/e2e/runner.sh	"$run" $names
make training	here
build/training/start	here
build/guichetctl -c build/training/centre.conf centre terminal add --site 750000001	here
build/guichetctl join URL CODE --state build/second	here
build/guichetctl -c build/training/centre.conf centre terminals	here
build/guichet -c build/training/desk.conf --card tests/cards/adult.card --answers tests/answers/adult.txt	here
build/training/stop	here
guichet-card --once --card tests/cards/adult.card	here
guichet-print -t -c /etc/guichet/desk.conf	here
guichetctl -c centre.conf centre terminal add --site 750000001	here
guichetctl join https://centre.example:8443 CODE >>desk.conf	tests/e2e/join.sh	join "$url" "$second"
guichetctl flow --dot | dot -Tsvg >flow.svg	here
guichetctl card list	tests/e2e/card-pcscd.sh	card list
guichetctl -c /etc/guichet/desk.conf queue list	here
guichetctl receipt verify	tests/e2e/receipt.sh	receipt verify
guichetctl -c /etc/guichet/centre.conf centre terminal add --site 750000001	here
runuser -u guichet -- guichetctl join https://centre.example:8443 CODE	tests/e2e/join.sh	join "$url" "$second"
runuser -u guichet -- guichet -t -c /etc/guichet/desk.conf	tests/e2e/bad-input.sh	takes the terminal's settings
runuser -u guichet -- guichetctl -c /etc/guichet/desk.conf operator add --number NUMÉRO --name 'NOM Prénom' --profession MÉTIER	tests/e2e/operator.sh	operator add
operator pin NUMÉRO	tests/e2e/operator.sh	operator pin
operator unlock NUMÉRO	tests/e2e/operator.sh	operator unlock
operator remove NUMÉRO	tests/e2e/operator.sh	operator remove
operator list	tests/e2e/operator.sh	operator list
/usr/share/guichet/kiosk/lock	tests/e2e/kiosk-units.sh	share/guichet/kiosk/lock
lock --undo	tests/e2e/kiosk-units.sh	lock" --undo
man 7 guichet	tests/e2e/manual.sh	src/man
man 5 guichet.conf	tests/e2e/manual.sh	src/man
make deb	by hand
apt install ./build/guichet_*.deb	by hand
systemctl enable --now guichet-sync guichet@tty1 guichet-renew.timer	by hand
systemctl restart cups	by hand
systemctl daemon-reload	by hand
journalctl -u guichet@tty1 -u guichet-sync	by hand
guichetctl centre opening retire	tests/e2e/openings-kept.sh	opening retire
guichetctl queue export	tests/e2e/usb.sh	queue export
guichetctl queue import	tests/e2e/usb.sh	queue import
guichetctl centre switch close --all	tests/e2e/switch.sh	switch close --all
guichetctl centre switch open --department 35	tests/e2e/switch.sh	switch open --department 35
TABLE

cut -f1 "$work/table" | sort -u >"$work/typed"
comm -23 "$work/told" "$work/typed" >"$work/unknown"
comm -13 "$work/told" "$work/typed" >"$work/stale"
check_status 'every command that is told is typed by a test' 1 \
    grep . "$work/unknown"
check_status 'and no other is in the table' 1 grep . "$work/stale"
echo 'guichetctl nonsense' | cat - "$work/told" | sort -u >"$work/planted"
comm -23 "$work/planted" "$work/typed" >"$work/seen"
check 'another would be seen' grep -qx 'guichetctl nonsense' "$work/seen"
check 'the documents tell some' test "$(wc -l <"$work/told")" -gt 20

tab=$(printf '\t')
while IFS="$tab" read -r command file words; do
	case $file in
	tests/*)
		check "« $command » is typed by $file" \
		    grep -qF -- "$words" "$file"
		;;
	esac
done <"$work/table"

# typed COMMAND: as it stands there, in places of this test's.
typed() {
	line=$(printf '%s\n' "$1" | sed -e "s|^make |&-s B='${B#"$tree/"}' DIR='$t' |" \
	    -e "s|build/training|$t|g" -e "s|build/second|$work/second|" \
	    -e "s|build/|$B/|g" -e "s| centre.conf| $t/centre.conf|" \
	    -e "s|/etc/guichet|$t|g" -e "s|flow.svg|$work/flow.svg|" \
	    -e "s|URL|${url:-}|" -e "s|CODE|${code:-}|")
	PATH=$B:$PATH sh -c "$line"
}
at_end '[ ! -e "$t/stop" ] || "$t/stop"'
while IFS="$tab" read -r command where <&3; do
	[ "$where" = here ] || continue
	if [ "${command%dot -*}" != "$command" ] && ! command -v dot >/dev/null
	then
		skip "« $command »" 'graphviz is not installed'
		continue
	fi
	ends "« $command »" 0 typed "$command"
	case $command in
	*'terminal add'*)
		code=$(grep -oE '[0-9A-Z]{26}-[0-9A-Z]{26}' "$work/out")
		url=$(sed -n 's/^centre-url = //p' "$t/desk.conf")
		;;
	*'centre terminals')
		says 'both terminals are there' '^ *2 ' "$work/out"
		;;
	*answers/adult.txt)
		says 'it is saved' '^saved ' "$work/out"
		;;
	esac
done 3<"$work/table"
finish
