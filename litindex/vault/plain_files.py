"""Opens files that anybody may have put there: never waits for a pipe, never reads a device (FAULTS N1), and never opens
an index that this process writes.

POSIX takes all locks that a process has on a file away when it closes any descriptor of that file (fcntl(2), "Advisory
record locking"). SQLite's locks are such locks: once they are gone, another program that closes the index takes itself
for the last one and deletes the journal, and what is committed afterwards goes into a file without a name. Any name may
stand for the index, by a hard link or a symbolic one, so the file is compared and not its name.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from litindex.errors import SystemLimitError

Identity = tuple[int, int]
"""Device and inode."""

_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_LIMITS = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


class IsIndexError(OSError):
    """The file is an index of ours, whatever its name."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, "it is an index of litindex")


_guarded: list[frozenset[Identity]] = []
_never_closed: list[int] = []


def guard(files: frozenset[Identity]) -> None:
    """From now on these files are not opened by any name, until `unguard`. Locks belong to the process: so does this."""
    _guarded.append(files)


def unguard(files: frozenset[Identity]) -> None:
    if files in _guarded:
        _guarded.remove(files)


def is_guarded(info: os.stat_result) -> bool:
    """Whether this is a file of an index that this process has open."""
    return any((info.st_dev, info.st_ino) in files for files in _guarded)


def open_file(path: str | Path, flags: int = _OPEN) -> int:
    """A descriptor. OSError as `os.open`; IsIndexError for an index that is open; SystemLimitError where the system gives
    no more of them.
    """
    if _guarded and is_guarded(os.stat(path, follow_symlinks=not flags & _NOFOLLOW)):
        raise IsIndexError
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        refuse_limits(error)
        raise
    if _guarded and is_guarded(os.fstat(descriptor)):
        _never_closed.append(descriptor)  # it took this name just now, and closing it would do the harm
        raise IsIndexError
    return descriptor


def refuse_limits(error: OSError) -> None:
    """SystemLimitError where an error says nothing about the file: the system, or this process, is at its limits."""
    if error.errno in _LIMITS:
        raise SystemLimitError(f"{error.strerror}: {error.filename or 'no file can be opened'}") from error


def read(path: str | Path, most: int) -> bytes:
    """At most `most` bytes. OSError where there is no file, or something else; links are followed."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    with os.fdopen(open_file(path), "rb") as file:
        return file.read(most)
