"""What is a note, and which files a vault holds.

Everything here only reads (FAULTS I5), opens regular files only and never goes through a symbolic link that the user
did not ask for (FAULTS N1, N2; DECISIONS 5).
"""

from __future__ import annotations

import heapq
import itertools
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from litindex.errors import VaultError
from litindex.models import Problem, SourceFile
from litindex.vault import plain_files
from litindex.vault.exclusions import compile_filters
from litindex.vault.names import BEING_MADE, INDEX_ENDINGS, NOTE_ENDINGS, belongs_to, is_litter
from litindex.vault.read_file import OPEN_FILE, opening_path, problem_of, refuse_links
from litindex.vault.root import Root, reason
from litindex.version import is_index_header

MAX_DEPTH = 128
"""Folders below are reported, not read (FAULTS N11)."""
_OPEN_FOLDER = OPEN_FILE | getattr(os, "O_DIRECTORY", 0)
_SCAN_BY_FD = os.scandir in os.supports_fd
_MAX_SETTINGS_BYTES = 2**20


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
            _skip_folder(found, folder, problem_of("folder-unreadable", "the folder", error))


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
            refuse_links(path)
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
    own = {
        file.path.removesuffix(BEING_MADE)
        for file in others
        if file.path.removesuffix(BEING_MADE).endswith(INDEX_ENDINGS) and _is_index(root, file)
    }
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
        descriptor = plain_files.open_file(opening_path(root, file), OPEN_FILE)
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
