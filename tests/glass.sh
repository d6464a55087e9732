# glass.sh: a real terminal in which a test looks and presses keys (tmux).
#
#	. "$(dirname "$0")/../glass.sh"	# behind training.sh
#	pane "command of a shell"	# 80 by 24; another pane is ended
#	at welcome 'Bonjour' Enter
#
# With PICTURES=DIR each page that is named is also drawn there as SVG. WIDE and
# HIGH say another size than 80 by 24.
# shellcheck shell=sh disable=SC2154 # work and tree are training.sh's

# Each pane has a server of its own: one that ends may still answer.
panes=0
tm() { tmux -f /dev/null -S "$work/tmux$panes" "$@"; }
glass() { tm capture-pane -p -t 0; }
press() { tm send-keys -t 0 "$@"; }

pane() {
	tm kill-server 2>/dev/null
	panes=$((panes + 1))
	tm new-session -d -x "${WIDE:-80}" -y "${HIGH:-24}" "$1"
	tm set-option -g history-limit 5000
}
at_end 'tm kill-server 2>/dev/null'

# sees TEXT: the glass comes to show it, also over two lines, within ten
# seconds.
sees() { within 10 shows_now "$1"; }
shows_now() { glass | tr -s ' \n' ' ' | grep -qF -- "$1"; }

# comes TEXT: the same, and where it does not there is no going on.
comes() {
	if ! sees "$1"; then
		not_ok "${act:+$act: }« $1 » comes"
		glass | sed 's/^/# /'
		finish
	fi
}

# to_first: the focus is on the first item; on a small glass it is on nothing
# while nothing that can have it is in sight.
to_first() {
	stands
	glass | grep -q '▶' || press Tab
}

# at NAME TEXT [KEY...]: that page comes; then those keys.
at() {
	name=$1
	comes "$2"
	shift 2
	picture "$name"
	case " $* " in
	*' Tab '* | *' Space '*) to_first ;;
	esac
	[ $# -eq 0 ] || press "$@"
}

# to_review MOBILE: an adult's way from the welcome to "is all of it right?".
to_review() {
	comes 'Bonjour'
	press Enter
	comes 'Insérez'
	press F5
	comes 'Qui êtes-vous'
	press a
	comes 'Est-ce bien vous'
	press o
	number=1
	comes 'page 1 sur'
	total=$(glass | sed -n 's/.*page 1 sur \([0-9]\).*/\1/p')
	while [ "$number" -le "$total" ]; do
		comes "page $number sur"
		press s
		number=$((number + 1))
	done
	comes 'Voulez-vous ouvrir'
	press Space
	press o
	comes 'certifiez-vous'
	press c
	comes 'En cas d'
	press Tab Tab Enter
	comes 'Comment vous joindre'
	press "$1" Tab Tab Enter
	comes 'Tout est-il exact'
}

# stands: the glass has not changed for a twentieth of a second.
stands() {
	tries=0
	glass >"$work/stood"
	while sleep 0.05; do
		glass >"$work/glass"
		cmp -s "$work/glass" "$work/stood" && return
		mv "$work/glass" "$work/stood"
		tries=$((tries + 1))
		[ $tries -lt 100 ] || return 1
	done
}

# to_the_end: scroll down what does not fit.
to_the_end() {
	stands
	while glass | grep -q '▼'; do
		press NPage
		stands
	done
}

# picture NAME: of the page that stands there, once, if pictures are wanted;
# when $only has names, of these pages alone.
picture() {
	if [ -z "${PICTURES:-}" ] || grep -qx "$1" "$work/drawn" 2>/dev/null
	then
		return 0
	fi
	case " ${only:-$1} " in
	*" $1 "*) ;;
	*) return 0 ;;
	esac
	echo "$1" >>"$work/drawn"
	stands
	mkdir -p "$PICTURES"
	tm capture-pane -p -e -t 0 |
	    "$tree/tools/picture" "${WIDE:-80}" "${HIGH:-24}" \
	    >"$PICTURES/$1.svg"
}
