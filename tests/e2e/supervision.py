"""supervision: what must hold of the page, whoever reads it.

supervision.py read PAGE STYLE   ends 0, or says what does not hold
supervision.py fill LEDGER       a month of a centre that is much used
supervision.py drawn PNG         ends 0 when it is a picture of something
"""
import datetime
import re
import sqlite3
import struct
import sys
import zlib
from html.parser import HTMLParser

EMPTY = {"meta", "link"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids, self.targets = [], [], [], []
        self.headings, self.tables, self.lang = [], [], None

    def fault(self, words):
        self.faults.append(f"line {self.getpos()}: {words}")

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "html":
            self.lang = a.get("lang")
        if "id" in a:
            self.ids.append(a["id"])
        for name in ("aria-labelledby",):
            self.targets += a.get(name, "").split()
        if tag == "a" and a.get("href", "").startswith("#"):
            self.targets.append(a["href"][1:])
        if tag == "script" or any(k.startswith("on") or k == "style"
                                  for k in a):
            self.fault(f"<{tag}> runs or styles by itself")
        if tag == "svg" and (a.get("role") != "img" or
                             not a.get("aria-label")):
            self.fault("a picture without a name")
        if tag == "th" and a.get("scope") not in ("row", "col"):
            self.fault("a heading of nothing")
        if tag == "table":
            self.tables.append({"caption": 0, "th": 0})
        if tag in ("caption", "th"):
            self.tables[-1][tag] += 1
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault(f"</{tag}> ends nothing")


def colours(style, scheme):
    part = style.split("@media")[scheme]
    return dict(re.findall(r"--(\w+):#([0-9a-f]+)", part))


def luminance(colour):
    if len(colour) == 3:
        colour = "".join(2 * c for c in colour)
    parts = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4
             for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), parts))


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check(page, style):
    p = Page()
    p.feed(page)
    faults = p.faults + [f"<{tag}> is never closed" for tag in p.open]
    faults += [f"id {i} twice" for i in set(p.ids) if p.ids.count(i) > 1]
    faults += [f"#{t} leads nowhere" for t in p.targets if t not in p.ids]
    if p.lang != "fr":
        faults.append("its language is not said")
    if p.headings.count(1) != 1 or p.headings[0] != 1 or any(
            b > a + 1 for a, b in zip(p.headings, p.headings[1:])):
        faults.append(f"headings {p.headings}")
    faults += ["a table without caption or headings" for t in p.tables
               if t["caption"] != 1 or t["th"] == 0]
    if len(p.tables) < 3:
        faults.append("hardly a table")
    # WCAG 2.1, 1.4.3 and 1.4.11.
    for scheme in (0, 1):
        c = colours(style, scheme)
        for name, least in (("ink", 7), ("bar", 3), ("line", 3), ("loud", 3)):
            if contrast(c[name], c["paper"]) < least:
                faults.append(f"--{name} is too pale, scheme {scheme}")
    return faults


PLACES = [("75", 90), ("13", 71), ("59", 66), ("69", 58), ("33", 40),
          ("44", 33), ("2A", 6), ("974", 12), ("67", 31), ("31", 44)]
CHANNELS = [("pharmacie", 6), ("accueil", 3), ("borne", 1)]


def tallies():
    today = datetime.date.today()
    for back in range(1, 30):
        day = today - datetime.timedelta(back)
        week = 0.15 if day.weekday() == 6 else 1
        for i, (place, size) in enumerate(PLACES):
            for channel, part in CHANNELS:
                n = int(size * week * part / 10 *
                        (1 + ((back * 7 + i * 3) % 11) / 10))
                if n > 0:
                    yield int(day.strftime("%Y%m%d")), channel, place, n


def fill(ledger):
    db = sqlite3.connect(ledger)
    now = int(datetime.datetime.now().timestamp() * 1000)
    db.executemany("INSERT INTO tally VALUES (?, 1, ?, ?, ?)", tallies())
    for n in range(100, 350):
        seen = 0 if n == 349 else now - (n - 100) ** 3 * 300
        db.execute("INSERT INTO terminal (number, site, cert, sign_public,"
                   " sign_key, state, training, sequence, hash, seen_ms)"
                   " VALUES (?, ?, ?, ?, 1, ?, 1, ?, ?, ?)",
                   (n, f'Pharmacie <{n}> & "Cie"', n.to_bytes(32, "big"),
                    bytes(32), 2 if n % 40 == 0 else 1, 0, bytes(32), seen))
    db.execute("INSERT INTO gap VALUES (101, 17, ?)", (now - 10**7,))
    db.execute("INSERT INTO alarm (kind, terminal, sequence, rid, at_ms,"
               " times, hash, envelope) VALUES (2, 102, 9, ?, ?, 3, ?, ?)",
               (bytes(16), now - 10**6, bytes(32), bytes(8)))
    db.commit()


def drawn(path):
    """As wide as asked, and not of one colour."""
    data = open(path, "rb").read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1000, 2600)
    body, at = b"", 8
    while at < len(data):
        n, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            body += data[at + 8:at + 8 + n]
        at += n + 12
    assert len(set(zlib.decompress(body))) > 16


def read(page, style):
    page, style = (open(path, encoding="utf-8").read()
                   for path in (page, style))
    faults = check(page, style)
    print("\n".join(faults))
    sys.exit(bool(faults))


{"read": read, "fill": fill, "drawn": drawn}[sys.argv[1]](*sys.argv[2:])
