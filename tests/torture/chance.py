"""Worlds of chance, each from its seed; tests/sim/sim.c. A failing seed is
played again by the command that is printed."""
import subprocess

from world import B, call, row


def simulator(_folder, long):
    """As many worlds, and each planted bug found by some of them."""
    sim = B + "/tests/sim/"
    seeds, parts = (100000, 2) if long else (200, 1)
    runs = [subprocess.Popen([sim + "sim", "--from", str(1 + i * seeds),
                              "--seeds", str(seeds // parts)],
                             stdout=subprocess.PIPE, text=True)
            for i in range(parts)]
    total = row()
    for run in runs:
        out = run.communicate()[0]
        if run.returncode != 0:
            print("# " + out.strip())
            total["lost"] += 1
        total["acknowledged"] += int(out.split()[-1])
        total["points"] += seeds // parts
    total["red_control"] = all(
        call([sim + "plant-%d" % n, "--seeds", "2000"]).returncode == 1
        for n in range(1, 5))
    return total


CASES = [simulator]
