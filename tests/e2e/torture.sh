#!/bin/sh
# torture: the short form of `make torture`: each case, a few points of it.
exec "$(dirname "$0")/../torture/torture.py"
