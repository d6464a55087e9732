"""The power goes, under a drive with a cache of its own.

nbdkit with the plugin volatile.c is the drive: killing it forgets what was
not flushed. nbdfuse makes it a file, a loop device and ext4 stand on that.
"""
import os
import random
import shutil
import subprocess
import time

from world import B, SAVER, Skip, WEAK, World, call, check, must, row, said

IMAGE_MIB = 48
NEEDED = ("nbdkit", "nbdfuse", "losetup", "mkfs.ext4")


class Drive:
    """One image, plugged in and out."""

    def __init__(self, folder):
        for tool in NEEDED:
            if shutil.which(tool) is None:
                raise Skip(tool + " is not here")
        if os.geteuid() != 0 or not os.path.exists("/dev/fuse"):
            raise Skip("no right to make a drive here")
        self.folder = folder
        self.image = folder + "/image"
        self.at = folder + "/mnt"
        self.fuse = folder + "/fuse"
        os.mkdir(self.at)
        os.mkdir(self.fuse)
        with open(self.image, "wb") as f:
            f.truncate(IMAGE_MIB << 20)
        must(["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0", "-O",
              "^metadata_csum_seed", self.image])
        self.loop = self.kit = self.nbdfuse = None

    def attach(self, device):
        self.loop = must(["losetup", "-f", "--show", device]).strip()
        if call(["mount", "-t", "ext4", self.loop, self.at]).returncode != 0:
            raise Skip("ext4 cannot be mounted here")

    def plug(self, torn):
        """In: the volatile way."""
        link = self.folder + "/link"
        if os.path.exists(link):
            os.remove(link)
        self.kit = subprocess.Popen(
            ["nbdkit", "-f", "-U", link, B + "/tests/torture/volatile.so",
             "file=" + self.image, "torn=%d" % torn],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(link))
        self.nbdfuse = subprocess.Popen(
            ["nbdfuse", self.fuse, "--unix", link],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(self.fuse + "/nbd"))
        self.attach(self.fuse + "/nbd")

    def cut(self):
        self.kit.kill()
        self.kit.wait()

    def detach(self):
        for _ in range(50):
            if call(["umount", self.at]).returncode == 0:
                break
            time.sleep(.02)
        else:
            call(["umount", "-l", self.at])
        call(["losetup", "-d", self.loop])
        self.loop = None

    def unplug(self):
        """Out, after a cut."""
        self.detach()
        call(["fusermount3", "-u", "-z", self.fuse])
        self.nbdfuse.terminate()
        try:
            self.nbdfuse.wait(10)
        except subprocess.TimeoutExpired:
            self.nbdfuse.kill()
            self.nbdfuse.wait()

    def close(self):
        if self.kit is not None and self.kit.poll() is None:
            self.cut()
        if self.loop is not None:
            self.unplug()


def wait_for(is_there):
    for _ in range(500):
        if is_there():
            return
        time.sleep(.01)
    raise Skip("nbdkit or nbdfuse does not start here")


def life(drive, states, keys, manner, weak):
    """Plug in, save, cut. What was acknowledged, by state folder."""
    verb, pause, seconds = manner
    env = dict(os.environ, LD_PRELOAD=WEAK, WEAK=weak) if weak else None
    drive.plug(manner.torn)
    savers = []
    try:
        for s in states:
            path = drive.at + "/" + s
            os.makedirs(path, mode=0o700, exist_ok=True)
            with open("%s/%s.said" % (drive.folder, s), "wb") as out:
                savers.append(subprocess.Popen(
                    [SAVER, verb, path, keys, "0", str(pause)],
                    stdin=subprocess.DEVNULL, stdout=out,
                    stderr=subprocess.DEVNULL, env=env))
        time.sleep(seconds * random.uniform(.5, 1.5))
        drive.cut()
    finally:
        for p in savers:
            p.kill()
            p.wait()
        drive.unplug()
    told = {}
    for s in states:
        with open("%s/%s.said" % (drive.folder, s), encoding="ascii") as f:
            told[s] = said(f.read())
    return told


class Manner(tuple):
    """verb, pause in ms, seconds; and whether the cache tears."""

    torn = 0

    def __new__(cls, verb, pause, seconds, torn=0):
        self = super().__new__(cls, (verb, pause, seconds))
        self.torn = torn
        return self


def cuts(drive, keys, manner, lives, queues, fresh, weak=None):
    """points, acknowledged, lost, corrupt of so many cuts."""
    told = {"q%d" % i: [] for i in range(queues)}
    points = acknowledged = lost = corrupt = 0
    for n in range(lives):
        if fresh:
            told = {"f%d-%d" % (n, i): [] for i in range(queues)}
        for s, rids in life(drive, told, keys, manner, weak).items():
            told[s] += rids
        drive.attach(drive.image)
        try:
            for s, rids in told.items():
                path = drive.at + "/" + s
                acknowledged += len(rids) if fresh or n == lives - 1 else 0
                points += 1
                if not rids and not os.path.exists(path):
                    continue
                begun = time.monotonic()
                one = check(path, keys, rids)
                lost += one[0]
                corrupt += one[1] + (time.monotonic() - begun > 2)
                # Counted once: from here on it is known.
                if one[0]:
                    told[s] = []
                if fresh:
                    shutil.rmtree(path)
        finally:
            drive.detach()
    return points, acknowledged, lost, corrupt


def turns_red(drive, keys, control):
    """Whether a weak way loses something. Which cut hits it is chance: it
    has a few lives to do so."""
    manner = Manner("put", 0, .6) if control != "journal" \
        else Manner("put", 60000, .8)
    for _ in range(6):
        told = cuts(drive, keys, manner, 1, 4, True, control)
        if told[2] + told[3] > 0:
            return True
    return False


def power_case(name, manner, fresh=False, controls=()):
    def case(folder, long):
        w = World(folder)
        drive = Drive(folder)
        lives, queues = (14, 12) if long else (1, 4)
        try:
            done = cuts(drive, w.desk, manner, lives, queues, fresh)
            red = None
            for control in controls if long else controls[:1]:
                red = red is not False and \
                    turns_red(drive, w.desk, control)
        finally:
            drive.close()
        return row(*done[:3], 0, done[3], red)
    case.__name__ = name
    return case


ALL = ("off", "nosync", "journal")
CASES = [
    power_case("power_busy", Manner("put", 0, .5), controls=ALL),
    power_case("power_torn", Manner("put", 0, .5, 1), controls=ALL[1:2]),
    power_case("power_idle", Manner("put", 60000, .8), controls=ALL[2:]),
    power_case("power_idle_torn", Manner("put", 60000, .8, 1)),
    power_case("power_sync", Manner("sent", 0, .5, 1)),
    power_case("power_first_boot", Manner("put", 0, .2, 1), fresh=True),
]
