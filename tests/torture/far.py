"""Disks that come back from yesterday, clones, and a line that cuts."""
import os
import random
import shutil
import socket
import threading

from world import World, row


def copied_disks(folder, long):
    """A disk of yesterday comes back, or a clone goes its own way: what the
    first had delivered stays, the other's is kept as evidence."""
    lost = corrupt = acknowledged = points = 0
    for turn in range(4 if long else 1):
        w = World(os.path.join(folder, str(turn)))
        w.put(3)
        w.drain()
        shutil.copytree(w.desk, w.top + "/yesterday")
        w.put(4)
        w.drain()
        first = list(w.acknowledged)
        shutil.rmtree(w.desk)
        shutil.copytree(w.top + "/yesterday", w.desk)
        w.put(2)
        w.drain()
        there = w.ledger()
        lost += len(set(first) - set(there))
        corrupt += not {"fork", "chain"} & set(w.gaps())
        # Nobody is told that the other side arrived.
        corrupt += sum(r["state"] != "refused" for r in w.rows()
                       if r["rid"] in set(w.acknowledged) - set(first))
        acknowledged += len(first)
        points += 1
    return row(points, acknowledged, lost, 0, corrupt)


def centre_of_yesterday(folder, long):
    """The centre's disk of yesterday comes back: it asks again for what it
    lost, and becomes whole."""
    lost = acknowledged = points = corrupt = 0
    for turn in range(4 if long else 1):
        w = World(os.path.join(folder, str(turn)))
        w.set(w.desk_conf, "keep-until", "replicated")
        w.put(3)
        w.drain()
        shutil.copytree(w.top + "/centre", w.top + "/yesterday")
        w.put(4)
        w.drain()
        shutil.rmtree(w.top + "/centre")
        shutil.copytree(w.top + "/yesterday", w.top + "/centre")
        w.put(1)
        one = w.count(1)
        lost += one["lost"]
        corrupt += one["corrupt"] + len(w.gaps())
        acknowledged += one["acknowledged"]
        points += 1
    return row(points, acknowledged, lost, 0, corrupt)


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
    total = w.count(cutter.cuts)
    # Both kinds must have been there, or nothing was proved.
    total["corrupt"] += cutter.passed == 0 or cutter.cuts == 0
    return total


CASES = [copied_disks, centre_of_yesterday, half_replies]
