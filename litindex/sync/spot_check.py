"""Looks at single files of a vault instead of walking over it, where that tells the truth (FAULTS W8, N8, N9).

A hint about a note that is still a plain file at its place, or is gone from a folder that is still there, needs no
walk. All else does: folders, links, odd names, hints that nothing explains.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Mapping

from litindex.models import SourceFile
from litindex.vault import crawler
from litindex.vault.names import is_note
from litindex.vault.root import Root

_FOLDS_CASE = sys.platform in ("win32", "darwin")


def spot_check(root: Root, hints: Mapping[str, bool], known: Collection[str]) -> crawler.Crawl | None:
    """What is at the vault paths of `hints` (path -> whether an event said that something is there); None: only a
    walk can tell. `known`: those of the paths that the index knows.
    """
    folders = _Folders(root)
    try:
        files = [file for path, is_there in hints.items() if (file := _look_at(path, is_there, path in known, folders))]
    except (_Unclear, OSError):
        return None
    return crawler.Crawl(crawler.settle(root, files))


class _Unclear(Exception):
    """A look at this file alone may mislead."""


def _look_at(path: str, is_there: bool, known: bool, folders: _Folders) -> SourceFile | None:
    """The file, or None where there is none any more. Two spellings of one name (F7), and names that are shown with
    \\xHH because they are no text (FAULTS N6), are for a walk to tell apart.
    """
    if "\\" in path or path != crawler.spell(path) or not folders.are_plain(path):
        raise _Unclear
    try:
        info = os.lstat(folders.place(path))
    except FileNotFoundError:
        if is_there or not path.isascii():
            raise _Unclear from None
        return None
    if not stat.S_ISREG(info.st_mode) or not folders.are_spelled_once(path):
        raise _Unclear
    if not (known and not _FOLDS_CASE) and not (path.isascii() and folders.list_exactly(path)):
        raise _Unclear
    return _source_file(path, info)


def _source_file(path: str, info: os.stat_result) -> SourceFile:
    signature = info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino
    return SourceFile(path, path, is_note(path), *signature)


class _Folders:
    """The folders of the hinted files, looked at once each."""

    def __init__(self, root: Root) -> None:
        self._root = root.path
        self._plain: dict[str, bool] = {}
        self._names: dict[str, Collection[str]] = {}

    def place(self, path: str) -> str:
        return os.path.join(self._root, *path.split("/"))

    def are_plain(self, path: str) -> bool:
        """Whether the file's folder is there, not too deep, and reached through no symbolic link (N2)."""
        folder = path.rpartition("/")[0]
        if folder not in self._plain:
            place = self.place(folder) if folder else self._root
            self._plain[folder] = (
                folder.count("/") < crawler.MAX_DEPTH and os.path.isdir(place) and os.path.realpath(place) == place
            )
        return self._plain[folder]

    def list_exactly(self, path: str) -> bool:
        """Whether the folder holds a file of exactly this name: disks that fold case find it by others too (N9)."""
        folder, _, name = path.rpartition("/")
        return name in self._list(folder)

    def are_spelled_once(self, path: str) -> bool:
        """Whether neither the file nor a folder above it has a double: another name that the index would show alike, and
        that may be the one it knows by this path (F7).
        """
        while not path.isascii():
            path, _, name = path.rpartition("/")
            if not name.isascii() and sum(crawler.spell(each) == name for each in self._list(path)) != 1:
                return False
        return True

    def _list(self, folder: str) -> Collection[str]:
        if folder not in self._names:
            self._names[folder] = frozenset(os.listdir(self.place(folder) if folder else self._root))
        return self._names[folder]
