# mail.sh: a real mail server for the tests of what people are told.
#
#	mail_port=$(free_port)
#	. "$(dirname "$0")/../mail.sh"
#	mail_server	# $work/mail/box has what it took; nobody@ and later@
#
# shellcheck shell=sh
# shellcheck source=tests/training.sh disable=SC2154

# Exim keeps what it takes in one file; one address it does not know.
mail_server() {
	mkdir -p "$work/exim" "$work/mail"
	# It hands over to nobody's account only, when root starts it.
	owner=$(id -un)
	group=$(id -gn)
	if [ "$owner" = root ]; then
		owner=nobody group=nogroup
		chmod 711 "$work"
		chmod 777 "$work/mail"
	fi
	cat >"$work/exim.conf" <<-END
	exim_user = $(id -un)
	exim_group = $(id -gn)
	primary_hostname = mail.example
	spool_directory = $work/exim
	log_file_path = $work/exim/%slog
	pid_file_path = $work/exim/pid
	local_interfaces = 127.0.0.1
	daemon_smtp_ports = $mail_port
	tls_advertise_hosts =
	host_lookup =
	rfc1413_query_timeout = 0s
	never_users =
	acl_smtp_rcpt = rcpt
	begin acl
	rcpt:
	  deny local_parts = nobody
	  defer local_parts = later
	  accept
	begin routers
	all:
	  driver = accept
	  transport = box
	begin transports
	box:
	  driver = appendfile
	  file = $work/mail/box
	  user = $owner
	  group = $group
	  create_directory
	END
	exim4 -C "$work/exim.conf" -bdf -q1h >"$work/exim.out" 2>&1 &
	# shellcheck disable=SC2034 # at_end's words read it
	exim=$!
	at_end 'kill $exim 2>/dev/null; wait $exim'
}
# delivered N: so many mails are in the box.
delivered() { [ "$(grep -sc '^From ' "$work/mail/box")" = "$1" ]; }
