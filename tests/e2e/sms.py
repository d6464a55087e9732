"""sms: a gateway for SMS that answers what it is told, and what it was told.

sms.py PORT LOG STATUS...      the answers in their order, the last for ever
sms.py read MAILBOX LOG RID    ends 0 when mail and SMS say what they should
"""
import email
import email.policy
import http.server
import json
import sys


def serve(port, log, *statuses):
    left = [int(s) for s in statuses]

    class Gateway(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = left.pop(0) if len(left) > 1 else left[0]
            if self.headers.get("Authorization") != "Bearer le jeton":
                status = 401
            with open(log, "a", encoding="utf-8") as out:
                print(json.dumps({"status": status, "path": self.path,
                                  "body": json.loads(body)}), file=out)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    http.server.HTTPServer(("127.0.0.1", int(port)), Gateway).serve_forever()


def secrets_of(text):
    return [w for w in ("mot de passe", "password") if w in text.lower()]


def read(mailbox, log, rid):
    raw = open(mailbox, "rb").read().split(b"\n", 1)[1]
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["to"] == "essai@patient.example", mail["to"]
    assert mail["from"] == "ne-pas-repondre@centre.example", mail["from"]
    assert "Votre Dossier médical partagé est ouvert" in mail["subject"]
    assert mail["message-id"] == f"<{rid}@centre.example>"
    text = mail.get_content()
    assert rid in text and "0810 331 133" in text, text
    assert not secrets_of(text) and "ESSAI" not in text, text
    rows = [json.loads(line) for line in open(log, encoding="utf-8")]
    assert len({row["body"]["id"] for row in rows}) == 1, rows
    sent = rows[-1]["body"]
    assert sent["to"].startswith("+336") or sent["to"].startswith("+337")
    assert "est ouvert" in sent["text"] and len(sent["text"]) < 320, sent
    assert not secrets_of(sent["text"]), sent


if sys.argv[1] == "read":
    read(*sys.argv[2:])
else:
    serve(*sys.argv[1:])
