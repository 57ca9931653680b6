"""What an index says, without its ids: two indexes of one vault must give the same dump, whatever their histories."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from litindex.history.record import KEPT_TABLES
from litindex.sync import indexer

Dump = dict[str, Counter[Any]]

_NATURAL = {
    "notes": "path",
    "attachments": "path",
    "tags": "kind || ':' || tag_key",
    "authors": "name_key",
    "collections": "path_key",
    "field_keys": "key",
}
_IGNORED = {"meta", "sqlite_stat1", "sqlite_stat4", *KEPT_TABLES}
_ROWS_PER_NOTE = 65536


def dump(index: Path, ignore: frozenset[str] = frozenset()) -> Dump:
    """Table -> how often each row is there, references as the natural keys of what they point to; full-text terms; schema.
    Columns named in `ignore` are left out.

    Fails when the database is not sound in itself.
    """
    with closing(sqlite3.connect(":memory:")) as copy:
        with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro", uri=True)) as source:
            source.backup(copy)
        _check(copy)
        names = _natural_names(copy)
        found = {table: _rows(copy, table, names, ignore) for table in _tables(copy)}
        found.update({f"{table} terms": _terms(copy, table) for table in ("notes_fts", "annotations_fts")})
        found["schema"] = Counter(
            copy.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")
        )
    return found


def differences(one: Dump, other: Dump) -> list[str]:
    """One line for each row that only one of them has."""
    lines = []
    for table in sorted(one.keys() | other.keys()):
        lines += [
            f"{table}: only in the first: {row}" for row in one.get(table, Counter()) - other.get(table, Counter())
        ]
        lines += [
            f"{table}: only in the second: {row}" for row in other.get(table, Counter()) - one.get(table, Counter())
        ]
    return lines


def _check(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in "notes_fts", "annotations_fts":
        database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def _tables(database: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
    return [name for (name,) in database.execute(query) if name not in _IGNORED]


def _natural_names(database: sqlite3.Connection) -> dict[str, dict[int, str]]:
    names = {
        table: dict(database.execute(f"SELECT id, {expression} FROM {table}").fetchall())
        for table, expression in _NATURAL.items()
    }
    return {**names, "files": names["notes"] | names["attachments"]}


def _rows(
    database: sqlite3.Connection, table: str, names: dict[str, dict[int, str]], ignore: frozenset[str]
) -> Counter[Any]:
    rows = database.execute(f'SELECT * FROM "{table}"')
    columns = [column for column, *_ in rows.description]
    parents = {fk[3]: fk[2] for fk in database.execute(f"PRAGMA foreign_key_list({table})")}
    readers = [
        (lambda value: None) if column in ignore else _reader(table, column, parents.get(column), names)
        for column in columns
    ]
    return Counter(tuple(read(value) for read, value in zip(readers, row, strict=True)) for row in rows)


def _reader(table: str, column: str, parent: str | None, names: dict[str, dict[int, str]]) -> Callable[[Any], Any]:
    if parent == "works":
        parent = "notes"
    if table == "files" and column == "id":
        parent = "files"
    if parent in names:
        return lambda value: value if value is None else names[parent][value]
    if parent:
        return lambda value: value if value is None else _place(value, names)
    if column == "id":
        by_position = table not in names and table not in ("problems", "_sqlite_migrations")
        return (lambda value: _place(value, names)) if by_position else (lambda value: None)
    return lambda value: value


def _place(row_id: int, names: dict[str, dict[int, str]]) -> tuple[str, int]:
    """A row of a note, by its note and its position there."""
    return names["notes"][row_id // _ROWS_PER_NOTE], row_id % _ROWS_PER_NOTE


def _terms(database: sqlite3.Connection, table: str) -> Counter[Any]:
    database.execute(f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, col)")
    return Counter(database.execute(f"SELECT * FROM temp.{table}_terms"))


def unlike_fresh(vault: Path, index: Path, **options: Any) -> list[str]:
    """The differences between an index and one that is built from scratch."""
    fresh = index.with_name("fresh.db")
    fresh.unlink(missing_ok=True)
    indexer.sync(vault, fresh, jobs=1, **options)
    found = differences(dump(index), dump(fresh))
    fresh.unlink()
    return found
