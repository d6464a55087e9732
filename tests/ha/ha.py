#!/usr/bin/env python3
"""ha: eight terminals under load while the machines of the database die.

ha.py [--rounds N] [--json FILE]

Three Patroni nodes and etcd run as kiosk/centre/patroni.yml says; the gateway
keeps the ledger there and gives its receipts. Round by round the leader loses
its power, the one that is promoted goes on, and the dead one comes back; in
between a standby dies too. At the end every record that a receipt was given
for is there, and none twice. Prints TAP; the last line but one is the table.
"""
import argparse
import json
import os
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../torture"))
sys.path.insert(0, HERE)

from nodes import SECRET, Cluster  # noqa: E402
from world import B, SAVER, World, call, must, said  # noqa: E402

TERMINALS = 8
TRUST = 90  # seconds within which a cluster is whole, or has a leader


class Terminal(threading.Thread):
    """Enrols and sends, again and again, whatever the answer."""

    def __init__(self, w, number, end):
        super().__init__(daemon=True)
        self.number, self.end = number, end
        self.state = w.top + "/terminal%d" % number
        self.conf = self.state + ".conf"
        self.saved, self.sent_at = [], []
        code = json.loads(must([B + "/guichetctl", "-c", w.centre_conf,
                                "--json", "centre", "terminal", "add",
                                "--site", "%09d" % number]))["code"]
        shown = must([B + "/guichetctl", "join",
                      w.get(w.desk_conf, "centre-url"), code, "--state",
                      self.state])
        line = [row for row in shown.splitlines()
                if row.startswith("terminal = ")][0]
        with open(w.desk_conf, encoding="utf-8") as f:
            lines = [row for row in f
                     if not row.startswith(("state ", "terminal "))]
        with open(self.conf, "w", encoding="utf-8") as f:
            f.writelines(lines + [line + "\n", "state = %s\n" % self.state])
        self.real = line.split(" = ")[1]

    def put(self, count):
        done = call([SAVER, "put", self.state, self.state, str(count), "0"],
                    env=dict(os.environ, TORTURE_TRAINING="1",
                             TORTURE_TERMINAL=self.real))
        self.saved += said(done.stdout)

    def sync(self):
        done = call([B + "/guichet-sync", "-c", self.conf, "--once"],
                    env=dict(os.environ, GUICHET_LOG="stderr"))
        if done.returncode == 0:
            self.sent_at.append(time.monotonic())
        return done.returncode == 0

    def run(self):
        while not self.end.is_set():
            self.put(3)
            self.sync()
            time.sleep(0.1)

    def receipts(self):
        """The ids for which it holds a receipt, and how much each says."""
        rows = [json.loads(row) for row in must(
            [B + "/guichetctl", "-c", self.conf, "queue", "list",
             "--json"]).splitlines()]
        return {row["rid"]: row["level"] for row in rows
                if row["state"] == "sent"}


def outage(terminals, since):
    """Seconds until somebody was served again."""
    while True:
        later = [t for term in terminals for t in term.sent_at if t > since]
        if later:
            return min(later) - since
        if time.monotonic() - since > TRUST:
            return float("inf")
        time.sleep(0.05)


def round_of(cluster, terminals, number):
    """One death and its repair; how long nobody was served."""
    cluster.wait(cluster.whole, TRUST)
    roles = cluster.roles()
    wanted = "leader" if number % 3 < 2 else "sync_standby"
    name = next(n for n, role in roles.items() if role == wanted)
    dead = cluster.node(name)
    before = time.monotonic()
    dead.kill()
    # What was under way when it died may still be answered.
    lasted = outage(terminals, before + 0.5) + 0.5
    leader = cluster.leader()
    print("ok - %s %s dies, %s goes on: nobody served for %.1f s" %
          (wanted, name, leader.name if leader else "?", lasted)
          if lasted < TRUST else
          "not ok - nobody goes on after %s died" % name, flush=True)
    dead.start()
    return lasted


def prepare(w, cluster):
    cluster.wait(cluster.whole, TRUST)
    cluster.sql("CREATE ROLE guichet LOGIN PASSWORD '%s'" % SECRET)
    cluster.sql("CREATE DATABASE guichet OWNER guichet")
    passfile = w.top + "/pgpass"
    with open(passfile, "w", encoding="utf-8") as f:
        f.write("*:*:*:*:%s\n" % SECRET)
    os.chmod(passfile, 0o600)
    w.set(w.centre_conf, "store",
          "postgresql://guichet@/guichet?host=127.0.0.1,127.0.0.1,127.0.0.1"
          "&port=%s&sslmode=require&passfile=%s" % (
              ",".join(str(n.port) for n in cluster.nodes), passfile))


def compare(w, terminals):
    """What was promised beside what is there."""
    there = w.ledger()
    receipts = {}
    for t in terminals:
        receipts.update(t.receipts())
    saved = {rid for t in terminals for rid in t.saved}
    return {"name": "ha", "points": 0, "acknowledged": len(receipts),
            "lost": len(set(receipts) - set(there)),
            "doubled": len(there) - len(set(there)),
            "corrupt": len(w.gaps()),
            "undelivered": len(saved - set(there)),
            "replicated": sum(level == "replicated"
                              for level in receipts.values())}


def go(folder, rounds):
    w = World(folder)
    cluster = Cluster(folder + "/ha", w.top + "/tls")
    gateway = None
    try:
        prepare(w, cluster)
        gateway = w.central()
        end = threading.Event()
        terminals = [Terminal(w, n, end) for n in range(1, TERMINALS + 1)]
        print("ok - %d terminals joined" % len(terminals), flush=True)
        for t in terminals:
            t.start()
        outages = [round_of(cluster, terminals, n) for n in range(rounds)]
        cluster.wait(cluster.whole, TRUST)
        end.set()
        for t in terminals:
            t.join()
        early = compare(w, terminals)
        for t in terminals:
            for _ in range(5):
                if t.sync():
                    break
        result = compare(w, terminals)
        result["points"] = rounds
        result["lost"] += early["lost"]
        result["outage_s"] = round(max(outages), 1)
        return result
    finally:
        if gateway is not None:
            gateway.terminate()
            gateway.wait()
        cluster.stop()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=6)
    p.add_argument("--json")
    o = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        result = go(folder, o.rounds)
    if o.json:
        with open(o.json, "w", encoding="utf-8") as f:
            f.write(json.dumps(result) + "\n")
    print("rounds %(points)d, receipts %(acknowledged)d (%(replicated)d "
          "replicated), lost %(lost)d, doubled %(doubled)d, gaps %(corrupt)d,"
          " undelivered %(undelivered)d, longest outage %(outage_s)s s" %
          result)
    good = result["lost"] + result["doubled"] + result["corrupt"] + \
        result["undelivered"] == 0 and \
        result["replicated"] == result["acknowledged"] > 0
    print("%sok - every receipt's record is there, none twice" %
          ("" if good else "not "))
    sys.exit(0 if good else 1)


main()
