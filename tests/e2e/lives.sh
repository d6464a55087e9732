#!/bin/sh
# lives: of each kind of printer, somebody dies at every byte of the paper, it
# is empty, or unplugged: journal and paper agree, or the secrets are void.
#
# STRIDE=1 tries every byte, and every 16th of the sheet that CUPS gets; the
# default is every 400th. tests/e2e/lives.c is the test; this gives it printers
# and prints its table. tests/e2e/paper.sh goes as far as the centre.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/cups.sh
. "$(dirname "$0")/../cups.sh"

training
check 'the hand on the plug is built' \
    cc -shared -fPIC -O1 -o "$work/drip.so" "$tree/tests/fault/drip.c"
stride=${STRIDE:-400}
mkdir "$work/bin"
cp "$B/tests/e2e/lives" "$work/bin/"
ln -s "$B/guichet-print" "$work/bin/guichet-print"
lives() { # KIND STRIDE [CUPS]
	LIVES=$work "$work/bin/lives" "$1" "$t/desk.conf" "$work/drip.so" \
	    "$2" ${3:+"$3"} 2>"$work/err"
}
echo '# printer   victim     lives  in hand  copied   void  torn, void  live, lost  odd'
for kind in device escpos58 escpos80 tcp file; do
	lives "$kind" "$stride" || not_ok "the lives of $kind"
done
if [ -x /usr/sbin/cupsd ]; then
	chmod 755 "$work"
	cups_start "$work/cups" No
	at_end 'cups_stop'
	lives cups $((stride * 16)) "$cups" || not_ok 'the lives of cups'
else
	skip 'the lives of cups' 'cups-daemon is not installed'
fi
finish
