"""What the tables and columns of an index mean, in the words of the migrations that make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litindex.index import schema

_HEAD = re.compile(r"CREATE (?:VIRTUAL )?(TABLE|VIEW) (\w+)[^-\n]*(?:-- (.*))?")
_COLUMN = re.compile(r"  ([a-z_]\w*)\s+(INTEGER|TEXT|REAL|BLOB|ANY)\b(.*?)(?:\s*-- (.*))?$")
_MORE = re.compile(r"\s+-- (.*)$")
_CHOICES = re.compile(r"CHECK \((\w+) IN\s+\(([^)]*)\)")
_SHADOWS = re.compile(r"\w+_fts_\w+|sqlite_\w+|meta")

# The head of a migration says these once for all tables.
_EVERYWHERE = {
    "id": "number of the row; other tables name it by this",
    "note_id": "the note that it stands in",
    "position": "place among the things of its kind in the note, from 0",
    "run_id": "the run that found it",
    "line": "line of the file, from 1",
    "line_start": "its first line, from 1",
    "line_end": "its last line",
    "path": "from the vault's root, '/' between folders",
    "folder": "path without the name; '' is the root",
    "target_note_id": "the note that it leads to, NULL where there is none",
    "zotero_key": "Zotero's key of the item",
    "library": "Zotero's library: library, or groups/ID",
}


class Column(NamedTuple):
    """`meaning` may be '': the name says it."""

    name: str
    type: str
    meaning: str


class Table(NamedTuple):
    """`kind` is table or view; a view's columns are those of its `sql` and not listed."""

    name: str
    kind: str
    meaning: str
    columns: tuple[Column, ...]
    sql: str


def tables() -> dict[str, Table]:
    """Every table and view of an index by name, in the order of the migrations."""
    made = (_table(sql) for _, name, sql in schema.current() if sql and not _SHADOWS.fullmatch(name))
    return {table.name: table for table in made if table}


def _table(sql: str) -> Table | None:
    """None: the statement makes an index or a trigger."""
    head = _HEAD.match(sql)
    if head is None:
        return None
    choices = {name: ", ".join(re.findall(r"'([^']*)'", values)) for name, values in _CHOICES.findall(sql)}
    columns = (_explained(column, choices) for column in _columns(sql[head.end() :]))
    return Table(head[2], head[1].lower(), head[3] or "", tuple(columns), f"{sql};\n")


def _columns(body: str) -> Iterator[Column]:
    """Those of a statement; a comment on a line of its own goes on with the one above."""
    found: Column | None = None
    for line in body.splitlines():
        if column := _COLUMN.match(line):
            if found:
                yield found
            found = Column(column[1], column[2].lower(), column[4] or "")
        elif found and (more := _MORE.match(line)):
            found = found._replace(meaning=f"{found.meaning} {more[1]}".strip())
    if found:
        yield found


def _explained(column: Column, choices: dict[str, str]) -> Column:
    """The column with what its CHECK allows, and the words that hold for its name in every table."""
    usual = "made by the program to compare by" if column.name.endswith("_key") else ""
    meaning = column.meaning or _EVERYWHERE.get(column.name, usual)
    allowed = choices.get(column.name, "")
    if allowed:
        meaning = f"{meaning}; one of {allowed}" if meaning else f"one of {allowed}"
    return column._replace(meaning=meaning)
