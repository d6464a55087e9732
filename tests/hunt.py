#!/usr/bin/env python3
"""Look for words in every file below some folders, in each encoding that a
program might have left them in. Ends 1 and names the file on a finding. A word
hex:1b07 is those bytes, as they are.

hunt.py WORDS FOLDER...
hunt.py --plant FORM WORDS FILE    write the last word in that form
hunt.py --plant all WORDS FILE     and in every form
"""
import base64
import os
import stat
import sys

PAD = b"\x00\x01"


def core64(raw, shift):
    """The base64 of raw, wherever it stands in a longer text: the characters
    that do not depend on its neighbours."""
    text = base64.b64encode(PAD[:shift] + raw).rstrip(b"=")
    first = (shift * 8 + 5) // 6
    last = (shift + len(raw)) * 8 // 6
    return text[first:last]


def forms(word):
    if word.startswith("hex:"):
        yield "bytes", bytes.fromhex(word[4:])
        return
    raw = word.encode()
    yield "utf-8", raw
    yield "utf-16-le", word.encode("utf-16-le")
    yield "utf-16-be", word.encode("utf-16-be")
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    yield "base64", core64(raw, 0)
    yield "base64-1", core64(raw, 1)
    yield "base64-2", core64(raw, 2)


def contents(path):
    """A file's bytes; of an image, those that were ever written."""
    parts, at = [], 0
    with open(path, "rb") as f:
        end = f.seek(0, os.SEEK_END)
        while at < end:
            try:
                at = os.lseek(f.fileno(), at, os.SEEK_DATA)
            except OSError:
                break
            hole = os.lseek(f.fileno(), at, os.SEEK_HOLE)
            parts.append(os.pread(f.fileno(), hole - at, at))
            at = hole
    return b"\n".join(parts)


def main(argv):
    if argv[0] == "--plant":
        word = open(argv[2]).read().splitlines()[-1]
        with open(argv[3], "wb") as f:
            for form, raw in forms(word):
                if argv[1] in (form, "all"):
                    f.write(b"\x07" * 100 + raw + b"\x07" * 9)
        return 0
    words = open(argv[0]).read().splitlines()
    found = files = 0
    for folder in argv[1:]:
        for path, _, names in os.walk(folder):
            for name in names:
                one = os.path.join(path, name)
                if not stat.S_ISREG(os.stat(one).st_mode):
                    continue  # a socket holds nothing
                files += 1
                data = contents(one)
                for i, word in enumerate(words):
                    for form, raw in forms(word):
                        if raw in data:
                            found += 1
                            print(f"{path}/{name}: word {i + 1} as {form}")
    if files == 0:
        print("nothing to look into")
        return 1
    return 1 if found else 0


sys.exit(main(sys.argv[1:]))
