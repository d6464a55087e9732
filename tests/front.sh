# front.sh: nginx in front of a gateway, with the configuration of
# kiosk/centre. After training.sh.
#
#	socket=... port=... second=...	the gateway's, and nginx's two
#	configure	# writes $work/nginx.conf
#	begin_front	# nginx with that; its process is $front
#
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # of who reads this, and of training.sh

# What stands in the file for /etc, /run and /var stands in $work here.
configure() {
	own=$(id -un)
	group=$(id -gn)
	sed -e "s|/run/guichet-centre/gateway.sock|$socket|" \
	    -e "s|/run/guichet-centre/supervision.sock|$work/page.sock|" \
	    -e "s|listen 127.0.0.1:8444|listen 127.0.0.1:$second|" \
	    -e "s|/etc/guichet/tls|$t/tls|" -e "s|/run/nginx.pid|$work/nginx.pid|" \
	    -e "s|/var/log/nginx|$work|" -e "s|^user .*|user $own $group;|" \
	    -e "s|listen 8443|listen 127.0.0.1:$port|" \
	    -e 's|worker_processes auto|worker_processes 1|' \
	    "$tree/kiosk/centre/nginx.conf" >"$work/nginx.conf"
	for part in body proxy fastcgi uwsgi scgi; do
		case $part in
		body) echo "client_body_temp_path $work/body.tmp;" ;;
		*) echo "${part}_temp_path $work/$part.tmp;" ;;
		esac
	done >"$work/temp.conf"
	sed -i "s|^http {|http {\n\tinclude $work/temp.conf;|" "$work/nginx.conf"
}

begin_front() {
	nginx -c "$work/nginx.conf" -p "$work" -g 'daemon off;' \
	    >"$work/nginx.log" 2>&1 &
	front=$!
	at_end 'kill $front 2>/dev/null'
}
