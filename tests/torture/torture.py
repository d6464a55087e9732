#!/usr/bin/env python3
"""Torture the programs, and count what was said to be saved and is not there.

torture.py [--long] [--json FILE] [CASE...]

Each case prints a row of a table and a line of TAP, and with --json a line of
build/torture.json. A row holds what was acknowledged, what of it was lost,
doubled or corrupt, and whether its control, the same case with something
taken away that makes it safe, was seen to lose something.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chance  # noqa: E402  (the folder of this file)
import disks  # noqa: E402
import far  # noqa: E402
import kills  # noqa: E402
import power  # noqa: E402
from world import Skip  # noqa: E402

COLUMNS = ("points", "acknowledged", "lost", "doubled", "corrupt")


def show(row):
    control = {True: "red", False: "GREEN", None: "-"}[row["red_control"]]
    print("# %-22s" % row["name"] +
          "".join(" %6d" % row[c] for c in COLUMNS) + "  " + control)


def judge(row):
    good = row["lost"] == row["doubled"] == row["corrupt"] == 0 and \
        row["red_control"] is not False and row["points"] > 0
    print("%s - %s: %d points, %d acknowledged, %d lost, %d doubled, "
          "%d corrupt" % ("ok" if good else "not ok", row["name"],
                          *(row[c] for c in COLUMNS)))
    return good


def run(case, long, folder):
    """One row, or None when the machine cannot."""
    os.mkdir(folder)
    try:
        row = case(folder, long)
    except Skip as why:
        print("ok - %s # skip %s" % (case.__name__, why))
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"name": case.__name__.replace("_", "-"), **row}


def alone():
    """In mounts of our own: a drive that another program's namespace still
    holds, when we take it out, would be written to from two sides."""
    if "TORTURE_ALONE" in os.environ or os.geteuid() != 0 or \
            subprocess.run(["unshare", "-m", "true"], check=False,
                           stderr=subprocess.DEVNULL).returncode != 0:
        return
    os.environ["TORTURE_ALONE"] = "1"
    os.execvp("unshare", ["unshare", "-m", sys.executable, *sys.argv])


def main():
    alone()
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("case", nargs="*")
    args = parser.parse_args()
    table = chance.CASES + kills.CASES + disks.CASES + far.CASES + power.CASES
    chosen = [c for c in table
              if c.__name__.replace("_", "-") in args.case]
    if not args.case:
        chosen = table
    # On a disk: what is in memory cannot be tortured by its power.
    top = tempfile.mkdtemp(prefix="torture-",
                           dir=os.environ.get("B", "build"))
    rows = []

    def one(case):
        begun = time.monotonic()
        row = run(case, args.long, os.path.join(top, case.__name__))
        if row is not None:
            row["seconds"] = round(time.monotonic() - begun, 1)
            show(row)
            row["good"] = judge(row)
            rows.append(row)
            sys.stdout.flush()

    print("# %-22s" % "" + "".join(" %6.6s" % c for c in COLUMNS) +
          "  control")
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
    bad = sum(not row.pop("good") for row in rows)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(row) + "\n" for row in rows)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
