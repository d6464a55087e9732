#!/bin/sh
# spoken: an opening and a refusal by the line face, each question answered as
# it is heard.
#
# With PICTURES=DIR what was said of the opening is kept there as line.txt.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"

# talk OUT TEXT=ANSWER...: up to what the two journeys have in common.
talk() {
	out=$1
	shift
	python3 "$tree/tests/e2e/spoken.py" "$out" 'Bonjour=o' \
	    'Insérez votre carte=carte' 'Qui êtes-vous=a' 'Est-ce bien vous=o' \
	    'page 1 sur=d' 'Pour en savoir plus=e' 'est protégé=i' \
	    'page 1 sur=s' 'page 2 sur=s' "$@" 'Bonjour=q' -- \
	    "$B/guichet" -c "$t/desk.conf" --card "$adult_card" --face line
}

training
"$t/start"
sync_once
ends 'a refusal by the line face' 0 talk "$work/no" 'Je consens=' \
    'Oui, je consens=n' "C'est entendu=t"
check 'leaves nothing' test "$(rows)" -eq 0
ends 'an opening by the line face' 0 talk "$work/line.txt" 'Je consens=2' \
    'Oui, je consens=o' 'certifiez-vous=c' 'SAMU (15)=2' 'bris de glace=' \
    'Continuer=s' 'Téléphone mobile=06 39 98 12 41' 'Adresse e-mail=' \
    'Continuer=1' 'Tout est-il exact=o' 'papier en main=o' 'Merci=t'
check 'is delivered' deliver
queue list --json >"$work/rows"
says 'and ends as opened' '"outcome": ?"opened"' "$work/rows"
# The same signed on paper, of a change of choices.
sed -i '/^consent-methods/d' "$t/desk.conf"
echo 'consent-methods = screen paper' >>"$t/desk.conf"
ends 'a yes signed on paper by the line face' 0 python3 \
    "$tree/tests/e2e/spoken.py" "$work/signed" 'Bonjour=c' \
    'Insérez votre carte=carte' 'Qui êtes-vous=a' 'Est-ce bien vous=o' \
    'Je demande=' 'en signant une feuille=p' 'Signez la feuille=f' \
    'certifiez-vous=c' \
    'SAMU (15)=2' 'bris de glace=' 'Continuer=s' 'Tout est-il exact=o' \
    'Merci=t' 'Bonjour=q' -- \
    "$B/guichet" -c "$t/desk.conf" --card "$adult_card" --face line
check 'is delivered' deliver
queue list --json | tail -1 >"$work/rows"
says 'and ends as updated' '"outcome": ?"updated"' "$work/rows"
# Nothing decorative, nothing that only a screen shows.
check_status 'no sign is said that only draws' 1 \
    grep -F -e ─ -e │ -e ┌ -e ┐ -e └ -e ┘ -e ▶ -e ▲ -e ▼ -e • "$work/line.txt"
[ -z "${PICTURES:-}" ] || cp "$work/line.txt" "$PICTURES/line.txt"
finish
