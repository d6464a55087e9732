"""Three Patroni nodes and an etcd, with the configuration that we give.

Each node is a process group of its own, so that a kill is that of a machine:
Patroni, PostgreSQL and all that they started, at once.
"""
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
GIVEN = os.path.join(HERE, "../../kiosk/centre/patroni.yml")
SECRET = "ha-test"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def as_nobody():
    """PostgreSQL refuses to be root."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


def account():
    return "nobody" if os.getuid() == 0 else \
        pwd.getpwuid(os.getuid()).pw_name


def bin_dir():
    top = "/usr/lib/postgresql"
    return os.path.join(top, sorted(os.listdir(top), key=int)[-1], "bin")


class Node:
    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        self.home = os.path.join(cluster.home, name)
        self.rest, self.port = free_port(), free_port()
        self.process = None
        os.mkdir(self.home, 0o700)
        self.write()

    def write(self):
        """What we give, but for names, ports and folders of a test."""
        with open(GIVEN, encoding="utf-8") as f:
            y = yaml.safe_load(f)
        y["name"] = self.name
        for key in ("listen", "connect_address"):
            y["restapi"][key] = "127.0.0.1:%d" % self.rest
            y["postgresql"][key] = "127.0.0.1:%d" % self.port
        y["etcd3"]["hosts"] = "127.0.0.1:%d" % self.cluster.etcd_port
        pg = y["postgresql"]
        pg["data_dir"] = self.home + "/data"
        pg["bin_dir"] = bin_dir()
        pg["pgpass"] = self.home + "/pgpass"
        pg["authentication"]["superuser"]["username"] = account()
        pg["parameters"] = {"unix_socket_directories": self.home,
                            "shared_buffers": "16MB",
                            "max_connections": 40}
        parameters = y["bootstrap"]["dcs"]["postgresql"]["parameters"]
        parameters["ssl_cert_file"] = self.cluster.home + "/db.crt"
        parameters["ssl_key_file"] = self.cluster.home + "/db.key"
        hba = y["bootstrap"]["pg_hba"]
        y["bootstrap"]["pg_hba"] = [
            line.replace("local all postgres", "local all " + account())
            for line in hba] + ["local guichet guichet trust"]
        y["watchdog"]["mode"] = "off"  # a device of real machines
        with open(self.home + "/patroni.yml", "w", encoding="utf-8") as f:
            yaml.safe_dump(y, f)

    def start(self):
        env = dict(os.environ, HOME=self.home,
                   PATRONI_REPLICATION_PASSWORD=SECRET,
                   PATRONI_REWIND_PASSWORD=SECRET)
        with open(self.home + "/log", "ab") as log:
            self.process = subprocess.Popen(
                [*as_nobody(), "/usr/bin/python3", "/usr/bin/patroni",
                 self.home + "/patroni.yml"], env=env, cwd="/",
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)

    def family(self):
        """Every process of the node: PostgreSQL has sessions of its own."""
        found = set()
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % pid, "rb") as f:
                    line = f.read()
                with open("/proc/%s/environ" % pid, "rb") as f:
                    env = f.read()
            except OSError:
                continue
            if self.home.encode() in line or \
                    b"HOME=" + self.home.encode() + b"\0" in env:
                found.add(int(pid))
        return found

    def kill(self):
        """As when its power goes."""
        for _ in range(5):
            for pid in self.family():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        if self.process is not None:
            self.process.wait()
            self.process = None


class Cluster:
    def __init__(self, home, tls):
        self.home = home
        os.makedirs(home)
        self.etcd_port = free_port()
        for name, source in (("db.crt", "centre.crt"), ("db.key",
                                                        "centre.key")):
            shutil.copy(os.path.join(tls, source),
                        os.path.join(home, name))
        self.nodes = [Node(self, name) for name in ("db1", "db2", "db3")]
        if os.getuid() == 0:
            os.chmod(home, 0o711)
            for top, _, files in os.walk(home):
                if top != home:
                    shutil.chown(top, "nobody", "nogroup")
                for name in files:
                    shutil.chown(os.path.join(top, name), "nobody",
                                 "nogroup")
        os.chmod(home + "/db.key", 0o600)
        self.etcd = self.start_etcd()
        for node in self.nodes:
            node.start()

    def start_etcd(self):
        peer = "http://127.0.0.1:%d" % free_port()
        mine = "http://127.0.0.1:%d" % self.etcd_port
        with open(self.home + "/etcd.log", "ab") as log:
            return subprocess.Popen(
                ["etcd", "--data-dir", self.home + "/etcd", "--name", "one",
                 "--listen-client-urls", mine,
                 "--advertise-client-urls", mine,
                 "--listen-peer-urls", peer,
                 "--initial-advertise-peer-urls", peer,
                 "--initial-cluster", "one=" + peer, "--log-level", "warn"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def roles(self):
        """Name -> role, of the nodes that run, by whoever answers."""
        for node in self.nodes:
            try:
                with urllib.request.urlopen("http://127.0.0.1:%d/cluster" %
                                            node.rest, timeout=2) as answer:
                    members = json.load(answer)["members"]
                return {m["name"]: m["role"] for m in members
                        if m.get("state") in ("running", "streaming")}
            except (OSError, ValueError, KeyError):
                continue
        return {}

    def node(self, name):
        return next(n for n in self.nodes if n.name == name)

    def leader(self):
        return next((self.node(name) for name, role in self.roles().items()
                     if role == "leader"), None)

    def whole(self):
        """A leader, one that is as new as it, and a third."""
        roles = self.roles()
        return len(roles) == 3 and "leader" in roles.values() and \
            "sync_standby" in roles.values()

    def wait(self, what, seconds):
        end = time.monotonic() + seconds
        while not what():
            if time.monotonic() > end:
                raise RuntimeError("%s: %s" % (what.__name__, self.roles()))
            time.sleep(0.2)

    def sql(self, text, database="postgres", user=None):
        """On the leader's own machine."""
        node = self.leader()
        return subprocess.run(
            [*as_nobody(), "psql", "-qAtX", "-h", node.home, "-p",
             str(node.port), "-U", user or account(), "-d", database, "-c",
             text], check=True, stdout=subprocess.PIPE, text=True,
            cwd="/").stdout

    def stop(self):
        for node in self.nodes:
            node.kill()
        self.etcd.kill()
        self.etcd.wait()
