#!/bin/sh
# torture: the short form of `make torture`: each case, a few points of it.
# alone: it kills, and fills disks
exec "$(dirname "$0")/../torture/torture.py"
