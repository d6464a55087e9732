"""Alter a receipt, and see that none of it is believed.

altered.py SCAN PATH GUICHETCTL KEY characters|bytes|N: each character, each
byte with three of its bits; or write it to PATH with the Nth byte altered (from
the end when it has not as many).
"""
import subprocess
import sys

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def decode(text):
    out = bytearray()
    for i in range(0, len(text), 3):
        n = sum(DIGITS.index(c) * 45**k for k, c in enumerate(text[i:i + 3]))
        out += n.to_bytes(2 if len(text[i:i + 3]) == 3 else 1, "big")
    return out


def encode(data):
    out = ""
    for i in range(0, len(data), 2):
        pair = data[i:i + 2]
        n = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            out += DIGITS[n % 45]
            n //= 45
    return out


def refuses(text, code):
    with open(path, "w") as out:
        out.write(text)
    run = subprocess.run([ctl, "receipt", "verify", path, "--key", key],
                         capture_output=True, text=True)
    assert run.returncode == 65 and code in run.stderr, (text, run)


scan, path, ctl, key, how = sys.argv[1:]
front, text = "GC1:", open(scan).read().rstrip("\n")
data = decode(text[4:])
assert front + encode(data) == text and len(data) > 250
if how == "characters":
    for i, c in enumerate(text):
        other = text[:i] + ("8" if c == "7" else "7") + text[i + 1:]
        refuses(other, "G-812" if i >= 4 else "G-811")  # no receipt at all
elif how == "bytes":
    for i in range(len(data)):
        for bit in (0x01, 0x10, 0x80):
            other = bytearray(data)
            other[i] ^= bit
            refuses(front + encode(other), "G-812")
else:
    data[min(int(how), len(data) - 1)] ^= 0x10
    with open(path, "w") as out:
        out.write(front + encode(data) + "\n")
