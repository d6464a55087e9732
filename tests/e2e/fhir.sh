#!/bin/sh
# fhir: dossiers of every kind come out as R4 Bundles that hold in every rule,
# by person, by day, and as a feed that is left and taken up again.
# shellcheck source=tests/training.sh
. "$(dirname "$0")/../training.sh"
# shellcheck source=tests/fhir/fhir.sh
. "$(dirname "$0")/../fhir/fhir.sh"

cards=$tree/tests/cards
fhir_traces() { centre trace --person "$1" >"$work/traces"; }

training
check 'the services start' "$t/start"
check 'the first sync brings identifiers' sync_once
rids=
acts() { # ANSWERS CARD: an act that is saved
	ends "$1" 0 enrol "$answers/$1.txt" "$cards/$2.card"
	rids="$rids $(saved_rid)"
}
acts adult adult
acts minor family
acts protected corsica-2a
acts choices adult
acts preferences adult
acts reissue adult
acts close adult
acts close adult
acts reopen adult
check 'all is delivered' deliver

# shellcheck disable=SC2086 # a list of words
set -- $rids
fhir --since begin >"$work/feed"
check 'the feed has every act, of refusals too' \
    test "$(wc -l <"$work/feed")" -eq 9
if ! fetch; then
	sed 's/^/# /' "$work/npm"
fi
conforms 'the feed' "$work/feed"
conforms 'the check' "$work/feed" --mutate
fhir --since begin --create >"$work/create"
conforms 'the feed for a server that gives the ids' "$work/create"

fhir --since begin >"$work/again"
check 'the same again, though it was traced' cmp "$work/feed" "$work/again"
fhir --since begin 2>"$work/broken" | head -n 4 >"$work/part"
fhir --since "$(cursor_of 4 "$work/part")" >>"$work/part"
check 'left after the fourth and taken up again, it is whole' \
    cmp "$work/feed" "$work/part"
fhir --since "$(cursor_of 9 "$work/feed")" >"$work/end"
check 'at its end it is empty' test ! -s "$work/end"
ends 'a mark of nowhere' 65 fhir --since \
    g1-0000000000000003000102030405060708090a0b0c0d0e0f
says 'is said' 'G-743' "$work/err"
ends 'no mark at all' 65 fhir --since yesterday

fhir --day "$(date +%F)" >"$work/day"
check 'the day has the same' cmp "$work/feed" "$work/day"
fhir --day 2026-01-01 >"$work/other"
check 'another day has none' test ! -s "$work/other"
ends 'a day that is none' 64 fhir --day 2026-1-1
ends 'a day or a person, not both' 64 fhir --day 2026-01-01 --person "$1"

for rid in "$1" "$2" "$3"; do
	fhir --person "$rid" >>"$work/persons"
done
conforms 'three persons' "$work/persons"
ends 'nobody' 1 fhir --person 00000000000000000000000000

python3 - "$work/persons" "$work/feed" <<'END' >"$work/python" 2>&1
import json, sys

persons, feed = [[json.loads(l) for l in open(f)] for f in sys.argv[1:]]

def of(bundle, kind):
    return [e["resource"] for e in bundle["entry"]
            if e["resource"]["resourceType"] == kind]

def denied(bundle):
    return {c["provision"]["purpose"][0]["code"]: c["status"]
            for c in of(bundle, "Consent") if "purpose" in c["provision"]}

def tell(words, right):
    print(("ok" if right else "not ok") + " - " + words)

adult, minor, protected = persons
tell("opposed to the SAMU is deny ETREAT, and no BTG",
     denied(feed[0]) == {"ETREAT": "active"})
tell("the number is a card's, and no INS",
     [i["system"].startswith("urn:uuid:") and "pas une INS" in
      i["type"]["text"] for i in of(adult, "Patient")[0]["identifier"][1:]]
     == [True])
tell("a lunar birth is a year, with the card's own text",
     of(adult, "Patient")[0]["birthDate"] == "1942" and
     of(adult, "Patient")[0]["_birthDate"]["extension"][0]["valueString"]
     == "19421901")
tell("nothing of a secret leaves",
     not any(w in json.dumps(persons + feed) for w in ("argon2", "verifier")))
tell("a child has who speaks for it, who is the one that consented",
     of(minor, "Consent")[0]["performer"][0]["reference"] ==
     next(e["fullUrl"] for e in minor["entry"]
          if e["resource"]["resourceType"] == "RelatedPerson"))
tell("of one under tutelle too", len(of(protected, "RelatedPerson")) == 1)
tell("each act that changed something has a Provenance",
     len(of(adult, "Provenance")) == 5)
closed = [b for b in feed if of(b, "AuditEvent")[0]["subtype"][0]["code"]
          == "closed"][0]
tell("once closed no Consent is active",
     {c["status"] for c in of(closed, "Consent")} == {"inactive"} and
     of(closed, "Patient")[0]["active"] is False)
tell("a refusal is an event that failed",
     [of(b, "AuditEvent")[0]["outcome"] for b in feed].count("4") == 1)
event = of(feed[0], "AuditEvent")[0]
tell("an event has who, profession, site, action and when",
     event["agent"][0]["role"][0]["text"] == "pharmacien" and
     event["agent"][0]["who"]["identifier"]["value"] == "99700024450" and
     event["source"]["site"] == "750000001" and event["action"] == "C" and
     event["recorded"].endswith("Z"))
tell("who looked is an event of the person's",
     any(e["subtype"][0]["code"] == "exported"
         for e in of(adult, "AuditEvent")))
END
cat "$work/python"
grep -q '^not ok\|Error' "$work/python" && not_ok 'what they say'

# The end of a dossier.
ends 'none is destroyed without a form' 64 centre destroy "$3"
says 'which is asked for' '--form' "$work/err"
ends 'an open one is not destroyed' 65 centre destroy "$3" --form F-1
says 'is said' 'G-744' "$work/err"
ends 'nor without a form' 64 centre destroy "$3"
ends 'a holder has died' 0 centre deceased "$3"
ends 'and that dossier is destroyed' 0 centre destroy "$3" --form F-1
fhir --person "$3" >"$work/dead"
conforms 'what is left of it' "$work/dead"
check 'names nobody' test "$(grep -c '"family"\|"birthDate"' \
    "$work/dead")" -eq 0
centre trace --person "$3" >"$work/traces"
says 'but says by which form' 'formulaire F-1 .* destruction' "$work/traces"
ends 'who is of age' 0 centre majority --json
says 'is counted' '"adults":0' "$work/out"

# Other keys, and everything as it was.
fhir --since begin >"$work/feed"
ends 'a new master key' 0 centre rekey
ends 'new keys for every dossier' 0 centre rekey --data
fhir --since begin >"$work/again"
check 'change nothing that is read' cmp "$work/feed" "$work/again"

# The same for the holder, who reads no JSON.
check 'the traces of one person' fhir_traces "$1"
says 'name who opened it, and what for' \
    '99700024450 .*pharmacien .*750000001 .*ouverture' "$work/traces"
says 'and who copied it' 'exploitation .*copie vers un autre' "$work/traces"
says 'and this reading' 'lecture des traces' "$work/traces"
centre trace --person "$2" --json >"$work/json"
says 'in JSON too' '"action":"opened".*"who":"99700024450"' "$work/json"
says 'not those of another person' '^1$' "$work/$(grep -c opened \
    "$work/json" >"$work/n"; echo n)"
check 'the chain holds' centre trace --check
ends 'one or the other' 64 centre trace
"$t/stop"
python3 - "$t" <<'END'
import glob, sqlite3, sys
db = sqlite3.connect(glob.glob(sys.argv[1] + "/**/dossiers.db",
                               recursive=True)[0])
db.execute("UPDATE trace SET who = 'AUTRE' WHERE number = 4")
db.execute("UPDATE trace SET who = 'AUTRE' WHERE number = 7")
db.commit()
END
ends 'an altered trace' 65 centre trace --check
says 'is named, the first one' ': trace 4: .*G-518' "$work/err"
finish
