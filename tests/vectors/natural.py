"""An index as a multiset of rows without row ids or file times: two indexes of one vault must give the same."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

NATURAL_KEYS = {
    "notes": "path",
    "attachments": "path",
    "tags": "kind || ' ' || tag_key",
    "authors": "name_key",
    "collections": "path_key",
    "field_keys": "key",
}
"""Tables whose ids say nothing of their rows. In all others an id is note_id * 65536 + position in the note."""

TIMES = frozenset({"mtime_ns", "ctime_ns", "ino"})
BOOKKEEPING = frozenset({"meta"})
FULL_TEXT = {"notes_fts": "notes", "annotations_fts": "annotations"}

Row = tuple[Any, ...]


def dump(db: sqlite3.Connection) -> Counter[Row]:
    """Every row as (table, column values …), ids replaced by natural keys, and every word of the full-text indexes."""
    name = _namer(db)
    rows: Counter[Row] = Counter()
    for table in _tables(db):
        rows.update(_table(db, table, name))
    for index, table in FULL_TEXT.items():
        rows.update(_words(db, index, table, name))
    return rows


def _tables(db: sqlite3.Connection) -> list[str]:
    names = [row[1] for row in db.execute("PRAGMA table_list") if row[0] == "main" and row[2] == "table"]
    return sorted(n for n in names if not n.startswith(("sqlite_", "_")) and n not in BOOKKEEPING)


def _namer(db: sqlite3.Connection) -> Callable[[str, int | None], object]:
    """A function (table, id) -> what the row is called without ids."""
    names: dict[str, dict[int, object]] = {
        table: dict(_id_names(db, table, key)) for table, key in NATURAL_KEYS.items()
    }

    def name(table: str, row_id: int | None) -> object:
        if row_id is None:
            return None
        if table == "works":
            return name("notes", row_id)
        if table in names:
            return names[table].get(row_id, f"dangling {table}")
        return (name("notes", row_id >> 16), row_id & 0xFFFF)

    return name


def _id_names(db: sqlite3.Connection, table: str, key: str) -> Iterator[Row]:
    yield from (tuple(row) for row in db.execute(f"SELECT id, {key} FROM {table}"))


def _table(db: sqlite3.Connection, table: str, name: Callable[[str, int | None], object]) -> Iterator[Row]:
    targets = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})")} | {"id": table}
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
    if table == "problems":
        columns.remove("id")
    for row in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):
        cells = zip(columns, row, strict=True)
        yield table, *((column, name(targets[column], cell) if column in targets else cell) for column, cell in cells)


def _words(db: sqlite3.Connection, index: str, table: str, name: Callable[[str, int | None], object]) -> Iterator[Row]:
    db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_words USING fts5vocab('main', '{index}', 'instance')")
    for term, doc, column, offset in db.execute(f"SELECT term, doc, col, offset FROM temp.{index}_words"):
        yield index, term, name(table, doc), column, offset
