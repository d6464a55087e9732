# apart.sh: a script with a pcscd, a loopback and a /run/pcscd of its own.
#
#	what='cards over pcscd'
#	. "$(dirname "$0")/../apart.sh"
#
# Starts the script again in namespaces of its own; where there are none it
# is skipped, under the words of $what.
# shellcheck shell=sh

if [ -z "${GUICHET_APART:-}" ]; then
	if ! unshare -m -n true 2>/dev/null; then
		echo "ok - ${what:?} # skip no namespaces here"
		exit 0
	fi
	GUICHET_APART=1 exec unshare -m -n "$0"
fi
ip link set lo up
mkdir -p /run/pcscd
mount -t tmpfs none /run/pcscd
