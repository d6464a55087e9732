#!/bin/sh
# load: enrolments through a gateway and an opener that run, by a thousand
# terminals that tests/load plays; on SQLite, on PostgreSQL, and on PostgreSQL
# with a standby without which no commit returns.
#
#	load JSON FOLDER [NAME]...
#
# NAME: sqlite, postgres, standby, crowd, which are those of make bench; and tls
# (a handshake for each terminal), ones (an envelope in each request), growth
# (tests/bench/centre, its ledger in PostgreSQL, up to DOSSIERS).
# TERMINALS (1000) and EACH (10) say how many enrolments.
set -eu
B=$(cd "${B:-build}" && pwd)
json=$(realpath "$1")
folder=$(realpath "$2")
shift 2
tree=$(cd "$(dirname "$0")/../.." && pwd)
[ $# -gt 0 ] || set -- sqlite postgres standby crowd
n=${TERMINALS:-1000}
each=${EACH:-10}
pids=
trap 'end' EXIT
trap 'exit 130' INT TERM HUP

end() {
	# shellcheck disable=SC2086 # the list is meant to be split
	[ -z "$pids" ] || { kill $pids; wait $pids; } 2>/dev/null || true
	pids=
	[ ! -d "$folder/pg" ] || "$tree/tests/pg" stop "$folder/pg"
	rm -rf "$folder/t" "$folder/pg" "$folder"/*.db* "$folder/load.key"
}

# centre LISTEN STORE: lay one out; it listens there.
centre() {
	"$tree/tools/training" "$folder/t" "$B" >/dev/null
	conf=$folder/t/centre.conf
	case $1 in
	unix) sed -i "s|^listen = .*|listen = unix:$folder/t/socket|" "$conf" ;;
	esac
	echo "store = $2" >>"$conf"
	"$B/guichet-central" -c "$conf" 2>"$folder/central.log" &
	gateway=$!
	"$B/guichet-opener" -c "$conf" 2>"$folder/opener.log" &
	opener=$!
	pids="$gateway $opener"
	tries=0
	until grep -q gateway-ready "$folder/central.log"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || { cat "$folder/central.log"; exit 69; }
		sleep 0.05
	done
}

# play NAME ARGUMENTS...
play() {
	words=$1
	shift
	"$B/tests/load/load" -p "$gateway" -p "$opener" "$@" "$words" \
	    "$json" "$folder" "$conf"
}

postgres() {
	mkdir "$folder/pg"
	chmod 711 "$folder" "$folder/pg"
	"$tree/tests/pg" start "$folder/pg"
	server=$(head -1 "$folder/pg/one/data/postmaster.pid")
	db="postgresql://guichet@/guichet?host=$folder/pg/one"
}

for name in "$@"; do
	case $name in
	sqlite)
		centre unix sqlite
		play 'load, SQLite' -n "$n" -e "$each" -b "$each"
		;;
	tls)
		centre tls sqlite
		play 'load, SQLite, TLS' -n "$n" -e "$each" -b "$each"
		;;
	ones)
		centre unix sqlite
		play 'load, SQLite, one in each request' -n "$n" -e 4 -b 1
		;;
	postgres)
		postgres
		centre unix "$db"
		play 'load, PostgreSQL' -p "$server" -n "$n" -e "$each" \
		    -b "$each"
		;;
	standby)
		postgres
		"$tree/tests/pg" standby "$folder/pg"
		copy=$(head -1 "$folder/pg/two/data/postmaster.pid")
		centre unix "$db"
		play 'load, PostgreSQL and standby' -p "$server" -p "$copy" \
		    -n "$n" -e "$each" -b "$each"
		;;
	growth)
		postgres
		"$B/tests/bench/centre" "$json" "$folder" "$db" "$server"
		;;
	crowd)
		centre tls sqlite
		play 'load, TLS' -n 300 -e 1 -b 1 -a 1 -i 2500 -s 600
		;;
	*)	exit 64 ;;
	esac
	end
done
