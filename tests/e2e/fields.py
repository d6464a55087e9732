"""Every field of ISO/IEC TS 27560 and of the Kantara consent receipt 1.1 has
a row in PROTOCOL 11.4, and each row is true of a receipt.

fields.py PROTOCOL SHOWN PAPER: what `receipt verify --json` shows of it, and
the paper.
"""
import json
import re
import sys

ISO = """schema version|record id|pii principal id|notice|notice version|
notice language|purpose|purpose category|pii type|controller name|
controller address|controller contact|controller type|storage locations|
retention|jurisdiction|recipients|withdrawal method|event time|
validity duration|entity id|event type|event state|lawful basis|
collection method|processing method|rights|authority|special category"""
KANTARA = """version|jurisdiction|consentTimestamp|collectionMethod|
consentReceiptID|publicKey|language|piiPrincipalId|piiController|address|
contact|onBehalf|policyUrl|services|purposeCategory|consentType|piiCategory|
primaryPurpose|termination|thirdPartyDisclosure|thirdPartyName|sensitive|
spiCat"""


def names(text):
    return set(text.replace("\n", "").split("|"))


protocol, shown, paper = (open(p, encoding="utf-8").read()
                          for p in sys.argv[1:])
table = protocol.split("11.4.")[1].split("\n12. ")[0]
rows = [re.split(r"\t+", line.strip("\t")) for line in table.splitlines()
        if line.startswith("\t")][1:]
assert all(len(row) == 3 for row in rows), rows
assert names(ISO) == {row[0] for row in rows} - {"-"}
assert names(KANTARA) == {row[1] for row in rows} - {"-"}
# As it is read: what is broken over lines is joined.
paper = re.sub(r"\s+", " ", paper)
proof = json.loads(shown)
for iso, kantara, where in rows:
    kind, what = where.split(": ")
    field = (iso, kantara, where)
    if kind == "code":
        assert proof[what] not in (None, ""), field
    elif kind == "paper":
        assert what in paper, field
    else:
        assert kind == "none" and len(what.split()) > 2, field
print(len(rows), "rows")
