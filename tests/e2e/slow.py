"""slow: clients that never end, and clients that lie, all at once.

	slow.py NAME PORT KEYS BODY-ENDS

KEYS is a terminal's folder of keys. Each kind is played over TLS from an
address of its own, while somebody else asks for /healthz again and again. A
line of TAP for each kind. BODY-ENDS: whether a body of a byte a second is cut
too; where it is not it must only harm nobody.
"""
import asyncio
import ssl
import sys
import time

NAME, PORT, KEYS, BODY_ENDS = (sys.argv[1], int(sys.argv[2]), sys.argv[3],
    sys.argv[4] == "yes")
LONGEST = 45.0
CUT = 30  # seconds: SHED_AFTER_MS of src/centre/http_shed.h
POST = (b"POST /v1/envelopes HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: application/octet-stream\r\n")


def context():
    c = ssl.create_default_context(cafile=KEYS + "/ca.crt")
    c.load_cert_chain(KEYS + "/tls.crt", KEYS + "/tls.key")
    c.check_hostname = False
    return c


async def connect(address, tls=True):
    return await asyncio.open_connection("127.0.0.1", PORT,
        local_addr=(address, 0), ssl=context() if tls else None)


async def rest(reader, limit):
    """All that comes until the other side closes; None when it does not."""
    got = b""
    try:
        while True:
            piece = await asyncio.wait_for(reader.read(65536), limit)
            if not piece:
                return got
            got += piece
    except asyncio.TimeoutError:
        return None
    except OSError:
        return got


async def closes(address, first, limit, tls=True, drip=False):
    """Say `first`, then nothing or a byte a second: when is it closed?"""
    begun = time.monotonic()
    reader, writer = await connect(address, tls)

    async def dribble():
        try:
            while True:
                await asyncio.sleep(1)
                writer.write(b"x")
                await writer.drain()
        except (OSError, RuntimeError):
            pass

    try:
        writer.write(first)
        await writer.drain()
    except OSError:
        pass
    more = asyncio.ensure_future(dribble()) if drip else None
    got = await rest(reader, limit)
    if more:
        more.cancel()
    writer.transport.abort()
    if got is None:
        return "still open after %d s" % limit
    took = time.monotonic() - begun
    return "" if took < limit else "closed after %.1f s" % took


async def says(address, first, *wanted, limit=15):
    """Send it all; the answer's status is one of those, or it is closed
    without one where None is among them."""
    reader, writer = await connect(address)
    status = None
    try:
        writer.write(first)
        await asyncio.wait_for(writer.drain(), limit)
    except (OSError, asyncio.TimeoutError):
        pass
    try:
        line = await asyncio.wait_for(reader.readline(), limit)
        if line.startswith(b"HTTP/1.1 "):
            status = int(line.split()[1])
    except asyncio.TimeoutError:
        return "no answer within %d s" % limit
    except OSError:
        pass
    writer.transport.abort()
    return "" if status in wanted else "answered %s" % status


async def pipelined(address, n):
    reader, writer = await connect(address)
    ask = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
    writer.write((ask + b"\r\n") * (n - 1) +
        ask + b"Connection: close\r\n\r\n")
    got = await rest(reader, 15)
    writer.transport.abort()
    good = (got or b"").count(b"HTTP/1.1 200")
    return "" if good == n else "%d of %d answered" % (good, n)


def kinds():
    at = ("127.3.0.%d" % i for i in range(1, 100)).__next__
    long_line = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 2000000
    many = (b"GET /healthz HTTP/1.1\r\nHost: x\r\n" +
        b"".join(b"X-%d: y\r\n" % i for i in range(100000)))
    slow_body = POST + b"Content-Length: 200000\r\n\r\n"
    return [
        ("a header of a byte a second is cut", closes(at(),
            b"GET /healthz HTTP/1.1\r\nX: ", LONGEST, drip=True)),
        ("a body of a byte a second is cut", closes(at(), slow_body, LONGEST,
            drip=True)) if BODY_ENDS else
        ("a body of a byte a second goes on", goes_on(at(), slow_body, 20)),
        ("a connection without a word is closed", closes(at(), b"", 15)),
        ("and one without TLS", closes(at(), b"", 15, tls=False)),
        ("half a handshake is closed", closes(at(),
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 15, tls=False)),
        ("what is not TLS is closed", closes(at(),
            b"GET / HTTP/1.1\r\n\r\n", 15, tls=False)),
        ("half a header is closed", closes(at(), b"GET /heal", 15)),
        ("a body shorter than it says is closed", closes(at(),
            POST + b"Content-Length: 1000\r\n\r\nshort", 25)),
        ("a body longer than it says is two requests", says(at(),
            POST + b"Content-Length: 4\r\n\r\n\0\0\0\1" + b"z" * 64, 400)),
        ("a length that is too large is 413", says(at(),
            POST + b"Content-Length: 99999999\r\n\r\n" + b"z" * 600000,
            413, None)),
        ("a length below nothing is refused", says(at(),
            POST + b"Content-Length: -1\r\n\r\n", 400, None)),
        ("a length that is no number is refused", says(at(),
            POST + b"Content-Length: 1x\r\n\r\n", 400, None)),
        ("a length beyond all numbers is refused", says(at(),
            POST + b"Content-Length: 99999999999999999999999\r\n\r\n",
            400, 413, None)),
        ("two lengths are refused", says(at(), POST +
            b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
            400, None)),
        ("a chunk beyond all numbers is refused", says(at(), POST +
            b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
            400, 413, None)),
        ("a chunk that is no number is refused", says(at(), POST +
            b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx", 400, None)),
        ("chunks without end are 413", says(at(), POST +
            b"Transfer-Encoding: chunked\r\n\r\n" +
            (b"4000\r\n" + b"z" * 0x4000 + b"\r\n") * 40, 413, None)),
        ("a line without end is refused", says(at(), long_line,
            400, 413, 414, 431, None)),
        ("headers without end are refused", says(at(), many,
            400, 413, 414, 431, None)),
        ("no version is refused", says(at(), b"GET /\r\n\r\n",
            400, 505, None)),
        ("NULs are refused", says(at(), b"GET /\0 HTTP/1.1\r\n\r\n",
            400, 404, None)),
        ("50 requests in one breath are answered", pipelined(at(), 50)),
    ]


async def goes_on(address, first, seconds):
    """A byte a second for so long, then we go."""
    said = await closes(address, first, seconds, drip=True)
    return "" if said.startswith("still open") else "it was cut"


async def probe():
    """Somebody who asks as one should, in a process of its own, until no
    more is read: each time how long it took, and what was wrong."""
    for n in range(100000):
        begun = time.monotonic()
        why = await says("127.4.%d.%d" % (n // 200 % 200, n % 200 + 1),
            b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            200)
        print("%.4f %s" % (time.monotonic() - begun, why), flush=True)
        await asyncio.sleep(0.2)


async def heard(other):
    line = await other.stdout.readline()
    took, _, why = line.decode().strip().partition(" ")
    return float(took or "inf"), why


async def listen(other, over):
    took = []
    while not over.is_set():
        took.append(await heard(other))
    return took


async def main():
    other = await asyncio.create_subprocess_exec(sys.executable, *sys.argv,
        "probe", stdout=asyncio.subprocess.PIPE)
    before = [(await heard(other))[0] for _ in range(20)]
    over = asyncio.Event()
    asking = asyncio.ensure_future(listen(other, over))
    names, plays = zip(*kinds())
    said = await asyncio.gather(*plays, return_exceptions=True)
    over.set()
    took = await asking
    other.kill()
    await other.wait()
    bad = [why for _, why in took if why]
    took = sorted(t for t, _ in took)
    middle, worst = took[len(took) // 2], took[len(took) * 99 // 100]
    print("# %.2f s 99 times of 100, half of them %.2f; %.2f before" %
        (worst, middle, max(before)), flush=True)
    rows = list(zip(names, said)) + [
        ("meanwhile everybody else is answered", bad[0] if bad else ""),
        ("and long before the slow are cut", "" if worst < CUT / 3 else
            "%.2f s" % worst),
    ]
    for name, why in rows:
        print("%s - %s: %s%s" % ("not ok" if why else "ok", NAME, name,
            "" if not why else ": %s" % (why,)), flush=True)


asyncio.run(probe() if sys.argv[5:] == ["probe"] else main())
