"""A disk that fails, is full, or turns its bits; rows that are exchanged or
are no envelopes any more."""
import os
import random
import shutil
import sqlite3
import subprocess

from kills import lay, restart, strace
from world import (B, SAVER, Skip, World, add, call, check, row, said,
                   shards)

IN_TRAINING = ["env", "TORTURE_TRAINING=1"]  # where memory is a disk
FLIPS = B + "/tests/torture/flips"
SHORT = 4  # points of a sweep in `make test`
SAVES = 4  # in a run whose calls are made to fail


def times_of(log, run, name):
    """How often a run makes that call."""
    run(["strace", "-qq", "-o", log, "-e", "trace=" + name])
    with open(log, encoding="utf-8", errors="replace") as f:
        return sum(1 for line in f if line.startswith(name + "("))


def failing(name, error, calls, manners):
    """Saves while a call fails: at its n-th time, for each n, in each of
    these manners; on a file to be made, and on one that is there."""
    def case(folder, long):
        w = World(folder)
        there, state = w.top + "/there", w.top + "/state"
        call([SAVER, "sent", there, w.desk, "10", "0"])

        def save(before):
            return call([*before, SAVER, "sent", state, w.desk, str(SAVES),
                         "0"])

        plans = []
        for fresh in (True, False):
            for what in calls:
                lay(state, None if fresh else there)
                n = times_of(w.top + "/run/strace", save, what)
                plans += [(fresh, what, manner % i) for manner in manners
                          for i in range(1, n + 1)]
        total = row()
        for fresh, what, when in plans if long else \
                random.sample(plans, SHORT):
            lay(state, None if fresh else there)
            done = save(strace("-e", "inject=%s:error=%s:when=%s" %
                               (what, error, when)))
            lost, damaged = restart(state, w.desk, said(done.stdout))
            add(total, row(1, len(said(done.stdout)), lost, 0, damaged))
        # A lie must be seen: nothing of it was ever written.
        lay(state, None)
        done = call([*strace("-e", "inject=pwrite64:error=%s:when=90+" %
                             error), SAVER, "lie", state, w.desk, "40", "0"])
        total["red_control"] = check(state, w.desk, said(done.stdout))[0] > 0
        return total
    case.__name__ = name
    return case


WRITES = ("pwrite64", "fdatasync", "ftruncate", "fallocate")


def full_memory(folder, long):
    """A disk of a few hundred KiB in memory, filled to its end by the queue
    itself. The control says so before it is true."""
    w = World(folder)
    state = folder + "/small"
    os.mkdir(state)
    total = row(red_control=False)
    for size in range(96, 96 + 8 * (96 if long else 16), 8 if long else 32):
        for verb in ("put", "lie"):
            if call(["mount", "-t", "tmpfs", "-o", "size=%dk" % size,
                     "tmpfs", state]).returncode != 0:
                raise Skip("nothing can be mounted here")
            try:
                done = call([*IN_TRAINING, SAVER, verb, state, w.desk, "200",
                             "0"])
                rids = said(done.stdout)
                lost, damaged = check(state, w.desk, rids, IN_TRAINING)
            finally:
                call(["umount", state])
            if verb == "lie":
                total["red_control"] |= lost > 0
            else:
                add(total, row(1, len(rids), lost, 0, damaged))
    return total


class Steps:
    """A desk that does one thing after another."""

    def __init__(self, state, keys, before=(), env=None):
        self.p = subprocess.Popen(
            [*before, SAVER, "steps", state, keys], text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=env)
        self.rids = []

    def do(self, word):
        """The number that it came to."""
        self.p.stdin.write(word + "\n")
        while True:
            line = self.p.stdout.readline().strip()
            self.rids += said(line)
            if line[:2] == "G-" or not line:
                return line

    def end(self):
        self.p.stdin.close()
        self.p.wait()


class SmallDisk:
    """ext4 on a file, in a folder, and whatever fills it."""

    def __init__(self, folder, mib):
        self.at, self.filler = folder + "/disk", folder + "/disk/filler"
        os.mkdir(self.at)
        with open(folder + "/image", "wb") as f:
            f.truncate(mib << 20)
        if os.geteuid() != 0 or call(["mkfs.ext4", "-q", "-F", "-m", "0",
                                      folder + "/image"]).returncode != 0:
            raise Skip("no right to make a disk here")
        if call(["mount", "-o", "loop", folder + "/image",
                 self.at]).returncode != 0:
            raise Skip("ext4 cannot be mounted here")

    def fill(self, left):
        """Everything but so many KiB."""
        with open(self.filler, "ab") as f:
            for step in (1 << 22, 1 << 16, 1 << 12):
                while self.free() >= (left << 10) + step:
                    try:
                        os.posix_fallocate(f.fileno(), f.tell(), step)
                    except OSError:
                        break
                    f.seek(0, os.SEEK_END)

    def free(self):
        st = os.statvfs(self.at)
        return st.f_bavail * st.f_frsize

    def empty(self):
        os.remove(self.filler)

    def close(self):
        call(["umount", self.at])


def one_full_disk(disk, state, keys, left, before=()):
    """Somebody fills the disk to so many KiB while a person is in: that
    person's save goes through, by the ballast's room; the next one is told;
    and when there is room again all is as before. A row, and whether the
    person was sent away."""
    full, ok = "G-515", "G-000"
    desk = Steps(state, keys, before)
    total = row(1)
    total["corrupt"] += desk.do("room") != ok
    disk.fill(left)
    away = any(desk.do("put") != ok for _ in range(6))
    total["corrupt"] += desk.do("room") != full
    # And again, now that the ballast is thrown: what is said stays true.
    disk.fill(0)
    for _ in range(40):
        desk.do("put")
    desk.end()
    lost, damaged = check(state, keys, desk.rids, before)
    disk.empty()
    again = Steps(state, keys, before)
    total["corrupt"] += again.do("room") != ok or again.do("put") != ok
    again.end()
    add(total, row(0, len(desk.rids), lost, 0, damaged))
    return total, away


def full_disk(folder, long):
    """A disk that is really full, with the ballast; the control has none."""
    w = World(folder)
    disk = SmallDisk(folder, 160)
    total = row()
    try:
        for left in range(0, 260, 4) if long else (0, 16):
            state = "%s/s%d" % (disk.at, left)
            one, away = one_full_disk(disk, state, w.desk, left)
            add(total, one)
            total["corrupt"] += away
            shutil.rmtree(state)
        away = one_full_disk(disk, disk.at + "/none", w.desk, 0,
                             IN_TRAINING)[1]
        total["red_control"] = away
    finally:
        disk.close()
    return total


def flipped(good, path, at):
    """A copy with one bit turned."""
    with open(good, "rb") as f:
        data = bytearray(f.read())
    data[at] ^= 1
    with open(path, "wb") as f:
        f.write(data)


def bit_flips(folder, long):
    """Each bit of the file turns, one at a time: either it is seen, or what
    was saved is found and sent as ever. The control looks with SQLite's own
    eyes only."""
    w = World(folder)
    w.put(4)
    with sqlite3.connect(w.desk + "/queue.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        mark = db.execute("SELECT substr(bytes, 300, 16) FROM envelope"
                          " WHERE sequence = 2").fetchone()[0]
    db.close()
    good = w.top + "/good.db"
    shutil.copy(w.desk + "/queue.db", good)
    with open(good, "rb") as f:
        data = f.read()
    flipped(good, w.top + "/bad.db", data.index(mark))
    unseen = rows_of(w.top + "/bad.db") not in (None, rows_of(good))
    # In memory: half a million disks would be worn out by it.
    at = "/dev/shm" if os.access("/dev/shm", os.W_OK) else w.top

    def part(which, of):
        own = "%s/guichet-flips-%d-%d" % (at, os.getpid(), which)
        os.mkdir(own, 0o700)
        step = of if long else of * 8009
        try:
            done = call([FLIPS, good, w.desk, own, str(which), str(step)],
                        timeout=7200)
        finally:
            shutil.rmtree(own)
        print("".join(line + "\n" for line in done.stdout.splitlines()
                      if line[0] == "#"), end="")
        if done.returncode != 0:
            print("# flips: %d %s" % (done.returncode, done.stderr))
            return row(0, 0, 0, 0, 1)
        turned, _, _, silent = done.stdout.splitlines()[-1].split()
        return row(int(turned), 0, 0, 0, int(silent))
    return add(shards(part, 2), row(0, 4, 0, 0, 0, unseen))


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


def meddle(w, *changes):
    """Somebody writes into the queue's file."""
    db = sqlite3.connect(w.desk + "/queue.db")
    for sql, values in changes:
        db.execute(sql, values)
    db.commit()
    db.close()


def bytes_of(w, sequence):
    db = sqlite3.connect(w.desk + "/queue.db")
    found = db.execute("SELECT bytes FROM envelope WHERE sequence=?",
                       (sequence,)).fetchone()[0]
    db.close()
    return found


PUT_BYTES = "UPDATE envelope SET bytes=? WHERE sequence=?"


def swapped_rows(folder, long):
    """Two rows exchange their bytes: it is seen, they are set aside, and all
    the others arrive. The control looks with SQLite's own eyes only."""
    total = row(red_control=False)
    for turn in range(12 if long else 1):
        w = World(os.path.join(folder, str(turn)))
        w.put(9)
        a, b = random.sample(range(2, 9), 2)
        one, two = bytes_of(w, a), bytes_of(w, b)
        meddle(w, (PUT_BYTES, (two, a)), (PUT_BYTES, (one, b)))
        total["red_control"] |= rows_of(w.desk + "/queue.db") is not None
        seen = w.verify().returncode != 0
        w.drain()
        aside = {w.acknowledged[a - 1], w.acknowledged[b - 1]}
        there = set(w.ledger())
        told = {r["rid"] for r in w.rows() if r["state"] == "damaged"}
        add(total, row(1, len(w.acknowledged) - 2,
                       len(set(w.acknowledged) - aside - there), 0,
                       (not seen) + len(there & aside) + (told != aside)))
    return total


def poison(folder, long):
    """Rows that are no envelopes any more do not hold the others; nothing is
    ever deleted. The control counts the ruined one too."""
    total = row(red_control=False)
    ruins = (b"", b"GUE1", os.urandom(2000), bytes(70000), bytes(300000))
    for ruin in ruins if long else ruins[2::2]:
        for at in range(1, 8) if long else (4,):
            w = World(os.path.join(folder, "%d-%d" % (len(ruin), at)))
            w.put(7)
            meddle(w, (PUT_BYTES, (ruin, at)))
            w.drain()
            there = set(w.ledger())
            missing = set(w.acknowledged) - there
            total["red_control"] |= len(missing) > 0
            ruined = w.acknowledged[at - 1]
            add(total, row(1, 6, len(missing - {ruined}), 0,
                           (ruined in there) + (len(w.rows()) != 7)))
    return total


ONCE, SOMETIMES, ALWAYS = ("%d",), ("%d+3", "%d+7"), ("%d+",)
CASES = [
    failing("eio_once", "EIO", (*WRITES, "pread64"), ONCE),
    failing("eio_sometimes", "EIO", WRITES, SOMETIMES),
    failing("eio_always", "EIO", WRITES, ALWAYS),
    failing("enospc_each_write", "ENOSPC", WRITES, ONCE + ALWAYS),
    full_memory, full_disk, bit_flips, swapped_rows, poison,
]
