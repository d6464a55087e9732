"""Enrol people one after the other while guichet or guichet-print is killed at
every point of the handing over; then look at journal, paper and centre.

paper.py PROGRAMS SETUP TREE WORK      every 400th byte of the paper
"""
import json
import os
import subprocess
import sys
import threading

programs, setup, tree, work = sys.argv[1:5]
STRIDE = 400  # tests/e2e/lives.c tries them all
conf = os.path.join(work, "paper.conf")
cases = []  # what was done to whom, and what came of it
people = 0
failures = 0


def check(holds, words):
    global failures
    print(("ok - " if holds else "not ok - ") + words, flush=True)
    failures += not holds


def program(name, *args, **more):
    return subprocess.run([os.path.join(programs, name), *args],
                          stdin=subprocess.DEVNULL, text=True, timeout=60,
                          capture_output=True, **more)


def rows(what, settings=None):
    out = program("guichetctl", "-c", settings or conf, *what.split(),
                  "--json").stdout
    return [json.loads(line) for line in out.splitlines()]


def new_card():
    """Somebody else each time: a name of letters that no one has."""
    global people
    people += 1
    given = "".join(chr(65 + people // d % 26) for d in (676, 26, 1))
    text = open(f"{tree}/tests/cards/adult.card").read()
    path = os.path.join(work, "one.card")
    open(path, "w").write(text.replace("ALAINBIS", "ALAIN" + given))
    return path


class Printer:
    """A serial printer: all that was written is paper."""

    def __init__(self):
        self.master, self.slave = os.openpty()
        self.name = os.ttyname(self.slave)
        self.paper = b""

    def run(self):
        try:
            while chunk := os.read(self.master, 4096):
                self.paper += chunk
                if b"\0" in chunk:
                    return
        except OSError:
            pass

    def __enter__(self):
        self.thread = threading.Thread(target=self.run)
        self.thread.start()
        return self

    def __exit__(self, *_):
        os.write(self.slave, b"\0")  # behind all that was printed
        self.thread.join(10)
        os.close(self.master)
        os.close(self.slave)
        self.paper = self.paper.replace(b"\0", b"")


def enrol(drip):
    """One journey; the journal's new row, the paper, how it ended."""
    before = {row["rid"] for row in rows("queue prints")}
    with Printer() as printer:
        text = open(os.path.join(setup, "desk.conf")).read()
        text = text.replace(f"file:{setup}/paper", f"device:{printer.name}")
        open(conf, "w").write(text)
        env = dict(os.environ, LD_PRELOAD=f"{work}/drip.so", DRIP=drip)
        end = program("guichet", "-c", conf, "--card", new_card(),
                      "--answers", f"{tree}/tests/answers/adult.txt", env=env)
    new = [row for row in rows("queue prints") if row["rid"] not in before]
    case = {"drip": drip.split()[0], "status": end.returncode,
            "rid": new[0]["rid"] if new else None, "paper": printer.paper}
    cases.append(case)
    if len(new) > 1:
        check(False, f"{len(new)} hand-overs in one journey, {drip}")
    return case


# Nobody dies: how long the paper is, and how often the disk is written.
whole = enrol("nobody 0")
length = len(whole["paper"])
check(whole["status"] == 0 and whole["paper"].endswith(b"\f"),
      f"an undisturbed paper of {length} bytes")

for victim in ("print", "desk"):
    first = whole["paper"].index(b"\f") + 1
    for n in sorted({1, 2, first // 2, first - 1, first, first + 1, length,
                     *range(STRIDE, length, STRIDE)}):
        enrol(f"{victim} {n}")


def settle(**more):
    """A start, and somebody who goes away at once."""
    return program("guichet", "-c", conf, "--card", new_card(), "--answers",
                   f"{tree}/tests/answers/not-me.txt", **more).returncode


def unknown():
    return any(row["state"] in ("owed", "intent")
               for row in rows("queue prints"))


n = 1
while enrol(f"disk {n}")["status"] != 0 and n < 200:
    if unknown():
        settle()
    n += 1
check(n > 10, f"guichet was killed at each of its {n - 1} writings and "
      "syncs of the disk")

# Killed while it makes void what it found: it begins again, and ends.
enrol("desk 1")
n = 1
while settle(env=dict(os.environ, LD_PRELOAD=f"{work}/drip.so",
                      DRIP=f"disk {n}")) < 0:
    n += 1
    if not unknown():
        enrol("desk 1")
check(n > 10, f"and at each of the {n - 1} of a start that settles")
settle()
journal = {row["rid"]: row["state"] for row in rows("queue prints")}
check(set(journal.values()) <= {"done", "void"},
      "after the next start nothing is unknown")

# Everything reaches the centre.
centre = os.path.join(setup, "centre.conf")
for _ in range(3):
    program("guichet-sync", "-c", conf, "--once")
    program("guichet-opener", "-c", centre, "--once")
program("guichet-sync", "-c", conf, "--once")
left = [row for row in rows("queue list") if row["state"] != "sent"]
check(not left, f"everything is delivered, {len(left)} are left")
live = {row["rid"]: row["account"]
        for row in rows("centre dossiers", centre)}

table = {}
for case in cases:
    row = table.setdefault(case["drip"], dict.fromkeys(
        ("lives", "unsaved", "in hand", "void", "orphan", "odd"), 0))
    rid = case["rid"]
    row["lives"] += 1
    if rid is None:  # nothing was given: nothing may be on paper
        row["unsaved"] += 1
        row["odd"] += case["paper"] != b""
        continue
    # The ends: what the journal says, and what the centre lets in.
    # The first sheet is the secrets', the second the receipt.
    complete = b"\f" in case["paper"]
    row["in hand"] += journal[rid] == "done"
    row["void"] += journal[rid] == "void"
    row["odd"] += rid not in live or live[rid] != (journal[rid] == "done")
    row["orphan"] += live.get(rid, False) and not complete
print("# victim   lives  unsaved  in hand  void  live, no paper  odd")
for name, row in table.items():
    print(f"# {name:8} {row['lives']:5} {row['unsaved']:8} "
          f"{row['in hand']:8} {row['void']:5} "
          f"{row['orphan']:15} {row['odd']:4}")
check(all(row["orphan"] == 0 for row in table.values()),
      "no live secrets that nobody holds")
check(all(row["odd"] == 0 for row in table.values()),
      "journal and centre say the same of all of them")
check(sum(row["void"] for row in table.values()) > 10,
      "and some were void: the hand was on the plug")
sys.exit(failures != 0)
