"""The files of an index that SQLite has open here: whether they are still as this process left them (FAULTS D12, D13).

There is one writer. Its commits change the journal only, and its checkpoints, which it asks for itself, the index: any
other change was made by somebody else, or by a failing disk. SQLite does not notice that while it has pages in memory;
those who open the index meanwhile do.
"""

from __future__ import annotations

import os
import zlib
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from litindex.vault import plain_files
from litindex.vault.plain_files import Identity
from litindex.version import is_index_header

_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PAGE_BYTES = 8192
_SAMPLE_PAGES = 16


class Doubt(Enum):
    """What became of the files. `TOUCHED`: what this process wrote is still to be had, and must be looked at. `BROKEN`:
    some of it is lost.
    """

    NONE = 0
    TOUCHED = 1
    BROKEN = 2


class _File(NamedTuple):
    identity: Identity
    size: int
    mtime_ns: int


class OpenFiles:
    """From before SQLite opens an index until after it closed it."""

    def __init__(self, path: Path) -> None:
        place = os.path.realpath(path)
        self._journal, self._shared = f"{place}-wal", f"{place}-shm"
        # Kept open as long as SQLite has the file: closing a descriptor would take SQLite's locks away.
        self._handle = os.open(place, _OPEN)
        self._named: Identity | None = None
        self._guarded = frozenset[Identity]()
        self._index: tuple[_File, int] | None = None
        self._beside: tuple[_File | None, _File | None] = None, None

    def begin(self, named: Identity | None) -> None:
        """To be called when SQLite has opened index and journal. `named`: the file that has the index's name, which may
        be a damaged one whose place this one will take.
        """
        self._named = named
        self.remember()

    def close(self) -> None:
        plain_files.unguard(self._guarded)
        os.close(self._handle)

    def remember(self, *, index: bool = True) -> None:
        """To be called after each commit (`index` False) and each checkpoint of this process."""
        if index:
            self._index = self._look_at_index()
        self._beside = _look_at(self._journal), _look_at(self._shared)
        self._guard()

    def _guard(self) -> None:
        """SQLite makes what stands beside an index when it first needs it: the guard follows."""
        names = (_file(os.fstat(self._handle)), *self._beside)
        identities = (*(file and file.identity for file in names), self._named)
        guarded = frozenset(each for each in identities if each)
        if guarded != self._guarded:
            plain_files.guard(guarded)
            plain_files.unguard(self._guarded)
            self._guarded = guarded

    def doubt(self) -> Doubt:
        """Whether somebody else was at the files since then."""
        if not is_index_header(self._read(0)):
            return Doubt.BROKEN
        journal, shared = _look_at(self._journal), _look_at(self._shared)
        if journal != self._beside[0] and not _is_emptied(journal):
            return Doubt.BROKEN
        is_as_left = journal == self._beside[0] and _same(shared, self._beside[1])
        return Doubt.NONE if is_as_left and self._look_at_index() == self._index else Doubt.TOUCHED

    def _look_at_index(self) -> tuple[_File, int]:
        file = _file(os.fstat(self._handle))
        return file, self._sample(file)

    def _sample(self, file: _File) -> int:
        """A checksum of the first page and some others, which are the same ones for as long as nobody writes."""
        pages = file.size // _PAGE_BYTES
        step = max(1, pages // _SAMPLE_PAGES)
        places = {0, *range(file.mtime_ns // 1_000 % step, pages, step)}
        checksum = 0
        for place in sorted(places):
            checksum = zlib.crc32(self._read(place * _PAGE_BYTES), checksum)
        return checksum

    def _read(self, offset: int) -> bytes:
        os.lseek(self._handle, offset, os.SEEK_SET)
        return os.read(self._handle, _PAGE_BYTES)


def _look_at(path: str) -> _File | None:
    try:
        return _file(os.stat(path))
    except OSError:
        return None


def _file(info: os.stat_result) -> _File:
    return _File((info.st_dev, info.st_ino), info.st_size, info.st_mtime_ns)


def _is_emptied(journal: _File | None) -> bool:
    """Gone, as when another program took itself for the last one that has the index open, or of no length, as after a
    checkpoint by another program: what this process knows of it is in the index, or in the file that it has open.
    """
    return journal is None or not journal.size


def _same(shared: _File | None, before: _File | None) -> bool:
    """The same file: what is in the shared memory changes whenever somebody reads."""
    return (shared and shared.identity) == (before and before.identity)
