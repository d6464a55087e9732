"""A training set-up of its own, and the programs run in it."""
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

B = os.path.abspath(os.environ.get("B", "build"))
TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
SAVER = B + "/tests/torture/saver"
WEAK = B + "/tests/torture/weak.so"
LIAR = B + "/tests/torture/liar"  # guichet-central with a bug planted
CARELESS = B + "/tests/torture/careless"  # guichetctl with one
CTL = B + "/guichetctl"


class Skip(Exception):
    """What this machine cannot do."""


def call(argv, **kw):
    """Run to its end; output as text."""
    kw.setdefault("timeout", HANGS_S)
    if "input" not in kw:
        kw.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(argv, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False,
                          **kw)


def must(argv, **kw):
    done = call(argv, **kw)
    if done.returncode != 0:
        raise RuntimeError("%s: %d %s%s" % (argv, done.returncode,
                                            done.stdout, done.stderr))
    return done.stdout


def said(text, word="saved"):
    """The ids that were acknowledged."""
    return re.findall("^%s (\\w{26})$" % word, text, re.M)


def row(points=0, acknowledged=0, lost=0, doubled=0, corrupt=0,
        red_control=None):
    return {"points": points, "acknowledged": acknowledged, "lost": lost,
            "doubled": doubled, "corrupt": corrupt,
            "red_control": red_control}


def add(total, one):
    """Add a row to another; a control that was not tried says nothing."""
    for key in ("points", "acknowledged", "lost", "doubled", "corrupt"):
        total[key] += one[key]
    if one["red_control"] is not None:
        total["red_control"] = one["red_control"] and \
            total["red_control"] is not False
    return total


def shards(part, of):
    """The sum of part(0, of), part(1, of)... side by side."""
    with ThreadPoolExecutor(of) as pool:
        rows = list(pool.map(lambda which: part(which, of), range(of)))
    total = row()
    for one in rows:
        add(total, one)
    return total


RESTART_S = 2.0
HANGS_S = 120


def waited(pid, only=None):
    """How long the threads of a process that can still be asked, or one of
    them, have stood ready and found no processor, in seconds."""
    total = 0
    try:
        for tid in [only] if only else os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/schedstat" % (pid, tid),
                      encoding="ascii") as f:
                total += int(f.read().split()[1])
    except OSError:
        pass
    return total / 1e9


class Watch:
    """The time that something takes on a machine of its own: what its
    processes, and we who look, waited for others' work is not counted."""

    def __init__(self, *pids):
        self.me = (os.getpid(), threading.get_native_id())
        self.mine = waited(*self.me)
        self.pids = {p: waited(p) for p in pids}
        self.others = 0
        self.begun = time.monotonic()

    def join(self, pid):
        """A process that began since."""
        self.pids[pid] = 0

    def call(self, argv, text=""):
        """Run to its end, as call() does."""
        with tempfile.TemporaryFile("w+") as out, \
                tempfile.TemporaryFile("w+") as err, \
                tempfile.TemporaryFile("w+") as given:
            given.write(text)
            given.seek(0)
            with subprocess.Popen(argv, stdin=given, stdout=out,
                                  stderr=err) as p:
                too_long = threading.Timer(HANGS_S, p.kill)
                too_long.start()
                os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOWAIT)
                too_long.cancel()
                self.others += waited(p.pid)
                p.wait()
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(argv, p.returncode,
                                               out.read(), err.read())

    def took(self):
        lost = self.others + waited(*self.me) - self.mine + sum(
            max(0, waited(p) - was) for p, was in self.pids.items())
        return time.monotonic() - self.begun - lost


def late(took):
    """Whether a restart took too long."""
    return took > RESTART_S


class World:
    """A terminal and a centre below a folder."""

    def __init__(self, folder):
        self.top = os.path.join(folder, "t")
        os.makedirs(folder, exist_ok=True)
        must([TREE + "/tools/training", self.top, B])
        self.desk = self.top + "/desk"
        self.desk_conf = self.top + "/desk.conf"
        self.centre_conf = self.top + "/centre.conf"
        self.acknowledged = []

    def set(self, conf, name, value):
        with open(conf, encoding="utf-8") as f:
            lines = [line for line in f if not line.startswith(name + " ")]
        with open(conf, "w", encoding="utf-8") as f:
            f.writelines(lines + ["%s = %s\n" % (name, value)])

    def get(self, conf, name):
        with open(conf, encoding="utf-8") as f:
            for line in f:
                if line.startswith(name + " = "):
                    return line.split(" = ", 1)[1].strip()
        raise KeyError(name)

    def enrol_command(self):
        return [B + "/guichet", "-c", self.desk_conf,
                "--card", TREE + "/tests/cards/adult.card",
                "--answers", TREE + "/tests/answers/adult.txt"]

    def enrol(self, before=(), **kw):
        """One enrolment; what was acknowledged is kept."""
        done = call([*before, *self.enrol_command()], **kw)
        self.acknowledged += said(done.stdout)
        return done

    def put(self, count, before=(), verb="put", state=None, **kw):
        """As many saves by the queue alone."""
        done = call([*before, SAVER, verb, state or self.desk, self.desk,
                     str(count), "0"], **kw)
        self.acknowledged += said(done.stdout)
        return done

    def sync_command(self):
        return [B + "/guichet-sync", "-c", self.desk_conf, "--once"]

    def sync(self, before=(), **kw):
        return call([*before, *self.sync_command()], **kw)

    def central(self, before=(), program=B + "/guichet-central"):
        """The gateway alone, in the background, once it listens."""
        port = self.get(self.centre_conf, "listen").split(":")[1]
        with open(self.top + "/run/central.log", "ab") as log:
            p = subprocess.Popen([*before, program, "-c", self.centre_conf],
                                 stdin=subprocess.DEVNULL, stdout=log,
                                 stderr=log)
        for _ in range(200):
            if p.poll() is not None or call(
                    ["ss", "-Hltn", "sport = :" + port]).stdout:
                break
            try:
                p.wait(0.02)
            except subprocess.TimeoutExpired:
                pass
        return p

    def rows(self):
        return [json.loads(line) for line in must(
            [B + "/guichetctl", "-c", self.desk_conf, "queue", "list",
             "--json"]).splitlines()]

    def ledger(self):
        return [json.loads(line)["rid"] for line in must(
            [B + "/guichetctl", "-c", self.centre_conf, "centre", "ledger",
             "--json"]).splitlines()]

    def gaps(self):
        return [json.loads(line)["kind"] for line in must(
            [B + "/guichetctl", "-c", self.centre_conf, "centre", "gaps",
             "--json"]).splitlines()]

    def verify(self):
        return call([B + "/guichetctl", "-c", self.desk_conf, "verify"])

    def drain(self):
        """Heal, and let everything go up; the words of the last try."""
        p = self.central()
        for _ in range(5):
            done = self.sync()
            if done.returncode == 0:
                break
        p.terminate()
        p.wait()
        return done

    def count(self, points, control=None):
        """Deliver what waits, then compare with what was acknowledged."""
        corrupt = self.verify().returncode != 0
        done = self.drain()
        if done.returncode != 0:
            print("# " + done.stderr.strip())
        there = self.ledger()
        lost = set(self.acknowledged) - set(there)
        return row(points, len(self.acknowledged), len(lost),
                   len(there) - len(set(there)),
                   int(corrupt) + (done.returncode != 0), control)


def check(state, keys, rids, before=(), verb="check", watch=None):
    """What a queue holds of those ids: lost, damaged."""
    done = (watch or Watch()).call([*before, SAVER, verb, state, keys],
                                   "".join(r + "\n" for r in rids))
    if done.returncode != 0:
        print("# check: " + done.stderr.strip(), file=sys.stderr)
        return len(rids), 1
    _, lost, damaged, error = done.stdout.splitlines()[-1].split()
    return int(lost), int(damaged) + (error != "G-000")
