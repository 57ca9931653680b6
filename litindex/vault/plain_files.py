"""The first bytes of a file that anybody may have put there: never waits for a pipe, never reads a device (FAULTS N1)."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read(path: str | Path, most: int) -> bytes:
    """At most `most` bytes. OSError where there is no file, or something else; links are followed."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    with os.fdopen(os.open(path, _OPEN), "rb") as file:
        return file.read(most)
