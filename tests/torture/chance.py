"""Worlds of chance, each from its seed; tests/sim/sim.c. A failing seed is
played again by the command that is printed."""
import hashlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from world import B, call, row

SIM = B + "/tests/sim/"
EACH = 2500  # seeds of a part
PARTS = B + "/sim.parts"  # those that are done, of this simulator


def digest():
    with open(SIM + "sim", "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def done_before(of):
    """By the first seed of a part, how many were saved in it."""
    if not os.path.exists(PARTS):
        return {}
    with open(PARTS, encoding="ascii") as f:
        parts = map(json.loads, f)
        return {p["from"]: p["saved"] for p in parts if p["of"] == of}


def play(first, seeds):
    """How many were saved in these worlds; None when one does not hold."""
    # Behind those who count the seconds of a restart.
    done = subprocess.run(["nice", "-n", "19", SIM + "sim", "--from",
                           str(first), "--seeds", str(seeds)],
                          stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        print("# " + done.stdout.strip())
        return None
    return int(done.stdout.split()[-1])


def play_all(seeds, jobs):
    """Part by part, going on where a run before was cut short: the rows of
    each part's first seed and what was saved."""
    of = digest()
    saved = done_before(of)

    def part(first):
        n = play(first, EACH)
        if n is not None:
            with open(PARTS, "a", encoding="ascii") as f:
                f.write(json.dumps({"from": first, "saved": n, "of": of}) +
                        "\n")
        saved[first] = n

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(part, (n for n in range(1, seeds + 1, EACH)
                             if n not in saved)))
    if os.path.exists(PARTS) and None not in saved.values():
        os.remove(PARTS)
    return saved


def simulator(_folder, long):
    """As many worlds, and each planted bug found by some of them."""
    seeds = 100000 if long else 200
    saved = play_all(seeds, os.cpu_count() or 1) if long else \
        {1: play(1, seeds)}
    total = row(seeds)
    total["acknowledged"] = sum(n or 0 for n in saved.values())
    total["lost"] = sum(n is None for n in saved.values())
    total["red_control"] = all(
        call([SIM + "plant-%d" % n, "--seeds", "2000"]).returncode == 1
        for n in range(1, 8))
    return total


CASES = [simulator]
