"""A thermal printer that is not there: its paper, its answers, its moods.

thermal.py PROGRAMS CONF SLIP RECEIPT WORK     TAP on stdout
"""
import json
import os
import socket
import subprocess
import sys
import threading
import time
import tty

programs, conf, secrets, receipt, work = sys.argv[1:6]
bad = 0


def check(holds, words):
    global bad
    print(("ok - " if holds else "not ok - ") + words, flush=True)
    bad += not holds


class Thermal(threading.Thread):
    """moods: ok, mute, paper, cover, blocked, offline, jam (paper ends on the way),
    deaf (takes everything, never says that it is printed)"""

    def __init__(self, mood="ok", by_socket=False):
        super().__init__(daemon=True)
        self.mood, self.raw, self.done = mood, b"", False
        if by_socket:
            self.server = socket.create_server(("127.0.0.1", 0))
            self.where = f"tcp:127.0.0.1:{self.server.getsockname()[1]}"
            self.fd = None
        else:
            self.server = None
            self.fd, self.slave = os.openpty()
            tty.setraw(self.slave)
            self.where = os.ttyname(self.slave)
        self.start()

    def answer(self, n):
        out = self.mood == "paper" or (self.mood == "jam" and
                                       len(self.raw) > 300)
        state = {1: 0x08 if self.mood == "offline" else 0,
                 2: (0x04 if self.mood == "cover" else 0) |
                    (0x20 if out else 0) |
                    (0x40 if self.mood == "blocked" else 0),
                 4: 0x60 if out else 0}[n]
        os.write(self.fd, bytes([0x12 | state]))

    def run(self):
        if self.server:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            self.fd = peer.fileno()
            self.peer = peer
        data = b""
        while not self.done:
            try:
                chunk = os.read(self.fd, 256)
            except OSError:
                return
            if not chunk:
                return
            data += chunk
            while data:
                if data[:2] == b"\x10\x04" and len(data) >= 3:
                    if self.mood != "mute":
                        self.answer(data[2])
                    data = data[3:]
                elif data[:3] == b"\x1dr\x01":
                    if self.mood not in ("mute", "deaf", "jam"):
                        os.write(self.fd, b"\x00")
                    data = data[3:]
                elif data[0] in b"\x10\x1d" and len(data) < 3:
                    break
                else:
                    self.raw += data[:1]
                    data = data[1:]


def show(raw):
    """The text of the paper, and its picture as rows of bytes."""
    text, dots, i = b"", [], 0
    while i < len(raw):
        if raw[i:i + 3] == b"\x1dv0":
            wide = raw[i + 4] + 256 * raw[i + 5]
            high = raw[i + 6] + 256 * raw[i + 7]
            i += 8
            for _ in range(high):
                dots.append(raw[i:i + wide])
                i += wide
        elif raw[i:i + 2] == b"\x1b@":
            i += 2
        elif raw[i] in b"\x1b\x1d":
            i += 3
        else:
            text += raw[i:i + 1]
            i += 1
    return text.decode("cp1252"), dots


def save(dots, path):
    rows = [b"\xff" * (8 * len(dots[0]) + 80)] * 40
    for dot in dots:
        row = "".join(f"{byte:08b}" for byte in dot)
        rows.append(b"\xff" * 40 + bytes(0 if c == "1" else 255
                                         for c in row) + b"\xff" * 40)
    rows += rows[:40]
    with open(path, "wb") as out:
        out.write(f"P5 {len(rows[0])} {len(rows)} 255\n".encode())
        out.write(b"".join(rows))


def send(kind, printer, slip):
    text = open(conf).read().splitlines()
    text = [line for line in text if not line.startswith("printer")]
    open(conf, "w").write("\n".join(
        text + [f"printer = {kind}:{printer.where}", ""]))
    begun = time.monotonic()
    run = subprocess.run([f"{programs}/guichet-print", "-c", conf],
                         stdin=open(slip, "rb"), capture_output=True,
                         timeout=90)
    time.sleep(0.2)
    printer.done = True
    said = json.loads(run.stdout or b"{}")
    return said.get("code", said.get("event")), time.monotonic() - begun


codes = {line["label"]: line["value"]
         for line in json.load(open(secrets))["lines"]
         if line["kind"] == "code"}
glyphs = " ".join("".join(codes["Mot de passe provisoire"].split()))
for kind, width in (("escpos58", 32), ("escpos80", 48)):
    for by_socket in (False, True):
        how = "a socket" if by_socket else "a device"
        printer = Thermal("ok", by_socket)
        said, _ = send(kind, printer, secrets)
        text, _ = show(printer.raw)
        lines = text.split("\n")
        check(said == "printed", f"{kind} on {how} prints")
        check(all(len(line) <= width for line in lines),
              "no line is cut")
        check(glyphs[:7] in text and "Naissance" in text and "é" in text,
              "the secrets are on it, with their accents")
        check(printer.raw.endswith(b"\x1dV\x01"), "and it is cut")
    printer = Thermal()
    said, _ = send(kind, printer, receipt)
    text, dots = show(printer.raw)
    check(said == "printed" and "Reçu de votre accord" in text,
          f"{kind} prints a receipt")
    save(dots, f"{work}/{kind}.pgm")
    scan = subprocess.run(["zbarimg", "-q", "--raw", f"{work}/{kind}.pgm"],
                          capture_output=True, text=True)
    value = [line["value"] for line in json.load(open(receipt))["lines"]
             if line["kind"] == "qr"][0]
    check(scan.stdout.rstrip("\n") == value, "and a camera reads its code")

for mood, code, words in (
        ("paper", 805, "no paper"), ("cover", 806, "an open cover"),
        ("blocked", 807, "a fault that it names"),
        ("offline", 808, "a pause"),
        ("jam", 805, "paper that ends on the way")):
    printer = Thermal(mood)
    said, took = send("escpos80", printer, secrets)
    check(said == code, f"{words} is G-{code} ({said})")
    if mood != "jam":
        check(not printer.raw and took < 5, "before a byte of it is out")
printer = Thermal("mute")
check(send("escpos58", printer, secrets)[0] == "printed",
      "a printer that never answers gets its bytes")
printer = Thermal("deaf")
said, took = send("escpos80", printer, secrets)
check(said == 802 and took < 40, "one that falls silent is G-802 in time")
gone = Thermal("ok", True)
gone.server.close()
gone.where = "tcp:127.0.0.1:1"
check(send("escpos80", gone, secrets)[0] == 801,
      "a socket that nobody listens on is G-801")
sys.exit(bad != 0)
