"""The picture of the schema: boxes in columns by what they are about, drawn from the references that SQLite knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from html import escape
from typing import NamedTuple

from litindex.index import schema

COLUMNS = (
    ("words", "#e7f0e4", ("tags", "note_tags", "aliases", "note_texts", "field_keys", "fields")),
    ("structure", "#e6edf6", ("headings", "blocks", "callouts", "tasks", "footnotes", "links")),
    ("files", "#ffffff", ("files", "notes", "attachments", "problems")),
    ("works", "#f8ecdf", ("works", "identifiers", "authors", "note_authors", "collections", "note_collections")),
    ("reading", "#f2e6f2", ("annotations", "annotation_tags", "citations", "provenance", "zotero_notes", "persist_blocks")),
)  # fmt: skip
_WIDTH, _GAP, _LINE, _MOST = 186, 44, 15, 8


class References(NamedTuple):
    """What SQLite knows: table or view -> its columns; (table, column, table that it refers to)."""

    columns: dict[str, list[str]]
    keys: list[tuple[str, str, str]]


@cache
def references() -> References:
    with closing(sqlite3.connect(":memory:")) as made:
        names = []
        for kind, name, sql in schema.current():
            if sql and not (kind == "table" and "_fts_" in name):
                made.execute(sql)
                names += [name] if kind in ("table", "view") else []
        columns = {
            name: [row[1] for row in made.execute(f"PRAGMA table_xinfo({name})") if row[6] != 1] for name in names
        }
        keys = [(name, row[3], row[2]) for name in names for row in made.execute(f"PRAGMA foreign_key_list({name})")]
    return References(columns, sorted(keys))


class Box(NamedTuple):
    name: str
    x: int
    y: int
    color: str
    columns: list[str]

    @property
    def height(self) -> int:
        return 22 + _LINE * len(self.columns) + 6


def picture() -> str:
    """The SVG."""
    boxes = {box.name: box for box in _boxes()}
    height = max(box.y + box.height for box in boxes.values()) + 16
    width = _left(len(COLUMNS)) - _GAP + 16
    parts = [*_lines(boxes), *(_box(box) for box in boxes.values()), *_titles()]
    style = "text{font:12px sans-serif;fill:#222} .t{font-weight:bold} .k{font-size:15px;fill:#666} path{fill:none;stroke:#888}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    return "\n".join([head, "<title>Tables of the index</title>", f"<style>{style}</style>", *parts, "</svg>", ""])


def _boxes() -> Iterator[Box]:
    known = references()
    referring = {(table, column) for table, column, _ in known.keys}
    for at, (_, color, names) in enumerate(_placed()):
        y = 34
        for name in names:
            own = [column for column in known.columns[name] if not _is_small(name, column, referring)]
            box = Box(name, _left(at), y, color, _shown(own, [each for each in own if (name, each) in referring]))
            yield box
            y += box.height + 14


def _left(at: int) -> int:
    return 40 + at * (_WIDTH + _GAP)


def _shown(own: list[str], referring: list[str]) -> list[str]:
    """The first columns of many, and all that refer to another table."""
    kept = [column for at, column in enumerate(own) if at < _MOST or column in referring]
    return own if len(own) <= len(kept) + 1 else [*kept, f"… {len(own) - len(kept)} more"]


def _placed() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The columns, with every table that has no place yet at the end of the last one."""
    placed = {name for _, _, names in COLUMNS for name in names}
    tables = (name for kind, name, _ in schema.current() if kind == "table" and "_fts" not in name and name != "meta")
    rest = tuple(name for name in tables if name not in placed)
    *first, (title, color, names) = COLUMNS
    yield from first
    yield title, color, names + rest


def _is_small(table: str, column: str, referring: set[tuple[str, str]]) -> bool:
    """Columns that nearly every table has, and those that only the program compares by."""
    if (table, column) in referring and column != "note_id":
        return False
    return column in ("note_id", "position", "line", "line_start", "line_end") or column.endswith("_key")


def _box(box: Box) -> str:
    lines = [
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="4" fill="{box.color}" stroke="#999"/>',
        f'<text class="t" x="{box.x + 8}" y="{box.y + 16}">{box.name}</text>',
    ]
    for at, column in enumerate(box.columns):
        lines.append(f'<text x="{box.x + 8}" y="{box.y + 34 + at * _LINE}">{escape(column)}</text>')
    return "\n".join(lines)


def _titles() -> Iterator[str]:
    for at, (title, _, _) in enumerate(COLUMNS):
        yield f'<text class="k" x="{_left(at)}" y="22">{title}</text>'


def _lines(boxes: dict[str, Box]) -> Iterator[str]:
    """One for each reference but `note_id`, from its column to the head of the table that it refers to."""
    for table, column, other in references().keys:
        source, target = boxes.get(table), boxes.get(other)
        if source and target and column in source.columns and (column != "id" or other != "files"):
            y = source.y + 30 + source.columns.index(column) * _LINE
            yield _curve(source, y, target)


def _curve(source: Box, y: int, target: Box) -> str:
    right = target.x > source.x
    start = source.x + (_WIDTH if right else 0)
    end = target.x + (0 if right else _WIDTH if target.x < source.x else 0)
    bend = 30 if right else -30
    back = end - 30 if right else end + 30 if target.x < source.x else end - 30
    return f'<path d="M{start} {y} C{start + bend} {y} {back} {target.y + 12} {end} {target.y + 12}"/>'
