"""glass JSON PROGRAMS TRAINING: what it takes to be seen.

Each program is started on a pty of 80 by 24 with a page of the same words:
guichet, whiptail and dialog in turns, so that all meet the same machine. Then
the standard adult is walked through by keys, without a pause and counted.
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

import pyte

OUT, PROGRAMS, TRAINING = sys.argv[1:]
CARD = os.path.join(os.path.dirname(sys.argv[0]), "../cards/adult.card")
ROUNDS, KEYS, QUIET = 20, 25, 0.012
EMERGENCY = [b"s"]
DOWN, UP = b"\x1bOB", b"\x1bOA"

WORDS = ("Ce guichet vous aide à ouvrir votre Dossier médical partagé. C'est "
         "gratuit. Ce n'est pas obligatoire.\n\nVous pouvez arrêter à tout "
         "moment : rien ne sera gardé. Il vous faut votre carte Vitale, et "
         "environ trois minutes.\n")
MENU = ["o", "Ouvrir mon dossier",
        "p", "J'ai perdu mon identifiant ou mot de passe",
        "c", "Changer mes choix", "f", "Fermer mon dossier",
        "r", "Rouvrir mon dossier"]
LAST = "Rouvrir mon dossier"
GUICHET = [f"{PROGRAMS}/guichet", "-c", f"{TRAINING}/desk.conf",
           "--card", CARD]
BESIDE = {
    "guichet": GUICHET,
    "whiptail": ["whiptail", "--title", "Bonjour", "--menu", WORDS,
                 "22", "76", "5"] + MENU,
    "dialog": ["dialog", "--title", "Bonjour", "--menu", WORDS,
               "22", "76", "5"] + MENU,
}


class Glass:
    """A program on a pty, and what it has painted."""

    def __init__(self, argv):
        self.screen = pyte.Screen(80, 24)
        self.stream = pyte.ByteStream(self.screen)
        self.sent = 0
        self.begun = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
            fcntl.ioctl(0, termios.TIOCSWINSZ,
                        struct.pack("HHHH", 24, 80, 0, 0))
            os.execvp(argv[0], argv)

    def burst(self, patience, quiet):
        """Read until nothing comes for so long; when the last of it came."""
        last, bytes_in = None, []
        while select.select([self.fd], [], [],
                            patience if last is None else quiet)[0]:
            try:
                bytes_in.append(os.read(self.fd, 65536))
            except OSError:
                break
            last = time.monotonic()
        for part in bytes_in:
            self.stream.feed(part)
        return last, sum(map(len, bytes_in))

    def shows(self, text):
        return any(text in line for line in self.screen.display)

    def until(self, text, quiet):
        """The text stands there: when the burst that brought it was over."""
        limit, last = time.monotonic() + 15, time.monotonic()
        while not self.shows(text):
            if time.monotonic() > limit:
                sys.exit("no « %s » but:\n%s" % (
                    text, "\n".join(self.screen.display)))
            last = self.burst(0.2, quiet)[0] or last
        return last

    def press(self, keys):
        os.write(self.fd, keys)

    def memory(self):
        """Resident KiB: of the program, and with its children."""
        def of(pid):
            with open(f"/proc/{pid}/status") as f:
                return next(int(line.split()[1]) for line in f
                            if line.startswith("VmRSS"))
        with open(f"/proc/{self.pid}/task/{self.pid}/children") as f:
            children = f.read().split()
        own = of(self.pid)
        return own, own + sum(map(of, children))

    def end(self):
        os.kill(self.pid, 15)
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def one_round(found):
    for name, argv in BESIDE.items():
        glass = Glass(argv)
        seen = glass.until(LAST, QUIET)
        found[name]["start"].append((seen - glass.begun) * 1e3)
        # What follows the first paint, such as the reader's state, is no
        # answer to a key.
        glass.burst(0.2, 0.2)
        for i in range(KEYS):
            pressed = time.monotonic()
            glass.press(UP if i % 2 else DOWN)
            last, n = glass.burst(2, QUIET)
            found[name]["key"].append((last - pressed) * 1e3)
            found[name]["bytes"].append(n)
        own, all_of_it = glass.memory()
        found[name]["memory"].append(own)
        found[name]["family"].append(all_of_it)
        glass.end()


def walk(contact):
    """The standard adult: how many keys up to the end, and milliseconds."""
    glass, keys = Glass(GUICHET), 0

    def at(text, *pressed):
        nonlocal keys
        glass.until(text, 0.002)
        for key in pressed:
            glass.press(key)
        keys += len(pressed)

    at("Bonjour", b"o")
    at("Insérez")
    glass.press(b"\x1b[15~")  # the card goes in: no key of the person's
    at("Qui êtes-vous", b"a")
    at("Est-ce bien vous", b"o")
    at("page 1 sur")
    shown = "".join(glass.screen.display)
    for number in range(int(shown[shown.index("page 1 sur") + 11])):
        at(f"page {number + 1} sur", b"s")
    at("Voulez-vous ouvrir", b" ", b"o")
    at("certifiez-vous", b"c")
    at("En cas d'urgence", *EMERGENCY)
    if contact:
        at("Comment vous joindre")
        glass.press(contact)  # typed, and not counted
        at(contact.decode(), b"\t", b"\t", b"\r")
    else:
        at("Comment vous joindre", b"\x1b[Z", b"\r")
    at("Tout est-il exact", b"o")
    if contact:
        at("papier en main", b"o")
    at("Merci")
    took = (time.monotonic() - glass.begun) * 1e3
    glass.press(b"t")
    glass.until("Bonjour", 0.002)
    glass.end()
    return keys, took


def middle(values, part=0.5):
    return sorted(values)[int(len(values) * part)]


def row(out, name, ours, reference, against, aim, unit):
    out.write(json.dumps({
        "name": name, "ours": round(ours, 3),
        "reference": None if reference is None else round(reference, 3),
        "against": against,
        "ratio": None if reference is None else round(ours / reference, 2),
        "aim": aim, "unit": unit, "better": "lower"}) + "\n")


def main():
    found = {name: {what: [] for what in ("start", "key", "bytes", "memory",
                                          "family")} for name in BESIDE}
    for _ in range(ROUNDS):
        one_round(found)
    ours = found["guichet"]
    with open(OUT, "a") as out:
        for other in ("whiptail", "dialog"):
            theirs = found[other]
            row(out, "program start to first paint", middle(ours["start"]),
                middle(theirs["start"]), other, "-", "ms")
            row(out, "resident memory", middle(ours["memory"]) / 1024,
                middle(theirs["memory"]) / 1024, other, "-", "MiB")
            row(out, "resident memory, its helpers with it",
                middle(ours["family"]) / 1024,
                middle(theirs["family"]) / 1024, other, "-", "MiB")
            for part, name in ((0.5, "p50"), (0.99, "p99")):
                row(out, f"program, key to painted, {name}",
                    middle(ours["key"], part), middle(theirs["key"], part),
                    other, "-", "ms")
            row(out, "bytes painted a key", middle(ours["bytes"]),
                middle(theirs["bytes"]), other, "-", "bytes")
        keys, _ = walk(None)
        row(out, "keys of the standard adult, no contact", keys, None, None,
            "12", "keys")
        walks = [walk(b"0639981241") for _ in range(5)]
        row(out, "keys of the standard adult, less the contact typed",
            walks[0][0], None, None, "-", "keys")
        row(out, "machine time of a journey, card to paper",
            middle([took for _, took in walks]), None, None, "at most 5 s",
            "ms")


main()
