"""Killed at each system call of a save, a delivery and a receipt.

tests/torture/killer.c counts the calls and kills. Where there are thousands
of calls that only arrange a process's own memory (guichet's is locked), they
are not counted; where the queue alone is killed, they are.
"""
import json
import os
import random
import shutil
import subprocess
import time

from world import (B, CARELESS, CTL, LIAR, SAVER, Skip, Watch, World, add,
                   call, check, late, must, row, said, shards)

SHORT = 8  # points of a sweep in `make test`
KILLER = B + "/tests/torture/killer"
KILLED = 137


def strace(*args):
    if shutil.which("strace") is None:
        raise Skip("strace is not here")
    return ["strace", "-qq", "-o", "/dev/null", *args]


def calls_of(log, run, *flags):
    """How many calls a run makes in all."""
    run([KILLER, *flags, "-o", log, "0"])
    with open(log, encoding="ascii") as f:
        return int(f.read())


def each(last, long, kill, which=0, of=1):
    """Kill at every point that is this shard's, and behind them as long as a
    run may be longer than the one that was counted; or at a few by chance.
    How many were killed."""
    if not long:
        some = random.sample(range(1, last + 1), min(SHORT // of, last))
        return sum(kill(n) for n in some)
    done = spared = 0
    n = 1 + which
    while n <= last or spared < 3:
        killed = kill(n)
        done += killed
        spared = 0 if killed else spared + 1
        n += of
    return done


def restart(state, keys, rids):
    """Open, check and answer again, without a hand, in time."""
    watch = Watch()
    lost, damaged = check(state, keys, rids, watch=watch)
    return lost, damaged + late(watch.took())


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


def traced(pid, tid):
    with open("/proc/%d/task/%s/status" % (pid, tid),
              encoding="ascii") as f:
        return "TracerPid:\t0\n" not in f.read()


def break_disk(p):
    """No more writes for a gateway that serves; once that is so."""
    tids = [t for t in os.listdir("/proc/%d/task" % p.pid)
            if int(t) != p.pid]
    tracer = subprocess.Popen(
        strace("-e", "inject=fdatasync,pwrite64:error=EIO",
               *(word for t in tids for word in ("-p", t))),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    for _ in range(4000):
        if all(traced(p.pid, t) for t in tids):
            break
        time.sleep(.005)
    return tracer


def liar_is_seen(folder):
    """The control: a gateway that answers before it is true, on a disk that
    does not want it."""
    world = World(os.path.join(folder, "liar"))
    p = world.central(program=LIAR)
    tracer = break_disk(p)
    world.put(3)
    world.sync()
    p.kill()
    p.wait()
    tracer.wait()
    return world.count(1)["lost"] > 0


def came_back(watch, done, n):
    """0 when a start had what it needed in time; says what it had not."""
    took = watch.took()
    if done.returncode == 0 and not late(took):
        return 0
    print("# point %d: %.1f s, %d %s" % (n, took, done.returncode,
                                         done.stderr.strip()))
    return 1


def stop(p):
    p.terminate()
    p.wait()


def lay(state, there):
    """The folder as it was before."""
    shutil.rmtree(state, ignore_errors=True)
    if there is not None:
        shutil.copytree(there, state)


def kill_save(folder, long):
    """guichet killed at each of its calls, from its start to its end."""
    def part(which, of):
        w = World(os.path.join(folder, str(which)))
        p = w.central()
        w.sync()  # identifiers: with them there are secrets to hand over
        stop(p)
        w.put(5)
        there = w.top + "/there"
        shutil.copytree(w.desk, there)
        old = list(w.acknowledged)
        total = row(red_control=lie_is_seen(w) if which == 0 else None)

        def kill(n):
            lay(w.desk, there)
            done = w.enrol([KILLER, str(n)])
            rids = said(done.stdout)
            lost, damaged = restart(w.desk, w.desk, old + rids)
            add(total, row(0, len(rids), lost, 0, damaged))
            return done.returncode == KILLED

        last = calls_of(w.top + "/run/calls", w.enrol)
        total["points"] += each(last, long, kill, which, of)
        return total
    return shards(part, 2)


def kill_queue(folder, long):
    """The queue alone killed at each and every call of two saves, each with
    its receipt: on a file to be made, and on one that is there."""
    w = World(folder)
    there, state = w.top + "/there", w.top + "/state"
    old = said(must([SAVER, "sent", there, w.desk, "20", "0"]))
    total = row(red_control=lie_is_seen(w))

    def save(before):
        return call([*before, SAVER, "sent", state, w.desk, "2", "0"])

    for fresh in (True, False):
        def kill(n, fresh=fresh):
            lay(state, None if fresh else there)
            done = save([KILLER, "-a", str(n)])
            rids = said(done.stdout)
            lost, damaged = restart(state, w.desk,
                                    rids + ([] if fresh else old))
            add(total, row(0, len(rids), lost, 0, damaged))
            return done.returncode == KILLED

        lay(state, None if fresh else there)
        last = calls_of(w.top + "/run/calls", save, "-a")
        total["points"] += each(last, long, kill)
    return total


def kill_sync(folder, long):
    """guichet-sync killed at each of its calls; the next one delivers."""
    def part(which, of):
        w = World(os.path.join(folder, str(which)))
        bad = row()

        def kill(n):
            w.put(2)
            done = w.sync([KILLER, str(n)])
            watch = Watch(p.pid)
            bad["corrupt"] += came_back(watch, watch.call(w.sync_command()),
                                        n)
            return done.returncode == KILLED

        p = w.central()
        try:
            w.sync()
            w.put(2)
            last = calls_of(w.top + "/run/calls", w.sync)
            killed = each(last, long, kill, which, of)
        finally:
            stop(p)
        return add(w.count(killed, liar_is_seen(folder) if which == 0 else None),
                   bad)
    return shards(part, 2)


def kill_receipt(folder, long):
    """guichet-central killed at each call of its start, and of what it does
    until two enrolments have their receipts; the next one answers."""
    def part(which, of):
        w = World(os.path.join(folder, str(which)))
        bad = row()

        def serve(before):
            p = w.central(before)
            w.put(2)
            w.sync()
            killed = p.poll() == KILLED
            stop(p)
            return killed

        def kill(n):
            killed = serve([KILLER, str(n)])
            watch = Watch()
            p = w.central()
            watch.join(p.pid)
            bad["corrupt"] += came_back(watch, watch.call(w.sync_command()),
                                        n)
            stop(p)
            return killed

        last = calls_of(w.top + "/run/calls", serve)
        killed = each(last, long, kill, which, of)
        return add(w.count(killed, liar_is_seen(folder) if which == 0 else None),
                   bad)
    return shards(part, 2)


class Turn:
    """A centre whose opening key turns, and an entry that waits under a key
    that must not be lost by it: the folders as they are before."""

    def __init__(self, folder, verb):
        self.w = World(folder)
        self.verb = verb
        self.w.set(self.w.centre_conf, "keep-days", "0")
        self.w.set(self.w.desk_conf, "epoch-envelopes", "1000")
        self.deliver()
        must(self.opener())
        must(self.ctl("rotate"))
        self.deliver()  # and the terminal hears of it
        self.deliver()
        must(self.opener())
        if verb == "rotate":
            must(self.ctl("retire"))
        self.deliver()  # under the second, and waits
        self.there = self.w.top + "/there"
        os.mkdir(self.there)
        for name in ("centre", "vault"):
            shutil.copytree("%s/%s" % (self.w.top, name),
                            "%s/%s" % (self.there, name))

    def ctl(self, *words, program=CTL):
        return [program, "-c", self.w.centre_conf, "centre", "opening",
                *words]

    def opener(self):
        return [B + "/guichet-opener", "-c", self.w.centre_conf, "--once"]

    def deliver(self):
        p = self.w.central()
        self.w.enrol()
        self.w.sync()
        stop(p)

    def lay(self):
        for name in ("centre", "vault"):
            lay("%s/%s" % (self.w.top, name),
                "%s/%s" % (self.there, name))

    def turn(self, before=(), program=CTL):
        return call([*before, *self.ctl(self.verb, program=program)])

    def after(self, n=0):
        """It is called again, once more, and what waits is opened."""
        watch = Watch()
        done = watch.call(self.ctl(self.verb))
        bad = late(watch.took()) + (done.returncode not in (0, 1))
        opened = call(self.opener())
        outcomes = [json.loads(line)["outcome"] for line in must(
            [CTL, "-c", self.w.centre_conf, "centre", "ledger",
             "--json"]).splitlines()]
        keys = [json.loads(line) for line in must(
            self.ctl("list", "--json")).splitlines()]
        force = [k["number"] for k in keys if k["state"] == "in-force"]
        gone = [k["number"] for k in keys if k["state"] == "missing"]
        want = 2 if self.verb == "rotate" else 1
        lost = sum(o in ("waiting", "refused") for o in outcomes)
        bad += opened.returncode != 0 or len(force) != want or gone != []
        if bad or lost:
            print("# point %d: %d %s %s, %s, %s" % (
                n, done.returncode, done.stderr.strip(),
                opened.stderr.strip(), outcomes, keys))
        return row(0, len(outcomes), lost, 0, int(bad))

    def sweep(self, long, which, of):
        total = row()

        def kill(n):
            self.lay()
            done = self.turn([KILLER, str(n)])
            add(total, self.after(n))
            return done.returncode == KILLED

        self.lay()
        last = calls_of(self.w.top + "/run/calls", self.turn)
        total["points"] += each(last, long, kill, which, of)
        return total


def lost_key_is_seen(folder):
    """The control: one that lets the key in force go when the next comes."""
    t = Turn(folder, "rotate")
    t.lay()
    t.turn(program=CARELESS)
    return t.after()["lost"] > 0


def kill_openings(folder, long):
    """guichetctl killed at each of its calls while the centre's next opening
    key comes, and while the oldest is retired and destroyed: it is called
    again, and what waits is opened."""
    def part(which, of):
        total = row()
        for verb in ("rotate", "retire"):
            add(total, Turn("%s/%s%d" % (folder, verb, which),
                            verb).sweep(long, which, of))
        return total
    return add(shards(part, 2 if long else 1),
               row(red_control=lost_key_is_seen(folder + "/careless")))


CASES = [kill_save, kill_queue, kill_sync, kill_receipt, kill_openings]
