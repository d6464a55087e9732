"""coded BOX N: the code of the Nth mail of a mailbox, once it is there and says
what it should: plain text that anybody can hear read out, and nothing of who
it is about.
"""
import email
import email.policy
import mailbox
import re
import sys
import time

box, number = sys.argv[1], int(sys.argv[2])
for _ in range(200):
    try:
        mails = list(mailbox.mbox(box, create=False))
    except mailbox.NoSuchMailboxError:
        mails = []
    if len(mails) >= number:
        break
    time.sleep(0.05)
mail = email.message_from_bytes(mails[number - 1].as_bytes(),
                                policy=email.policy.default)
assert mail["to"] == "essai@patient.example", mail["to"]
assert mail["from"] == "ne-pas-repondre@centre.example", mail["from"]
assert mail["subject"] == "[FORMATION] Votre code à taper au guichet"
assert mail["auto-submitted"] == "auto-generated"
# One part, no pictures, no links: nothing that must be seen or followed.
assert mail.get_content_type() == "text/plain" and not mail.is_multipart()
assert mail.get_content_charset() == "utf-8"
text = mail.get_content()
assert "Pharmacie du Marché, Nantes" in text and "0810 331 133" in text
assert "dix minutes" in text and "http" not in text and "<" not in text
whole = (mail.as_string() + text).lower()
for word in ("essai alain", "alainbis", "1942", "1421962965167", "patrois",
             "mot de passe", "0639981241"):
    assert word not in whole, word
codes = re.findall(r"(?<!\d)\d{6}(?!\d)", text)
assert len(codes) == 1, text
assert codes[0] not in mail["subject"] and codes[0] not in mail["message-id"]
print(codes[0])
