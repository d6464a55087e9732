#!/bin/sh
# disk: the drive below a terminal and its centre, sector by sector, at six
# moments: nothing of the person is on it, nor was, in any usual encoding. What
# was written and deleted just before is found each time.
# alone: loop devices
if [ -z "${GUICHET_DISK:-}" ]; then
	if ! unshare -m true 2>/dev/null; then
		echo 'ok - the raw disk # skip no namespaces here'
		exit 0
	fi
	GUICHET_DISK=1 exec unshare -m "$0"
fi
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/glass.sh
. "$tree/tests/glass.sh"

image=$work/image disk=$work/disk mobile=0639981241
truncate -s 96M "$image"
mkfs.ext4 -q -F "$image" 2>"$work/said"
mkdir "$disk" "$work/moments"
if ! mount -o loop "$image" "$disk" 2>"$work/said"; then
	skip 'the raw disk' 'no ext4 on a file here'
	finish
fi
at_end 'umount -l "$t/desk" "$t/centre" "$t/vault" "$t/run" "$disk" \
    2>/dev/null'

# All that terminal and centre keep, and what they log; not the paper, nor the
# cards that are played.
training
sed -i 's/^log = syslog/log = stderr/' "$t/desk.conf"
for part in desk centre vault run; do
	cp -a "$t/$part" "$disk/$part"
	mount --bind "$disk/$part" "$t/$part"
done
"$t/start"
at_end '"$t/stop"'
kill "$(cat "$t/run/sync.pid")" && rm "$t/run/sync.pid"
sync_once

begin() {
	pane "env LANG=C.UTF-8 '$B/guichet' -c '$t/desk.conf' \
	    --card '$adult_card' 2>>'$t/run/desk.log'; sleep 60"
	to_review $mobile
}
# The marker is there, and is deleted.
mark() {
	echo "MARQUEUR$1" >"$work/marker-$1"
	python3 "$tree/tests/hunt.py" --plant all "$work/marker-$1" \
	    "$disk/marker"
	sync -f "$disk"
	rm "$disk/marker"
}
look() {
	mkdir "$work/moments/$1"
	cp --sparse=always "$image" "$work/moments/$1/image"
}
# moment NAME: the drive as it is once everything has reached it.
moment() {
	mark "$1"
	sync -f "$disk"
	look "$1"
}
saves() {
	press o
	comes 'papier en main'
}
guichet_of() {
	for pid in $(pgrep -x guichet); do
		tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$t/" &&
		    echo "$pid"
	done
}
# The sync stops as it is about to keep its receipts.
sync_stops() {
	strace -D -qq -o "$work/strace" -e trace=fdatasync \
	    -e inject=fdatasync:signal=SIGSTOP:when=2 \
	    "$B/guichet-sync" -c "$t/desk.conf" --once \
	    2>>"$t/run/sync.log" &
	syncing=$!
	tries=0
	until grep -qs 'stopped by SIGSTOP' "$work/strace"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || return 1
		sleep 0.02
	done
}

begin
moment typing
saves
moment saved
check 'a sync stops in its midst' sync_stops
moment syncing
kill -CONT "$syncing"
wait "$syncing"
check 'what was saved is delivered' deliver
moment synced
begin
saves
kill -KILL "$(guichet_of)"
moment killed
begin
saves
mark cut
look cut
kill -KILL "$(guichet_of)"
"$t/stop"

# The power was cut: the drive is brought up again by itself.
mkdir "$work/after"
mount -o loop "$work/moments/cut/image" "$work/after"
sed "s|$t/desk|$work/after/desk|" "$t/desk.conf" >"$work/after.conf"
check 'the queue stands after the cut' \
    "$B/guichetctl" -c "$work/after.conf" verify
umount "$work/after"

{
	printf '%s\n' ALAINBIS 142196296516794 1421962965167 19421901 \
	    1942-19-01 "${mobile#0}"
	for paper in "$t"/paper/*.txt; do password_on "$paper"; echo; done
} | grep . >"$work/words"
check 'three papers have their passwords' \
    test "$(wc -l <"$work/words")" -eq 9
check 'and the papers are where they should be' \
    eval '! python3 "$tree/tests/hunt.py" "$work/words" "$t/paper"'

found() { python3 "$tree/tests/hunt.py" "$work/marker-$1" \
    "$work/moments/$1" | sort -u | wc -l; }
for name in typing saved syncing synced killed cut; do
	check "$name: what was deleted is found in eight forms" \
	    test "$(found $name)" -eq 8
	check "$name: nothing of the person on the raw disk" \
	    python3 "$tree/tests/hunt.py" "$work/words" "$work/moments/$name"
done
finish
