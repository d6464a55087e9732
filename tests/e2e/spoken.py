"""spoken OUT TEXT=ANSWER... -- COMMAND...: talk with the line face.

Waits for each text and the prompt behind it, gives the answer, and writes all
that was said to OUT, the answers behind their prompts. An answer that begins
with ! is what that shell command prints. Ends with the command's status, or
with 1 and the last words when a text does not come.
"""
import os
import select
import subprocess
import sys

out, rest = sys.argv[1], sys.argv[2:]
steps = [step.split("=", 1) for step in rest[:rest.index("--")]]
talk = subprocess.Popen(rest[rest.index("--") + 1:], stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE)
said, since = b"", 0


def hear(until):
    """Read until that holds of what was said since the last answer."""
    global said
    while not until(said[since:]):
        ready, _, _ = select.select([talk.stdout], [], [], 20)
        more = os.read(talk.stdout.fileno(), 65536) if ready else b""
        if not more:
            return False
        said += more
    return True


for text, answer in steps:
    want = text.encode()
    if not hear(lambda new: want in new and
                new.rindex(b"> ") > new.rindex(want)
                if b"> " in new else False):
        talk.kill()
        sys.exit(f"no « {text} » but:\n{said[since:].decode()}")
    if answer.startswith("!"):
        answer = subprocess.check_output(answer[1:], shell=True,
                                         text=True).strip()
    said += answer.encode() + b"\n"
    since = len(said)
    talk.stdin.write(answer.encode() + b"\n")
    talk.stdin.flush()
hear(lambda new: False)
with open(out, "wb") as f:
    f.write(said)
sys.exit(talk.wait())
