# fhir.sh: what the tests of FHIR share.
#
#	. "$(dirname "$0")/../training.sh"
#	. "$(dirname "$0")/../fhir/fhir.sh"
#
# shellcheck shell=sh
# shellcheck source=tests/training.sh disable=SC2154

fhir() { centre fhir "$@"; }
cursor_of() { # LINE FILE: the mark that the Bundle of that line has
	sed -n "$1p" "$2" | python3 -c \
	    'import json,sys; print(json.load(sys.stdin)["identifier"]["value"])'
}

# The definitions of FHIR R4 come from npm, by the lock file, once.
modules=$B/fhir
has_modules() { [ -d "$modules/node_modules/@medplum/fhir-router/dist" ]; }
fetch() {
	mkdir -p "$modules"
	cp "$tree/tests/fhir/package.json" "$tree/tests/fhir/package-lock.json" \
	    "$modules"
	has_modules ||
	    (cd "$modules" && npm ci --no-audit --no-fund >"$work/npm" 2>&1)
}
# conforms WORDS FILE [--mutate]
conforms() {
	has_modules || { skip "$1" 'npm gives no definitions here'; return; }
	if node "$tree/tests/fhir/check.mjs" "$modules" "$2" ${3:+"$3"} \
	    >"$work/said" 2>&1; then
		grep '^ok' "$work/said" | sed "s/^ok - /ok - $1: /"
	else
		not_ok "$1"
		cut -c1-300 "$work/said" | grep -v '^ok' | sed 's/^/# /'
	fi
}
