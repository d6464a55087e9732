"""Disks that come back from yesterday, clones, a line that cuts, a herd, and
clocks that are wrong."""
import json
import os
import random
import shutil
import socket
import subprocess
import threading
import time

from kills import liar_is_seen, stop
from world import B, SAVER, Skip, World, add, call, must, row, said


def alarm(w):
    """The centre tells its operator of a second history."""
    return bool({"fork", "chain"} & set(w.gaps()))


def told_as_sent(w, rids):
    """How many of those the terminal takes for delivered."""
    return sum(r["state"] == "sent" for r in w.rows() if r["rid"] in rids)


def rolled_back_disk(folder, long):
    """A terminal's disk of yesterday comes back: what had been delivered
    stays, what the disk then says is kept as evidence and never taken for
    the first. The control is a disk of its own day: no alarm."""
    total = row(red_control=True)
    for turn in range(8 if long else 1):
        w = World(os.path.join(folder, str(turn)))
        w.put(3)
        w.drain()
        shutil.copytree(w.desk, w.top + "/yesterday")
        w.put(1 + turn)
        w.drain()
        total["red_control"] &= not alarm(w)
        first = set(w.acknowledged)
        shutil.rmtree(w.desk)
        shutil.copytree(w.top + "/yesterday", w.desk)
        w.put(2)
        w.drain()
        missed = not alarm(w) or \
            told_as_sent(w, set(w.acknowledged) - first)
        add(total, row(1, len(first), len(first - set(w.ledger())), 0,
                       int(missed)))
    return total


def drain_from(w, state):
    """Deliver what another disk of the same terminal holds."""
    w.set(w.desk_conf, "state", state)
    w.drain()
    w.set(w.desk_conf, "state", w.desk)


def cloned_disk(folder, long):
    """Two terminals of one disk go on, in turns: the first to deliver a
    number has it, the other's is evidence, and neither stops the first."""
    total = row(red_control=True)
    for turn in range(8 if long else 1):
        w = World(os.path.join(folder, str(turn)))
        w.put(2)
        w.drain()
        total["red_control"] &= not alarm(w)
        clone = w.top + "/clone"
        shutil.copytree(w.desk, clone)
        first = list(w.acknowledged)
        for at in (w.desk, clone, w.desk):
            before = len(w.acknowledged)
            w.put(1 + turn, state=at)
            drain_from(w, at)
            if at == w.desk:
                first += w.acknowledged[before:]
        there = w.ledger()
        add(total, row(1, len(first), len(set(first) - set(there)),
                       len(there) - len(set(there)), int(not alarm(w))))
    return total


def yesterdays_centre(folder, keep):
    w = World(folder)
    w.set(w.desk_conf, "keep-until", keep)
    w.put(3)
    w.drain()
    shutil.copytree(w.top + "/centre", w.top + "/yesterday")
    w.put(4)
    w.drain()
    shutil.rmtree(w.top + "/centre")
    shutil.copytree(w.top + "/yesterday", w.top + "/centre")
    w.put(1)
    one = w.count(1)
    one["corrupt"] += len(w.gaps())
    return one


def centre_of_yesterday(folder, long):
    """The centre's disk of yesterday comes back: it asks again for what it
    lost, and becomes whole. The control's terminal kept nothing."""
    total = row()
    for turn in range(6 if long else 1):
        add(total, yesterdays_centre(os.path.join(folder, str(turn)),
                                     "replicated"))
    control = yesterdays_centre(os.path.join(folder, "control"), "stored")
    total["red_control"] = control["lost"] > 0
    return total


class Cutter(threading.Thread):
    """A proxy before the gateway that cuts half of the replies."""

    def __init__(self, to):
        super().__init__(daemon=True)
        self.to, self.cuts, self.passed = to, 0, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(near,),
                             daemon=True).start()

    def carry(self, near):
        try:
            far = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            near.close()
            return
        threading.Thread(target=self.pump, args=(near, far, None),
                         daemon=True).start()
        # Past the handshake, in the middle of what is said.
        room = random.randrange(1500, 6000) if random.random() < .5 else None
        self.cuts += room is not None
        self.passed += room is None
        self.pump(far, near, room)

    @staticmethod
    def pump(source, sink, room):
        try:
            while room is None or room > 0:
                data = source.recv(4096)
                if not data:
                    break
                if room is not None:
                    data = data[:room]
                    room -= len(data)
                sink.sendall(data)
        except OSError:
            pass
        for s in (source, sink):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def half_replies(folder, long):
    """A proxy cuts half of the replies."""
    w = World(folder)
    address = w.get(w.centre_conf, "listen")
    cutter = Cutter(int(address.split(":")[1]))
    cutter.start()
    w.set(w.desk_conf, "centre-url", "https://127.0.0.1:%d" % cutter.port)
    p = w.central()
    try:
        for _ in range(150 if long else 10):
            w.put(3)
            w.sync()
    finally:
        p.terminate()
        p.wait()
        cutter.listener.close()
    w.set(w.desk_conf, "centre-url", "https://" + address)
    total = w.count(cutter.cuts, liar_is_seen(folder))
    # Both kinds must have been there, or nothing was proved.
    total["corrupt"] += cutter.passed == 0 or cutter.cuts == 0
    return total


class Herd:
    """Terminals of one centre, each with keys of its own."""

    def __init__(self, w, many):
        self.w, self.confs = w, []
        p = w.central()
        for number in range(2, 2 + many):
            self.join(number)
        stop(p)

    def join(self, number):
        w = self.w
        state, conf = "%s/d%d" % (w.top, number), "%s/d%d.conf" % (w.top,
                                                                 number)
        out = must([B + "/guichetctl", "-c", w.centre_conf, "--json",
                    "centre", "terminal", "add", "--site", "750000001"])
        code = json.loads(out)["code"]
        os.makedirs(state + "/keys", 0o700)
        must([B + "/guichetctl", "join", w.get(w.desk_conf, "centre-url"),
              code, "--state", state])
        shutil.copy(w.desk_conf, conf)
        w.set(conf, "state", state)
        w.set(conf, "terminal", str(number))
        self.confs.append((number, state, conf))

    def put(self, count):
        for number, state, _ in self.confs:
            done = call(["env", "TORTURE_TERMINAL=%d" % number, SAVER, "put",
                         state, state, str(count), "0"])
            self.w.acknowledged += said(done.stdout)

    def start(self):
        """Every terminal's sync, as its unit runs it."""
        return [subprocess.Popen([B + "/guichet-sync", "-c", conf],
                                 stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
                for _, _, conf in self.confs]


STANDSTILL_S = 60  # without one more delivered


def herd(folder, long):
    """Terminals that have waited through an outage, all at once, and all from
    one address, of which the gateway hears eight at a time: in the end
    everything is there, once."""
    w = World(folder)
    many, each = (40, 25) if long else (4, 5)
    h = Herd(w, many)
    h.put(each)
    syncs = h.start()
    time.sleep(2.5)  # the outage: each has failed, and waits its own time
    p = w.central()
    begun = last = time.monotonic()
    done = len(w.ledger())
    while done < many * each and time.monotonic() - last < STANDSTILL_S:
        time.sleep(.2)
        if len(w.ledger()) > done:
            done, last = len(w.ledger()), time.monotonic()
    print("# herd: %d of %d delivered %.1f s after the outage" % (
        done, many * each, time.monotonic() - begun))
    for s in syncs:
        stop(s)
    for _, _, conf in h.confs:
        call([B + "/guichet-sync", "-c", conf, "--once"])
    stop(p)
    there = w.ledger()
    lost = set(w.acknowledged) - set(there)
    return row(many, len(w.acknowledged), len(lost),
               len(there) - len(set(there)),
               int(len(w.acknowledged) != many * each),
               liar_is_seen(folder))


def clocks(folder, long):
    """Clocks at 1970, in 2038, backwards and too fast. The control: with
    such a clock no certificate is believed, so that it is seen to be in
    force."""
    if shutil.which("faketime") is None:
        raise Skip("faketime is not here")
    w = World(folder)
    times = [("-f", "@1970-01-02 00:00:00"), ("-f", "@2038-01-19 03:14:06"),
             ("-f", "-400d"), ("-f", "+0 x20"), ("-f", "@2106-02-07 06:28:14")]
    if not long:
        times = times[:3]
    refused = 0
    p = w.central()
    try:
        for when in times:
            fake = ["faketime", *when]
            w.put(2, fake)
            refused += w.sync(fake).returncode != 0
            w.put(1)
            w.sync()
    finally:
        stop(p)
    return w.count(len(times), refused > 0)


CASES = [rolled_back_disk, cloned_disk, centre_of_yesterday, half_replies,
         herd, clocks]
