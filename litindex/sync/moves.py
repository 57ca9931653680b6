"""A note that is elsewhere now keeps its id (B3): equal content, Zotero key or citekey, and the old path is gone."""

from __future__ import annotations

import hashlib
import posixpath
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from litindex.index import known_files
from litindex.index.database import as_json
from litindex.index.rows import WORK_COLUMNS, Row
from litindex.models import Known, SourceFile
from litindex.sync.plan import FilePlan, pair_moves
from litindex.vault import read_file
from litindex.vault.root import Root

MARKS = """
SELECT note_id, zotero_library, zotero_key, citekey_key
FROM works
WHERE note_id IN (SELECT value FROM json_each(?))
"""


_MARKED = ("zotero_library", "zotero_key", "citekey_key")

ReadWorks = Callable[[Sequence[SourceFile]], Iterable[tuple[SourceFile, Row]]]
"""Those of some files that are about a work, each with its row of `works`."""


class Move(NamedTuple):
    """`only_folder`: content and file name are the same, so that all the note says is the same."""

    old: Known
    only_folder: bool


class _Marks(NamedTuple):
    zotero: tuple[str | None, str] | None
    citekey: str | None


def find_moves(connection: sqlite3.Connection, root: Root, read_works: ReadWorks, plan: FilePlan) -> dict[str, Move]:
    """New path -> the note that was at a path that is gone. Reads new files only where some are gone."""
    if not plan.new or not plan.gone:
        return {}
    gone = {old.path: old for old in plan.gone}
    hashes = known_files.known_hashes(connection, (old.id for old in plan.gone))
    new = [(file.path, digest) for file in plan.new if (digest := _hash(root, file))]
    same = pair_moves(new, [(old.path, hashes[old.id]) for old in plan.gone if hashes[old.id]])
    moves = {path: Move(gone[old], posixpath.basename(path) == posixpath.basename(old)) for path, old in same.items()}
    left_new = [file for file in plan.new if file.path not in same]
    left_gone = [old for old in plan.gone if old.path not in set(same.values())]
    for path, old in _pair_works(connection, read_works, left_new, left_gone).items():
        moves[path] = Move(gone[old], False)
    return moves


def _pair_works(
    connection: sqlite3.Connection,
    read_works: ReadWorks,
    new: list[SourceFile],
    gone: list[Known],
) -> dict[str, str]:
    """Notes that were moved and edited at once, by what names the work."""
    paths = {old.id: old.path for old in gone}
    known = {
        paths[note_id]: _Marks((library, key) if key else None, citekey)
        for note_id, library, key, citekey in connection.execute(MARKS, (as_json(paths),))
    }
    left = [file for file in new if not file.excluded and file.size <= read_file.MAX_NOTE_BYTES]
    found = {file.path: _marks(row) for file, row in read_works(left if known else [])}
    pairs = pair_moves(_having(found, "zotero"), _having(known, "zotero"))
    for path, old in pairs.items():
        del found[path], known[old]
    return pairs | pair_moves(_having(found, "citekey"), _having(known, "citekey"))


def _having(marks: dict[str, _Marks], name: str) -> list[tuple[str, object]]:
    return [(path, mark) for path, each in sorted(marks.items()) if (mark := getattr(each, name))]


def _marks(row: Row) -> _Marks:
    """Out of a row of `works`."""
    library, key, citekey = (row[-len(WORK_COLUMNS) + WORK_COLUMNS.index(name)] for name in _MARKED)
    return _Marks((library, key) if key else None, citekey)


def _hash(root: Root, file: SourceFile) -> str | None:
    data = _read(root, file)
    return None if data is None else hashlib.sha256(data).hexdigest()


def _read(root: Root, file: SourceFile) -> bytes | None:
    """None for what has no content in the index: excluded, too large, unreadable."""
    if file.excluded or file.size > read_file.MAX_NOTE_BYTES:
        return None
    try:
        return read_file.read(root, file)[1]
    except read_file.Unreadable:
        return None
