"""The power goes, under a drive with a cache of its own.

nbdkit with the plugin volatile.c is the drive: killing it forgets what was
not flushed. nbdfuse makes it a file, a loop device and ext4 stand on that.
"""
import os
import random
import shutil
import subprocess
import time

from disks import Steps
from world import (B, SAVER, Skip, WEAK, Watch, World, add, call, check, late,
                   must, row, said, shards)

IMAGE_MIB = 48
ONE_WRITE_KIB = 64  # less than FUSE takes at once
NEEDED = ("nbdkit", "nbdfuse", "losetup", "mkfs.ext4")


class Drive:
    """One image, plugged in and out. ext4 stops at the first error of its
    journal: told to continue, it says of a file that has grown since that it
    is synced, and its length is nowhere (Linux 6.18)."""

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
        self.format()
        self.loop = self.kit = self.nbdfuse = None
        self.slowest = 0

    def format(self):
        with open(self.image, "wb") as f:
            f.truncate(IMAGE_MIB << 20)
        must(["mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0", "-e",
              "remount-ro", "-O", "^metadata_csum_seed", self.image])

    def attach(self, device):
        self.loop = must(["losetup", "-f", "--show", device]).strip()
        # Of a write that FUSE takes in parts, and refuses a later one, the
        # loop device says that it is done (Linux 6.18).
        try:
            with open("/sys/block/%s/queue/max_sectors_kb" %
                      os.path.basename(self.loop), "w",
                      encoding="ascii") as f:
                f.write("%d" % ONE_WRITE_KIB)
        except OSError as why:
            call(["losetup", "-d", self.loop])
            self.loop = None
            raise Skip("writes cannot be kept small here") from why
        done = call(["mount", "-t", "ext4", self.loop, self.at])
        if done.returncode != 0:
            call(["losetup", "-d", self.loop])
            self.loop = None
            raise Skip("ext4 cannot be mounted: " + done.stderr.strip())

    def plug(self, torn):
        """In: the volatile way."""
        link = self.folder + "/link"
        if os.path.exists(link):
            os.remove(link)
        self.kit = subprocess.Popen(
            ["nbdkit", "-f", "-U", link, B + "/tests/torture/volatile.so",
             "file=" + self.image, "torn=%d" % torn,
             "sick=" + self.folder + "/sick", "full=" + self.folder + "/full"],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(link))
        self.nbdfuse = subprocess.Popen(
            ["nbdfuse", self.fuse, "--unix", link],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(self.fuse + "/nbd"))
        self.attach(self.fuse + "/nbd")

    def ail(self, sick, how="sick"):
        """From now on it fails, or is well again."""
        if sick:
            with open(self.folder + "/" + how, "wb"):
                pass
        else:
            os.remove(self.folder + "/" + how)

    def wipe(self):
        """Nothing on it any more."""
        self.attach(self.image)
        try:
            for name in os.listdir(self.at):
                if name != "lost+found":
                    shutil.rmtree(self.at + "/" + name)
        finally:
            self.detach()

    def cut(self):
        self.kit.kill()
        self.kit.wait()

    def detach(self):
        for _ in range(500):
            if call(["umount", self.at]).returncode == 0:
                break
            time.sleep(.02)
        call(["losetup", "-d", self.loop])
        # Whoever still held it would write to it behind our back.
        for _ in range(500):
            if self.loop + ":" not in call(["losetup", "-a"]).stdout:
                break
            time.sleep(.02)
        else:
            raise RuntimeError(self.at + " does not let go")
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
    for _ in range(6000):
        if is_there():
            return
        time.sleep(.01)
    raise Skip("nbdkit or nbdfuse does not start here")


LOOKS = {"turn": "turned", "seal": "opened"}


class Manner:
    """What goes on when the power goes: a verb of saver (with `turn` and
    `seal` each queue has keys of its own, on the drive), its pause in ms, so
    many seconds on average; whether the cache tears; whether the drive is sick
    for a while before."""

    def __init__(self, verb, pause, seconds, torn=0, sick=False):
        self.verb, self.pause, self.seconds = verb, pause, seconds
        self.torn, self.sick = torn, sick

    def keys(self, path, keys):
        """Where the keys of the queue at that path are."""
        return path if self.verb in LOOKS else keys

    def look(self):
        """The verb that looks at what is there."""
        return LOOKS.get(self.verb, "check")


def lay_keys(path, keys):
    """A terminal's own, as they are once it has been set up."""
    if not os.path.exists(path + "/keys"):
        shutil.copytree(keys + "/keys", path + "/keys")
        must(["sync", "-f", path])


def wait_for_words(drive, states):
    """Each has saved one at least."""
    for _ in range(1000):
        if all(os.path.getsize("%s/%s.said" % (drive.folder, s)) > 0
               for s in states):
            return
        time.sleep(.01)


def live(drive, manner):
    """Until the cut."""
    left = manner.seconds * random.uniform(.5, 1.5)
    if manner.sick:
        time.sleep(left / 2)
        drive.ail(True)
        time.sleep(random.uniform(0, left / 2))
        drive.ail(False)
    time.sleep(left / 2 if manner.sick else left)
    drive.cut()


def life(drive, states, keys, manner, weak, fresh):
    """Plug in, save, cut. What was acknowledged, by state folder."""
    env = dict(os.environ, TORTURE_VAULT=os.path.dirname(keys) + "/vault")
    if weak:
        env.update(LD_PRELOAD=WEAK, WEAK=weak)
    drive.plug(manner.torn)
    savers = []
    try:
        for s in states:
            path = drive.at + "/" + s
            os.makedirs(path, mode=0o700, exist_ok=True)
            if manner.verb in LOOKS:
                lay_keys(path, keys)
            with open("%s/%s.said" % (drive.folder, s), "wb") as out:
                savers.append(subprocess.Popen(
                    [SAVER, manner.verb, path, manner.keys(path, keys), "0",
                     str(manner.pause)],
                    stdin=subprocess.DEVNULL, stdout=out,
                    stderr=subprocess.DEVNULL, env=env))
        if not fresh:
            wait_for_words(drive, states)
        live(drive, manner)
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


LIVES = 10  # of one queue, until it begins anew


def after(drive, keys, told, manner):
    """What is there of each queue once the power is back. A row."""
    total = row()
    # As a machine does that starts, and nobody has to answer it anything:
    # fsck.repair=yes, for a superblock of which half was written.
    if call(["e2fsck", "-p", drive.image]).returncode > 1 and \
            call(["e2fsck", "-y", drive.image]).returncode > 1:
        drive.format()
        total["lost"] = sum(len(rids) for rids in told.values())
        total["corrupt"] = 1
        for s in told:
            told[s] = []
        return total
    drive.attach(drive.image)
    try:
        for s, rids in told.items():
            path = drive.at + "/" + s
            if not rids and not os.path.exists(path):
                continue
            watch = Watch()
            lost, damaged = check(path, manner.keys(path, keys), rids,
                                  verb=manner.look(), watch=watch)
            took = watch.took()
            drive.slowest = max(drive.slowest, took)
            add(total, row(0, 0, lost, 0, damaged + late(took)))
            if lost:
                told[s] = []  # counted once: from here on it is known
    finally:
        drive.detach()
    return total


def cuts(drive, keys, manner, lives, queues, fresh, weak=None):
    """A row of so many cuts."""
    total = row()
    for n in range(lives):
        if n % (1 if fresh else LIVES) == 0:
            told = {"q%d-%d" % (n, i): [] for i in range(queues)}
        for s, rids in life(drive, told, keys, manner, weak,
                            fresh).items():
            told[s] += rids
            total["acknowledged"] += len(rids)
        add(total, after(drive, keys, told, manner))
        total["points"] += 1
        if (n + 1) % (1 if fresh else LIVES) == 0:
            drive.wipe()
    return total


def turns_red(drive, keys, control, verb):
    """Whether a weak way loses something. Which cut hits it is chance: it
    has a few lives to do so."""
    manner = Manner(verb, 0, .6) if control != "journal" \
        else Manner(verb, 60000, .8)
    for _ in range(6):
        one = cuts(drive, keys, manner, 1, 4, False, control)
        drive.wipe()
        if one["lost"] + one["corrupt"] > 0:
            return True
    return False


DRIVES = 4  # side by side
CUTS = 124  # of each kind


def power_case(name, manner, fresh=False, controls=()):
    def case(folder, long):
        w = World(folder)
        drives = DRIVES if long else 1
        lives, queues = (CUTS // drives, 3) if long else (1, 4)
        slowest = []

        def part(which, _of):
            own = "%s/%d" % (folder, which)
            os.mkdir(own)
            drive = Drive(own)
            try:
                total = cuts(drive, w.desk, manner, lives, queues, fresh)
                slowest.append(drive.slowest)
                mine = controls[which::drives] if long else controls[:1]
                for control in mine:
                    add(total, row(red_control=turns_red(drive, w.desk,
                                                         control,
                                                         manner.verb)))
            finally:
                drive.close()
            return total
        total = shards(part, drives)
        print("# %s: the slowest restart took %.2f s" % (
            name.replace("_", "-"), max(slowest)))
        return total
    case.__name__ = name
    return case


def sick_checkpoint(drive, state, keys, weak=None):
    """The drive refuses what a checkpoint writes, is asked again once it is
    well, says that it has all of it, and loses its power. What is lost."""
    env = dict(os.environ, LD_PRELOAD=WEAK, WEAK=weak) if weak else None
    path = drive.at + "/" + state
    drive.plug(0)
    desk = None
    try:
        os.makedirs(path, mode=0o700)
        desk = Steps(path, keys, env=env)
        total = row(1)
        for _ in range(random.randrange(5, 40)):
            total["corrupt"] += desk.do("put") != "G-000"
        drive.ail(True, "full")
        total["corrupt"] += desk.do("rest") == "G-000"
        drive.ail(False, "full")
        # The last save begins the journal anew: the file alone has the others.
        # Each may be refused: the file system may have stopped.
        for word in ("put", "rest", "put"):
            desk.do(word)
        drive.cut()
    finally:
        if desk is not None:
            desk.p.kill()
            desk.end()
        drive.unplug()
    total["acknowledged"] = len(desk.rids)
    return add(total, after(drive, keys, {state: desk.rids},
                            Manner("put", 0, 0)))


def power_sick_checkpoint(folder, long):
    """The control believes what memory says of a file that was refused."""
    w = World(folder)
    drive = Drive(folder)
    total = row()
    try:
        for n in range(20 if long else 1):
            add(total, sick_checkpoint(drive, "s%d" % n, w.desk))
            drive.wipe()
        control = sick_checkpoint(drive, "control", w.desk, "trust")
        total["red_control"] = control["lost"] + control["corrupt"] > 0
    finally:
        drive.close()
    return total


ALL = ("off", "nosync", "journal")
CASES = [
    power_case("power_busy", Manner("put", 0, .5), controls=ALL),
    power_case("power_torn", Manner("put", 0, .5, 1), controls=ALL[1:2]),
    power_case("power_idle", Manner("put", 60000, .8), controls=ALL[2:]),
    power_case("power_idle_torn", Manner("put", 60000, .8, 1)),
    power_case("power_sync", Manner("sent", 0, .5, 1)),
    power_case("power_first_boot", Manner("put", 0, .2, 1), fresh=True),
    power_case("power_checkpoint", Manner("rest", 0, .5, 1)),
    power_case("power_epochs", Manner("turn", 0, .5, 1)),
    power_case("power_openings", Manner("seal", 0, .5, 1), controls=ALL[1:2]),
    # Without what the control of the next takes away, one life in a hundred
    # and fifty loses something here: too rare for a control of its own.
    power_case("power_sick", Manner("put", 0, .8, 1, True)),
    power_sick_checkpoint,
]
