#!/usr/bin/env python3
"""Torture the programs, and count what was said to be saved and is not there.

torture.py [--long] [--json FILE] [--parts FILE] [CASE...]

Each case prints a row of a table and a line of TAP, and with --json a line of
build/torture.json. A row holds what was acknowledged, what of it was lost,
doubled or corrupt, how long it took, and whether its control, the same case
with something taken away that makes it safe, was seen to lose something.

With --parts a run that was cut short, or had only some of the cases, goes on
where it stopped: FILE keeps each row with the digest of all that was tried,
and rows of other programs or other tests do not count. The table at the end
is of all of them; after a run of every case FILE goes.
"""
import argparse
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chance  # noqa: E402  (the folder of this file)
import disks  # noqa: E402
import far  # noqa: E402
import kills  # noqa: E402
import power  # noqa: E402
from world import B, Skip  # noqa: E402

COLUMNS = ("points", "acknowledged", "lost", "doubled", "corrupt")


def show(row):
    control = {True: "red", False: "GREEN", None: "-"}[row["red_control"]]
    print("# %-22s" % row["name"] +
          "".join(" %7d" % row[c] for c in COLUMNS) +
          " %6.0f s  " % row["seconds"] + control)


def total(name, rows):
    """The sum of rows; every control that was tried was red, or it is not."""
    controls = [r["red_control"] for r in rows
                if r["red_control"] is not None]
    return {"name": name, "red_control": all(controls) if controls else None,
            **{c: sum(r[c] for r in rows) for c in (*COLUMNS, "seconds")}}


def table(rows):
    """All of it, with the power cuts in one line, and everything in one."""
    print("# %-22s" % "" + "".join(" %7.7s" % c for c in COLUMNS) +
          " %8s  control" % "time")
    for row in rows:
        show(row)
    cuts = [r for r in rows if r["name"].startswith("power-")]
    show(total("power cuts in all", cuts))
    show(total("in all", rows))


def good(row):
    return row["lost"] == row["doubled"] == row["corrupt"] == 0 and \
        row["red_control"] is not False and row["points"] > 0


def judge(row):
    print("%s - %s: %d points, %d acknowledged, %d lost, %d doubled, "
          "%d corrupt" % ("ok" if good(row) else "not ok", row["name"],
                          *(row[c] for c in COLUMNS)))


def digest():
    """Of the programs and of the tests."""
    here = os.path.dirname(os.path.abspath(__file__))
    h = hashlib.sha256()
    for path in sorted(glob.glob(B + "/guichet*") +
                       glob.glob(B + "/tests/sim/*") +
                       glob.glob(B + "/tests/torture/*") +
                       glob.glob(here + "/*.py")):
        if os.path.isfile(path) and (path.endswith(".py") or
                                     os.access(path, os.X_OK)):
            with open(path, "rb") as f:
                h.update(hashlib.sha256(f.read()).digest())
    return h.hexdigest()


class Parts:
    """Rows that were made before, of the same programs, in a file."""

    def __init__(self, path):
        self.path, self.digest = path, digest() if path else ""
        self.lock = threading.Lock()
        self.rows = {}
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                for row in map(json.loads, f):
                    if row.pop("of") == self.digest:
                        self.rows[row["name"]] = row

    def keep(self, row):
        with self.lock:
            self.rows[row["name"]] = row
            if self.path:
                with open(self.path, "a", encoding="utf-8") as f:
                    f.write(json.dumps({**row, "of": self.digest}) + "\n")


def name_of(case):
    return case.__name__.replace("_", "-")


def run(case, long, folder):
    """One row, or None when the machine cannot."""
    os.mkdir(folder)
    try:
        row = case(folder, long)
    except Skip as why:
        print("ok - %s # skip %s" % (name_of(case), why))
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"name": name_of(case), **row}


def alone():
    """In mounts of our own: a drive that another program's namespace still
    holds, when we take it out, would be written to from two sides."""
    if "TORTURE_ALONE" in os.environ or os.geteuid() != 0 or \
            subprocess.run(["unshare", "-m", "true"], check=False,
                           stderr=subprocess.DEVNULL).returncode != 0:
        return
    os.environ["TORTURE_ALONE"] = "1"
    os.execvp("unshare", ["unshare", "-m", sys.executable, *sys.argv])


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("--parts")
    parser.add_argument("case", nargs="*")
    return parser.parse_args()


CASES = chance.CASES + kills.CASES + disks.CASES + far.CASES + power.CASES


def make(chosen, args, parts):
    """The rows of these cases, as they come."""
    # On a disk: what is in memory cannot be tortured by its power.
    top = tempfile.mkdtemp(prefix="torture-", dir=B)

    def one(case):
        begun = time.monotonic()
        row = run(case, args.long, os.path.join(top, case.__name__))
        if row is not None:
            row["seconds"] = round(time.monotonic() - begun, 1)
            judge(row)
            parts.keep(row)
            sys.stdout.flush()

    try:
        # The worlds of chance need a processor and no disk; the others wait
        # for theirs more often than not.
        with ThreadPoolExecutor(2) as pool:
            beside = [c for c in chosen if c in chance.CASES and args.long]
            done = [pool.submit(one, c) for c in beside]
            for case in chosen:
                if case not in beside:
                    one(case)
            for d in done:
                d.result()
    finally:
        shutil.rmtree(top, ignore_errors=True)


def main():
    alone()
    args = options()
    parts = Parts(args.parts)
    make([c for c in CASES if name_of(c) in (args.case or map(name_of, CASES))
          and name_of(c) not in parts.rows], args, parts)
    rows = [parts.rows[name_of(c)] for c in CASES
            if name_of(c) in parts.rows]
    table(rows)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(row) + "\n" for row in rows)
    if args.parts and not args.case and os.path.exists(args.parts):
        os.remove(args.parts)
    return not all(map(good, rows))


if __name__ == "__main__":
    sys.exit(main())
