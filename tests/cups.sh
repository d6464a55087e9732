# cups.sh: a real CUPS of one test, with its own folders and socket, and a
# printer that writes each sheet into a folder.
#
#	. "$(dirname "$0")/../cups.sh"
#	cups_start $work/cups No	# the value of PreserveJobFiles
#	printer = cups:feuille@$cups/sock
#
# The printer's mood stands in $cups/out/mood: ok, slow, paper, cover, jam,
# unplugged, stop, half.
# shellcheck shell=sh

# cups_start DIR PRESERVE: lay it out when it is not there, and start it.
cups_start() {
	cups=$1
	[ -d "$cups/etc" ] || cups_lay_out
	sed -i '/^PreserveJobFiles/d' "$cups/etc/cupsd.conf"
	[ -z "$2" ] || echo "PreserveJobFiles $2" >>"$cups/etc/cupsd.conf"
	/usr/sbin/cupsd -f -c "$cups/etc/cupsd.conf" \
	    -s "$cups/etc/cups-files.conf" >"$cups/log/out" 2>&1 &
	cups_pid=$!
	within 10 cups_runs
}

cups_runs() {
	CUPS_SERVER=$cups/sock lpstat -r 2>/dev/null | grep -q 'is running'
}

cups_stop() {
	kill "$cups_pid" 2>/dev/null
	wait "$cups_pid" 2>/dev/null
	return 0
}

cups_lay_out() {
	mkdir -p "$cups/etc/ppd" "$cups/spool/tmp" "$cups/cache" "$cups/run" \
	    "$cups/log" "$cups/bin/backend" "$cups/out"
	for part in filter cgi-bin daemon monitor notifier; do
		ln -s "/usr/lib/cups/$part" "$cups/bin/$part"
	done
	cat >"$cups/bin/backend/feuille" <<'END'
#!/bin/sh
# feuille: a printer whose sheets are files of a folder.
[ $# -gt 0 ] || { echo 'direct feuille "Feuille" "Feuille"'; exit 0; }
out=${DEVICE_URI#feuille:}
mood=ok
while_mood() { # MOOD REASON
	echo "STATE: +$2" >&2
	while [ "$mood" = "$1" ]; do
		sleep 0.1
		read -r mood <"$out/mood"
	done
	echo "STATE: -$2" >&2
}
# As printers do that are asked how they are.
echo 'STATE: -media-empty-error,cover-open-error,media-jam-error' >&2
echo 'STATE: -connecting-to-device' >&2
[ ! -e "$out/mood" ] || read -r mood <"$out/mood"
case $mood in
paper)	while_mood paper media-empty-error ;;
cover)	while_mood cover cover-open-error ;;
jam)	while_mood jam media-jam-error ;;
unplugged) while_mood unplugged connecting-to-device ;;
slow)	sleep 4 ;;
stop)	exit 4 ;;
half)	head -c 2000 "${6:--}" >"$out/$1.part"; exit 1 ;;
esac
cat "${6:--}" >"$out/$1.part" && mv "$out/$1.part" "$out/$1.pdf"
END
	chmod 700 "$cups/bin/backend/feuille"
	cat >"$cups/etc/cups-files.conf" <<END
ServerRoot $cups/etc
ServerBin $cups/bin
StateDir $cups/run
CacheDir $cups/cache
RequestRoot $cups/spool
TempDir $cups/spool/tmp
AccessLog $cups/log/access
ErrorLog $cups/log/error
PageLog $cups/log/page
SystemGroup root
END
	cat >"$cups/etc/cupsd.conf" <<END
Listen $cups/sock
LogLevel info
MaxLogSize 0
Browsing No
WebInterface No
DefaultAuthType Basic
<Location />
  Order allow,deny
</Location>
$(sed -n '/^<Policy default>/,/^<\/Policy>/p' /etc/cups/cupsd.conf)
END
	cat >"$cups/etc/printers.conf" <<END
<Printer feuille>
DeviceURI feuille:$cups/out
State Idle
Accepting Yes
Shared No
JobSheets none none
OpPolicy default
ErrorPolicy abort-job
</Printer>
END
	cups_ppd >"$cups/etc/ppd/feuille.ppd"
	[ "$(id -u)" -eq 0 ] || return 0
	printf 'User lp\nGroup lp\n' >>"$cups/etc/cups-files.conf"
	chown -R root:lp "$cups"
	chown lp "$cups/out" "$cups/cache" "$cups/run" "$cups/log"
	chmod 755 "$cups"
}

# PDF in, PDF out.
cups_ppd() {
	cat <<'END'
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "FEUILLE.PPD"
*Manufacturer: "Feuille"
*Product: "(Feuille)"
*ModelName: "Feuille"
*ShortNickName: "Feuille"
*NickName: "Feuille"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*Throughput: "1"
*TTRasterizer: Type42
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Page Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
END
}
