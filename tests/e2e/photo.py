"""Draw the half blocks of a paper's code as a picture: a camera's view of it.

photo.py PAPER PGM
"""
import sys

ROWS = {" ": (0, 0), "\u2580": (1, 0), "\u2584": (0, 1), "\u2588": (1, 1)}
SCALE = 4

lines = [line.rstrip("\n") for line in open(sys.argv[1], encoding="utf-8")]
code = [line for line in lines if "\u2580" in line or "\u2588" in line
        or "\u2584" in line]
width = max(len(line) for line in code)
dots = [[0] * (width + 8) for _ in range(4)]
for line in code:
    halves = [ROWS[c] for c in line.ljust(width)]
    for half in (0, 1):
        dots.append([0] * 4 + [pair[half] for pair in halves] + [0] * 4)
dots += [[0] * (width + 8) for _ in range(4)]
with open(sys.argv[2], "wb") as out:
    out.write(f"P5 {(width + 8) * SCALE} {len(dots) * SCALE} 255\n".encode())
    for row in dots:
        line = b"".join((b"\0" if dot else b"\xff") * SCALE for dot in row)
        out.write(line * SCALE)
