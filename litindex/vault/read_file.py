"""The bytes of a vault's file. Opens regular files only, and none that is an index (FAULTS N1, N2; DECISIONS 5)."""

from __future__ import annotations

import errno
import os
import stat
import sys

from litindex.models import Problem, SourceFile
from litindex.vault import plain_files
from litindex.vault.root import Root, reason
from litindex.version import is_index_header

MAX_NOTE_BYTES = 10 * 2**20
"""A larger note gets a row, not a reading (FAULTS N10)."""
_READ_TRIES = 5

OPEN_FILE = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
OPEN_FILE |= getattr(os, "O_BINARY", 0)
_HAS_INODES = os.name != "nt"
_SF_DATALESS = 0x40000000
_RECALL_ATTRIBUTES = 0x400000 | 0x1000


class Unreadable(Exception):
    """A file or folder that is there and cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Vanished(Unreadable):
    """A file that was there a moment ago."""


def read(root: Root, file: SourceFile) -> tuple[SourceFile, bytes]:
    """The bytes of a file, with the size and times they had; Unreadable when it cannot be read as a file of the vault.

    Read again when it changed meanwhile (FAULTS C5), five times; what was read last counts then, and the next run
    looks again.
    """
    path = opening_path(root, file)
    try:
        for _ in range(_READ_TRIES):
            before, data, after = _read_once(path, file)
            if before == after:
                break
    except OSError as error:
        kind = Vanished if isinstance(error, FileNotFoundError) else Unreadable
        raise kind(problem_of("unreadable", "the file", error)) from error
    return file._replace(size=before[0], mtime_ns=before[1], ctime_ns=before[2], ino=before[3]), data


def can_open(root: Root, file: SourceFile) -> bool:
    """Whether a file that could not be read could be now, as far as opening it tells."""
    try:
        os.close(plain_files.open_file(opening_path(root, file), OPEN_FILE))
    except OSError:
        return False
    return True


_Signature = tuple[int, int, int, int]


def _read_once(path: str, file: SourceFile) -> tuple[_Signature, bytes, _Signature]:
    descriptor = plain_files.open_file(path, OPEN_FILE)
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        if _HAS_INODES and info.st_ino != file.ino:
            refuse_links(path)
        if _is_elsewhere(info):
            raise OSError(errno.ENODATA, "its content is in the cloud only: download it first")
        data = _read_all(descriptor, info.st_size)
        if is_index_header(data):
            raise plain_files.IsIndexError
        return _signature(info), data, _signature(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _read_all(descriptor: int, size: int) -> bytes:
    """At most the limit and one byte more, so that a file that grows meanwhile fills no memory (N10)."""
    data = os.read(descriptor, min(size, MAX_NOTE_BYTES) + 1)
    if len(data) == size or not data:
        return data
    parts = [data]
    room = MAX_NOTE_BYTES + 1 - len(data)
    while room > 0 and (data := os.read(descriptor, min(room, 2**20))):
        parts.append(data)
        room -= len(data)
    return b"".join(parts)


def _signature(info: os.stat_result) -> _Signature:
    """As a listing has it: on Windows that knows no inodes."""
    return info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino if _HAS_INODES else 0


def _is_elsewhere(info: os.stat_result) -> bool:
    """A file that a cloud service has taken off the disk: reading it would fetch it, or hang (FAULTS N4)."""
    if sys.platform == "darwin":
        return bool(info.st_flags & _SF_DATALESS)
    return bool(getattr(info, "st_file_attributes", 0) & _RECALL_ATTRIBUTES)


def is_unchanged(root: str, path: str, size: int, mtime_ns: int) -> bool | None:
    """Whether the file at a vault path has that size and time; None: nothing is there by this name. Opens nothing."""
    try:
        info = os.lstat(os.path.join(root, path))
    except OSError:
        return None
    return (info.st_size, info.st_mtime_ns) == (size, mtime_ns)


def opening_path(root: Root, file: SourceFile) -> str:
    """The path that opens a file. Only here and in `crawler` a path is joined to a vault's root."""
    return os.path.join(root.path, os.fsdecode(file.disk_path))


def path_bytes(file: SourceFile) -> bytes | None:
    """The name on disk where `path` cannot say it, because it is no UTF-8 (FAULTS N6)."""
    name = os.fsencode(file.disk_path)
    try:
        name.decode()
    except UnicodeDecodeError:
        return name
    return None


def problem_of(code: str, what: str, error: OSError) -> Problem:
    """The row that tells of a file or folder that cannot be read."""
    return Problem(code, "error", None, f"{what} cannot be read ({reason(error)}): what the index knew of it is kept")


def refuse_links(path: str) -> None:
    """OSError where a path leads through a symbolic link now."""
    if os.path.realpath(path) != os.path.normpath(path):
        raise OSError(errno.ELOOP, "it became a symbolic link while it was read")
