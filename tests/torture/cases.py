"""Killed at each system call, a disk that fails or is full, bits that turn,
poison, and clocks that are wrong."""
import os
import random
import shutil
import sqlite3
import subprocess
import time

from world import B, SAVER, Skip, World, call, check, row, said

IN_TRAINING = ["env", "TORTURE_TRAINING=1"]  # where memory is a disk
SHORT = 8  # points of a sweep in `make test`
RESTART_S = 2.0


def strace(*args):
    if shutil.which("strace") is None:
        raise Skip("strace is not here")
    return ["strace", "-qq", "-o", "/dev/null", *args]


def calls_of(world, run):
    """How many system calls it makes in all."""
    log = world.top + "/run/strace"
    run(["strace", "-qq", "-o", log])
    with open(log, encoding="utf-8", errors="replace") as f:
        return sum(1 for line in f if not line.startswith(("---", "+++")))


def points_of(last, long):
    if long:
        return range(1, last + 1)
    return sorted(random.sample(range(1, last + 1), min(SHORT, last)))


def killed_at(n):
    return strace("-e", "inject=all:signal=SIGKILL:when=%d" % n)


def lie_is_seen(world):
    """The control: one that says so before it is true, killed."""
    state = world.top + "/lie"
    os.mkdir(state)
    lost = 0
    for n in range(5):
        done = call([*strace("-e", "inject=pwrite64:signal=SIGKILL:when=%d" %
                             (90 + n)), SAVER, "lie", state, world.desk,
                     "40", "0"])
        lost += check(state, world.desk, said(done.stdout))[0]
    return lost > 0


def restart(world, rids):
    """Open, check and answer again, without a hand, in time."""
    begun = time.monotonic()
    lost, damaged = check(world.desk, world.desk, rids)
    return lost, damaged + (time.monotonic() - begun > RESTART_S)


def kill_save(folder, long):
    """guichet killed at each of its system calls."""
    w = World(folder)
    lost = corrupt = 0
    points = points_of(calls_of(w, w.enrol), long)
    for n in points:
        done = w.enrol(killed_at(n))
        one = restart(w, said(done.stdout))
        lost += one[0]
        corrupt += one[1]
    total = w.count(len(points), lie_is_seen(w))
    total["lost"] += lost
    total["corrupt"] += corrupt
    return total


def kill_sync(folder, long):
    """guichet-sync killed at each of its system calls."""
    w = World(folder)
    p = w.central()
    try:
        w.sync()
        w.put(3)
        points = points_of(calls_of(w, w.sync), long)
        for n in points:
            w.put(3)
            w.sync(killed_at(n))
    finally:
        p.terminate()
        p.wait()
    return w.count(len(points))


def kill_receipt(folder, long):
    """guichet-central killed at the n-th of each kind of call that keeps or
    answers, in whatever thread."""
    w = World(folder)
    kinds = ("pwrite64", "fdatasync", "sendto", "sendmsg", "recvfrom",
             "openat", "write")
    points = [(k, n) for k in kinds for n in range(1, 41)]
    if not long:
        points = random.sample(points[:160], SHORT)
    for kind, n in points:
        w.put(2)
        p = w.central(strace("-D", "-f", "-e", "inject=%s:signal=SIGKILL:when=%d" %
                             (kind, n)))
        w.sync()
        p.terminate()
        p.wait()
    return w.count(len(points))


def injected(name, error, whens):
    """The queue saves while a call fails so often."""
    def case(folder, long):
        w = World(folder)
        plans = whens if long else random.sample(whens, 1)
        for when in plans:
            for what in ("fdatasync", "pwrite64", "ftruncate"):
                w.put(40, strace("-e", "inject=%s:error=%s:when=%s" %
                                 (what, error, when)))
                lost, damaged = restart(w, w.acknowledged)
                if lost or damaged:
                    return row(1, len(w.acknowledged), lost, 0, damaged)
        # A lie must be seen: nothing of it was ever written.
        state = w.top + "/lie"
        os.mkdir(state)
        done = call([*strace("-e", "inject=pwrite64:error=%s:when=90+" %
                             error), SAVER, "lie", state, w.desk, "40", "0"])
        lost = check(state, w.desk, said(done.stdout))[0]
        return w.count(3 * len(plans), lost > 0)
    case.__name__ = name
    return case


def full_disk(folder, long):
    """A disk of a few hundred KiB, filled to its end."""
    w = World(folder)
    state = folder + "/small"
    os.mkdir(state)
    points = acknowledged = lost = corrupt = 0
    for size in range(96, 96 + 32 * (24 if long else 4), 32):
        if call(["mount", "-t", "tmpfs", "-o", "size=%dk" % size, "tmpfs",
                 state]).returncode != 0:
            raise Skip("nothing can be mounted here")
        try:
            done = call([*IN_TRAINING, SAVER, "put", state, w.desk, "200",
                         "0"])
            rids = said(done.stdout)
            one = check(state, w.desk, rids, IN_TRAINING)
            points += 1
            acknowledged += len(rids)
            lost += one[0]
            corrupt += one[1]
        finally:
            call(["umount", state])
    return row(points, acknowledged, lost, 0, corrupt)


def flip(path, at, bit):
    with open(path, "r+b") as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ (1 << bit)]))


def bit_flips(folder, long):
    """One bit of the file turns: either it is seen, or nothing that was
    saved is another. The control looks with SQLite's own eyes only."""
    w = World(folder)
    w.put(12)
    with sqlite3.connect(w.desk + "/queue.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    good = w.top + "/good.db"
    path = w.desk + "/queue.db"
    shutil.copy(path, good)
    truth = rows_of(good)
    size = os.path.getsize(good)
    silent = unseen_by_sqlite = 0
    points = 2000 if long else 25
    for _ in range(points):
        shutil.copy(good, path)
        for end in ("-wal", "-shm"):
            if os.path.exists(path + end):
                os.remove(path + end)
        flip(path, random.randrange(size), random.randrange(8))
        now = rows_of(path)
        changed = now != truth
        unseen_by_sqlite += changed and now is not None
        if changed and w.verify().returncode == 0:
            silent += 1
    return row(points, 12, 0, 0, silent,
               unseen_by_sqlite > 0 if points > 100 else None)


def rows_of(path):
    """What matters of each row; None when SQLite sees the damage."""
    db = sqlite3.connect("file:%s?mode=ro&immutable=1" % path, uri=True)
    try:
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return None
        return db.execute("SELECT sequence, rid, terminal, hash, bytes"
                          " FROM envelope").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        db.close()


def swapped_rows(folder, long):
    """Two rows exchange their bytes, or their numbers: it is seen, they are
    set aside, and all the others arrive."""
    corrupt = points = acknowledged = lost = 0
    for turn in range(6 if long else 1):
        w = World(os.path.join(folder, str(turn)))
        w.put(9)
        a, b = random.sample(range(2, 9), 2)
        db = sqlite3.connect(w.desk + "/queue.db")
        one, two = (db.execute("SELECT bytes FROM envelope WHERE sequence=?",
                               (n,)).fetchone()[0] for n in (a, b))
        db.execute("UPDATE envelope SET bytes=? WHERE sequence=?", (two, a))
        db.execute("UPDATE envelope SET bytes=? WHERE sequence=?", (one, b))
        db.commit()
        db.close()
        corrupt += w.verify().returncode == 0  # it must be seen
        w.drain()
        aside = {w.acknowledged[a - 1], w.acknowledged[b - 1]}
        there = set(w.ledger())
        lost += len(set(w.acknowledged) - aside - there)
        corrupt += len(there & aside)
        corrupt += {r["rid"] for r in w.rows()
                    if r["state"] == "damaged"} != aside
        points += 1
        acknowledged += len(w.acknowledged) - 2
    return row(points, acknowledged, lost, 0, corrupt)


def poison(folder, long):
    """Rows that are no envelopes any more do not hold the others."""
    lost = corrupt = acknowledged = points = 0
    ruins = (b"", b"GUE1", os.urandom(2000), bytes(70000), bytes(300000))
    for ruin in ruins if long else ruins[2::2]:
        w = World(os.path.join(folder, str(len(ruin))))
        w.put(7)
        db = sqlite3.connect(w.desk + "/queue.db")
        db.execute("UPDATE envelope SET bytes=? WHERE sequence=4", (ruin,))
        db.commit()
        db.close()
        w.drain()
        there = set(w.ledger())
        lost += len(set(w.acknowledged[:3] + w.acknowledged[4:]) - there)
        corrupt += w.acknowledged[3] in there
        corrupt += len(w.rows()) != 7  # nothing is ever deleted
        acknowledged += 6
        points += 1
    return row(points, acknowledged, lost, 0, corrupt)


def clocks(folder, long):
    """Clocks at 1970, in 2038, backwards and too fast."""
    if shutil.which("faketime") is None:
        raise Skip("faketime is not here")
    w = World(folder)
    times = [("-f", "@1970-01-02 00:00:00"), ("-f", "@2038-01-19 03:14:06"),
             ("-f", "-400d"), ("-f", "+0 x20"), ("-f", "@2106-02-07 06:28:14")]
    p = w.central()
    try:
        for when in times if long else times[:3]:
            fake = ["faketime", *when]
            w.put(2, fake)
            w.sync(fake)  # certificates may not be valid then
            w.put(1)
            w.sync()
    finally:
        p.terminate()
        p.wait()
    return w.count(len(times if long else times[:3]))


def simulator(_folder, long):
    """Worlds of chance, each from its seed; tests/sim/sim.c."""
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


CASES = [
    simulator,
    kill_save, kill_sync, kill_receipt,
    injected("eio_once", "EIO", [str(n) for n in range(1, 60)]),
    injected("eio_sometimes", "EIO", ["%d+%d" % (n, m) for n in
                                      range(4, 40, 4) for m in (3, 7)]),
    injected("eio_always", "EIO", ["%d+" % n for n in range(1, 60)]),
    injected("enospc_each_write", "ENOSPC", [str(n) for n in range(1, 120)] +
             ["%d+" % n for n in range(1, 60)]),
    full_disk, bit_flips, swapped_rows, poison, clocks,
]
