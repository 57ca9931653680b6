"""What is a note, which files a vault holds, and their bytes. The only module that joins a path to a vault's root.

Everything here only reads (FAULTS I5), opens regular files only and never goes through a symbolic link that the user
did not ask for (FAULTS N1, N2; DECISIONS 5).
"""

from __future__ import annotations

import errno
import heapq
import itertools
import json
import os
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from litindex import is_index_header
from litindex.errors import VaultError
from litindex.models import Problem, SourceFile
from litindex.vault import plain_files
from litindex.vault.exclusions import compile_filters
from litindex.vault.names import INDEX_ENDINGS, NOTE_ENDINGS, belongs_to, is_litter

MAX_NOTE_BYTES = 10 * 2**20
"""A larger note gets a row, not a reading (FAULTS N10)."""
MAX_DEPTH = 128
"""Folders below are reported, not read (FAULTS N11)."""
_READ_TRIES = 5

_OPEN_FILE = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_OPEN_FILE |= getattr(os, "O_BINARY", 0)
_OPEN_FOLDER = _OPEN_FILE | getattr(os, "O_DIRECTORY", 0)
_SCAN_BY_FD = os.scandir in os.supports_fd
_HAS_INODES = os.name != "nt"
_MAX_SETTINGS_BYTES = 2**20
_SF_DATALESS = 0x40000000
_RECALL_ATTRIBUTES = 0x400000 | 0x1000


class Unreadable(Exception):
    """A file or folder that is there and cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Vanished(Unreadable):
    """A file that was there a moment ago."""


class Root(NamedTuple):
    """The vault as one place, however it was spelled (FAULTS N13), and which folder on which disk that is (W15)."""

    path: str
    device: int
    inode: int


@dataclass
class Crawl:
    """What one walk found. Nothing that is known below `unreadable` may be taken for deleted (FAULTS N5)."""

    files: list[SourceFile] = field(default_factory=list)
    respelled: bool = False
    """Whether some file is shown in another spelling than it has on disk."""
    unreadable: list[str] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)


class _Folder(NamedTuple):
    """A folder to list: `shown` and `disk` are '' or end in '/'; `inode` is what its parent's listing said, 0
    unknown.
    """

    shown: str
    disk: str
    depth: int
    inode: int


def find_root(vault: str | os.PathLike[str]) -> Root:
    """The vault's real path and identity; VaultError when it is missing or no folder."""
    path = os.path.realpath(vault)
    try:
        info = os.stat(path)
    except OSError as error:
        raise VaultError(f"no such vault: {path} ({reason(error)})") from error
    if not stat.S_ISDIR(info.st_mode):
        raise VaultError(f"a vault is a folder; this is none: {path}")
    if not os.access(path, os.R_OK | os.X_OK):
        raise VaultError(f"the vault cannot be read: {path} (Permission denied)")
    return Root(path, info.st_dev, info.st_ino)


def check_root(root: Root) -> None:
    """VaultError unless the vault's folder is still there, and is still the same folder (FAULTS W15)."""
    now = find_root(root.path)
    if now != root:
        raise VaultError(f"another folder has taken the place of the vault: {root.path}")


def has_marker(root: Root) -> bool:
    """Whether the folder is surely the vault itself and not the place where its disk is usually mounted (FAULTS
    W16).
    """
    return os.path.isdir(os.path.join(root.path, ".obsidian"))


def crawl(root: Root, *, follow_links: bool = False) -> Crawl:
    """Every file of the vault that is not hidden (F1, F2, F4), in no order."""
    found = Crawl()
    links: list[_Folder] = []
    _walk(root, _Folder("", "", 0, root.inode), found, links)
    _follow(root, found, links, follow_links)
    if found.respelled:
        _separate_twins(found.files)
    found.files = settle(root, found.files)
    return found


def settle(root: Root, files: list[SourceFile]) -> list[SourceFile]:
    """The files without litindex's own, and with those marked that the user excluded (F3)."""
    files = _drop_indexes(root, files)
    excluded = compile_filters(ignore_filters(root))
    return _mark_excluded(files, excluded) if excluded else files


def _walk(root: Root, start: _Folder, found: Crawl, links: list[_Folder]) -> None:
    folders = [start]
    while folders:
        folder = folders.pop()
        if folder.depth > MAX_DEPTH:
            message = f"folders deeper than {MAX_DEPTH} are not read: move what is in it further up"
            _skip_folder(found, folder, Problem("folder-too-deep", "warning", None, message))
            continue
        try:
            _list_folder(root, folder, found, folders, links)
        except OSError as error:
            plain_files.refuse_limits(error)
            if not folder.shown:
                raise VaultError(f"the vault cannot be listed: {root.path} ({reason(error)})") from error
            _skip_folder(found, folder, _unreadable("folder-unreadable", "the folder", error))


def _skip_folder(found: Crawl, folder: _Folder, problem: Problem) -> None:
    found.unreadable.append(folder.shown)
    found.problems.append((folder.shown.rstrip("/"), problem))


def _list_folder(root: Root, folder: _Folder, found: Crawl, folders: list[_Folder], links: list[_Folder]) -> None:
    """Opened by descriptor, and it must be the folder that its parent listed: no swap for a link in between (N2)."""
    path = os.path.join(root.path, folder.disk)
    if not _SCAN_BY_FD:
        with os.scandir(path) as entries:
            _sort_entries(entries, folder, found, folders, links)
        return
    descriptor = os.open(path, _OPEN_FOLDER)
    try:
        if os.fstat(descriptor).st_ino != folder.inode:
            _refuse_links(path)
        with os.scandir(descriptor) as entries:
            _sort_entries(entries, folder, found, folders, links)
    finally:
        os.close(descriptor)


def _sort_entries(
    entries: Iterable[os.DirEntry[str]], folder: _Folder, found: Crawl, folders: list[_Folder], links: list[_Folder]
) -> None:
    """The hot loop: what each name of a folder is. Names that vanish meanwhile are gone. `new` is what SourceFile(…)
    does, in a third of the time.
    """
    shown, disk, depth, _ = folder
    is_plain = shown == disk and disk.isascii()
    add, new = found.files.append, tuple.__new__
    for entry in entries:
        name = entry.name
        if (name[0] in ".~4" or name[-1] == "~") and is_litter(name):
            continue
        path = disk_path = disk + name
        if not is_plain or not name.isascii():
            path = spell(shown + name)
            found.respelled |= path != disk_path
        try:
            if entry.is_file(follow_symlinks=False):
                info = entry.stat(follow_symlinks=False)
                signature = info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino
                add(new(SourceFile, (path, disk_path, name.endswith(NOTE_ENDINGS), *signature, False)))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(_Folder(path + "/", disk_path + "/", depth + 1, entry.inode()))
            elif entry.is_symlink():
                links.append(_Folder(path + "/", disk_path + "/", depth + 1, 0))
        except FileNotFoundError:
            continue


def spell(path: str) -> str:
    """A name as the index shows it: NFC (F7); bytes that are not UTF-8 as \\xHH (FAULTS N6)."""
    try:
        path.encode()
    except UnicodeEncodeError:
        path = os.fsencode(path).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", path)


# ------------------------------------------------------------------------------------------------ symbolic links


def _follow(root: Root, found: Crawl, links: list[_Folder], wanted: bool) -> None:
    """Folders outside the vault that hold neither the vault nor one another (F6), in the order of their paths."""
    seen = [root.path]
    heapq.heapify(links)
    while links:
        link = heapq.heappop(links)
        target = os.path.realpath(os.path.join(root.path, link.disk))
        refusal = _refusal(target, seen, wanted)
        if refusal:
            found.problems.append((link.shown.rstrip("/"), Problem("symlink-skipped", "info", None, refusal)))
            continue
        seen.append(target)
        more: list[_Folder] = []
        _walk(root, _Folder(link.shown, target + "/", link.depth, os.stat(target).st_ino), found, more)
        for each in more:
            heapq.heappush(links, each)


def _refusal(target: str, seen: list[str], wanted: bool) -> str | None:
    if not os.path.isdir(target):
        return "a symbolic link to a file, or to nothing, is not read: put a copy of the file here"
    if any(_within(target, place) or _within(place, target) for place in seen):
        return "a symbolic link into the vault, or round in a circle, is not followed"
    if not wanted:
        return "a symbolic link to a folder outside the vault is followed only with --follow-links"
    return None


def _within(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip(os.sep) + os.sep)


def _refuse_links(path: str) -> None:
    if os.path.realpath(path) != os.path.normpath(path):
        raise OSError(errno.ELOOP, "it became a symbolic link while it was read")


def _separate_twins(files: list[SourceFile]) -> None:
    """Two names on disk with one NFC form (F7): the one written so keeps it, others are shown as they are on disk."""
    taken = {file.path for file in files if file.path == file.disk_path}
    odd = sorted((file.disk_path, at) for at, file in enumerate(files) if file.path != file.disk_path)
    for disk_path, at in odd:
        path = files[at].path
        if path in taken:
            path = next(name for name in _other_names(disk_path) if name not in taken)
            files[at] = files[at]._replace(path=path)
        taken.add(path)


def _other_names(disk_path: bytes | str) -> Iterator[str]:
    name = os.fsencode(disk_path).decode("utf-8", "backslashreplace").lstrip("/")
    yield name
    stem, ending = os.path.splitext(name)
    for number in itertools.count(2):
        yield f"{stem}~{number}{ending}"


# ------------------------------------------------------------------------------------------------ indexes and exclusion


def _drop_indexes(root: Root, files: list[SourceFile]) -> list[SourceFile]:
    """Without litindex's own databases and what lies beside them: an index inside its vault is no attachment (W17)."""
    others = (file for file in files if not file[2])
    own = [file.path for file in others if file.path.endswith(INDEX_ENDINGS) and _is_index(root, file)]
    if not own:
        return files
    return [file for file in files if file[2] or not any(belongs_to(index, file.path) for index in own)]


def would_list(root: Root, path: str) -> bool:
    """Whether a crawl would take an index at this real path for a file of the vault."""
    if not _within(path, root.path):
        return False
    names = os.path.relpath(path, root.path).split(os.sep)
    return not any(map(is_litter, names)) and not path.endswith(INDEX_ENDINGS)


def _is_index(root: Root, file: SourceFile) -> bool:
    try:
        descriptor = plain_files.open_file(_disk_path(root, file), _OPEN_FILE)
    except plain_files.IsIndexError:
        return True
    except OSError:
        return False
    try:
        return is_index_header(os.read(descriptor, 100))
    finally:
        os.close(descriptor)


def _mark_excluded(files: list[SourceFile], excluded: Callable[[str], bool]) -> list[SourceFile]:
    return [file._replace(excluded=True) if file.is_note and excluded(file.path) else file for file in files]


def ignore_filters(root: Root) -> list[str]:
    """`userIgnoreFilters` of Obsidian's settings (F3). Settings that cannot be read exclude nothing."""
    for folder in config_folders(root):
        try:
            settings = json.loads(plain_files.read(os.path.join(root.path, folder, "app.json"), _MAX_SETTINGS_BYTES))
        except (OSError, ValueError, RecursionError):
            continue
        filters = settings.get("userIgnoreFilters") if isinstance(settings, dict) else None
        return [each for each in filters if isinstance(each, str)] if isinstance(filters, list) else []
    return []


def config_folders(root: Root) -> Iterator[str]:
    """`.obsidian` first; the folder may have been renamed, to another name with a dot (F2)."""
    if not os.path.islink(os.path.join(root.path, ".obsidian")):
        yield ".obsidian"
    try:
        with os.scandir(root.path) as entries:
            yield from sorted(
                entry.name for entry in entries if entry.name[0] == "." and entry.is_dir(follow_symlinks=False)
            )
    except OSError as error:
        plain_files.refuse_limits(error)


# ------------------------------------------------------------------------------------------------ reading


def read(root: Root, file: SourceFile) -> tuple[SourceFile, bytes]:
    """The bytes of a file, with the size and times they had; Unreadable when it cannot be read as a file of the vault.

    Read again when it changed meanwhile (FAULTS C5), five times; what was read last counts then, and the next run
    looks again.
    """
    path = _disk_path(root, file)
    try:
        for _ in range(_READ_TRIES):
            before, data, after = _read_once(path, file)
            if before == after:
                break
    except OSError as error:
        kind = Vanished if isinstance(error, FileNotFoundError) else Unreadable
        raise kind(_unreadable("unreadable", "the file", error)) from error
    return file._replace(size=before[0], mtime_ns=before[1], ctime_ns=before[2], ino=before[3]), data


def can_open(root: Root, file: SourceFile) -> bool:
    """Whether a file that could not be read could be now, as far as opening it tells."""
    try:
        os.close(plain_files.open_file(_disk_path(root, file), _OPEN_FILE))
    except OSError:
        return False
    return True


_Signature = tuple[int, int, int, int]


def _read_once(path: str, file: SourceFile) -> tuple[_Signature, bytes, _Signature]:
    descriptor = plain_files.open_file(path, _OPEN_FILE)
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        if _HAS_INODES and info.st_ino != file.ino:
            _refuse_links(path)
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


def _disk_path(root: Root, file: SourceFile) -> str:
    return os.path.join(root.path, os.fsdecode(file.disk_path))


def path_bytes(file: SourceFile) -> bytes | None:
    """The name on disk where `path` cannot say it, because it is no UTF-8 (FAULTS N6)."""
    name = os.fsencode(file.disk_path)
    try:
        name.decode()
    except UnicodeDecodeError:
        return name
    return None


def reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _unreadable(code: str, what: str, error: OSError) -> Problem:
    return Problem(code, "error", None, f"{what} cannot be read ({reason(error)}): what the index knew of it is kept")
